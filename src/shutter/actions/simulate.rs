//! `xshutter plan simulate`: what a plan would do, without waiting for it.

use std::io::Write;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use serde_json::json;

use super::ActionError;
use crate::shutter::plan::{Limits, Plan};
use crate::shutter::schedule::{self, Planned};
use crate::shutter::solar::Place;
use crate::shutter::{outlook, words};

/// Shots that are listed.
const SHOWN: usize = 5;
/// Shots that are gone through to find the end; beyond that it is reckoned.
const MOST: u32 = 200_000;

/// Prints it.
pub fn run(
    plan: &Plan,
    json: bool,
    now: Timestamp,
    zone: &TimeZone,
    place: Option<Place>,
    out: &mut dyn Write,
) -> Result<(), ActionError> {
    let limits = Limits::default();
    let failed = |sentence: String| ActionError::Failed(vec![sentence]);
    plan.check(&limits).map_err(|e| failed(e.to_string()))?;
    let mut shots = schedule::simulate(plan.clone(), now, zone.clone(), place, limits);
    let first: Vec<Planned> = shots.by_ref().take(SHOWN).collect();
    if first.is_empty() {
        let sentence = "no window of the plan opens; windows by the sun need 'latitude' and \
                        'longitude' in [shutter.serve]";
        return Err(failed(sentence.to_owned()));
    }
    let end = end(plan, &first, shots, now);
    match json {
        true => as_json(plan, &first, end, out)?,
        false => for_people(plan, &first, end, now, zone, out)?,
    }
    Ok(())
}

/// The end of the last shot; `None`: it goes on until it is stopped.
fn end(
    plan: &Plan,
    first: &[Planned],
    shots: impl Iterator<Item = Planned>,
    now: Timestamp,
) -> Option<Timestamp> {
    let count = plan.count?;
    if count > MOST {
        let length = outlook::length(plan)?;
        return plan
            .windows
            .is_empty()
            .then(|| schedule::later(outlook::first(plan, now), length));
    }
    let last = shots.last();
    let last = last.as_ref().or(first.last())?;
    Some(schedule::later(last.starts, last.shot.length()))
}

fn as_json(
    plan: &Plan,
    first: &[Planned],
    end: Option<Timestamp>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let shot = |shot: &Planned| {
        let presses = shot.shot.presses.iter().map(|press| {
            json!({
                "after_s": press.at.as_secs_f64(),
                "hold_s": press.hold.as_secs_f64(),
                "mirror": press.mirror,
            })
        });
        json!({
            "at": tidy(shot.opens),
            "starts": tidy(shot.starts),
            "presses": presses.collect::<Vec<_>>(),
        })
    };
    let film = |count: u32| {
        let secs = outlook::RATES.map(|rate| (rate.to_string(), outlook::film_secs(count, rate)));
        secs.into_iter()
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let value = json!({
        "shots": first.iter().map(shot).collect::<Vec<_>>(),
        "count": plan.count,
        "eta": end.map(tidy),
        "film_s": plan.count.map(film),
    });
    writeln!(out, "{value}")
}

fn tidy(at: Timestamp) -> Timestamp {
    at.round(Unit::Millisecond).unwrap_or(at)
}

fn for_people(
    plan: &Plan,
    first: &[Planned],
    end: Option<Timestamp>,
    now: Timestamp,
    zone: &TimeZone,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for (number, shot) in (1..).zip(first) {
        let at = tidy(shot.opens).to_zoned_datetime(zone.clone());
        let held: Vec<String> = shot
            .shot
            .presses
            .iter()
            .filter(|press| !press.mirror)
            .map(|press| words::duration(press.hold))
            .collect();
        writeln!(
            out,
            "{number:>6}  {}  in {:<10} held {}",
            at.strftime("%a %-d %b %H:%M:%S%.f"),
            words::brief(words::until(shot.opens, now)),
            held.join(", ")
        )?;
    }
    if plan.count.is_none_or(|count| count as usize > first.len()) {
        writeln!(out, "     …")?;
    }
    match (plan.count, end) {
        (Some(count), Some(end)) => {
            let at = end.to_zoned_datetime(zone.clone());
            let pictures = words::pictures(u64::from(count));
            let time: Duration = words::until(end, now);
            writeln!(
                out,
                "{pictures} in {}, until {}",
                words::brief(time),
                at.strftime("%a %-d %b %H:%M")
            )?;
            let [a, b, c] = outlook::RATES
                .map(|rate| format!("{:.1} s at {rate}", outlook::film_secs(count, rate)));
            writeln!(out, "film: {a}, {b} or {c} frames a second")
        }
        _ => writeln!(out, "until it is stopped"),
    }
}
