//! `[sms]`.

use super::{Key, Kind, Section, key};
use crate::sms::status::FIELDS;

pub(super) const SECTION: Section = Section {
    path: "sms",
    repeated: false,
    says: "Text messages: `xsms` and `barpop sms`.",
    keys: KEYS,
};

const KEYS: &[Key] = &[
    key(
        "device",
        Kind::Device,
        "\"auto\"",
        "The modem: an AT port, `mm` or `mm:` with a number, object path or IMEI for ModemManager's, \
         `auto` for ModemManager's where there is one, `none` (`-d`)",
    )
    .like("\"/dev/ttyACM0\""),
    key(
        "baud",
        Kind::Whole(300, u32::MAX as i64),
        "460800",
        "Symbols a second on an AT port (`--baud`)",
    ),
    key(
        "pin_file",
        Kind::Path,
        "",
        "A file with the SIM's PIN that nobody else can read (`--pin-file`)",
    )
    .like("\"/home/you/.config/barpop/pin\""),
    key(
        "pin",
        Kind::Secret,
        "",
        "The SIM's PIN itself; the configuration file must then be readable by nobody else",
    )
    .like("\"1234\""),
    key(
        "read_format",
        Kind::Text,
        "\"(empty)\"",
        "What is printed as it is with nothing unread (`-r`)",
    ),
    key(
        "unread_format",
        Kind::Count,
        "\"%d\"",
        "What is printed with something unread, with the count for `%d` (`-u`)",
    ),
    key(
        "format",
        Kind::Template(|| FIELDS.to_vec()),
        "",
        "A line with named fields in place of the two (`--format`)",
    )
    .like("\"{icon} {unread}\""),
    key(
        "click",
        Kind::Command,
        "",
        "What a click runs, in bars whose lines bring their click along (`--click`)",
    )
    .like("\"xsms -g\""),
    key(
        "hide_when_absent",
        Kind::Switch,
        "false",
        "Whether nothing is shown without a modem (`--hide-when-absent`)",
    ),
    key(
        "sim_cleanup",
        Kind::OneOf(&["when-full", "never", "stored"]),
        "\"when-full\"",
        "When messages that are safely stored leave the SIM: when it is over 80 % full, never, at once \
         (`--sim-cleanup`)",
    ),
    key(
        "delivery_reports",
        Kind::Switch,
        "true",
        "Whether the network is asked to say when a message has arrived",
    ),
    key(
        "contacts",
        Kind::Texts,
        "[]",
        "Files and folders of vCards; `$XDG_DATA_HOME/contacts` without any",
    )
    .like("[\"~/.local/share/contacts\"]"),
    key(
        "region",
        Kind::Region,
        "",
        "The country whose people write numbers as those in the address book do; found out without",
    )
    .like("\"DE\""),
    key(
        "notifications",
        Kind::OneOf(&["on", "private", "off"]),
        "\"on\"",
        "What is said of new messages: all, the sender alone, nothing",
    ),
    key(
        "start_daemon",
        Kind::Switch,
        "false",
        "Whether one look (`xsms` without `--follow`) starts `xsms daemon` where nobody has the modem",
    ),
    key(
        "broadcasts",
        Kind::Broadcasts,
        "true",
        "Whether warnings by cell broadcast are listened to, or which channels",
    ),
    key(
        "keep_deleted_days",
        Kind::Whole(0, u16::MAX as i64),
        "30",
        "For how many days a deleted message can be brought back",
    ),
];
