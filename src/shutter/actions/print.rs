//! What subcommands print for people.

use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::shutter::cameras::Camera;
use crate::shutter::snapshot::{Cause, Shot};
use crate::shutter::words;

/// A camera: its state, then what else is known, a line each.
pub fn camera(camera: &Camera, named: bool, now: Timestamp, out: &mut dyn Write) -> io::Result<()> {
    let sentence = words::sentence(camera, now);
    match named {
        true => writeln!(out, "{}: {sentence}", words::said(camera.name()))?,
        false => writeln!(out, "{sentence}")?,
    }
    let Some(snapshot) = camera.snapshot.as_deref().filter(|_| camera.is_online()) else {
        return Ok(());
    };
    let mut fact = |name: &str, value: String| writeln!(out, "  {name:<10} {value}");
    if !snapshot.release.name.is_empty() {
        fact("release", words::said(&snapshot.release.name))?;
    }
    if let Some(interval) = snapshot.interval {
        fact("interval", words::duration(interval))?;
    }
    if let Some(eta) = snapshot.eta {
        let left = words::brief(words::until(eta, camera.clock(now)));
        let zone = TimeZone::system();
        let at = eta
            .to_zoned_datetime(zone)
            .strftime("%a %-d %b, %H:%M")
            .to_string();
        fact("until", format!("{at} ({left})"))?;
    }
    if snapshot.skipped > 0 {
        fact("left out", words::pictures(u64::from(snapshot.skipped)))?;
    }
    if let Some(jitter) = &snapshot.jitter_ms {
        fact("jitter", words::jitter(jitter, snapshot.shots))?;
    }
    fact("in all", words::pictures(snapshot.total))?;
    for remark in words::remarks(camera) {
        fact("!", remark)?;
    }
    Ok(())
}

/// A picture.
pub fn shot(shot: &Shot, zone: &TimeZone, out: &mut dyn Write) -> io::Result<()> {
    let at = shot.at.to_zoned_datetime(zone.clone());
    let cause = match shot.cause {
        Cause::Plan => "plan",
        Cause::Snap => "single",
    };
    let problem = shot.problem.as_deref().map(words::said);
    writeln!(
        out,
        "{:>6}  {}  {cause:<6}  {:>8} late  held {}{}",
        shot.number,
        at.strftime("%Y-%m-%d %H:%M:%S%.3f"),
        words::milliseconds(shot.late_ms),
        words::held(shot.held),
        problem.map(|p| format!("  {p}")).unwrap_or_default()
    )
}
