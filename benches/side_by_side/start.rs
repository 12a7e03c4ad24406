//! `xsms` without a device: what a bar pays at every tick for a count from the store.

use std::path::Path;

use anyhow::Result;

use super::fill_store;
use super::lab::{self, Lab, store_path};
use super::measure::{self, Runs, in_turn, ratio};
use super::report::{Report, mib};

const TURNS: usize = 200;
const WANTED: f64 = 4.0;
const WANTED_KIB: u64 = 6 * 1024;

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let xsms = lab.ours("xsms")?;
    let python = lab.python()?;
    let few = lab.home("start-3")?;
    fill_store::fill(&store_path(&few), 3)?;
    let many = lab.home("start-10000")?;
    fill_store::fill(&store_path(&many), 10_000)?;

    let mut version = lab::command(&xsms, &few);
    version.arg("--version");
    let mut pass = lab::command(&python, &few);
    pass.args(["-c", "pass"]);
    let original_home = lab.home("start-original")?;
    let mut original = lab::command(&python, &original_home);
    original.arg(lab.script("original_xsms.py"));
    let commands = [
        ("/bin/true", lab::command(Path::new("/bin/true"), &few)),
        ("xsms --version", version),
        ("xsms, 3 stored", lab::command(&xsms, &few)),
        ("xsms, 10,000 stored", lab::command(&xsms, &many)),
        ("python3 -c pass", pass),
        ("original's start", original),
    ];
    let mut runs: [Runs; 6] = Default::default();
    for turn in 0..=TURNS {
        for each in in_turn(turn, commands.len()) {
            let (Some((_, command)), Some(runs)) = (commands.get(each), runs.get_mut(each)) else {
                continue;
            };
            let run = measure::run(lab, command)?;
            if turn > 0 {
                runs.add(&run);
            }
        }
    }

    report.section("Without a device");
    let named: Vec<(&str, &Runs)> = commands.iter().map(|(name, _)| *name).zip(&runs).collect();
    report.runs(&named, 0);
    let [nothing, _, ours, ours_many, ..] = &runs;
    for (what, ours) in [("3", ours), ("10,000", ours_many)] {
        let times = ratio(ours.wall.median(), nothing.wall.median());
        report.verdict(
            times <= WANTED,
            &format!(
                "xsms with {what} stored takes {times:.2} x /bin/true (wanted at most {WANTED})"
            ),
        );
        report.verdict(
            ours.peak_kib < WANTED_KIB,
            &format!(
                "xsms with {what} stored needs {} MiB at its peak (wanted under {})",
                mib(ours.peak_kib),
                mib(WANTED_KIB)
            ),
        );
    }
    Ok(())
}
