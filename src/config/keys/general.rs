//! What stands above all tables.

use super::{Key, Kind, Section, key};

pub(super) const SECTION: Section = Section {
    path: "",
    repeated: false,
    says: "For all status programs; these stand at the top of the file, above all tables.",
    keys: KEYS,
};

const KEYS: &[Key] = &[
    key(
        "output",
        Kind::OneOf(&[
            "xmobar", "waybar", "i3bar", "polybar", "tmux", "plain", "json",
        ]),
        "\"xmobar\"",
        "The language of the bar (`--output`)",
    ),
    key(
        "icons",
        Kind::OneOf(&["font", "text", "none"]),
        "\"font\"",
        "How icons are written: as characters of Font Awesome, as words, not at all (`--icons`)",
    ),
    key(
        "language",
        Kind::OneOf(&["en", "de", "cs"]),
        "",
        "The language of popups and notifications; what `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` and `LANG` say without",
    )
    .like("\"de\""),
];
