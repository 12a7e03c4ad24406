//! Recording a track as GPX 1.1, so that other programs can open the file at any moment.
//!
//! The file is whole after every point: a point is written over the closing tags, together with
//! them, in one write. A process that is killed leaves a file that is valid; one that was cut by
//! a failing disk is mended when it is continued.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::fs::{FlockOperation, flock};

use super::fix::{Fix, Mode};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" \
     creator=\"barpop xgnss\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n<trk>\n";
const SEGMENT: &str = "<trkseg>\n";
const SEGMENT_END: &str = "</trkseg>\n";
const TAIL: &str = "</trk>\n</gpx>\n";

/// Why nothing is recorded.
#[derive(Debug, thiserror::Error)]
pub enum GpxError {
    /// It cannot be opened or written.
    #[error("cannot write '{path}': {cause}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Another process is writing it.
    #[error("'{0}' is being recorded by another program; name another file")]
    Busy(PathBuf),
    /// It is something else, which is not written over.
    #[error("'{0}' is no GPX track that can be continued; name another file")]
    Foreign(PathBuf),
}

/// A track that is being written.
#[derive(Debug)]
pub struct Recorder {
    file: File,
    path: PathBuf,
    /// Where the closing tags begin.
    end: u64,
    in_segment: bool,
    points: u64,
}

impl Recorder {
    /// Opens a new file, or one that was recorded before: its track goes on in a new segment.
    ///
    /// # Errors
    /// See [`GpxError`]; a file that is something else is left as it is.
    pub fn open(path: &Path) -> Result<Self, GpxError> {
        let failed = |cause| GpxError::Io {
            path: path.to_owned(),
            cause,
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            // Where somebody was is nobody else's business.
            .mode(0o600)
            .open(path)
            .map_err(failed)?;
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Err(GpxError::Busy(path.to_owned()));
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(failed)?;
        let mut recorder = Self {
            file,
            path: path.to_owned(),
            end: 0,
            in_segment: false,
            points: 0,
        };
        if text.iter().all(u8::is_ascii_whitespace) || HEAD.as_bytes().starts_with(&text) {
            recorder.write(HEAD.as_bytes(), HEAD.len())?;
        } else {
            let kept = kept(&text).ok_or_else(|| GpxError::Foreign(path.to_owned()))?;
            recorder.end = kept.length as u64;
            recorder.in_segment = kept.in_segment;
            recorder.write(b"", 0)?;
            recorder.interrupt()?;
        }
        Ok(recorder)
    }

    /// Points written since it was opened.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.points
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The track is interrupted: the next point begins a new segment.
    ///
    /// # Errors
    /// [`GpxError::Io`].
    pub fn interrupt(&mut self) -> Result<(), GpxError> {
        if std::mem::take(&mut self.in_segment) {
            self.write(SEGMENT_END.as_bytes(), SEGMENT_END.len())?;
        }
        Ok(())
    }

    /// Writes a fix with its time; one without a position is passed over.
    ///
    /// # Errors
    /// [`GpxError::Io`]; the points before it are kept.
    pub fn add(&mut self, fix: &Fix, time: Option<Timestamp>) -> Result<(), GpxError> {
        let Some(point) = point(fix, time) else {
            return Ok(());
        };
        let opening = if self.in_segment { "" } else { SEGMENT };
        let text = format!("{opening}{point}{SEGMENT_END}");
        self.write(text.as_bytes(), text.len() - SEGMENT_END.len())?;
        self.in_segment = true;
        self.points += 1;
        Ok(())
    }

    /// Writes a text and the closing tags where these begin; `keep` bytes of the text stay for
    /// good, the rest of it is written over by the next one.
    fn write(&mut self, text: &[u8], keep: usize) -> Result<(), GpxError> {
        let mut whole = text.to_vec();
        whole.extend_from_slice(TAIL.as_bytes());
        let result = self
            .file
            .write_all_at(&whole, self.end)
            // Longer only where a damaged end was cut off.
            .and_then(|()| self.file.set_len(self.end + whole.len() as u64));
        result.map_err(|cause| GpxError::Io {
            path: self.path.clone(),
            cause,
        })?;
        self.end += keep as u64;
        Ok(())
    }
}

/// What is kept of a file that was recorded before.
struct Kept {
    length: usize,
    /// It ends within a segment, which must be closed.
    in_segment: bool,
}

/// All before the closing tags, or of a file of ours that was cut, all up to its last whole point
/// or segment. `None` for anything that is no GPX track.
fn kept(text: &[u8]) -> Option<Kept> {
    let find = |what: &str| {
        let mut windows = text.windows(what.len());
        windows.rposition(|window| window == what.as_bytes())
    };
    find("<gpx")?;
    find("<trk>")?;
    let is_space = |b: &u8| b.is_ascii_whitespace();
    let mut tail: Vec<u8> = text
        .iter()
        .rev()
        .filter(|b| !is_space(b))
        .take(12)
        .copied()
        .collect();
    tail.reverse();
    if tail == b"</trk></gpx>" {
        return find("</trk>").map(|length| Kept {
            length,
            in_segment: false,
        });
    }
    if !text.starts_with(HEAD.as_bytes()) {
        return None;
    }
    let behind = |what: &str| find(what).map_or(0, |at| at + what.len());
    let (segment, point) = (behind(SEGMENT_END.trim_end()), behind("</trkpt>"));
    let last = segment.max(point);
    Some(Kept {
        length: match text.get(last) {
            _ if last == 0 => HEAD.len(),
            Some(b'\n') => last + 1,
            _ => last,
        },
        in_segment: point > segment,
    })
}

/// `<trkpt>` with its children in the schema's order.
fn point(fix: &Fix, time: Option<Timestamp>) -> Option<String> {
    use std::fmt::Write as _;
    let position = fix.position.filter(|_| fix.mode != Mode::None)?;
    let mut text = format!(
        "<trkpt lat=\"{:.8}\" lon=\"{:.8}\">",
        position.lat_deg(),
        position.lon_deg()
    );
    let mut child = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            // Writing into a String cannot fail.
            let _ = write!(text, "<{name}>{value}</{name}>");
        }
    };
    let geoid = fix.altitude_ellipsoid_m.zip(fix.altitude_msl_m);
    child("ele", fix.altitude_msl_m.map(|m| format!("{m:.2}")));
    child("time", time.map(|time| time.to_string()));
    child("geoidheight", geoid.map(|(e, m)| format!("{:.2}", e - m)));
    child("fix", Some(fix.mode.word().to_owned()));
    child("sat", fix.used.map(|used| used.to_string()));
    child("hdop", fix.dop.hdop.map(|dop| format!("{dop:.2}")));
    child("vdop", fix.dop.vdop.map(|dop| format!("{dop:.2}")));
    child("pdop", fix.dop.pdop.map(|dop| format!("{dop:.2}")));
    text.push_str("</trkpt>\n");
    Some(text)
}

#[cfg(test)]
mod tests;
