//! Every text that a person reads, in their language: one catalogue, in Fluent's format.
//!
//! A text has an identifier whose first word is its room: `popup-close` stands in
//! `assets/words/LANGUAGE/popup.ftl`. English is what is shown where a language has no text, and
//! `tests/catalogue.rs` sees to it that each language has all of them, with the same variables,
//! and that no text is left that nobody shows. What came by radio is an argument, never a text.
//!
//! ```
//! use barpop::{catalogue, say};
//! assert_eq!(say!("popup-key", key = "F1"), "Key F1");
//! ```

mod language;
mod told;

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use intl_memoizer::concurrent::IntlLangMemoizer;
pub use language::Language;
pub use told::told;

/// A text of the catalogue, with its variables: `say!("net-join", ssid = name)`.
#[macro_export]
macro_rules! say {
    ($id:literal) => {
        $crate::catalogue::text($id, &[])
    };
    ($id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::catalogue::text($id, &[$((stringify!($name), $crate::catalogue::value($value))),+])
    };
}

macro_rules! room {
    ($room:literal) => {
        (
            $room,
            [
                include_str!(concat!("../assets/words/en/", $room, ".ftl")),
                include_str!(concat!("../assets/words/de/", $room, ".ftl")),
                include_str!(concat!("../assets/words/cs/", $room, ".ftl")),
            ],
        )
    };
}

/// The rooms that have texts, with their files in the order of [`Language::ALL`].
const ROOMS: [(&str, [&str; 3]); 7] = [
    room!("popup"),
    room!("sms"),
    room!("notice"),
    room!("net"),
    room!("gnss"),
    room!("ds4"),
    room!("shutter"),
];

type Shelf = FluentBundle<FluentResource>;

/// A room's texts are read when the first of them is wanted: a status line needs one room.
static SHELVES: [[OnceLock<Shelf>; 3]; ROOMS.len()] =
    [const { [const { OnceLock::new() }; 3] }; ROOMS.len()];

static CHOSEN: OnceLock<Language> = OnceLock::new();

thread_local! {
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Chooses the language of this process; what was chosen first stays.
pub fn choose(language: Language) {
    let _ = CHOSEN.set(language);
}

/// The language of this process: English until another is chosen.
#[must_use]
pub fn language() -> Language {
    HERE.get()
        .or_else(|| CHOSEN.get().copied())
        .unwrap_or_default()
}

/// Does something in another language, on this thread alone; for tests and pictures.
pub fn speaking<T>(language: Language, work: impl FnOnce() -> T) -> T {
    struct Back(Option<Language>);
    impl Drop for Back {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _back = Back(HERE.replace(Some(language)));
    work()
}

/// A variable's value: a number chooses the plural, everything else is text as it is.
pub fn value<'v>(value: impl Into<FluentValue<'v>>) -> FluentValue<'v> {
    value.into()
}

/// A text in the language of this process, else in English, else its identifier, so that a
/// mistake of ours is seen and nothing is lost. [`say!`] is how it is called.
#[must_use]
pub fn text(id: &str, variables: &[(&'static str, FluentValue<'_>)]) -> String {
    let mut arguments = FluentArgs::with_capacity(variables.len());
    for (name, value) in variables {
        arguments.set(Cow::Borrowed(*name), value.clone());
    }
    [language(), Language::English]
        .into_iter()
        .find_map(|language| formatted(language, id, &arguments))
        .unwrap_or_else(|| id.to_owned())
}

fn formatted(language: Language, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let shelf = shelf(language, id.split('-').next()?)?;
    let pattern = shelf.get_message(id)?.value()?;
    let mut errors = Vec::new();
    let text = shelf.format_pattern(pattern, Some(arguments), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

fn shelf(language: Language, room: &str) -> Option<&'static Shelf> {
    let room = ROOMS.iter().position(|(name, _)| *name == room)?;
    let place = SHELVES.get(room)?.get(language.place())?;
    Some(place.get_or_init(|| {
        let source = ROOMS
            .get(room)
            .and_then(|(_, files)| files.get(language.place()))
            .copied()
            .unwrap_or_default();
        let mut shelf = FluentBundle::new_concurrent(vec![language.identifier()]);
        // The marks around variables would be drawn as boxes; `popup::bidi` orders what is shown.
        shelf.set_use_isolating(false);
        shelf.set_formatter(Some(written));
        // A file that has a fault still has its other texts; the test names the fault.
        let texts = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(texts, _)| texts);
        let _ = shelf.add_resource(texts);
        shelf
    }))
}

/// Numbers as the language writes them, all else as Fluent does.
fn written(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(language::number(number, language())),
        _ => None,
    }
}

/// A number with so many digits after the mark, as the language writes it: `12.5`, `12,5`.
#[must_use]
pub fn decimal(value: f64, digits: usize) -> String {
    language::marked(&format!("{value:.digits$}"), language())
}

#[cfg(test)]
mod tests;
