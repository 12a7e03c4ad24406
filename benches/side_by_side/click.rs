//! A click on a real xmobar: to the window, and to what can be read in it. And the popup at rest.

use std::process::Child;
use std::time::Duration;

use anyhow::{Context, Result};

use super::fill_store;
use super::lab::{self, Lab, store_path};
use super::measure::{Times, in_turn, ratio};
use super::process;
use super::report::{Report, ms};
use super::screen::Screen;

const TURNS: usize = 20;
const MESSAGES: u32 = 100;
/// The bar is as high as this, and as wide as the screen.
const BAR: u16 = 24;
const PAUSE: Duration = Duration::from_millis(150);
const REST: Duration = Duration::from_secs(10);
const WANTED: Duration = Duration::from_millis(60);

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let home = lab.home("click")?;
    fill_store::fill(&store_path(&home), MESSAGES)?;
    let screen = Screen::start()?;
    let barpop = lab.ours("barpop")?.display().to_string();
    let python = lab.python()?.display().to_string();
    let tkinter = lab.script("tkinter_popup.py").display().to_string();
    let fields = [
        ("Tkinter, 20 lines made up", format!("{python} {tkinter}")),
        ("barpop sms, 100 stored", format!("{barpop} sms")),
        ("the same on OpenGL", format!("{barpop} sms --renderer gpu")),
    ];
    let _bar = Bar::start(lab, &screen, &fields.each_ref().map(|(_, command)| command))?;
    let columns = screen.fields(BAR, fields.len())?;
    let mut times: Vec<(Times, Times)> = fields.iter().map(|_| Default::default()).collect();
    for turn in 0..=TURNS {
        for each in in_turn(turn, fields.len()) {
            let (Some(times), Some(column)) = (times.get_mut(each), columns.get(each)) else {
                continue;
            };
            std::thread::sleep(PAUSE);
            let (mapped, drawn) = screen.click((*column, BAR / 2))?;
            if turn > 0 {
                times.0.0.push(mapped);
                times.1.0.push(drawn);
            }
        }
    }
    report.section("A click on xmobar: to the popup's pixels");
    let first = times.first().map(|(_, drawn)| drawn.median());
    let rows: Vec<Vec<String>> = fields
        .iter()
        .zip(&times)
        .map(|((name, _), (mapped, drawn))| {
            vec![
                (*name).to_owned(),
                ms(mapped.median()),
                ms(drawn.median()),
                ms(drawn.percentile(90)),
                format!("{:.2}", ratio(drawn.median(), first.unwrap_or_default())),
            ]
        })
        .collect();
    report.table(
        &[
            "click opens",
            "mapped ms",
            "first picture ms",
            "p90",
            "ratio",
        ],
        &rows,
    );
    if let Some((_, drawn)) = times.get(1) {
        report.verdict(
            drawn.median() <= WANTED,
            &format!(
                "a click on xmobar shows the popup after {} ms (60 ms)",
                ms(drawn.median())
            ),
        );
    }
    rest(lab, &screen, report)
}

/// What an open popup does while nothing happens.
fn rest(lab: &Lab, screen: &Screen, report: &mut Report) -> Result<()> {
    let home = lab.home("rest")?;
    fill_store::fill(&store_path(&home), MESSAGES)?;
    let mut command = lab::command(&lab.ours("barpop")?, &home);
    let (wakes, cpu) = screen.at_rest(command.arg("sms"), REST, process::sleeps)?;
    report.verdict(
        wakes == 0,
        &format!(
            "an open popup wakes up {wakes} times in {} s of rest, and takes {} ms of a processor \
             (none)",
            REST.as_secs(),
            ms(cpu)
        ),
    );
    Ok(())
}

/// xmobar with a field for each command.
struct Bar(Child);

impl Bar {
    fn start(lab: &Lab, screen: &Screen, commands: &[&String]) -> Result<Self> {
        let home = lab.home("click-bar")?;
        let fields: Vec<String> = commands
            .iter()
            .map(|command| format!("<action=`{command}`>xxxxxxxxxxxx</action>"))
            .collect();
        let configuration = format!(
            "Config {{ font = \"DejaVu Sans 10\", position = TopSize L 100 {BAR} \
             , bgColor = \"#000000\", fgColor = \"#ffffff\", overrideRedirect = True \
             , sepChar = \"%\", alignSep = \"}}{{\", commands = [] \
             , template = \" {} }}{{ \" }}",
            fields.join("        ")
        );
        let file = home.join("xmobarrc");
        std::fs::write(&file, configuration)?;
        // Its clicks run in the home that has the messages.
        let mut bar = lab::command("xmobar".as_ref(), &lab.folder.join("home/click"));
        // xmobar ends when a bus is to be expected and does not answer.
        let bar = bar.env("DBUS_SESSION_BUS_ADDRESS", "none").arg(file);
        let bar = screen.on(bar).spawn();
        Ok(Self(bar.context(
            "cannot start xmobar; run 'tests/setup.sh bench'",
        )?))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
