//! What is said of a position and of satellites, in words.

use std::time::Duration;

use super::{Scene, State};
use crate::bar::clean;
use crate::catalogue::{self, decimal};
use crate::gnss::clock::Moment;
use crate::gnss::coordinates::{Notation, link};
use crate::gnss::fix::{Fix, Mode, Quality};
use crate::gnss::satellite::Satellite;
use crate::gnss::snapshot::{Link, Snapshot, State as Standing};
use crate::gnss::units::{Units, duration, rounded};
use crate::popup::states::full_sentence;
use crate::say;

/// A position younger than this is of now: receivers tell theirs every second, and a word that
/// changes with every breath of the line is not read.
const NOW: Duration = Duration::from_secs(2);

/// How the header is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// Something is being waited for.
    Busy,
    /// Nothing is happening.
    Quiet,
    /// It needs attention.
    Warn,
}

/// The answer to "where am I?" in one line, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// In bold.
    pub title: String,
    /// Below it, the most important first.
    pub below: Vec<String>,
    /// Its colour.
    pub tone: Tone,
    /// How long it reads like this; `None` while it has no time in it.
    pub changes_in: Option<Duration>,
}

impl Headline {
    /// What is to be said now.
    pub fn of(snapshot: &Snapshot, now: Moment, standing: Standing, state: &State) -> Self {
        let age = snapshot.age(now).unwrap_or_default();
        let say = |title: String, tone, changes_in| Self {
            title,
            below: Vec::new(),
            tone,
            changes_in,
        };
        let ticking = |time: Duration| Some(crate::gnss::units::until_next(time));
        let mut said = match standing {
            Standing::NoSource => say(say!("gnss-no-source"), Tone::Warn, None),
            Standing::Connecting => {
                let waited = state.waiting_since.map(|since| now.since(since));
                let waited = waited.unwrap_or_default();
                let source = snapshot.source.as_deref().map(clean);
                let title = match source {
                    _ if snapshot.error.is_some() => say!("gnss-no-receiver"),
                    Some(source) => say!("gnss-connecting-to", source = source),
                    None => say!("gnss-connecting"),
                };
                let mut said = say(title, Tone::Busy, ticking(waited));
                let waited = duration(waited);
                said.below.push(say!("gnss-waiting-for", time = waited));
                said
            }
            Standing::Searching { .. } if snapshot.link == Link::Ended => {
                say(say!("gnss-replay-empty"), Tone::Quiet, None)
            }
            Standing::Searching { .. } if snapshot.error.is_some() => {
                say(say!("gnss-no-receiver"), Tone::Warn, None)
            }
            Standing::Searching { since } => {
                let waited = now.since(since);
                let title = say!("gnss-searching-for", time = duration(waited));
                let mut said = say(title, Tone::Busy, ticking(waited));
                said.below.push(heard(snapshot));
                said
            }
            Standing::Fix => {
                let title = [
                    Some(mode(snapshot)),
                    Some(when(age)),
                    accuracy(snapshot, state.units),
                ];
                let title: Vec<String> = title.into_iter().flatten().collect();
                let next = NOW.saturating_sub(age);
                let changes = if next.is_zero() {
                    ticking(age)
                } else {
                    Some(next)
                };
                say(title.join(", "), Tone::Good, changes)
            }
            Standing::Stale => {
                let title = say!("gnss-stale", mode = mode(snapshot), age = duration(age));
                say(title, Tone::Warn, ticking(age))
            }
            Standing::Lost => {
                let title = say!("gnss-fix-lost", age = duration(age));
                say(title, Tone::Warn, ticking(age))
            }
        };
        if snapshot.link == Link::Ended {
            if snapshot.fix.is_some() {
                said.title = say!("gnss-replay-ended");
                said.below
                    .push(say!("gnss-last-position", age = duration(age)));
            }
            said.tone = Tone::Quiet;
        } else if matches!(standing, Standing::Stale | Standing::Lost) {
            said.below.push(why_old(snapshot));
        }
        if matches!(standing, Standing::Fix) {
            said.below.extend(satellites(snapshot));
            said.below.extend(quality(snapshot));
        }
        let named = !matches!(standing, Standing::Connecting) || snapshot.error.is_some();
        said.below
            .extend(snapshot.source.as_deref().filter(|_| named).map(clean));
        said
    }
}

/// `now`, or `4 s old`.
fn when(age: Duration) -> String {
    if age < NOW {
        say!("gnss-now")
    } else {
        say!("gnss-age-old", age = duration(age))
    }
}

