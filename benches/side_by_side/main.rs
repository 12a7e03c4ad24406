//! `make bench`: barpop side by side with what people use in its place.
//!
//! Figures of one machine say little about another, so every requirement is a ratio between
//! programs that took turns in the same run. Without arguments all parts are measured; names
//! of parts (`poll start follow popup popups click network owner gamepad
//! sentences shutter`) choose some. The report goes to standard output and to
//! `target/bench/report.md`; the exit status is 1 when a requirement is missed or a part could
//! not be measured.

mod bar;
mod click;
mod fill_store;
mod follow;
mod gamepad;
mod lab;
mod measure;
mod network;
mod owner;
mod poll;
mod popup;
mod popups;
mod process;
mod report;
mod screen;
mod sentences;
mod shutter;
mod start;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lab::Lab;
use report::Report;

type Part = fn(&Lab, &mut Report) -> Result<()>;

const PARTS: [(&str, Part); 11] = [
    ("poll", poll::measure),
    ("start", start::measure),
    ("follow", follow::measure),
    ("popup", popup::measure),
    ("popups", popups::measure),
    ("click", click::measure),
    ("network", network::measure),
    ("sentences", sentences::measure),
    ("gamepad", gamepad::measure),
    ("owner", owner::measure),
    ("shutter", shutter::measure),
];

fn main() -> Result<ExitCode> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(other) = wanted
        .iter()
        .find(|name| PARTS.iter().all(|(part, _)| part != name))
    {
        let known: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
        bail!("'{other}' is no part; known are {}", known.join(", "));
    }
    let lab = Lab::new()?;
    let mut report = Report::default();
    report.machine();
    for (name, part) in PARTS {
        let chosen = wanted.is_empty() || wanted.iter().any(|each| each == name);
        if chosen && let Err(error) = part(&lab, &mut report) {
            report.verdict(false, &format!("{name} could not be measured: {error:#}"));
        }
    }
    let succeeded = report.finish(&lab.folder.join("report.md"))?;
    Ok(if succeeded {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
