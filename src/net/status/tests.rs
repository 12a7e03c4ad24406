//! What a person reads on the bar, in every state.

use super::*;
use crate::bar::{Colour, Icons, Output, Style};
use crate::net::attempt::{Attempt, Problem, Stage, Target, Why};
use crate::net::secrets::Prompt;
use crate::net::snapshot::{
    ConnectionKind, Connectivity, DeviceState, Modem, ModemState, Radio, Rates, SimLock, State,
};
use crate::net::{sample, ssid::Ssid};

fn format(templates: &Templates<'_>, look: Look) -> Format {
    Format::new(templates, look, None, false).unwrap()
}

fn usual() -> Format {
    format(&Templates::default(), Look::default())
}

fn of(template: &str) -> Format {
    let templates = Templates {
        all: Some(template),
        ..Templates::default()
    };
    format(&templates, Look::default())
}

fn style(output: Output) -> Style {
    Style {
        output,
        icons: Icons::Font,
        ascii: false,
    }
}

/// As a terminal shows it: icons are words there, which is good to read in a test.
fn shown(format: &Format, snapshot: &Snapshot) -> String {
    style(Output::Plain).render(&format.line(snapshot))
}

#[test]
fn the_link_is_shown_with_what_tells_most_about_it() {
    assert_eq!(shown(&usual(), &sample::wifi("home", 72)), "WIFI home 3/4");
    assert_eq!(shown(&usual(), &sample::cable()), "LAN eth0");
    assert_eq!(
        shown(&usual(), &sample::mobile("Telekom.de", false)),
        "SIG Telekom.de LTE 3/4"
    );
    assert_eq!(
        shown(&usual(), &sample::mobile("A1", true)),
        "SIG A1 LTE 3/4 R"
    );
    assert_eq!(shown(&usual(), &sample::offline()), "NET offline");
}

#[test]
fn xmobar_gets_icons_in_its_icon_font_and_bars_in_its_own() {
    let line = usual().line(&sample::wifi("home", 72));
    assert_eq!(
        style(Output::Xmobar).render(&line),
        "<fn=1>\u{f1eb}</fn> home ▆"
    );
    assert_eq!(
        style(Output::Polybar).render(&line),
        "%{T2}\u{f1eb}%{T-} home ▆"
    );
    let ascii = Style {
        ascii: true,
        ..style(Output::Xmobar)
    };
    assert_eq!(ascii.render(&line), "WIFI home 3/4");
}

#[test]
fn a_vpn_is_a_mark_beside_the_real_link_and_never_hides_it() {
    let mut snapshot = sample::wifi("home", 72);
    sample::tunnel(&mut snapshot, "work");
    assert_eq!(shown(&usual(), &snapshot), "WIFI home 3/4 VPN");
    assert_eq!(shown(&of("{name}+{vpn}"), &snapshot), "home+work");
    let line = usual().line(&snapshot);
    assert_eq!(line.class, "wifi");
    assert!(line.tooltip.unwrap().contains("VPN work"));
}

#[test]
fn wifi_beside_a_cable_is_one_icon_more() {
    let mut snapshot = sample::wifi("home", 72);
    sample::connect(
        &mut snapshot,
        "eth0",
        "Wired connection 1",
        ConnectionKind::Ethernet,
    );
    assert_eq!(shown(&usual(), &snapshot), "LAN eth0 WIFI");
    let tooltip = usual().line(&snapshot).tooltip.unwrap();
    assert!(
        tooltip.contains("home: 72 %, 5 GHz, WPA2, wlan0"),
        "{tooltip}"
    );
}

