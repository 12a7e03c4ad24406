//! The languages that the catalogue has, and how they write numbers.

use fluent_bundle::types::FluentNumber;
use unic_langid::LanguageIdentifier;

/// A language with all texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// What is shown where nothing else is wanted.
    #[default]
    English,
    /// Deutsch.
    German,
    /// Čeština.
    Czech,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Czech];

    /// ISO 639-1, as the folder of its texts is called.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Czech => "cs",
        }
    }

    /// From a locale's name or a language tag: `de_AT.UTF-8`, `cs-CZ`, `C`; `None` where the
    /// catalogue has no such language.
    #[must_use]
    pub fn from_locale(name: &str) -> Option<Self> {
        let language = name.split(['_', '-', '.', '@']).next()?;
        match language.to_ascii_lowercase().as_str() {
            "c" | "posix" => Some(Self::English),
            tag => Self::ALL.into_iter().find(|known| known.tag() == tag),
        }
    }

    /// What the environment asks for, as gettext reads it: `LANGUAGE` is a list, then `LC_ALL`,
    /// `LC_MESSAGES`, `LANG` (glibc's manual, "Using gettextized software").
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = set("LC_ALL")
            .or_else(|| set("LC_MESSAGES"))
            .or_else(|| set("LANG"));
        // With the locale C nobody wants translations, whatever the list says.
        let plain = locale.as_deref().is_none_or(|name| {
            Self::from_locale(name) == Some(Self::English) && !name.starts_with("en")
        });
        let list = set("LANGUAGE").filter(|_| !plain);
        list.as_deref()
            .into_iter()
            .flat_map(|list| list.split(':'))
            .chain(locale.as_deref())
            .find_map(Self::from_locale)
            .unwrap_or_default()
    }

    pub(super) fn place(self) -> usize {
        match self {
            Self::English => 0,
            Self::German => 1,
            Self::Czech => 2,
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}

pub(super) fn number(number: &FluentNumber, language: Language) -> String {
    marked(&number.as_string(), language)
}

/// Puts the language's decimal mark and, from five digits on, its thousands marks in.
pub(super) fn marked(plain: &str, language: Language) -> String {
    let (decimal, thousands) = match language {
        Language::English => ('.', ','),
        Language::German => (',', '.'),
        // Never broken at the end of a line.
        Language::Czech => (',', '\u{a0}'),
    };
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain, None), |(w, f)| (w, Some(f)));
    let digits = whole.trim_start_matches('-');
    let mut marked = whole
        .get(..whole.len() - digits.len())
        .unwrap_or_default()
        .to_owned();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if index > 0 && left.is_multiple_of(3) && digits.len() > 4 {
            marked.push(thousands);
        }
        marked.push(digit);
    }
    if let Some(fraction) = fraction {
        marked.push(decimal);
        marked.push_str(fraction);
    }
    marked
}
