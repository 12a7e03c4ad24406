//! The popup and the line on sway, with the configurations that come with barpop: swaybar and
//! waybar show the line, a click there opens the popup, which floats and has the keyboard.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/stand_ins.rs"]
mod stand_ins;
mod support;
#[path = "support/sway.rs"]
mod sway;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use barpop::bar::Output;
use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use bus::Bus;
use stand_ins::StandIns;
use support::wait_until;
use sway::Sway;

fn shipped(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("xmobar")
        .join(file);
    std::fs::read_to_string(path).unwrap()
}

fn colours(pixels: &[[u8; 3]]) -> usize {
    let all: std::collections::HashSet<_> = pixels.iter().collect();
    all.len()
}

#[test]
fn on_sway_a_click_on_its_bar_opens_the_popup_floating_and_the_next_one_closes_it() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("modem");
    let port = Port::Terminal(Some(link.clone()));
    let _modem = Simulated::start(Options::default(), Faults::default(), port).unwrap();
    let configuration = shipped("sway.conf");
    assert!(configuration.contains("/dev/ttyACM0"));
    let mut sway = Sway::start(&configuration.replace("/dev/ttyACM0", link.to_str().unwrap()));
    wait_until("the line is on the bar", || {
        colours(&sway.pixels(1220, 0, 60, 14)) > 2
    });
    sway.click(1268, 8);
    let popup = sway.popup();
    assert!(popup.floating && popup.visible, "a tile");
    let [x, y, width, height] = popup.place;
    assert!(
        (700..=730).contains(&width) && height > 400,
        "{:?}",
        popup.place
    );
    assert!(
        x + width <= 1280 && (14..80).contains(&y),
        "{:?}",
        popup.place
    );
    let drawn = || {
        let part = |v: i64| u32::try_from(v).unwrap();
        colours(&sway.pixels(part(x), part(y), part(width), part(height))) > 20
    };
    wait_until("the popup is drawn", drawn);
    std::thread::sleep(Duration::from_millis(300));
    sway.click(1268, 8);
    sway.wait_until_closed();

    // By the bar's command again, and then from another workspace.
    let barpop = |sway: &mut Sway| {
        let mut command = sway.program(env!("CARGO_BIN_EXE_barpop"));
        sway.keep(command.arg("sms"));
    };
    barpop(&mut sway);
    sway.popup();
    std::thread::sleep(Duration::from_millis(500));
    sway.msg(&["workspace", "2"]);
    wait_until("it is out of sight", || !sway.popups()[0].visible);
    barpop(&mut sway);
    let here = |sway: &Sway| {
        let popups = sway.popups();
        popups.len() == 1 && popups[0].visible && popups[0].focused
    };
    wait_until("it is on the other workspace", || here(&sway));
    sway.keys(&["Escape"]);
    sway.wait_until_closed();
}

#[test]
fn on_sway_it_closes_with_the_loss_of_the_keyboard_where_that_is_wanted() {
    let mut sway = Sway::start("");
    let folder = sway.person.path(".config/barpop");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("config.toml"),
        "popup.close_on_focus_loss = true\n",
    )
    .unwrap();
    let mut command = sway.program(env!("CARGO_BIN_EXE_barpop"));
    sway.keep(command.arg("sms"));
    sway.popup();
    sway.msg(&["workspace", "2"]);
    sway.wait_until_closed();
}

/// The popup's picture, which has as many pixels as the scale makes of its points.
fn picture(sway: &Sway) -> Vec<[u8; 3]> {
    let [x, y, width, height] = sway.popup().place.map(|v| u32::try_from(v).unwrap());
    sway.pixels(x, y, width, height)
}

/// The same, once it has stopped changing.
fn calm_picture(sway: &Sway) -> Vec<[u8; 3]> {
    let (mut last, mut calm) = (picture(sway), 0);
    wait_until("it has stopped changing", || {
        std::thread::sleep(Duration::from_millis(300));
        let now = picture(sway);
        calm = if now == last { calm + 1 } else { 0 };
        last = now;
        calm >= 4 && colours(&last) > 20
    });
    last
}

