//! Bytes in, reports out.

use super::super::report::Report;
use super::super::snapshot::Counts;
use super::{Assembler, Framer};

/// A framer with its assembler.
#[derive(Debug, Default)]
pub struct Reader {
    framer: Framer,
    assembler: Assembler,
}

impl Reader {
    /// Takes bytes as they come; whole epochs are given to `emit`.
    pub fn push(&mut self, bytes: &[u8], emit: &mut dyn FnMut(Report)) {
        let Self { framer, assembler } = self;
        framer.push(bytes, &mut |sentence| assembler.take(sentence, emit));
    }

    /// The stream pauses, or is at its end.
    pub fn flush(&mut self, emit: &mut dyn FnMut(Report)) {
        self.assembler.flush(emit);
    }

    /// What became of the lines so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.framer.counts()
    }
}
