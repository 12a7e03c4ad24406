//! Bytes a second as xmobar's `DynNetwork` shows them.

/// A rate: KB without a unit, rounded, as xmobar has it by default; or, with `suffix`, in the
/// fitting unit and with its name (xmobar's `-S True`). 1 KB is 1024 bytes.
#[must_use]
pub fn rate(bytes_per_s: u64, suffix: bool) -> String {
    const K: u64 = 1024;
    if !suffix {
        return rounded(bytes_per_s, K).to_string();
    }
    let (unit, name) = match bytes_per_s {
        ..K => (1, "B/s"),
        K..0x10_0000 => (K, "KB/s"),
        0x10_0000..0x4000_0000 => (K * K, "MB/s"),
        _ => (K * K * K, "GB/s"),
    };
    format!("{}{name}", rounded(bytes_per_s, unit))
}

fn rounded(bytes: u64, unit: u64) -> u64 {
    bytes / unit + u64::from(bytes % unit >= unit.div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_shown_as_xmobars_dynnetwork_shows_them() {
        // showFFloat (Just 0) (bytes / 1024), and byteNetVal of Net/Common.hs.
        let table = [
            (0, "0", "0B/s"),
            (511, "0", "511B/s"),
            (512, "1", "512B/s"),
            (1023, "1", "1023B/s"),
            (1024, "1", "1KB/s"),
            (1_536, "2", "2KB/s"),
            (1_048_575, "1024", "1024KB/s"),
            (1_048_576, "1024", "1MB/s"),
            (1_073_741_824, "1048576", "1GB/s"),
        ];
        for (bytes, plain, suffix) in table {
            assert_eq!(rate(bytes, false), plain);
            assert_eq!(rate(bytes, true), suffix);
        }
        assert!(rate(u64::MAX, true).ends_with("GB/s"));
    }
}
