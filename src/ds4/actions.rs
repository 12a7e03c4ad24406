//! The subcommands of `xds4`.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::PollFlags;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::arguments::{Action, Which};
use super::command::{Command, Rumble};
use super::light::{LightMode, PlayerLeds};
use super::pad::PadId;
use super::snapshot::{Pad, Snapshot};
use super::station::Station;
use super::{Options, follow, json, lamp};

/// Why a subcommand failed.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// Standard output, or the system.
    #[error("cannot read or write: {0}")]
    Io(#[from] io::Error),
    /// No pad at all.
    #[error("no gamepad of Sony's is connected")]
    NoPad,
    /// Not the one that is meant.
    #[error("no gamepad '{0}' is connected; 'xds4 list' prints those that are")]
    NotThatPad(String),
    /// Something in words.
    #[error("{0}")]
    Sentence(String),
}

/// Between two lines for people.
const PACE: Duration = Duration::from_millis(100);

/// Carries out a subcommand and writes to `out`.
///
/// # Errors
/// See [`ActionError`].
pub fn run(action: &Action, options: &Options, out: &mut dyn Write) -> Result<(), ActionError> {
    match action {
        Action::List { json } => list(options, *json, out),
        Action::Light {
            mode,
            seconds,
            which,
        } => light(options, *mode, *seconds, which),
        Action::Players { player, which } => {
            let leds = PlayerLeds::for_player(*player);
            let mut station = Station::open(options.clone(), true)?;
            for id in chosen(&station.snapshot(), which)? {
                station.carry_out(&Command::Players(id, leds));
            }
            said(&station)
        }
        Action::Watch { json, which } => watch(options, *json, which, out),
        Action::Rumble {
            strong,
            weak,
            seconds,
            which,
        } => rumble(options, *strong, *weak, *seconds, which),
        Action::Guard => {
            // A session that ends sends this to all its processes, and to the guard first
            // perhaps: it ends with its input all the same.
            for signal in [SIGTERM, SIGHUP, SIGINT] {
                signal_hook::flag::register(signal, Arc::default())?;
            }
            Ok(lamp::guard::run(io::stdin().lock())?)
        }
    }
}

fn chosen(snapshot: &Snapshot, which: &Which) -> Result<Vec<PadId>, ActionError> {
    if let Some(error) = &snapshot.error {
        return Err(ActionError::Sentence(error.clone()));
    }
    let ids: Vec<PadId> = snapshot
        .pads
        .iter()
        .filter(|pad| is_meant(pad, which))
        .map(|pad| pad.id.clone())
        .collect();
    match &which.pad {
        _ if !ids.is_empty() => Ok(ids),
        Some(name) => Err(ActionError::NotThatPad(name.clone())),
        None => Err(ActionError::NoPad),
    }
}

fn is_meant(pad: &Pad, which: &Which) -> bool {
    which
        .pad
        .as_deref()
        .is_none_or(|name| pad.id == PadId::new(name) || pad.hid.eq_ignore_ascii_case(name))
}

/// The first complaint of a pad is ours.
fn said(station: &Station) -> Result<(), ActionError> {
    match station.pads().find_map(|pad| pad.error.clone()) {
        Some(error) => Err(ActionError::Sentence(error)),
        None => Ok(()),
    }
}

fn list(options: &Options, as_json: bool, out: &mut dyn Write) -> Result<(), ActionError> {
    let snapshot = follow::look(&options.root);
    if let Some(error) = snapshot.error {
        return Err(ActionError::Sentence(error));
    }
    if snapshot.pads.is_empty() && !as_json {
        return Err(ActionError::NoPad);
    }
    for pad in &snapshot.pads {
        if as_json {
            writeln!(out, "{}", json::pad(pad))?;
            continue;
        }
        let battery = match pad.battery {
            None => "no battery".to_owned(),
            Some(battery) => {
                let percent = battery
                    .percent
                    .map_or_else(|| "?".to_owned(), |percent| format!("{percent} %"));
                format!("{percent} {}", battery.charge.word().replace('-', " "))
            }
        };
        writeln!(
            out,
            "{:<20}  {:<14}  {:<9}  {:<15}  {battery}",
            pad.id.as_str(),
            pad.model.name(),
            pad.transport.name(),
            pad.driver.word(),
        )?;
        if let Some(remedy) = pad.access.remedy() {
            writeln!(out, "  {remedy}")?;
        }
    }
    Ok(())
}

