//! `[ds4]`.

use super::{Key, Kind, Section, key};
use crate::ds4::status::FIELDS;

pub(super) const SECTION: Section = Section {
    path: "ds4",
    repeated: false,
    says: "Game controllers: `xds4` and `barpop ds4`.",
    keys: KEYS,
};

const KEYS: &[Key] = &[
    key(
        "format",
        Kind::Template(|| FIELDS.to_vec()),
        "",
        "What is shown of each pad (`--format`)",
    )
    .like("\"{icon} {percent}\""),
    key(
        "separator",
        Kind::Text,
        "\" \"",
        "What stands between two pads (`--separator`)",
    ),
    key(
        "absent",
        Kind::Text,
        "\"no pad\"",
        "What is shown without a pad (`--absent`)",
    ),
    key(
        "low",
        Kind::Whole(0, 100),
        "20",
        "Up to this percentage a battery is low (`--low`)",
    ),
    key(
        "high",
        Kind::Whole(0, 100),
        "80",
        "From this percentage on it is high (`--high`)",
    ),
    key(
        "low_colour",
        Kind::ColourOrNone,
        "\"#fb4934\"",
        "The colour of a low battery (`--low-colour`)",
    )
    .or("low_color"),
    key(
        "normal_colour",
        Kind::ColourOrNone,
        "\"\"",
        "The colour of one between low and high (`--normal-colour`)",
    )
    .or("normal_color"),
    key(
        "high_colour",
        Kind::ColourOrNone,
        "\"\"",
        "The colour of a high one (`--high-colour`)",
    )
    .or("high_color"),
    key(
        "charging_colour",
        Kind::ColourOrNone,
        "\"\"",
        "The colour while it is being filled (`--charging-colour`)",
    )
    .or("charging_color"),
    key(
        "battery_icons",
        Kind::Texts,
        "[]",
        "What is shown for a battery from empty to full; the icon font's without",
    )
    .like("[\"▁\", \"▄\", \"█\"]"),
    key(
        "click",
        Kind::Command,
        "\"xds4 -g\"",
        "What a click runs (`--click`)",
    ),
    key(
        "hide_when_absent",
        Kind::Switch,
        "false",
        "Whether nothing is shown without a pad (`--hide-when-absent`)",
    ),
];
