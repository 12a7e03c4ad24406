//! `[popup]`.

use super::{Key, Kind, Section, key};

pub(super) const SECTION: Section = Section {
    path: "popup",
    repeated: false,
    says: "How popups look, where they open and when they close.",
    keys: KEYS,
};

const KEYS: &[Key] = &[
    key(
        "theme",
        Kind::OneOf(&["dark", "light", "high-contrast"]),
        "\"dark\"",
        "The colours (`--theme`)",
    ),
    key(
        "background",
        Kind::Colour,
        "",
        "The colour of the ground; the theme's without",
    )
    .like("\"#1d2021\""),
    key(
        "foreground",
        Kind::Colour,
        "",
        "The colour of the text; the theme's without",
    )
    .like("\"#d5c4a1\""),
    key(
        "accent",
        Kind::Colour,
        "",
        "The one colour that is not grey; the theme's without",
    )
    .like("\"#83a598\""),
    key(
        "reduced_motion",
        Kind::Switch,
        "false",
        "Whether nothing moves",
    ),
    key(
        "at",
        Kind::OneOf(&["pointer", "bar", "center"]),
        "\"pointer\"",
        "Where they open (`--at`)",
    ),
    key(
        "again",
        Kind::OneOf(&["close", "raise"]),
        "\"close\"",
        "What a second start does (`--again`)",
    ),
    key(
        "close_on_focus_loss",
        Kind::Switch,
        "false",
        "Whether they close when another window gets the keyboard",
    ),
    key(
        "renderer",
        Kind::OneOf(&["software", "gpu"]),
        "\"software\"",
        "What draws them: the processor, or OpenGL (`--renderer`)",
    ),
];