#[test]
fn on_sway_a_popup_that_gets_another_scale_is_as_sharp_as_one_that_opens_with_it() {
    let mut sway = Sway::start(&format!(
        "{}\noutput HEADLESS-1 resolution 2560x1600",
        shipped("sway.conf")
    ));
    sway.move_pointer(5, 5);
    let mut command = sway.program(env!("CARGO_BIN_EXE_barpop"));
    sway.keep(command.arg("sms"));
    sway.popup();
    let small = calm_picture(&sway);
    sway.msg(&["output", "HEADLESS-1", "scale", "2"]);
    let large = calm_picture(&sway);
    sway.keys(&["Escape"]);
    sway.wait_until_closed();
    let mut command = sway.program(env!("CARGO_BIN_EXE_barpop"));
    sway.keep(command.arg("sms"));
    sway.popup();
    let fresh = calm_picture(&sway);
    assert_eq!(large.len(), 4 * small.len(), "as many points as before");
    assert_eq!(large.len(), fresh.len());
    let off = large.iter().zip(&fresh).filter(|(a, b)| a != b).count();
    assert!(off * 200 < fresh.len(), "{off} of {} pixels", fresh.len());
}

const FRIEND: &str = "+491701234567";

/// The popup with a conversation open, and the keyboard in its answer.
fn answering(sway: &mut Sway) -> Simulated {
    let link = sway.person.path("modem");
    let port = Port::Terminal(Some(link.clone()));
    let modem = Simulated::start(Options::default(), Faults::default(), port).unwrap();
    modem.receive(FRIEND, "Where are you?");
    let mut command = sway.program(env!("CARGO_BIN_EXE_barpop"));
    sway.keep(command.args(["sms", "-d"]).arg(&link));
    sway.popup();
    wait_until("the message is in it", || {
        let stored = sway.person.messages();
        stored
            .first()
            .is_some_and(|message| message["read"] == true)
    });
    modem
}

