//! The popup and the line on i3, with the configuration that comes with barpop: i3bar shows the
//! line and tells its clicks, the popup floats at the bar.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/screen.rs"]
mod screen;
mod support;

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use barpop::bar::Output;
use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use screen::{Place, SCREEN, Screen, colours};
use support::wait_until;

/// Higher than the bar is.
const BAR: Place = Place {
    x: 0,
    y: 0,
    width: SCREEN.0,
    height: 16,
};

/// `xmobar/i3.conf` for this modem.
fn i3_conf(device: &Path) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("xmobar/i3.conf");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("/dev/ttyACM0"));
    text.replace("/dev/ttyACM0", device.to_str().unwrap())
}

#[test]
fn a_click_on_i3bar_opens_the_popup_at_it_and_the_next_one_closes_it() {
    let screen = Screen::new();
    let link = screen.person.path("modem");
    let port = Port::Terminal(Some(link.clone()));
    let _modem = Simulated::start(Options::default(), Faults::default(), port).unwrap();
    screen.i3(&i3_conf(&link));
    // The line stands at the right end.
    let field = Place {
        x: 1280 - 60,
        width: 60,
        ..BAR
    };
    wait_until("the line is on the bar", || {
        colours(&screen.pixels(field)) > 2
    });
    screen.click(1280 - 12, 8);
    let popup = screen.popup();
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    let place = popup.place();
    assert!(
        (600..=720).contains(&place.width),
        "not floating: {place:?}"
    );
    let (right, top) = (place.x + place.width.cast_signed(), place.y);
    assert!(
        right <= 1280 && (14..60).contains(&top),
        "not at the bar: {place:?}"
    );
    std::thread::sleep(Duration::from_millis(300));
    screen.click(1280 - 12, 8);
    wait_until("the second click closes it", || screen.popups().is_empty());

    // A key of the configuration opens it too; from another workspace it is brought.
    screen.xdotool(&["key", "super+s"]);
    let first = screen.popup().window;
    std::thread::sleep(Duration::from_millis(300));
    assert!(screen.runs("i3-msg", &["workspace", "2"]));
    wait_until("the other workspace is shown", || {
        screen.popups().is_empty()
    });
    screen.xdotool(&["key", "super+s"]);
    let popup = screen.popup();
    assert_eq!(popup.window, first, "the one that was open");
    wait_until("the popup has the keyboard", || popup.has_keyboard());
    screen.xdotool(&["key", "Escape"]);
    wait_until("the popup is closed", || screen.popups().is_empty());
}

/// A bar in small letters whose line is what is written into the file `lines`.
const CONFIGURATION: &str = "
bar {
    position top
    font pango:DejaVu Sans 5
    workspace_buttons no
    status_command exec tail -n +1 -f ~/lines
}
";

#[test]
fn i3bar_shows_every_text_as_it_is() {
    let screen = Screen::new();
    let mut lines = std::fs::File::create(screen.person.path("lines")).unwrap();
    let mut tell = |blocks: &str| writeln!(lines, "{blocks},").unwrap();
    tell("{\"version\":1}\n[[]");
    screen.i3(CONFIGURATION);
    let bar = Place {
        height: 6,
        y: 3,
        ..BAR
    };
    wait_until("the bar is there", || {
        let pixels = screen.pixels(bar);
        pixels[0] == [0, 0, 0] && colours(&pixels) == 1
    });
    // Shown once without any markup, then as barpop writes it.
    let mut shown = |blocks: &str| {
        tell(blocks);
        wait_until("something is shown", || colours(&screen.pixels(bar)) > 1);
        let mut picture = screen.pixels(bar);
        wait_until("it is drawn", || {
            std::thread::sleep(Duration::from_millis(20));
            let before = std::mem::replace(&mut picture, screen.pixels(bar));
            before == picture
        });
        tell("[]");
        wait_until("nothing is shown", || colours(&screen.pixels(bar)) == 1);
        picture
    };
    for line in hostile::lines() {
        let seen = hostile::seen(&line);
        let mut without_colour = line.clone();
        for segment in &mut without_colour.segments {
            segment.colour = None;
        }
        let plain = serde_json::json!([{"full_text": seen}]).to_string();
        let wanted = shown(&plain);
        let ours = shown(&hostile::written(&without_colour, Output::I3bar));
        assert!(wanted == ours, "{seen:?} looks otherwise");
        let coloured = shown(&hostile::written(&line, Output::I3bar));
        assert!(coloured != ours, "the colour of {seen:?} is not shown");
    }
    assert!(!screen.person.path("theirs").exists(), "a command ran");
}