#[test]
fn what_is_wrong_stands_behind_the_link() {
    let mut snapshot = sample::wifi("hotel", 72);
    snapshot.connectivity = Connectivity::Portal;
    let line = usual().line(&snapshot);
    assert_eq!(style(Output::Plain).render(&line), "WIFI hotel 3/4 sign in");
    assert_eq!((line.class, line.urgent), ("portal", true));
    snapshot.connectivity = Connectivity::Limited;
    let line = usual().line(&snapshot);
    assert_eq!(
        style(Output::Plain).render(&line),
        "WIFI hotel 3/4 no internet"
    );
    assert_eq!((line.class, line.urgent), ("limited", false));
    // Without a connectivity check NetworkManager knows no better than this.
    snapshot.connectivity = Connectivity::Unknown;
    assert_eq!(shown(&usual(), &snapshot), "WIFI hotel 3/4");
    snapshot.state = State::Local;
    assert_eq!(shown(&usual(), &snapshot), "WIFI hotel 3/4 no internet");
}

#[test]
fn connecting_says_to_what_and_how_far_it_is() {
    let mut snapshot = sample::wifi("cafe", 50);
    snapshot.primary = None;
    snapshot.state = State::Connecting;
    for active in &mut snapshot.connections {
        active.state = ActiveState::Activating;
        snapshot.activating = Some(active.id.clone());
    }
    for (state, words) in [
        (DeviceState::Prepare, "connecting"),
        (DeviceState::Config, "connecting"),
        (DeviceState::NeedAuth, "waiting for password"),
        (DeviceState::IpConfig, "getting address"),
        (DeviceState::IpCheck, "checking"),
    ] {
        for device in &mut snapshot.devices {
            device.state = state;
        }
        assert_eq!(shown(&usual(), &snapshot), format!("WIFI cafe 2/4 {words}"));
        assert_eq!(usual().line(&snapshot).class, "connecting");
    }
}

#[test]
fn a_question_for_a_password_wants_to_be_seen() {
    let mut snapshot = sample::cable();
    snapshot.prompt = Some(Prompt {
        number: 1,
        profile: sample::uuid("work"),
        name: "work\nVPN evil".to_owned(),
        ssid: None,
        setting: "vpn".to_owned(),
        fields: Vec::new(),
        refused: false,
        message: None,
    });
    let line = usual().line(&snapshot);
    assert_eq!(
        style(Output::Plain).render(&line),
        "LAN eth0 password wanted"
    );
    assert!(line.urgent);
    assert!(
        line.tooltip
            .unwrap()
            .contains("work VPN evil wants a password"),
        "a name makes no lines of its own"
    );
}

#[test]
fn why_nothing_is_connected_is_told_apart() {
    let off = Radio {
        present: true,
        enabled: false,
        hardware_enabled: true,
    };
    let mut snapshot = sample::offline();
    snapshot.radios.wifi = off;
    assert_eq!(shown(&usual(), &snapshot), "NET Wi-Fi off");
    snapshot.radios.bluetooth = Some(true);
    snapshot.radios.wwan = off;
    assert_eq!(shown(&usual(), &snapshot), "NET Wi-Fi off");
    snapshot.radios.bluetooth = Some(false);
    assert_eq!(shown(&usual(), &snapshot), "NET airplane mode");

    let mut snapshot = sample::mobile("o2", false);
    (snapshot.primary, snapshot.connections) = (None, Vec::new());
    for (lock, words) in [
        (SimLock::Pin, "LOCK SIM PIN"),
        (SimLock::Puk, "LOCK SIM PUK"),
    ] {
        snapshot.modems = vec![Modem {
            state: ModemState::Locked,
            lock: Some(lock),
            ..snapshot.modems[0].clone()
        }];
        assert_eq!(shown(&usual(), &snapshot), words);
        assert!(usual().line(&snapshot).urgent);
    }

    let mut snapshot = sample::offline();
    snapshot.attempts.push(Attempt {
        number: 1,
        target: Target::Network(Ssid::from("cafe")),
        name: "cafe".into(),
        device: None,
        connection: None,
        since: jiff::Timestamp::UNIX_EPOCH,
        stage: Stage::Failed(Problem {
            why: Why::WrongPassword,
            sentence: String::new(),
        }),
    });
    assert_eq!(shown(&usual(), &snapshot), "NET wrong password");

    let mut snapshot = sample::offline();
    snapshot.state = State::Asleep;
    assert_eq!(shown(&usual(), &snapshot), "NET asleep");
    let mut snapshot = sample::offline();
    snapshot.devices.clear();
    assert_eq!(shown(&usual(), &snapshot), "OFF no network device");
}

