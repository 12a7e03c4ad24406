//! What the popup can ask the source for.

use std::path::PathBuf;

use super::options::Wanted;

/// A wish; the answer is in a later snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Listen to this source from now on.
    Choose(Wanted),
    /// Try the source again now.
    Retry,
    /// Write a track to this GPX file; one that is there already is continued.
    StartRecording(PathBuf),
    /// End the recording.
    StopRecording,
    /// Forget the recent track.
    ClearTrack,
}
