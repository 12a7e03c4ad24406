//! Our lines on a real polybar, and what clicks there do.
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
#[path = "support/stand_ins.rs"]
mod stand_ins;
mod support;

use std::io::Write;

use barpop::bar::{Click, Colour, Line, Output, Segment};
use screen::{Place, Screen};
use stand_ins::StandIns;
use support::wait_until;

const BAR: Place = Place {
    x: 0,
    y: 0,
    width: 1280,
    height: 24,
};

/// Starts polybar; it is ready when its own word is there.
fn polybar(screen: &Screen, configuration: &str) {
    let file = screen.person.path("polybar.ini");
    std::fs::write(&file, configuration).unwrap();
    let mut command = screen.program("polybar");
    let bar = command.arg("-q").arg("-c").arg(file).arg("top").spawn();
    screen.keep(bar.expect("cannot start polybar: install the Debian package 'polybar'"));
    wait_until("the bar is drawn", || {
        let left = Place { width: 200, ..BAR };
        screen::colours(&screen.pixels(left)) > 2
    });
}

/// A bar whose field shows what is written into the file `lines`, and whose left end makes the
/// file `ours` when it is clicked.
const CONFIGURATION: &str = "
[bar/top]
width = 100%
height = 24
background = #1d2021
foreground = #d5c4a1
font-0 = DejaVu Sans:size=5;2
font-1 = FontAwesome:size=5;2
modules-left = title
modules-right = field
[module/title]
type = custom/text
content = barpop
click-left = touch ~/ours
[module/field]
type = custom/script
exec = exec tail -n +1 -f ~/lines
tail = true
click-right = touch ~/field
";

/// Clicks everywhere on the field, and returns when polybar has dealt with all of it. It leaves
/// out clicks that come within milliseconds of another.
fn click_everywhere(screen: &Screen) {
    let ours = screen.person.path("ours");
    let _ = std::fs::remove_file(&ours);
    let columns: Vec<String> = (60..1280).step_by(16).map(|x| x.to_string()).collect();
    let mut words = Vec::new();
    for column in &columns {
        let click = ["mousedown", "1", "mouseup", "1", "sleep", "0.012"];
        words.extend(["mousemove", column, "12"]);
        words.extend(click);
    }
    screen.xdotool(&words);
    wait_until("the last click is carried out", || {
        screen.click(10, 12);
        ours.exists()
    });
}

fn is_red(colour: &[u8; 3]) -> bool {
    let [blue, green, red] = *colour;
    red > 150 && green < 60 && blue < 60
}

#[test]
fn polybar_runs_nothing_of_any_text_and_the_bar_stays_whole() {
    let screen = Screen::new();
    let mut lines = std::fs::File::create(screen.person.path("lines")).unwrap();
    polybar(&screen, CONFIGURATION);
    for line in hostile::lines() {
        let before = screen.pixels(BAR);
        writeln!(lines, "{}", hostile::written(&line, Output::Polybar)).unwrap();
        wait_until("the line is shown", || screen.pixels(BAR) != before);
        let red = screen.pixels(BAR).iter().filter(|c| is_red(c)).count();
        assert_eq!(red, 0, "a colour of {:?}", hostile::seen(&line));
        click_everywhere(&screen);
        let theirs = screen.person.path("theirs");
        assert!(!theirs.exists(), "a command of {:?}", hostile::seen(&line));
    }
    // The field is still the module's, and our own clicks and colours are read.
    let line = Line {
        segments: vec![Segment::untrusted("warning").coloured(Colour(255, 0, 0))],
        click: Some(Click::new("touch ~/theirs").unwrap()),
        ..Line::default()
    };
    writeln!(lines, "{}", hostile::written(&line, Output::Polybar)).unwrap();
    wait_until("it is red", || screen.pixels(BAR).iter().any(is_red));
    screen.xdotool(&["mousemove", "1274", "12", "click", "3"]);
    let field = screen.person.path("field");
    wait_until("a click on the field is carried out", || field.exists());
    click_everywhere(&screen);
    let theirs = screen.person.path("theirs");
    wait_until("the line's own click is carried out", || theirs.exists());
}

#[test]
fn the_polybar_inis_run_our_programs_and_a_click_opens_each_popup() {
    let files = stand_ins::shipped("polybar", ".ini");
    assert!(files.len() >= 3, "{files:?}");
    for (file, text) in files {
        // From the right.
        let mut fields = stand_ins::followed(&text);
        fields.reverse();
        assert!(!fields.is_empty(), "{file} runs nothing of ours");
        let screen = Screen::new();
        let programs = StandIns::new(&screen.person);
        // xnm's line has its click itself.
        programs.say("xnm", "%{A1:xnm -g:}LINE OF XNM%{A}");
        // The time of day at the right end would move what is clicked.
        let text = text.replace(" xnm date", " xnm");
        polybar_of(&screen, &programs, &text);
        for (number, name) in fields.iter().enumerate() {
            wait_until("the program has been started", || {
                programs.called(name).contains("--follow")
            });
            let mut seen = 0;
            wait_until("its line is shown", || {
                let rows = screen.pixels(BAR);
                let drawn = |x: &usize| {
                    let column = rows.iter().skip(*x).step_by(1280);
                    column.into_iter().any(|colour| *colour != rows[600])
                };
                seen = (640..1280).filter(drawn).count();
                seen > 50 * fields.len()
            });
            // From the right: a field has some 90 pixels.
            let column = 1280 - 40 - 110 * i16::try_from(number).unwrap();
            screen.click(column, 12);
            let opened = format!("{name}: the click opens the popup");
            wait_until(&opened, || programs.called(name).contains("-g"));
        }
    }
}

fn polybar_of(screen: &Screen, programs: &StandIns, configuration: &str) {
    let file = screen.person.path("polybar.ini");
    std::fs::write(&file, configuration).unwrap();
    let mut command = screen.program("polybar");
    command.env("PATH", programs.path());
    let bar = command.arg("-q").arg("-c").arg(file).arg("top").spawn();
    screen.keep(bar.expect("cannot start polybar: install the Debian package 'polybar'"));
}
