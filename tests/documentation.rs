//! The pages in `docs` say what the programs do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/shutter_samples.rs"]
mod shutter_samples;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use barpop::bar::{Icons, Line, Output, Style};
use barpop::clock::Moment;
use clap::CommandFactory;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{path}")).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands on the bar, without icons.
fn words(line: &Line) -> String {
    let style = Style {
        output: Output::Plain,
        icons: Icons::None,
        ascii: false,
    };
    style.render(line)
}

/// All that `xsms` may say instead of, or beside, the count.
fn sms() -> Vec<String> {
    use barpop::sms::broadcast::Severity;
    use barpop::sms::snapshot::{Lock, ModemState, Registration, Summary, Waiting};
    use barpop::sms::status::Format;
    let states = [
        ModemState::Unconfigured,
        ModemState::Absent,
        ModemState::Busy { holder: None },
        ModemState::Busy {
            holder: Some("ModemManager (812)".to_owned()),
        },
        ModemState::Starting,
        ModemState::Restarting,
        ModemState::Locked(Lock::SimPin),
        ModemState::Locked(Lock::SimPuk),
        ModemState::Locked(Lock::NoSim),
        ModemState::Locked(Lock::Other("PH-NET PIN".to_owned())),
        ModemState::Ready,
        ModemState::Failed("it hangs".to_owned()),
    ];
    for state in &states {
        // A state that is new is an error here: add it above, and what it says to the page.
        match state {
            ModemState::Unconfigured
            | ModemState::Absent
            | ModemState::Busy { .. }
            | ModemState::Starting
            | ModemState::Restarting
            | ModemState::Locked(Lock::SimPin | Lock::SimPuk | Lock::NoSim | Lock::Other(_))
            | ModemState::Ready
            | ModemState::Failed(_) => {}
        }
    }
    let format = Format::counted("", "%d", false).unwrap();
    let mut summaries: Vec<Summary> = states
        .into_iter()
        .map(|state| {
            let mut summary = Summary::default();
            summary.modem.state = state;
            summary
        })
        .collect();
    let ready = |change: &dyn Fn(&mut Summary)| {
        let mut summary = Summary::default();
        summary.modem.state = ModemState::Ready;
        change(&mut summary);
        summary
    };
    summaries.push(ready(&|s| s.error = Some("the disk is full".to_owned())));
    summaries.push(ready(&|s| s.alert = Some(Severity::Extreme)));
    summaries.push(ready(&|s| {
        s.modem.registration = Some(Registration::Denied);
    }));
    summaries.push(ready(&|s| {
        s.modem.registration = Some(Registration::Searching);
    }));
    for count in [None, Some(2)] {
        let kind = Waiting::VOICE;
        summaries.push(ready(&|s| s.waiting = vec![Waiting { kind, count }]));
    }
    summaries.iter().map(|s| words(&format.line(s))).collect()
}

/// All that `xnm` may say of what is wrong.
fn net() -> Vec<String> {
    use barpop::net::attempt::Why;
    use barpop::net::snapshot::DeviceState;
    use barpop::net::status::Condition;
    let mut all = vec![
        Condition::Starting,
        Condition::NotRunning,
        Condition::NoBus,
        Condition::Stalled,
        Condition::Asleep,
        Condition::Portal,
        Condition::Limited,
        Condition::PasswordWanted,
        Condition::Airplane,
        Condition::WifiOff,
        Condition::SimPin,
        Condition::SimPuk,
        Condition::NoDevice,
        Condition::Offline,
    ];
    let whys = [
        Why::WrongPassword,
        Why::ProbablyWrongPassword,
        Why::PasswordWanted,
        Why::OutOfRange,
        Why::NoAnswer,
        Why::NoAddress,
        Why::SimPin,
        Why::SimPuk,
        Why::WrongPin,
        Why::NoSim,
        Why::NoMobileNetwork,
        Why::WrongApn,
        Why::Forbidden,
        Why::Stopped,
        Why::Other,
    ];
    all.extend(whys.map(Condition::Failed));
    all.extend(
        [
            DeviceState::Prepare,
            DeviceState::Config,
            DeviceState::NeedAuth,
            DeviceState::IpConfig,
            DeviceState::IpCheck,
            DeviceState::Secondaries,
        ]
        .map(Condition::Connecting),
    );
    for condition in &all {
        // One that is new is an error here: add it above, and what it says to the page.
        match condition {
            Condition::Starting
            | Condition::NotRunning
            | Condition::NoBus
            | Condition::Stalled
            | Condition::Asleep
            | Condition::Online
            | Condition::Portal
            | Condition::Limited
            | Condition::PasswordWanted
            | Condition::Connecting(_)
            | Condition::Airplane
            | Condition::WifiOff
            | Condition::SimPin
            | Condition::SimPuk
            | Condition::NoDevice
            | Condition::Offline
            | Condition::Failed(
                Why::WrongPassword
                | Why::ProbablyWrongPassword
                | Why::PasswordWanted
                | Why::OutOfRange
                | Why::NoAnswer
                | Why::NoAddress
                | Why::SimPin
                | Why::SimPuk
                | Why::WrongPin
                | Why::NoSim
                | Why::NoMobileNetwork
                | Why::WrongApn
                | Why::Forbidden
                | Why::Stopped
                | Why::Other,
            ) => {}
        }
    }
    all.into_iter().map(|one| one.words().to_string()).collect()
}

