//! Reads a log of NMEA sentences from memory with our decoder or with the crate `nmea`, and prints
//! the nanoseconds that it took. `make bench` runs it in turns with gpsd's own decoder.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use barpop::gnss::nmea::Reader;
use nmea::Nmea;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(who), Some(path)) = (arguments.next(), arguments.next()) else {
        bail!("usage: barpop-bench-sentences ours|crate LOG");
    };
    let log = std::fs::read(&path).with_context(|| format!("cannot read '{path}'"))?;
    let (start, found) = match who.as_str() {
        "ours" => {
            let start = Instant::now();
            let mut fixes = 0_u64;
            let mut reader = Reader::default();
            // As a port hands them over, and as the source takes them.
            for piece in log.chunks(4096) {
                reader.push(piece, &mut |report| {
                    fixes += u64::from(report.fix.is_some());
                });
            }
            (start, fixes)
        }
        "crate" => {
            // It wants text in lines; that they are found is counted, as it is with ours.
            let start = Instant::now();
            let mut state = Nmea::default();
            let mut taken = 0_u64;
            for line in log.split(|byte| *byte == b'\n') {
                if let Ok(line) = std::str::from_utf8(line) {
                    taken += u64::from(state.parse(line.trim_end()).is_ok());
                }
            }
            (start, taken)
        }
        other => bail!("'{other}' is neither ours nor crate"),
    };
    let took = start.elapsed().as_nanos();
    writeln!(std::io::stdout(), "{took} {found}")?;
    Ok(())
}