#[test]
fn without_networkmanager_the_line_says_so_and_the_error_is_a_sentence() {
    let table = [
        (Service::NotRunning, "! no NetworkManager", "absent"),
        (
            Service::NoBus("cannot connect to the system bus: gone".to_owned()),
            "! no system bus",
            "absent",
        ),
        (
            Service::Stalled("NetworkManager does not answer".to_owned()),
            "! NetworkManager stalled",
            "error",
        ),
    ];
    for (service, words, class) in table {
        let snapshot = Snapshot {
            service,
            ..Snapshot::default()
        };
        let line = usual().line(&snapshot);
        assert_eq!(style(Output::Plain).render(&line), words);
        assert_eq!(line.class, class);
        assert!(error(&snapshot).is_some());
    }
    assert_eq!(error(&sample::offline()), None);
}

#[test]
fn a_template_gives_way_to_words_while_there_is_no_link() {
    let format = of("{icon} {name} {strength}%");
    assert_eq!(shown(&format, &sample::wifi("home", 72)), "WIFI home 72%");
    assert_eq!(shown(&format, &sample::offline()), "NET offline");
    let mut portal = sample::wifi("hotel", 72);
    portal.connectivity = Connectivity::Portal;
    assert_eq!(shown(&format, &portal), "WIFI hotel 72% sign in");
    let format = of("[{state}] {name}");
    assert_eq!(shown(&format, &sample::offline()), "[offline] ");
    assert_eq!(shown(&format, &portal), "[sign in] hotel");
}

#[test]
fn each_kind_of_link_may_have_a_template_of_its_own() {
    let templates = Templates {
        all: Some("all"),
        wifi: Some("{name} {strength}"),
        ethernet: Some("{device} {address}"),
        mobile: Some("{operator} {technology}{roaming}"),
        offline: Some("down"),
    };
    let format = format(&templates, Look::default());
    assert_eq!(shown(&format, &sample::wifi("home", 9)), "home 9");
    assert_eq!(shown(&format, &sample::cable()), "eth0 192.0.2.7");
    assert_eq!(shown(&format, &sample::mobile("A1", true)), "A1 LTER");
    assert_eq!(shown(&format, &sample::offline()), "down");
}

#[test]
fn every_field_of_the_help_has_a_value_somewhere() {
    let mut with_all = sample::wifi("home", 72);
    sample::tunnel(&mut with_all, "work");
    with_all.rates = Some(Rates { rx: 2048, tx: 10 });
    with_all.devices[1].speed_mbps = Some(540);
    let mut beside = sample::wifi("home", 72);
    sample::connect(&mut beside, "eth0", "x", ConnectionKind::Ethernet);
    let broken = Snapshot {
        service: Service::NotRunning,
        ..Snapshot::default()
    };
    let states = [with_all, beside, broken, sample::mobile("A1", true)];
    for (field, _) in FIELDS {
        let format = of(&format!("{{{field}}}{{state}}"));
        let without = of("{state}");
        assert!(
            states
                .iter()
                .any(|state| shown(&format, state) != shown(&without, state))
                || *field == "state",
            "{{{field}}} shows nothing"
        );
    }
}

#[test]
fn rates_look_as_in_xmobars_dynnetwork() {
    let mut snapshot = sample::cable();
    snapshot.rates = Some(Rates {
        rx: 1_572_864,
        tx: 512,
    });
    assert_eq!(shown(&of("{rx} {tx}"), &snapshot), "1536 1");
    let templates = Templates {
        all: Some("{rx} {tx}"),
        ..Templates::default()
    };
    let look = Look {
        suffix: true,
        ..Look::default()
    };
    assert_eq!(shown(&format(&templates, look), &snapshot), "2MB/s 512B/s");
    assert!(of("{rx}").uses(RATES) && !of("{name}").uses(RATES));
}

