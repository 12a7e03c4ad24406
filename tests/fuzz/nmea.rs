//! Fuzz target: any bytes in any pieces give NMEA reports and gpsd messages, and the same ones
//! however they are cut; what comes out is within its ranges.
#![no_main]

use barpop::gnss::coordinates::Notation;
use barpop::gnss::gpsd::Client;
use barpop::gnss::nmea::Reader;
use barpop::gnss::report::Report;

fn reports(bytes: &[u8], cut: usize) -> Vec<Report> {
    let mut reader = Reader::default();
    let mut all = Vec::new();
    for piece in bytes.chunks(cut) {
        reader.push(piece, &mut |report| all.push(report));
    }
    reader.flush(&mut |report| all.push(report));
    all
}

/// Puts the right checksum behind each line, so that the fields are reached.
fn summed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in bytes.split(|b| matches!(b, b'\n' | b'\r' | b'$' | b'*')) {
        let sum = line.iter().fold(0, |sum, b| sum ^ b);
        out.push(b'$');
        out.extend_from_slice(line);
        out.extend_from_slice(format!("*{sum:02X}\r\n").as_bytes());
    }
    out
}

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Some((&kind, bytes)) = input.split_first() else {
        return;
    };
    if kind & 1 == 0 {
        Client::default().push(bytes, &mut |_| {});
    }
    let cut = usize::from(kind >> 2) + 1;
    for bytes in [bytes.to_vec(), summed(bytes)] {
        let whole = reports(&bytes, bytes.len().max(1));
        assert_eq!(whole, reports(&bytes, cut));
        for position in whole.iter().filter_map(|report| report.fix?.position) {
            assert!(position.lat_deg().abs() <= 90.0 && position.lon_deg().abs() <= 180.0);
            for notation in [
                Notation::Mgrs,
                Notation::Utm,
                Notation::Plus,
                Notation::Maidenhead,
            ] {
                assert!(!notation.write(position).is_empty());
            }
        }
    }
});
