//! The check sum of reports that go by Bluetooth: CRC-32 (reflected, polynomial 0xedb88320), over
//! the HIDP header that was before the report, and the report.

/// HIDP header of an input report (DATA | INPUT).
pub const INPUT: u8 = 0xa1;
/// HIDP header of an output report (DATA | OUTPUT).
pub const OUTPUT: u8 = 0xa2;
/// HIDP header of a feature report (DATA | FEATURE).
pub const FEATURE: u8 = 0xa3;

/// The check sum of a report without its last four bytes.
pub fn crc32(header: u8, report: &[u8]) -> u32 {
    let bytes = std::iter::once(&header).chain(report);
    !bytes.fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

/// Writes it into the last four bytes.
pub fn seal(header: u8, report: &mut [u8]) {
    if let Some((body, end)) = report.split_last_chunk_mut::<4>() {
        *end = crc32(header, body).to_le_bytes();
    }
}

/// Whether the last four bytes are right.
pub fn is_sealed(header: u8, report: &[u8]) -> bool {
    report
        .split_last_chunk::<4>()
        .is_some_and(|(body, end)| crc32(header, body).to_le_bytes() == *end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_a_real_controllers_calibration() {
        // A DualShock 4's feature report 5, as it came by Bluetooth.
        let report = [
            0x05, 0x1e, 0x00, 0x05, 0x00, 0xe2, 0xff, 0xf2, 0x22, 0xbe, 0x22, 0x8d, 0x22, 0x4f,
            0xdd, 0x4d, 0xdd, 0x39, 0xdd, 0x1c, 0x02, 0x1c, 0x02, 0xe3, 0x1f, 0x8b, 0xdf, 0x8c,
            0x1e, 0xb4, 0xde, 0x30, 0x20, 0x71, 0xe0, 0x10, 0x00, 0xca, 0xfc, 0x64, 0x4d,
        ];
        assert!(is_sealed(FEATURE, &report));
        assert!(!is_sealed(INPUT, &report));
    }
}
