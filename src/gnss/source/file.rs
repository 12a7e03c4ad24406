//! Replaying a file of NMEA sentences, or of gpsd's JSON.

use std::convert::Infallible;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::super::clock::Moment;
use super::super::gpsd::{Client, Message};
use super::super::nmea::Reader;
use super::super::report::Report;
use super::desk::{Desk, Ended};
use super::station::Arrival;

/// Longest that is waited between two fixes: a gap in a log is not sat out.
const LONGEST_GAP: Duration = Duration::from_secs(10);

/// Bytes that are read at once when it shall be fast.
const PIECE: u64 = 1 << 16;

pub(super) fn listen(path: &Path, desk: &mut Desk) -> Result<Infallible, Ended> {
    let name = path.display();
    desk.station.connecting(format!("file {name}"));
    let lost = |cause: std::io::Error| Ended::Lost(format!("cannot read '{name}': {cause}"));
    let mut lines = BufReader::new(File::open(path).map_err(lost)?);
    desk.station.connected(Moment::now());
    desk.publish();
    let mut pace = Pace::default();
    let mut decoder = None;
    let mut piece = Vec::new();
    let fast = desk.options().fast;
    loop {
        piece.clear();
        let read = if fast {
            lines.by_ref().take(PIECE).read_to_end(&mut piece)
        } else {
            // What is behind the line belongs to a later moment.
            lines.read_until(b'\n', &mut piece)
        };
        let is_end = read.map_err(lost)? == 0;
        let decoder = decoder.get_or_insert_with(|| Decoder::of(&piece));
        let mut reports = Vec::new();
        decoder.push(&piece, is_end, &mut |report| reports.push(report));
        if let Decoder::Nmea(reader) = decoder {
            desk.station.snapshot.counts = Some(reader.counts());
        }
        for report in reports {
            if !fast && let Some(time) = report.fix.and_then(|fix| fix.time) {
                let wait = pace.until(time, Moment::now());
                desk.wait(None, Some(wait))?;
            }
            desk.absorb(report, Arrival::Replayed);
        }
        if is_end {
            return Err(Ended::Finished);
        }
        if fast {
            // Commands are taken all the same.
            desk.wait(None, Some(Duration::ZERO))?;
        }
    }
}

/// By the first byte of the file.
enum Decoder {
    Nmea(Box<Reader>),
    Gpsd(Box<Client>),
}

impl Decoder {
    fn of(line: &[u8]) -> Self {
        if line.first() == Some(&b'{') {
            Self::Gpsd(Box::default())
        } else {
            Self::Nmea(Box::default())
        }
    }

    fn push(&mut self, line: &[u8], is_end: bool, emit: &mut dyn FnMut(Report)) {
        match self {
            Self::Nmea(reader) => {
                reader.push(line, emit);
                if is_end {
                    // Its last line may have no line end.
                    reader.push(b"\n", emit);
                    reader.flush(emit);
                }
            }
            Self::Gpsd(client) => client.push(line, &mut |message| {
                if let Message::Report(report) = message {
                    emit(*report);
                }
            }),
        }
    }
}

/// The speed of the log: as long between two fixes as there was then.
#[derive(Debug, Default)]
struct Pace {
    last: Option<(Timestamp, Moment)>,
}

impl Pace {
    fn until(&mut self, time: Timestamp, now: Moment) -> Duration {
        let due = match self.last {
            Some((before, then)) => {
                let step = time.duration_since(before);
                let step = Duration::try_from(step)
                    .unwrap_or_default()
                    .min(LONGEST_GAP);
                then.plus(step)
            }
            None => now,
        };
        self.last = Some((time, due.max(now)));
        due.since(now)
    }
}