#[test]
fn strength_has_colours_by_thresholds_and_steps_of_the_persons_own() {
    let look = Look {
        low_colour: Some(Colour(255, 0, 0)),
        high_colour: Some(Colour(0, 255, 0)),
        problem_colour: Some(Colour(255, 136, 0)),
        steps: ["<icon=1.xpm/>", "<icon=2.xpm/>", "<icon=3.xpm/>"]
            .map(str::to_owned)
            .to_vec(),
        ..Look::default()
    };
    let templates = Templates {
        all: Some("{bars} {strength}"),
        ..Templates::default()
    };
    let coloured = format(&templates, look);
    let render = |snapshot: &Snapshot| style(Output::Xmobar).render(&coloured.line(snapshot));
    assert_eq!(
        render(&sample::wifi("home", 29)),
        "<fc=#ff0000><icon=1.xpm/></fc> <fc=#ff0000>29</fc>"
    );
    assert_eq!(render(&sample::wifi("home", 50)), "<icon=2.xpm/> 50");
    assert_eq!(
        render(&sample::wifi("home", 100)),
        "<fc=#00ff00><icon=3.xpm/></fc> <fc=#00ff00>100</fc>"
    );
    assert_eq!(
        render(&sample::offline()),
        "<fc=#ff8800><fn=1>\u{f127}</fn></fc> <fc=#ff8800>offline</fc>"
    );
}

#[test]
fn a_click_opens_the_popup_where_the_language_has_clicks() {
    let click = Click::new("xnm -g").unwrap();
    let format = Format::new(&Templates::default(), Look::default(), Some(click), false).unwrap();
    let line = format.line(&sample::cable());
    assert_eq!(
        style(Output::Xmobar).render(&line),
        "<action=`xnm -g`><fn=1>\u{f0e8}</fn> eth0</action>"
    );
    assert_eq!(
        style(Output::Polybar).render(&line),
        "%{A1:xnm -g:}%{T2}\u{f0e8}%{T-} eth0%{A}"
    );
}

#[test]
fn hidden_when_absent_is_empty_without_networkmanager_and_not_when_offline() {
    let format = Format::new(&Templates::default(), Look::default(), None, true).unwrap();
    let absent = Snapshot {
        service: Service::NotRunning,
        ..Snapshot::default()
    };
    assert_eq!(shown(&format, &absent), "");
    assert_eq!(shown(&format, &sample::offline()), "NET offline");
}

#[test]
fn a_name_of_any_bytes_is_shown_and_never_obeyed() {
    let hostile = b"<action=`id`>\x1b[2J\xff\n</fc>";
    let snapshot = sample::wifi(*hostile, 72);
    let line = usual().line(&snapshot);
    assert_eq!(
        style(Output::Xmobar).render(&line),
        "<fn=1>\u{f1eb}</fn> <raw=23:<action=`id`>[2J\u{fffd} </fc>/> ▆"
    );
    let waybar = style(Output::Waybar).render(&line);
    let waybar: serde_json::Value = serde_json::from_str(&waybar).unwrap();
    let tooltip = waybar["tooltip"].as_str().unwrap();
    assert!(
        tooltip.starts_with("&lt;action=`id`&gt;[2J\u{fffd} &lt;/fc&gt;: 72 %"),
        "{tooltip}"
    );
    assert_eq!(waybar["percentage"], 72);
}

#[test]
fn an_unknown_field_is_refused() {
    let templates = Templates {
        wifi: Some("{sid}"),
        ..Templates::default()
    };
    let error = Format::new(&templates, Look::default(), None, false).unwrap_err();
    assert!(error.to_string().contains("unknown field '{sid}'"));
}
