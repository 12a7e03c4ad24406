//! Daily windows: from one edge to another, each a time of day or what the sun does.

use jiff::civil::Time;

use super::Wrong;
use super::moment::time_of_day;
use crate::shutter::plan::{Edge, Sun, Window};

/// Names that are beginnings of others come last.
const EVENTS: [(&str, Sun); 6] = [
    ("astronomical-dawn", Sun::AstronomicalDawn),
    ("astronomical-dusk", Sun::AstronomicalDusk),
    ("civil-dawn", Sun::CivilDawn),
    ("civil-dusk", Sun::CivilDusk),
    ("sunrise", Sun::Sunrise),
    ("sunset", Sun::Sunset),
];

/// A window like `9:00-17:30`, `sunset-sunrise` or `sunset-30-civil-dawn+15` (minutes).
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn parse_window(text: &str) -> Result<Window, Wrong> {
    let wrong = || Wrong::Window(text.to_owned());
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let words = words.to_ascii_lowercase();
    let (from, rest) = parse_edge(&words).ok_or_else(wrong)?;
    let rest = rest.strip_prefix('-').ok_or_else(wrong)?;
    let (to, rest) = parse_edge(rest).ok_or_else(wrong)?;
    if !rest.is_empty() {
        return Err(wrong());
    }
    if from == to {
        return Err(Wrong::EmptyWindow(text.to_owned()));
    }
    Ok(Window { from, to })
}

/// Several windows with commas between them; none where nothing is written.
///
/// # Errors
/// What is wrong with the first that is none.
pub fn parse_windows(text: &str) -> Result<Vec<Window>, Wrong> {
    let all = text.split(',').map(str::trim).filter(|one| !one.is_empty());
    all.map(parse_window).collect()
}

/// An edge at the start of a text, and what is behind it.
fn parse_edge(text: &str) -> Option<(Edge, &str)> {
    let event = EVENTS
        .iter()
        .find_map(|(name, event)| Some((*event, text.strip_prefix(*name)?)));
    let Some((event, rest)) = event else {
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != ':')
            .unwrap_or(text.len());
        let (time, rest) = text.split_at(end);
        return Some((Edge::Clock(time_of_day(time)?), rest));
    };
    let (offset_min, rest) = offset(rest).unwrap_or((0, rest));
    Some((Edge::Sun { event, offset_min }, rest))
}

/// `+30` or `-30`, but not the `-6:00` of the next edge.
fn offset(text: &str) -> Option<(i16, &str)> {
    let digits = text.strip_prefix(['+', '-'])?;
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let (minutes, rest) = digits.split_at(end.unwrap_or(digits.len()));
    if rest.starts_with(':') {
        return None;
    }
    let minutes: i16 = minutes.parse().ok().filter(|m| *m <= 720)?;
    let rest = rest.strip_prefix("min").unwrap_or(rest);
    let rest = rest.strip_prefix('m').unwrap_or(rest);
    let sign = if text.starts_with('-') { -1 } else { 1 };
    Some((sign * minutes, rest))
}

/// A window as it can be typed.
#[must_use]
pub fn window(window: &Window) -> String {
    format!("{}-{}", edge(&window.from), edge(&window.to))
}

/// An edge as it can be typed.
#[must_use]
pub fn edge(edge: &Edge) -> String {
    match edge {
        Edge::Clock(time) => clock(*time),
        Edge::Sun { event, offset_min } => {
            let name = EVENTS.iter().find(|(_, known)| known == event);
            let name = name.map_or("sunset", |(name, _)| name);
            match offset_min {
                0 => name.to_owned(),
                minutes => format!("{name}{minutes:+}"),
            }
        }
    }
}

fn clock(time: Time) -> String {
    match time.second() {
        0 => time.strftime("%H:%M").to_string(),
        _ => time.strftime("%H:%M:%S").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_as_they_are_written() {
        for text in [
            "09:00-17:30",
            "22:00:30-06:00",
            "sunset-sunrise",
            "sunset-30-06:00",
            "sunset-06:00",
            "civil-dusk+15-civil-dawn-15",
            "astronomical-dusk-astronomical-dawn",
        ] {
            assert_eq!(window(&parse_window(text).unwrap()), text);
        }
        let window = parse_window(" Sunset +30min - 6:00").unwrap();
        assert_eq!(
            window.from,
            Edge::Sun {
                event: Sun::Sunset,
                offset_min: 30
            }
        );
        assert_eq!(parse_windows("9:00-10:00, 12:00-13:00").unwrap().len(), 2);
        assert_eq!(parse_windows("").unwrap(), []);
    }

    #[test]
    fn what_is_no_window_is_refused_in_a_sentence() {
        for wrong in [
            "",
            "-",
            "9:00",
            "9:00-",
            "9-17",
            "25:00-26:00",
            "sunset",
            "sunset-",
            "moonrise-6:00",
            "sunset+9999-6:00",
            "9:00-17:00-18:00",
            "9:00-9:00",
            "sunset-sunset",
        ] {
            assert!(parse_window(wrong).is_err(), "{wrong}");
        }
    }
}
