//! What a camera does, in a few words: the same in the line's tooltip, in a terminal and in the
//! popup's header.

use std::time::Duration;

use jiff::Timestamp;

use super::{brief, countdown, until};
use crate::bar::clean;
use crate::shutter::cameras::{Camera, Link, Standing};
use crate::shutter::snapshot::{Ending, Jitter, Snapshot};

/// What a camera does, before it is put into words: English ones by [`sentence`], in the popup
/// those of the person's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nothing was heard yet.
    Connecting,
    /// There is no service on this machine.
    NoTimer,
    /// It cannot be reached; for so long where that is worth telling.
    Offline(Option<Duration>),
    /// A password that was not taken.
    WrongPassword,
    /// A password is wanted.
    Locked,
    /// A plan waits to be resumed.
    Paused,
    /// A plan runs, and its pictures fail.
    Failing,
    /// The shutter is open for so long yet.
    Exposing(Duration),
    /// The first picture of a plan comes in so long.
    First(Duration),
    /// The next picture comes in so long.
    Next(Duration),
    /// A plan runs.
    Running,
    /// There is no release.
    NoRelease,
    /// One picture is being taken.
    Taking,
    /// The last plan ended.
    Ended(Ending),
    /// Nothing is to be said.
    Ready,
}

/// What a camera does.
#[must_use]
pub fn told(camera: &Camera, now: Timestamp) -> Told {
    match (&camera.link, camera.snapshot.as_deref()) {
        (Link::Connecting, _) | (Link::Online, None) => Told::Connecting,
        (Link::Offline { refused: true, .. }, None) if camera.implied => Told::NoTimer,
        (Link::Offline { since, .. }, _) => {
            let time = until(now, *since);
            Told::Offline(Some(time).filter(|time| *time >= Duration::from_secs(5)))
        }
        (Link::Forbidden { wrong: true, .. }, _) => Told::WrongPassword,
        (Link::Forbidden { .. }, _) => Told::Locked,
        (Link::Online, Some(snapshot)) => match camera.standing() {
            Standing::Paused => Told::Paused,
            Standing::Failing => Told::Failing,
            Standing::Running => running(camera, snapshot, now),
            Standing::NoRelease => Told::NoRelease,
            _ if snapshot.exposing_since.is_some() => Told::Taking,
            _ => snapshot.ended.map_or(Told::Ready, Told::Ended),
        },
    }
}

fn running(camera: &Camera, snapshot: &Snapshot, now: Timestamp) -> Told {
    if let Some(left) = camera.exposing_for(now)
        && left >= Duration::from_secs(1)
    {
        return Told::Exposing(left);
    }
    match camera.next_in(now).filter(|left| !left.is_zero()) {
        Some(left) if snapshot.shots == 0 => Told::First(left),
        Some(left) => Told::Next(left),
        None => Told::Running,
    }
}

/// One sentence without its point: `Running: 132 of 500, next in 4 s`.
#[must_use]
pub fn sentence(camera: &Camera, now: Timestamp) -> String {
    let snapshot = camera.snapshot.as_deref();
    let progress = || snapshot.map(progress).unwrap_or_default();
    match told(camera, now) {
        Told::Connecting => "Connecting…".to_owned(),
        Told::NoTimer => "No timer runs here".to_owned(),
        Told::Offline(None) => "Offline".to_owned(),
        Told::Offline(Some(time)) => format!("Offline for {}", brief(time)),
        Told::WrongPassword => "The password is wrong".to_owned(),
        Told::Locked => "A password is wanted".to_owned(),
        Told::Paused => format!("Paused: {}", progress()),
        Told::Failing => format!("Failing: {}", progress()),
        Told::Exposing(left) => format!("Exposing: {}, {} left", progress(), countdown(left)),
        Told::First(left) => {
            let first = match snapshot.and_then(|snapshot| snapshot.count) {
                Some(count) => format!("the first of {count}"),
                None => "the first picture".to_owned(),
            };
            format!("Waiting: {first} in {}", countdown(left))
        }
        Told::Next(left) => format!("Running: {}, next in {}", progress(), countdown(left)),
        Told::Running => format!("Running: {}", progress()),
        Told::NoRelease => "No picture can be taken".to_owned(),
        Told::Taking => "Taking a picture".to_owned(),
        Told::Ended(ending) => ended(ending, snapshot.map_or(0, |snapshot| snapshot.shots)),
        Told::Ready => "Ready".to_owned(),
    }
}

/// `132 of 500`, or `132 pictures`.
#[must_use]
pub fn progress(snapshot: &Snapshot) -> String {
    match snapshot.count {
        Some(count) => format!("{} of {count}", snapshot.shots),
        None => pictures(u64::from(snapshot.shots)),
    }
}

/// `1 picture`, `2 pictures`.
#[must_use]
pub fn pictures(count: u64) -> String {
    match count {
        1 => "1 picture".to_owned(),
        count => format!("{count} pictures"),
    }
}

/// How the last plan ended.
fn ended(ending: Ending, shots: u32) -> String {
    let shots = pictures(shots.into());
    match ending {
        Ending::Done => format!("Done: {shots}"),
        Ending::Stopped => format!("Stopped after {shots}"),
        Ending::Interrupted => format!("Interrupted after {shots}"),
        Ending::Failed => format!("Failed after {shots}"),
    }
}

/// Of so many pictures 99 of 100 can be told; of fewer, the worst.
pub const MANY: u32 = 100;

/// `0.1 ms at the median, at most 0.4 ms`: how late the pictures of a plan came, which has had so many shots.
#[must_use]
pub fn jitter(jitter: &Jitter, shots: u32) -> String {
    let Jitter { p50, p99, max } = jitter;
    let (median, most) = (milliseconds(*p50), milliseconds(*max));
    if shots < MANY {
        return format!("{median} at the median, at most {most}");
    }
    let nearly_all = milliseconds(*p99);
    format!("{median} at the median, 99 of 100 within {nearly_all}, at most {most}")
}

/// `0.12 ms`, `4.5 ms`, `120 ms`, `2.1 s`.
#[must_use]
pub fn milliseconds(ms: f64) -> String {
    match ms.abs() {
        size if size < 0.995 => format!("{ms:.2} ms"),
        size if size < 9.95 => format!("{ms:.1} ms"),
        size if size < 999.5 => format!("{ms:.0} ms"),
        size if size < 1e9 => format!("{:.1} s", ms / 1000.0),
        _ => "very late".to_owned(),
    }
}

/// A service's own sentence, with a capital and its point; it is untrusted.
#[must_use]
pub fn said(sentence: &str) -> String {
    let sentence = clean(sentence).replace(['\n', '\t'], " ");
    let sentence = sentence.trim();
    match sentence.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
        None => sentence.to_owned(),
    }
}

/// What else is to be known of a camera, a line each: problem, warning, why it cannot be reached.
#[must_use]
pub fn remarks(camera: &Camera) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Link::Offline { why, .. } | Link::Forbidden { why, .. } = &camera.link {
        remarks.push(said(why));
    }
    let snapshot = camera.snapshot.as_deref().filter(|_| camera.is_online());
    let told = snapshot.map(|s| [s.release.problem.as_deref(), s.warning.as_deref()]);
    remarks.extend(told.into_iter().flatten().flatten().map(said));
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_few_pictures_no_share_of_a_hundred_is_told() {
        let found = Jitter {
            p50: 0.1,
            p99: 0.4,
            max: 2.0,
        };
        assert_eq!(jitter(&found, 5), "0.10 ms at the median, at most 2.0 ms");
        assert!(jitter(&found, 100).contains("99 of 100 within 0.40 ms"));
    }
}