/// All that `xgnss` may say in place of a position.
fn gnss() -> Vec<String> {
    use barpop::gnss::coordinates::Notation;
    use barpop::gnss::fix::Fix;
    use barpop::gnss::satellite::Sky;
    use barpop::gnss::snapshot::{Held, Limits, Link, Snapshot};
    use barpop::gnss::status::Format;
    use barpop::gnss::units::Units;
    let at = |seconds| Moment::at(Duration::from_secs(seconds));
    let connected = Link::Connected { since: at(100) };
    let with = |link, error: Option<&str>, source: &str| Snapshot {
        link,
        error: error.map(str::to_owned),
        source: Some(source.to_owned()),
        ..Snapshot::default()
    };
    let fix = |seconds| {
        Some(Held {
            value: Fix::default(),
            at: at(seconds),
        })
    };
    let mut all = vec![
        Snapshot::default(),
        with(Link::Connecting, None, "gpsd 127.0.0.1:2947"),
        with(Link::Connecting, Some("refused"), "gpsd 127.0.0.1:2947"),
        with(Link::Connecting, Some("gone"), "file x.nmea"),
        with(Link::Connecting, Some("gone"), "nmea /dev/ttyUSB0"),
        with(Link::Ended, None, "file x.nmea"),
        with(connected, None, "gpsd 127.0.0.1:2947"),
    ];
    let mut heard = with(connected, None, "gpsd 127.0.0.1:2947");
    heard.sky = Some(Held {
        value: Sky::new(Vec::new(), Default::default()),
        at: at(200),
    });
    all.push(heard);
    for seconds in [190, 110] {
        let mut old = with(connected, None, "gpsd 127.0.0.1:2947");
        old.fix = fix(seconds);
        all.push(old);
    }
    let format = Format::new(Some(""), Notation::Dd, Units::Metric, false).unwrap();
    let line = |snapshot| words(&format.line(snapshot, at(200), Limits::default()));
    all.iter().map(line).collect()
}

fn ds4() -> Vec<String> {
    use barpop::ds4::snapshot::Snapshot;
    use barpop::ds4::status::{Format, Wishes};
    let format = Format::new(Wishes::default()).unwrap();
    let failed = Snapshot {
        error: Some("no /sys".to_owned()),
        ..Snapshot::default()
    };
    let both = [Snapshot::default(), failed];
    both.iter().map(|s| words(&format.line(s))).collect()
}

fn shutter() -> Vec<String> {
    use barpop::shutter::status::{Format, Wishes};
    let format = Format::new(Wishes::default()).unwrap();
    let names = [
        "loading", "absent", "offline", "locked", "wrong", "problem", "idle",
    ];
    names
        .iter()
        .map(|name| {
            let cameras = shutter_samples::by_name(name).unwrap();
            words(&format.line(&cameras, shutter_samples::now(), false))
        })
        .collect()
}

