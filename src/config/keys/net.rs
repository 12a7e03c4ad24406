//! `[net]`.

use super::{Key, Kind, Section, key};
use crate::net::status::field_names;

pub(super) const SECTION: Section = Section {
    path: "net",
    repeated: false,
    says: "The network: `xnm` and `barpop net`.",
    keys: KEYS,
};

const TEMPLATE: Kind = Kind::Template(field_names);

const KEYS: &[Key] = &[
    key(
        "format",
        TEMPLATE,
        "",
        "The line for every link (`--format`)",
    )
    .like("\"{icon} {name}\""),
    key(
        "format_wifi",
        TEMPLATE,
        "",
        "The line for Wi-Fi (`--format-wifi`)",
    )
    .like("\"{icon} {name} {strength}%\""),
    key(
        "format_ethernet",
        TEMPLATE,
        "",
        "The line for a cable (`--format-ethernet`)",
    )
    .like("\"{icon} {rx} {tx}\""),
    key(
        "format_mobile",
        TEMPLATE,
        "",
        "The line for the mobile network (`--format-mobile`)",
    )
    .like("\"{icon} {operator} {technology}\""),
    key(
        "format_offline",
        TEMPLATE,
        "",
        "The line while there is no link (`--format-offline`)",
    )
    .like("\"{icon} {state}\""),
    key(
        "interval",
        Kind::Number(0.1, 3600.0),
        "2.0",
        "Seconds over which `{rx}` and `{tx}` are counted (`--interval`)",
    ),
    key(
        "suffix",
        Kind::Switch,
        "false",
        "Whether `{rx}` and `{tx}` have a fitting unit, like `12KB/s` (`--suffix`)",
    ),
    key(
        "low",
        Kind::Whole(0, 100),
        "30",
        "Below this percentage a signal is weak (`--low`)",
    ),
    key(
        "high",
        Kind::Whole(0, 100),
        "60",
        "From this percentage on a signal is strong (`--high`)",
    ),
    key(
        "low_colour",
        Kind::Colour,
        "",
        "The colour of a weak signal (`--low-colour`); the bar's own without",
    )
    .or("low_color")
    .like("\"#fe8019\""),
    key(
        "normal_colour",
        Kind::Colour,
        "",
        "The colour of a signal between weak and strong (`--normal-colour`)",
    )
    .or("normal_color")
    .like("\"#fabd2f\""),
    key(
        "high_colour",
        Kind::Colour,
        "",
        "The colour of a strong signal (`--high-colour`)",
    )
    .or("high_color")
    .like("\"#b8bb26\""),
    key(
        "problem_colour",
        Kind::Colour,
        "",
        "The colour of what is wrong (`--problem-colour`)",
    )
    .or("problem_color")
    .like("\"#fb4934\""),
    key(
        "strength_icons",
        Kind::Texts,
        "[]",
        "What is shown for a signal from weak to strong, any number, with the bar's markup \
         (`--strength-icons`); the icon font's without",
    )
    .like("[\"▂\", \"▄\", \"▆\", \"█\"]"),
    key(
        "click",
        Kind::Command,
        "\"xnm -g\"",
        "What a click runs (`--click`)",
    ),
    key(
        "hide_when_absent",
        Kind::Switch,
        "false",
        "Whether nothing is shown without NetworkManager or a device (`--hide-when-absent`)",
    ),
    key(
        "agent",
        Kind::Switch,
        "true",
        "Whether `--follow` answers when NetworkManager wants a password (`--no-agent`)",
    ),
    key(
        "hide",
        Kind::Texts,
        "[]",
        "Interfaces to hide besides those that always are, by name with `*` and `?`",
    )
    .like("[\"vmnet*\"]"),
    key(
        "show",
        Kind::Texts,
        "[]",
        "Interfaces to show whatever else says, likewise",
    )
    .like("[\"br-home\"]"),
];
