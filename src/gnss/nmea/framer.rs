//! Finding sentences in a stream of bytes.
//!
//! Wire format: `$`, address, `,` fields `*hh` `\r\n`, where `hh` is the exclusive or of all
//! between `$` and `*`. A line may be cut anywhere, glued to the next, or full of noise at a
//! wrong rate: what has no right checksum is counted and dropped.

use super::super::snapshot::Counts;
use super::{Fields, Frame, Sentence, Talker, parse};

/// Why a line is no sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reject {
    /// The checksum says that it was damaged.
    BadChecksum,
    /// It has no start, no checksum, or is no sentence at all.
    Broken,
}

/// Checks one line, without its line end.
///
/// # Errors
/// See [`Reject`].
pub fn check(line: &[u8]) -> Result<Frame<'_>, Reject> {
    let [b'$' | b'!', inner @ ..] = line else {
        return Err(Reject::Broken);
    };
    let star = inner.len().checked_sub(3).ok_or(Reject::Broken)?;
    let (body, tail) = inner.split_at_checked(star).ok_or(Reject::Broken)?;
    let &[b'*', high, low] = tail else {
        return Err(Reject::Broken);
    };
    let wanted = hex(high).zip(hex(low)).ok_or(Reject::Broken)?;
    let sum = body.iter().fold(0, |sum, b| sum ^ b);
    if sum != wanted.0 << 4 | wanted.1 {
        return Err(Reject::BadChecksum);
    }
    let &[t1, t2, f1, f2, f3, b',', ref fields @ ..] = body else {
        // A proprietary sentence, whose address has another length; whole, and not ours.
        return Ok(Frame {
            talker: Talker::Mixed,
            formatter: *b"   ",
            fields: Fields::new(&[]),
        });
    };
    Ok(Frame {
        talker: Talker::from_raw([t1, t2]),
        formatter: [f1, f2, f3],
        fields: Fields::new(fields),
    })
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Longest sentence that is taken. The standard says 82; receivers with many satellites and
/// decimals go beyond it.
const LONGEST: usize = 256;

/// Cuts a stream into sentences.
#[derive(Debug, Default)]
pub struct Framer {
    /// The beginning of a line that has not ended yet.
    pending: Vec<u8>,
    /// The line that is being received is longer than any sentence.
    overlong: bool,
    counts: Counts,
}

impl Framer {
    /// What became of the lines so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Takes bytes as they come, and gives the sentences in them to `each`.
    pub fn push(&mut self, bytes: &[u8], each: &mut dyn FnMut(&Sentence)) {
        let mut rest = bytes;
        loop {
            // A `$` begins a line also where the one before it has lost its end.
            let begins = rest.first() == Some(&b'$') && self.pending.is_empty() && !self.overlong;
            let from = usize::from(begins);
            let inner = rest.get(from..).unwrap_or_default();
            let end = inner.iter().position(|b| matches!(b, b'\n' | b'\r' | b'$'));
            let Some(end) = end.map(|end| end + from) else {
                self.keep(rest);
                return;
            };
            let (line, behind) = rest.split_at_checked(end).unwrap_or_default();
            if self.pending.is_empty() && line.len() <= LONGEST {
                self.line(line, each);
            } else {
                self.keep(line);
                let whole = std::mem::take(&mut self.pending);
                self.line(&whole, each);
                // Its room is used again.
                self.pending = whole;
                self.pending.clear();
            }
            rest = match behind {
                [b'$', ..] => behind,
                _ => behind.get(1..).unwrap_or_default(),
            };
        }
    }

    fn keep(&mut self, piece: &[u8]) {
        if self.overlong || self.pending.len() + piece.len() > LONGEST {
            self.overlong = true;
            self.pending.clear();
            return;
        }
        self.pending.extend_from_slice(piece);
    }

    fn line(&mut self, line: &[u8], each: &mut dyn FnMut(&Sentence)) {
        if std::mem::take(&mut self.overlong) {
            self.counts.broken += 1;
            return;
        }
        if line.is_empty() {
            return;
        }
        match check(line) {
            Ok(frame) => match parse(frame) {
                Some(sentence) => {
                    self.counts.good += 1;
                    each(&sentence);
                }
                None => self.counts.ignored += 1,
            },
            Err(Reject::BadChecksum) => self.counts.bad_checksum += 1,
            Err(Reject::Broken) => self.counts.broken += 1,
        }
    }
}
