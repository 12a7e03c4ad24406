//! `[gnss]`.

use super::{Key, Kind, Section, key};
use crate::gnss::status::FIELDS;

pub(super) const SECTION: Section = Section {
    path: "gnss",
    repeated: false,
    says: "The position: `xgnss` and `barpop gnss`.",
    keys: KEYS,
};

const KEYS: &[Key] = &[
    key(
        "source",
        Kind::Source,
        "\"auto\"",
        "Where positions come from; `auto`: gpsd, then ModemManager, then `port` (`--source`)",
    )
    .like("\"gpsd://raspberry:2947\""),
    key(
        "port",
        Kind::Source,
        "",
        "What `auto` takes without gpsd and ModemManager",
    )
    .like("\"nmea:/dev/ttyACM0\""),
    key(
        "baud",
        Kind::Whole(300, u32::MAX as i64),
        "",
        "Symbols a second of a serial port (`--baud`); found out without",
    )
    .like("9600"),
    key(
        "format",
        Kind::Template(|| FIELDS.to_vec()),
        "",
        "A line with named fields (`--format`)",
    )
    .like("\"{icon} {position} {accuracy}\""),
    key(
        "as",
        Kind::OneOf(&[
            "dd",
            "dms",
            "utm",
            "mgrs",
            "plus",
            "maidenhead",
            "geo",
            "osm",
        ]),
        "\"dd\"",
        "How a position is written (`--as`)",
    ),
    key(
        "units",
        Kind::OneOf(&["metric", "imperial", "nautical"]),
        "\"metric\"",
        "The units of heights and speeds (`--units`)",
    ),
    key(
        "stale_after_s",
        Kind::Whole(0, i64::MAX),
        "5",
        "Seconds after which a fix is old (`--stale-after`)",
    ),
    key(
        "lost_after_s",
        Kind::Whole(0, i64::MAX),
        "60",
        "Seconds after which it is lost (`--lost-after`)",
    ),
    key(
        "click",
        Kind::Command,
        "",
        "What a click runs, in bars whose lines bring their click along (`--click`)",
    )
    .like("\"xgnss -g\""),
    key(
        "hide_when_absent",
        Kind::Switch,
        "false",
        "Whether nothing is shown without a receiver (`--hide-when-absent`)",
    ),
];