/// A text of the page with `…` for what changes.
fn is_like(told: &str, said: &str) -> bool {
    let mut rest = said;
    let pieces: Vec<&str> = told.split('…').map(str::trim).collect();
    let starts = pieces.first().is_some_and(|first| said.starts_with(first));
    let ends = pieces.last().is_some_and(|last| said.ends_with(last));
    starts
        && ends
        && pieces.iter().all(|piece| match rest.find(piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
}

#[test]
fn every_short_text_of_the_bars_is_explained_with_what_to_do() {
    let page = read("docs/troubleshooting.md");
    let section = |title: &str| {
        let after = page.split(&format!("({title})")).nth(1).expect(title);
        after
            .split("\n### ")
            .next()
            .unwrap()
            .split("\n## ")
            .next()
            .unwrap()
            .to_owned()
    };
    let topics = [
        ("xsms", sms()),
        ("xnm", net()),
        ("xgnss", gnss()),
        ("xds4", ds4()),
        ("xshutter", shutter()),
    ];
    for (program, said) in topics {
        let section = section(program);
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let told: BTreeSet<&str> = rows
            .clone()
            .flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2))
            .collect();
        let mut explained = BTreeSet::new();
        for said in said
            .iter()
            .map(|said| said.trim())
            .filter(|said| !said.is_empty())
        {
            // What waits for a fix says for how long, with how many satellites.
            let begun = |told: &&str| said.starts_with(*told) && *told == "no fix";
            let found = told.iter().find(|told| is_like(told, said) || begun(told));
            explained.insert(*found.unwrap_or_else(|| panic!("{program} says '{said}': {told:?}")));
        }
        for row in rows {
            assert!(
                row.split('|').nth(3).unwrap().trim().len() > 3,
                "what to do: {row}"
            );
        }
        assert!(explained.len() > 1, "{program}");
    }
}

#[test]
fn every_subcommand_is_on_its_programs_page() {
    for (page, command) in [
        ("docs/xsms.md", barpop::sms::arguments::Arguments::command()),
        ("docs/xnm.md", barpop::net::arguments::Arguments::command()),
        (
            "docs/xgnss.md",
            barpop::gnss::arguments::Arguments::command(),
        ),
        ("docs/xds4.md", barpop::ds4::arguments::Arguments::command()),
        (
            "docs/shutter.md",
            barpop::shutter::arguments::Arguments::command(),
        ),
    ] {
        let text = read(page);
        let program = command.get_name().to_owned();
        for action in command
            .get_subcommands()
            .filter(|action| !action.is_hide_set())
        {
            let call = format!("{program} {}", action.get_name());
            // 'xshutter pause, resume, stop' names three at once.
            let listed = text.lines().any(|line| {
                line.starts_with(&program)
                    && line.split([' ', ',']).any(|word| word == action.get_name())
            });
            assert!(
                text.contains(&call) || listed,
                "{page} does not know '{call}'"
            );
        }
    }
}

/// The places of a page that a link can lead to, as forges make them of headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut in_code = false;
    let headings = text.lines().filter(|line| {
        in_code ^= line.starts_with("```");
        !in_code && line.starts_with('#')
    });
    headings
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept = title
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut pages: Vec<PathBuf> = fs::read_dir(format!("{ROOT}/docs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    for page in [
        "README.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
    ] {
        pages.push(Path::new(ROOT).join(page));
    }
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            if target.contains("://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = match file {
                "" => page.clone(),
                file => page.parent().unwrap().join(file),
            };
            assert!(path.exists(), "{}: '{target}'", page.display());
            if !anchor.is_empty() {
                let there = anchors(&fs::read_to_string(&path).unwrap());
                assert!(
                    there.contains(anchor),
                    "{}: '{target}': {there:?}",
                    page.display()
                );
            }
        }
    }
}

/// The tests in the files of this folder, as the runner calls them: `wifi::is_joined`.
fn scenarios(folder: &Path, of: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap().flatten() {
        let path = file.path();
        let name = format!("{of}{}", path.file_stem().unwrap().to_str().unwrap());
        if path.is_dir() {
            all.extend(scenarios(&path, &format!("{name}::")));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let tests = text.split("#[test]\nfn ").skip(1);
            all.extend(tests.map(|test| format!("{name}::{}", test.split('(').next().unwrap())));
        }
    }
    all
}

#[test]
fn every_scenario_of_the_lab_is_on_its_page() {
    let there = scenarios(&Path::new(ROOT).join("tests/lab"), "");
    let page = read("docs/lab.md");
    let named = page.split('`').skip(1).step_by(2);
    let named: BTreeSet<String> = named
        .filter(|name| name.contains("::"))
        .map(str::to_owned)
        .collect();
    assert_eq!(named, there);
}
