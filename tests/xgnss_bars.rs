//! The configurations of `xgnss` in `xmobar/` are ready to copy: xmobar runs one with the real
//! program, the others are read by their format's parser.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/processes.rs"]
mod processes;
#[path = "support/receiver.rs"]
mod receiver;
mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use support::{Following, Person};

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("xmobar")
        .join(name)
}

#[test]
fn xmobar_shows_where_we_are_and_later_how_old_that_is() {
    let person = Person::new();
    let folder = person.path(".config/barpop");
    std::fs::create_dir_all(&folder).unwrap();
    // One second of a log, so that the position gets old.
    let log = std::fs::read(receiver::data("four-constellations.nmea")).unwrap();
    let short = person.path("short.nmea");
    std::fs::write(&short, &log[..log.len() / 55]).unwrap();
    let config = format!(
        "[gnss]\nsource = \"file:{}\"\nstale_after_s = 1\nlost_after_s = 3600\n",
        short.display()
    );
    std::fs::write(folder.join("config.toml"), config).unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_xgnss")).parent().unwrap();
    let search = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let bar = Following::start(
        person
            .program("xmobar")
            .arg("-TPlain")
            .arg(path("xmobarrc-gnss"))
            .env("LC_ALL", "C.UTF-8")
            .env("PATH", search),
    );
    let until = Instant::now() + Duration::from_secs(20);
    let mut wanted = ["56H LH 34900 52290", "56H LH 34900 52290 2 s old"]
        .into_iter()
        .peekable();
    while let Some(text) = wanted.peek() {
        assert!(Instant::now() < until, "xmobar did not show {text:?}");
        if bar.next_line().contains(text) {
            wanted.next();
        }
    }
    drop(bar);
    processes::end_all_in(person.home());
}

#[test]
fn the_other_bars_get_their_own_language_and_open_the_popup() {
    let read = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    let json: String = read("waybar-gnss.jsonc")
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let config: serde_json::Value = serde_json::from_str(&json).unwrap();
    let module = &config["custom/gnss"];
    assert!(
        module["exec"]
            .as_str()
            .unwrap()
            .contains("--follow --output waybar")
    );
    assert_eq!(
        (&module["return-type"], &module["escape"]),
        (&"json".into(), &false.into())
    );
    assert_eq!(module["on-click"], "xgnss -g");
    let polybar = read("polybar-gnss.ini");
    assert!(polybar.contains("exec = exec xgnss --follow --output polybar"));
    assert!(polybar.contains("click-left = xgnss -g"));
}