/// What another program pastes, of what was copied or, with `-p`, selected.
fn pasted(sway: &Sway, more: &[&str]) -> String {
    let mut paste = sway.program("wl-paste");
    let said = paste
        .arg("-n")
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .output();
    let said = said.expect("cannot start wl-paste: install the Debian package 'wl-clipboard'");
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn on_sway_what_was_copied_outlives_the_popup_and_what_was_copied_elsewhere_is_pasted() {
    let mut sway = Sway::start("");
    let modem = answering(&mut sway);
    sway.keys(&["ctrl+shift+c"]);
    wait_until("the number is copied", || pasted(&sway, &[]) == FRIEND);
    let copied = sway.program("wl-copy").arg("Über 😀").status().unwrap();
    assert!(copied.success());
    wait_until("something else is copied", || {
        pasted(&sway, &[]) == "Über 😀"
    });
    sway.keys(&["ctrl+v", "ctrl+Return"]);
    wait_until("it is sent", || !modem.sent().is_empty());
    assert_eq!(modem.sent()[0].text, "Über 😀");
    sway.keys(&["ctrl+shift+c"]);
    wait_until("the number is copied", || pasted(&sway, &[]) == FRIEND);
    sway.keys(&["Escape"]);
    sway.wait_until_closed();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(pasted(&sway, &[]), FRIEND, "after the popup");
}

/// Starts fcitx5 on a bus of its own, with Korean syllables switched on in every window.
fn korean(sway: &mut Sway, bus: &Bus) {
    let folder = sway.person.path(".config/fcitx5");
    std::fs::create_dir_all(&folder).unwrap();
    let profile = "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=hangul\n
        [Groups/0/Items/0]\nName=keyboard-us\n\n[Groups/0/Items/1]\nName=hangul\n
        [GroupOrder]\n0=Default\n";
    let lines: Vec<&str> = profile.lines().map(str::trim).collect();
    std::fs::write(folder.join("profile"), lines.join("\n")).unwrap();
    std::fs::write(folder.join("config"), "[Behavior]\nActiveByDefault=True\n").unwrap();
    let mut fcitx = sway.program("fcitx5");
    fcitx.env("DBUS_SESSION_BUS_ADDRESS", bus.address());
    sway.keep(fcitx.stderr(Stdio::null()));
}

/// Whether fcitx5 makes syllables in the window that has the keyboard.
fn makes_syllables(sway: &Sway, bus: &Bus) -> bool {
    let mut ask = sway.program("fcitx5-remote");
    ask.env("DBUS_SESSION_BUS_ADDRESS", bus.address());
    let said = ask.stdout(Stdio::piped()).stderr(Stdio::null()).output();
    said.unwrap().stdout == b"2\n"
}

/// The foot of the popup, where the answer is written.
fn foot(sway: &Sway) -> Vec<[u8; 3]> {
    let [x, y, width, height] = sway.popup().place.map(|v| u32::try_from(v).unwrap());
    sway.pixels(x, y + height - FOOT, width, FOOT)
}

const FOOT: u32 = 100;

/// Whether the foot has a line two pixels high and as long as a letter or two, where was none before.
fn is_underlined(before: &[[u8; 3]], now: &[[u8; 3]]) -> bool {
    let width = now.len() / FOOT as usize;
    let line = |at: usize| {
        let ink = now[at];
        let row = &now[at..at + 30];
        let long = row.iter().take_while(|pixel| **pixel == ink).count();
        let lies = |at: usize| {
            [now[at], now[at + width]] == [ink; 2]
                && ![now[at - width], now[at + 2 * width], before[at]].contains(&ink)
        };
        (10..30).contains(&long) && now[at - 1] != ink && (at..at + 10).all(lies)
    };
    (width..now.len() - 3 * width).any(line)
}

#[test]
fn on_sway_an_input_method_shows_what_it_makes_and_writes_it() {
    let bus = Bus::start();
    let mut sway = Sway::start("");
    sway.move_pointer(5, 5);
    korean(&mut sway, &bus);
    let modem = answering(&mut sway);
    let selected = sway.program("wl-copy").args(["-p", "selected"]).status();
    assert!(selected.unwrap().success());
    for (sent, keys) in [&["g", "k", "s", "r", "m", "f"] as &[&str], &["s", "k"]]
        .into_iter()
        .enumerate()
    {
        wait_until("the input method is there", || makes_syllables(&sway, &bus));
        let before = foot(&sway);
        sway.keys(keys);
        wait_until("a syllable that could still change is underlined", || {
            is_underlined(&before, &foot(&sway))
        });
        // The last syllable is finished with this key, and both reach a busy popup at once.
        sway.pause_last(|sway| {
            sway.keys(&["ctrl+Return"]);
            std::thread::sleep(Duration::from_millis(300));
        });
        wait_until("it is sent", || modem.sent().len() > sent);
    }
    let sent: Vec<String> = modem.sent().into_iter().map(|sent| sent.text).collect();
    assert_eq!(sent, ["한글", "나"]);
    assert_eq!(
        pasted(&sway, &["-p"]),
        "selected",
        "nobody selected a syllable"
    );
    sway.keys(&["Escape"]);
    sway.wait_until_closed();
}

/// Starts waybar with this configuration and our stand-ins.
fn waybar(sway: &mut Sway, programs: &StandIns, configuration: &str, style: &str) {
    let file = sway.person.path("waybar.jsonc");
    std::fs::write(&file, configuration).unwrap();
    let looks = sway.person.path("style.css");
    std::fs::write(&looks, style).unwrap();
    let mut command = sway.program("waybar");
    command.arg("-c").arg(file).arg("-s").arg(looks);
    command.env("PATH", programs.path());
    sway.keep(&mut command);
}

/// Looks that tell a module by its colour.
const STYLE: &str = "* { font-family: DejaVu Sans; font-size: 12px; border: none; min-height: 0; }
window#waybar { background: #000000; color: #ffffff; }
.module { padding: 0 5px; }
#custom-sms { background: #a00000; } #custom-net { background: #00a000; }
#custom-gnss { background: #0000a0; } #custom-ds4 { background: #a000a0; }
#custom-shutter { background: #00a0a0; } #clock { background: #404040; }";
const COLOURS: [(&str, [u8; 3]); 5] = [
    ("xsms", [160, 0, 0]),
    ("xnm", [0, 160, 0]),
    ("xgnss", [0, 0, 160]),
    ("xds4", [160, 0, 160]),
    ("xshutter", [0, 160, 160]),
];

#[test]
fn the_waybar_configurations_show_our_lines_and_a_click_opens_each_popup() {
    let mut sway = Sway::start("");
    let programs = StandIns::new(&sway.person);
    let line = |class: &str| format!("{{\"text\":\"line &amp; more\",\"class\":[\"{class}\"]}}");
    for name in ["xsms", "xnm", "xgnss", "xds4", "xshutter"] {
        programs.say(name, &line("read"));
    }
    let files = stand_ins::shipped("waybar", ".jsonc");
    assert!(files.len() >= 3, "{files:?}");
    for (file, text) in files {
        let fields = stand_ins::followed(&text);
        assert!(!fields.is_empty(), "{file} runs nothing of ours");
        waybar(&mut sway, &programs, &text, STYLE);
        for name in &fields {
            let colour = COLOURS.iter().find(|(known, _)| known == name).unwrap().1;
            let mut column = None;
            wait_until(&format!("{name} is on the bar"), || {
                let row = sway.pixels(0, 4, 1280, 1);
                let own: Vec<usize> = (0..1280).filter(|x| row[*x] == colour).collect();
                column = own.get(own.len() / 2).copied();
                own.len() > 20
            });
            let called = programs.called(name);
            assert!(called.contains("--output waybar"), "{name}: {called}");
            sway.click(u32::try_from(column.unwrap()).unwrap(), 4);
            wait_until(&format!("{name}: the click opens the popup"), || {
                programs.called(name).contains("-g")
            });
            // Its picture is on the screen's.
            sway.move_pointer(640, 700);
        }
        sway.end_last();
        wait_until("the bar is gone", || {
            colours(&sway.pixels(0, 0, 1280, 8)) == 1
        });
    }
}

/// A bar in small letters whose field is what is written into the file `lines`.
const HOSTILE: &str = r#"{ "layer": "top", "position": "top", "height": 20,
  "modules-right": ["custom/field"],
  "custom/field": { "exec": "exec tail -n +1 -f ~/lines", "return-type": "json",
    "escape": false, "on-click": "touch ~/field" } }"#;