fn light(
    options: &Options,
    mode: LightMode,
    seconds: Option<f32>,
    which: &Which,
) -> Result<(), ActionError> {
    let mut station = Station::open(options.clone(), seconds.is_none())?;
    for id in chosen(&station.snapshot(), which)? {
        station.carry_out(&Command::Light(id, mode));
    }
    said(&station)?;
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs_f32(seconds));
    while until.map_or_else(|| station.runs_light(), |until| Instant::now() < until) {
        station.turn(&[], until, &mut |_| {})?;
        said(&station)?;
    }
    Ok(())
}

fn rumble(
    options: &Options,
    strong: Option<f32>,
    weak: Option<f32>,
    seconds: f32,
    which: &Which,
) -> Result<(), ActionError> {
    let strong = strong.unwrap_or(if weak.is_some() { 0.0 } else { 1.0 });
    let rumble = Rumble {
        strong,
        weak: weak.unwrap_or(0.0),
    };
    let time = Duration::from_secs_f32(seconds);
    let mut station = Station::open(options.clone(), true)?;
    for id in chosen(&station.snapshot(), which)? {
        station.carry_out(&Command::Rumble(id, rumble, time));
    }
    said(&station)?;
    let until = Instant::now() + time;
    while Instant::now() < until {
        station.turn(&[], Some(until), &mut |_| {})?;
    }
    Ok(())
}

fn watch(
    options: &Options,
    as_json: bool,
    which: &Which,
    out: &mut dyn Write,
) -> Result<(), ActionError> {
    let options = Options {
        watch_motion: true,
        ..options.clone()
    };
    let mut station = Station::open(options, true)?;
    // A pad may come yet; one that is named has to be there.
    if which.pad.is_some() {
        chosen(&station.snapshot(), which)?;
    }
    for pad in station.pads().filter(|pad| is_meant(pad, which)) {
        for sentence in [pad.error.clone(), pad.access.remedy()]
            .into_iter()
            .flatten()
        {
            let _ = writeln!(io::stderr(), "xds4: {sentence}");
        }
        write_report(pad, as_json, out)?;
    }
    out.flush()?;
    let mut written = Instant::now();
    // A pad at rest without motion sensors says nothing: a reader that is gone is noticed here.
    let stdout = io::stdout();
    let audience = [(stdout.as_fd(), PollFlags::empty())];
    loop {
        let mut done = Ok(());
        let turn = station.turn(&audience, None, &mut |pad| {
            let is_due = as_json || written.elapsed() >= PACE;
            if done.is_ok() && is_due && is_meant(pad, which) {
                written = Instant::now();
                done = write_report(pad, as_json, out);
            }
        })?;
        done?;
        out.flush()?;
        if turn.ready.is_some() {
            return Ok(());
        }
    }
}

fn write_report(pad: &Pad, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        return writeln!(out, "{}", json::report(pad));
    }
    write!(out, "{}", pad.id)?;
    if let Some(controls) = &pad.controls {
        let (left, right) = (controls.left, controls.right);
        write!(
            out,
            "  L {:+.2} {:+.2}  R {:+.2} {:+.2}  L2 {:.2} R2 {:.2}",
            left.x, left.y, right.x, right.y, controls.l2.value, controls.r2.value
        )?;
        write!(out, "  D {:+} {:+}", controls.dpad.x, controls.dpad.y)?;
        for finger in controls.touch.iter().flatten() {
            write!(out, "  touch {:.2} {:.2}", finger.x, finger.y)?;
        }
        for button in controls.buttons.iter() {
            write!(out, " {}", button.word())?;
        }
    }
    if let Some(motion) = &pad.motion {
        let [x, y, z] = motion.accelerometer_g;
        write!(out, "  g {x:+.2} {y:+.2} {z:+.2}")?;
        let [x, y, z] = motion.gyro_dps;
        write!(out, "  °/s {x:+.0} {y:+.0} {z:+.0}")?;
    }
    writeln!(out)
}
