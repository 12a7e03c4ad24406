//! The popup: from its start to its first picture, with few and with many messages.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::fill_store;
use super::lab::{self, Lab, store_path};
use super::measure::{Times, in_turn, ratio};
use super::report::{Report, mib, ms};
use super::screen::{Appearance, Screen};

const TURNS: usize = 25;
/// Two medians of the same thing differ by less than this.
const NOISE: f64 = 1.15;
/// Between two windows: the X server and the kernel still clear up after the last one.
const PAUSE: Duration = Duration::from_millis(150);

/// The windows of one program.
#[derive(Default)]
pub struct Windows {
    mapped: Times,
    pub drawn: Times,
    settled: Times,
    cpu: Times,
    pub peak_kib: u64,
}

impl Windows {
    fn add(&mut self, seen: &Appearance) {
        self.mapped.0.push(seen.mapped);
        self.drawn.0.push(seen.drawn);
        self.settled.0.push(seen.settled);
        self.cpu.0.push(seen.cpu);
        self.peak_kib = self.peak_kib.max(seen.peak_kib);
    }
}

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let barpop = lab.ours("barpop")?;
    let python = lab.python()?;
    let screen = Screen::start()?;
    let few = lab.home("popup-10")?;
    fill_store::fill(&store_path(&few), 10)?;
    // As many as the window can show.
    let full = lab.home("popup-50")?;
    fill_store::fill(&store_path(&full), 50)?;
    let many = lab.home("popup-10000")?;
    fill_store::fill(&store_path(&many), 10_000)?;
    let sms = |home| {
        let mut command = lab::command(&barpop, home);
        command.arg("sms");
        command
    };
    let mut tkinter = lab::command(&python, &few);
    tkinter.arg(lab.script("tkinter_popup.py"));
    let mut commands: [(&str, Command); 4] = [
        ("Tkinter, 20 lines made up", tkinter),
        ("barpop sms, 10 stored", sms(&few)),
        ("barpop sms, 50 stored, a full window", sms(&full)),
        ("barpop sms, 10,000 stored", sms(&many)),
    ];
    let times = take_turns(&screen, &mut commands)?;
    report.section("The popup: from start to picture");
    table(report, &commands, &times);
    if let [_, few, full, many] = &times[..] {
        same_time(report, "10,000 messages", few, "10", many);
        same_time(report, "10,000 messages", full, "50", many);
    }
    Ok(())
}

/// Opens windows in turn; nothing is told from the first turn.
///
/// # Errors
/// When one does not open.
pub fn take_turns(screen: &Screen, commands: &mut [(&str, Command)]) -> Result<Vec<Windows>> {
    let mut times: Vec<Windows> = commands.iter().map(|_| Windows::default()).collect();
    for turn in 0..=TURNS {
        for each in in_turn(turn, commands.len()) {
            let (Some((name, command)), Some(times)) =
                (commands.get_mut(each), times.get_mut(each))
            else {
                continue;
            };
            std::thread::sleep(PAUSE);
            let seen = screen.watch(command).with_context(|| (*name).to_owned())?;
            if turn > 0 {
                times.add(&seen);
            }
        }
    }
    Ok(times)
}

/// Ratios are to the first one.
pub fn table(report: &mut Report, commands: &[(&str, Command)], times: &[Windows]) {
    let Some(reference) = times.first() else {
        return;
    };
    let rows: Vec<Vec<String>> = commands
        .iter()
        .zip(times)
        .map(|((name, _), times)| {
            let first = times.drawn.median();
            vec![
                (*name).to_owned(),
                ms(times.mapped.median()),
                ms(first),
                ms(times.drawn.percentile(90)),
                format!("{:.2}", ratio(first, reference.drawn.median())),
                ms(times.settled.median()),
                ms(times.cpu.median()),
                mib(times.peak_kib),
            ]
        })
        .collect();
    let head = [
        "window",
        "mapped ms",
        "first picture ms",
        "p90",
        "ratio",
        "last change ms",
        "CPU ms",
        "peak RSS MiB",
    ];
    report.table(&head, &rows);
    report.note("CPU is to the last change, which includes what fades in.");
}

/// Whether a popup with much in it is there as soon as one with little.
pub fn same_time(report: &mut Report, much: &str, few: &Windows, little: &str, many: &Windows) {
    for (what, few, many) in [
        ("first picture", &few.drawn, &many.drawn),
        ("finished picture", &few.settled, &many.settled),
    ] {
        let times = ratio(many.median(), few.median());
        report.verdict(
            times <= NOISE,
            &format!(
                "the popup's {what} with {much} takes {times:.2} x the time with {little} (wanted \
                 1, noise up to {NOISE})"
            ),
        );
    }
}