/// What kind of fix it is.
fn mode(snapshot: &Snapshot) -> String {
    let fix = snapshot.fix.as_ref().map(|held| held.value);
    let fix = fix.unwrap_or_default();
    match (fix.quality, fix.mode) {
        (Quality::Estimated, _) => say!("gnss-mode-estimated"),
        (Quality::Manual, _) => say!("gnss-mode-manual"),
        (Quality::Simulated, _) => say!("gnss-mode-simulated"),
        (_, Mode::ThreeD) => say!("gnss-mode-3d"),
        (_, Mode::TwoD) => say!("gnss-mode-2d"),
        (_, Mode::None) => say!("gnss-mode-none"),
    }
}

/// How the position was improved, where it was.
fn quality(snapshot: &Snapshot) -> Option<String> {
    Some(match snapshot.fix.as_ref()?.value.quality {
        Quality::Differential => say!("gnss-differential"),
        Quality::FloatRtk => say!("gnss-rtk-float"),
        Quality::FixedRtk => say!("gnss-rtk-fixed"),
        _ => return None,
    })
}

/// `±6 m`, or what the geometry makes of it.
fn accuracy(snapshot: &Snapshot, units: Units) -> Option<String> {
    let fix = snapshot.fix.as_ref()?;
    match fix.value.error.horizontal_m {
        Some(metres) if units.length_in(metres).0 >= 4.95 => {
            Some(format!("±{}", length(units, metres, 0)))
        }
        Some(metres) => Some(format!("±{}", precise(units, metres))),
        None => snapshot
            .dop()
            .hdop
            .map(|hdop| format!("HDOP {}", number(hdop, 1))),
    }
}

/// A number with so many digits behind the mark, as the language writes it, and no minus before a
/// zero.
pub fn number(value: f64, digits: usize) -> String {
    // Rounded first: what is a zero then has lost its minus.
    decimal(rounded(value, digits).parse().unwrap_or(value), digits)
}

/// A height or a short length: `519 m`, `1703 ft`; `digits` behind the mark.
pub fn length(units: Units, metres: f64, digits: usize) -> String {
    let (value, unit) = units.length_in(metres);
    format!("{} {unit}", number(value, digits))
}

/// A way on the ground: `350 m`, `12,3 km`.
pub fn distance(units: Units, metres: f64) -> String {
    let (value, unit, digits) = units.distance_in(metres);
    format!("{} {unit}", number(value, digits))
}

/// A speed: `12,3 km/h`.
pub fn speed(units: Units, metres_a_second: f64) -> String {
    let (value, unit) = units.speed_in(metres_a_second);
    format!("{} {unit}", number(value, 1))
}

/// An upward speed: `0,5 m/s`.
pub fn climb(units: Units, metres_a_second: f64) -> String {
    let (value, unit, digits) = units.climb_in(metres_a_second);
    format!("{} {unit}", number(value, digits))
}

/// A length with digits that mean something: `0.02 m`, `2.4 m`, `12 m`.
pub fn precise(units: Units, metres: f64) -> String {
    let digits = match units.length_in(metres).0.abs() {
        small if small < 0.995 => 2,
        small if small < 9.95 => 1,
        _ => 0,
    };
    length(units, metres, digits)
}

/// `9 of 12 satellites used`.
pub fn satellites(snapshot: &Snapshot) -> Option<String> {
    let seen = snapshot.sky.as_ref().map(|sky| sky.value.satellites.len());
    match (snapshot.used(), seen.filter(|&seen| seen > 0)) {
        (Some(used), Some(seen)) if used <= seen => {
            Some(say!("gnss-used-of-seen", used = used, seen = seen))
        }
        (Some(used), _) => Some(say!("gnss-satellites-used", count = used)),
        (None, Some(seen)) => Some(say!("gnss-satellites-in-view", count = seen)),
        (None, None) => None,
    }
}

/// What is heard while a fix is waited for.
fn heard(snapshot: &Snapshot) -> String {
    let Some(sky) = &snapshot.sky else {
        return say!("gnss-none-seen-yet");
    };
    let heard = sky.value.satellites.iter().filter(|s| s.is_heard());
    let best = heard.filter_map(|s| s.cn0_dbhz).fold(0.0, f64::max);
    match sky.value.heard() {
        0 => say!("gnss-none-received-yet"),
        count => say!("gnss-received", count = count, best = format!("{best:.0}")),
    }
}

/// Why there is no newer position.
fn why_old(snapshot: &Snapshot) -> String {
    match snapshot.link {
        Link::Connected { .. } if snapshot.error.is_some() => say!("gnss-receiver-gone"),
        Link::Connected { .. } if snapshot.no_fix_since.is_some() => {
            format!("{}, {}", say!("gnss-no-fix-any-more"), heard(snapshot))
        }
        Link::Connected { .. } => say!("gnss-receiver-silent"),
        _ => say!("gnss-source-gone"),
    }
}

