//! `[shutter]`, `[[shutter.server]]`, `[shutter.serve]` and `[shutter.mqtt]`.

use super::{Key, Kind, Section, key};
use crate::shutter::status::FIELDS;

pub(super) const SECTION: Section = Section {
    path: "shutter",
    repeated: false,
    says: "Remote timers of cameras: the line of `xshutter`, and `barpop shutter`.",
    keys: KEYS,
};

pub(super) const SERVER: Section = Section {
    path: "shutter.server",
    repeated: true,
    says: "A camera's service that is asked; as many as there are cameras.",
    keys: SERVER_KEYS,
};

pub(super) const SERVE: Section = Section {
    path: "shutter.serve",
    repeated: false,
    says: "`xshutter serve` itself, where the camera is connected.",
    keys: SERVE_KEYS,
};

pub(super) const MQTT: Section = Section {
    path: "shutter.mqtt",
    repeated: false,
    says: "The broker that the service talks to; without this table there is none.",
    keys: MQTT_KEYS,
};

const KEYS: &[Key] = &[
    key(
        "format",
        Kind::Template(|| FIELDS.to_vec()),
        "",
        "What is shown of each camera (`--format`)",
    )
    .like("\"{icon} {progress} {next}\""),
    key(
        "separator",
        Kind::Text,
        "\"  \"",
        "What stands between two cameras (`--separator`)",
    ),
    key(
        "absent",
        Kind::Text,
        "\"offline\"",
        "What is shown of a camera that cannot be reached (`--absent`)",
    ),
    key(
        "running_colour",
        Kind::ColourOrNone,
        "\"\"",
        "The colour while a plan runs (`--running-colour`)",
    )
    .or("running_color"),
    key(
        "paused_colour",
        Kind::ColourOrNone,
        "\"#fabd2f\"",
        "The colour while it waits to be resumed (`--paused-colour`)",
    )
    .or("paused_color"),
    key(
        "problem_colour",
        Kind::ColourOrNone,
        "\"#fb4934\"",
        "The colour of what is wrong (`--problem-colour`)",
    )
    .or("problem_color"),
    key(
        "click",
        Kind::Command,
        "\"xshutter -g\"",
        "What a click runs (`--click`)",
    ),
    key(
        "hide_when_absent",
        Kind::Switch,
        "false",
        "Whether nothing is shown of cameras that cannot be reached (`--hide-when-absent`)",
    ),
];

const SERVER_KEYS: &[Key] = &[
    key("name", Kind::Text, "", "What you call it").like("\"roof\""),
    key("url", Kind::Url, "", "Where it is; this one must be there").like("\"http://roof:8318\""),
    key(
        "password_file",
        Kind::Path,
        "",
        "A file with its password that nobody else can read",
    )
    .like("\"/home/you/.config/barpop/roof.password\""),
];

const SERVE_KEYS: &[Key] = &[
    key(
        "release",
        Kind::Release,
        "\"gpio:GPIO18\"",
        "What presses the camera's buttons (`--release`)",
    ),
    key(
        "listen",
        Kind::Listen,
        "[]",
        "Where to listen; port 8318 of both loopback addresses without any (`--listen`)",
    )
    .like("[\"0.0.0.0:8318\"]"),
    key("name", Kind::Text, "\"Camera\"", "The camera's name (`--name`)").like("\"Garden\""),
    key(
        "state",
        Kind::Path,
        "",
        "The file in which the running plan is kept, or `none`; in `$XDG_STATE_HOME/barpop` without \
         (`--state`)",
    )
    .like("\"/var/lib/barpop/garden.json\""),
    key(
        "password_hash",
        Kind::Secret,
        "",
        "What `xshutter passwd` printed; a file of your own must then be readable by nobody else",
    )
    .like("\"$argon2id$v=19$…\""),
    key(
        "names",
        Kind::Texts,
        "[]",
        "Names by which browsers reach it, besides this machine's own",
    )
    .like("[\"garden.example\"]"),
    key(
        "https",
        Kind::Switch,
        "false",
        "Whether a proxy in front of it speaks HTTPS",
    ),
    key(
        "announce",
        Kind::Switch,
        "false",
        "Whether it is announced in the local network (mDNS)",
    ),
    key(
        "after_restart",
        Kind::OneOf(&["resume", "stop"]),
        "\"resume\"",
        "What happens to a running plan when the service is started anew",
    ),
    key(
        "longest_bulb_s",
        Kind::Number(1.0, 359_999.0),
        "3600.0",
        "The shutter is never held for longer, seconds",
    ),
    key(
        "pulse_s",
        Kind::Number(0.01, 5.0),
        "0.1",
        "How long a button is pressed, seconds",
    ),
    key(
        "half_press_s",
        Kind::Number(0.0, 30.0),
        "0.0",
        "How long the focus line is pressed before a single picture, seconds",
    ),
    key(
        "latitude",
        Kind::Number(-90.0, 90.0),
        "",
        "Where the camera stands, degrees north, for windows by the sun; with `longitude`",
    )
    .like("50.08"),
    key(
        "longitude",
        Kind::Number(-180.0, 180.0),
        "",
        "Degrees east",
    )
    .like("14.42"),
    key(
        "realtime",
        Kind::Switch,
        "true",
        "Whether real-time priority is asked for",
    ),
    key(
        "trusted_proxies",
        Kind::Texts,
        "[]",
        "Proxies whose X-Forwarded-For is believed",
    )
    .like("[\"127.0.0.1\", \"::1\"]"),
];

const MQTT_KEYS: &[Key] = &[
    key("host", Kind::Text, "", "The broker's name or address").like("\"broker.example\""),
    key(
        "port",
        Kind::Whole(1, 65_535),
        "",
        "8883 with TLS and 1883 without it, if nothing is said",
    )
    .like("8883"),
    key(
        "tls",
        Kind::Switch,
        "true",
        "Whether it is spoken to by TLS; without it all on the way can read",
    ),
    key(
        "ca_file",
        Kind::Path,
        "",
        "A PEM file of the authorities that may sign the broker's certificate; the system's without",
    )
    .like("\"/etc/barpop/ca.pem\""),
    key("username", Kind::Text, "", "Who we are").like("\"garden\""),
    key(
        "password_file",
        Kind::Path,
        "",
        "A file with the password that nobody else can read",
    )
    .like("\"/etc/barpop/mqtt.password\""),
    key(
        "client_id",
        Kind::Text,
        "",
        "A random one at each start without; a broker keeps one connection a client id",
    )
    .like("\"garden-camera\""),
    key(
        "prefix",
        Kind::Text,
        "",
        "Where our topics begin; `barpop/shutter/NAME` without",
    )
    .like("\"barpop/shutter/Garden\""),
    key(
        "discovery_prefix",
        Kind::Text,
        "\"homeassistant\"",
        "Where Home Assistant looks for devices; empty for nothing",
    ),
];