#[test]
fn waybar_shows_every_text_as_it_is() {
    let mut sway = Sway::start("");
    sway.move_pointer(640, 600);
    let programs = StandIns::new(&sway.person);
    let mut lines = std::fs::File::create(sway.person.path("lines")).unwrap();
    let style = "* { font-family: DejaVu Sans; font-size: 7px; border: none; min-height: 0; }
        window#waybar { background: #000000; color: #ffffff; }";
    waybar(&mut sway, &programs, HOSTILE, style);
    wait_until("the bar is there", || {
        sway.pixels(0, 0, 1280, 20).iter().all(|c| *c == [0, 0, 0])
    });
    let mut shown = |json: &str| {
        writeln!(lines, "{json}").unwrap();
        let look = || sway.pixels(0, 0, 1280, 20);
        wait_until("something is shown", || colours(&look()) > 1);
        let mut picture = look();
        wait_until("it is drawn", || {
            std::thread::sleep(Duration::from_millis(20));
            let before = std::mem::replace(&mut picture, look());
            before == picture
        });
        writeln!(lines, "{{\"text\":\"\"}}").unwrap();
        wait_until("nothing is shown", || colours(&look()) == 1);
        picture
    };
    for line in hostile::lines() {
        let seen = hostile::seen(&line);
        let mut without_colour = line.clone();
        for segment in &mut without_colour.segments {
            segment.colour = None;
        }
        let escaped = seen.replace('&', "&amp;").replace('<', "&lt;");
        let wanted = shown(&serde_json::json!({"text": escaped}).to_string());
        let ours = shown(&hostile::written(&without_colour, Output::Waybar));
        assert!(wanted == ours, "{seen:?} looks otherwise");
    }
    writeln!(lines, "{{\"text\":\"whole\"}}").unwrap();
    wait_until("the bar is whole", || {
        colours(&sway.pixels(1200, 0, 80, 20)) > 1
    });
    sway.click(1275, 8);
    let field = sway.person.path("field");
    wait_until("a click is carried out", || field.exists());
    assert!(!sway.person.path("theirs").exists(), "a command ran");
}