/// What a first fix needs.
pub fn advice(snapshot: &Snapshot, waited: Duration) -> String {
    let sky = snapshot.sky.as_ref().map(|sky| &sky.value);
    let strong = sky.map_or(0, |sky| {
        let strong = |s: &&Satellite| s.cn0_dbhz.is_some_and(|cn0| cn0 >= 30.0);
        sky.satellites.iter().filter(strong).count()
    });
    match (strong, waited.as_secs()) {
        (4.., 0..120) => say!("gnss-advice-near"),
        (_, 0..60) => say!("gnss-advice-first"),
        (0, _) => say!("gnss-advice-window"),
        _ => say!("gnss-advice-wider"),
    }
}

/// `GPS 5, 42° high in the southeast (139°), 34 dB-Hz, used`.
pub fn satellite(satellite: &Satellite) -> String {
    let mut parts = vec![format!(
        "{} {}",
        satellite.id.constellation.name(),
        satellite.id.prn
    )];
    match (satellite.elevation_deg, satellite.azimuth_deg) {
        (Some(up), Some(around)) => parts.push(say!(
            "gnss-high-in",
            up = format!("{up:.0}"),
            direction = eighth(around),
            around = format!("{around:.0}")
        )),
        (Some(up), None) => parts.push(say!("gnss-high", up = format!("{up:.0}"))),
        _ => parts.push(say!("gnss-no-place")),
    }
    parts.push(match satellite.cn0_dbhz.filter(|_| satellite.is_heard()) {
        Some(cn0) => format!("{cn0:.0} dB-Hz"),
        None => say!("gnss-not-heard"),
    });
    match satellite.used {
        Some(true) => parts.push(say!("gnss-is-used")),
        Some(false) => parts.push(say!("gnss-is-not-used")),
        None => {}
    }
    parts.join(", ")
}

/// The nearest of eight directions, counted from north to the east.
fn eighth(degrees: f64) -> usize {
    (degrees.rem_euclid(360.0) / 45.0).round() as usize % 8
}

/// The nearest of eight directions, in letters.
pub fn compass(degrees: f64) -> String {
    say!("gnss-compass", direction = eighth(degrees))
}

/// The position in a notation, with what else the notation can hold.
pub fn position(fix: &Fix, notation: Notation) -> Option<String> {
    let position = fix.position?;
    Some(match notation {
        Notation::Geo => link::geo(position, fix.altitude_ellipsoid_m, fix.error.horizontal_m),
        other => other.write(position),
    })
}

/// An error of a source or a recording, which says it in English, as a sentence.
pub fn told(error: &str) -> String {
    full_sentence(&catalogue::told("gnss", &clean(error)))
}

/// A notation's name.
pub fn notation(notation: Notation) -> String {
    match notation {
        Notation::Dd => say!("gnss-decimal-degrees"),
        Notation::Dms => say!("gnss-degrees-minutes"),
        Notation::Utm => "UTM".to_owned(),
        Notation::Mgrs => "MGRS".to_owned(),
        Notation::Plus => say!("gnss-plus-code"),
        Notation::Maidenhead => "Maidenhead".to_owned(),
        Notation::Geo => say!("gnss-geo-link"),
        Notation::Osm => "OpenStreetMap".to_owned(),
    }
}

/// The name of units.
pub fn units(units: Units) -> String {
    match units {
        Units::Metric => say!("gnss-metric"),
        Units::Imperial => say!("gnss-imperial"),
        Units::Nautical => say!("gnss-nautical"),
    }
}

/// The last position's age where it is not of now; the next frame comes when that reads differently.
pub fn old_age(scene: &mut Scene<'_>) -> Option<String> {
    if scene.is_fresh() {
        return None;
    }
    let age = scene.snapshot.age(scene.now)?;
    scene.again_in(crate::gnss::units::until_next(age));
    Some(duration(age))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gnss::satellite::Constellation;

    #[test]
    fn a_satellite_is_told_in_words() {
        let mut one = Satellite::new(Constellation::Galileo, 7);
        assert_eq!(
            satellite(&one),
            "Galileo 7, its place is not told, not heard"
        );
        one.elevation_deg = Some(41.6);
        one.azimuth_deg = Some(350.0);
        one.cn0_dbhz = Some(34.4);
        one.used = Some(true);
        assert_eq!(
            satellite(&one),
            "Galileo 7, 42° high in the north (350°), 34 dB-Hz, used"
        );
    }

    #[test]
    fn a_length_has_no_more_digits_than_it_is_worth() {
        let say = |metres| precise(Units::Metric, metres);
        assert_eq!(
            [0.021, 2.44, 9.99, 12.4].map(say),
            ["0.02 m", "2.4 m", "10 m", "12 m"]
        );
    }
}
