//! The way of a gamepad's report from the kernel's buffer to a published snapshot.
//!
//! The stream is what the kernel writes for a pad in the hand: each report moves sticks, a trigger
//! and all six motion axes. It comes through a pipe, since this machine may have no pad; all that
//! is behind the pipe is what the popup's source does.

use std::io::{PipeWriter, Write, pipe};
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use barpop::ds4::decode::{Axis, Event, Gamepad, Said, Sensors, code};
use barpop::ds4::follow;
use barpop::ds4::fusion::Fusion;
use barpop::ds4::nodes::read_events;
use barpop::ds4::rate::Rate;
use barpop::ds4::snapshot::{Pad, Snapshot};
use barpop::ds4::sysfs::Root;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::time::{ClockId, clock_gettime};

use super::lab::Lab;
use super::report::Report;

const REPORTS: u32 = 5000;
const PERIOD: Duration = Duration::from_millis(1);
const WANTED_LATENCY: Duration = Duration::from_micros(50);
const WANTED_SHARE: f64 = 0.05;

pub fn measure(lab: &Lab, report: &mut Report) -> Result<()> {
    let pad = pad(lab)?;
    report.section("Gamepad: a report to a snapshot");
    let (times, share) = stream(&pad)?;
    let at = |part: usize| {
        let time = times.get((times.len() - 1) * part / 100);
        time.copied().unwrap_or_default()
    };
    let us = |time: Duration| format!("{:.1} µs", time.as_secs_f64() * 1e6);
    report.table(
        &["", "median", "99 %", "processor at 1000 Hz"],
        &[vec![
            "read, decode, orientation, snapshot".to_owned(),
            us(at(50)),
            us(at(99)),
            format!("{:.2} % of a core", share * 100.0),
        ]],
    );
    report.note("evtest and jstest need a device of their own; the lab's scenario `ds4` has one.");
    report.verdict(
        at(50) <= WANTED_LATENCY,
        &format!("a report is in a snapshot after {} (50 µs)", us(at(50))),
    );
    report.verdict(
        share <= WANTED_SHARE,
        &format!(
            "1000 reports a second take {:.2} % of a core (5 %)",
            share * 100.0
        ),
    );
    Ok(())
}

/// A pad as sysfs tells of it.
fn pad(lab: &Lab) -> Result<Pad> {
    let folder = lab.home("gamepad")?;
    let root = Root::tree(&folder);
    let hid = root.sys.join("bus/hid/devices/0005:054C:09CC.0001");
    std::fs::create_dir_all(&hid)?;
    std::os::unix::fs::symlink("../drivers/sony", hid.join("driver"))?;
    let mut pads = follow::look(&root).pads;
    ensure!(pads.len() == 1, "the pad is not found");
    pads.pop().context("a pad")
}

/// Latencies of all reports, sorted, and the share of a core that the reader used.
fn stream(pad: &Pad) -> Result<(Vec<Duration>, f64)> {
    let (reader, writer) = pipe()?;
    let started = Instant::now();
    let kernel = thread::spawn(move || kernel(writer, started));
    let latest = Mutex::new(Arc::new(Snapshot::default()));
    let axis = |code: u16| Axis {
        value: 0,
        min: -32768,
        max: 32767,
        flat: 0,
        resolution: if code < code::ABS_RX { 8192 } else { 1024 },
    };
    let (mut gamepad, mut sensors) = (Gamepad::default(), Sensors::default());
    gamepad.seed(axis, |_| false);
    sensors.seed(axis);
    let (mut fusion, mut rate) = (Fusion::default(), Rate::default());
    let mut pad = pad.clone();
    let mut events: Vec<Event> = Vec::new();
    let mut times = Vec::with_capacity(REPORTS as usize);
    let busy = thread_time();
    loop {
        poll(&mut [PollFd::new(&reader, PollFlags::IN)], None)?;
        events.clear();
        if read_events(reader.as_fd(), &mut events).is_err() {
            break;
        }
        for event in &events {
            if gamepad.feed(event) == Said::Report {
                pad.controls = gamepad.controls().copied();
            }
            if sensors.feed(event) == Said::Report
                && let Some(sample) = sensors.sample()
            {
                pad.motion = Some(fusion.add(sample));
                rate.add(sample);
                let snapshot = Arc::new(Snapshot {
                    ready: true,
                    pads: vec![pad.clone()],
                    error: None,
                });
                *latest
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner) = snapshot;
                let written = Duration::from_micros(sample.at_us);
                times.push(started.elapsed().saturating_sub(written));
            }
        }
    }
    let share = (thread_time() - busy).as_secs_f64() / started.elapsed().as_secs_f64();
    kernel
        .join()
        .map_err(|_| anyhow::anyhow!("the writer failed"))??;
    ensure!(times.len() == REPORTS as usize, "reports are missing");
    times.sort_unstable();
    Ok((times, share))
}

/// Writes a report each millisecond, with the moment in it.
fn kernel(mut writer: PipeWriter, started: Instant) -> std::io::Result<()> {
    for n in 0..REPORTS {
        let due = PERIOD * n;
        thread::sleep(due.saturating_sub(started.elapsed()));
        let value = (n * 37 % 255).cast_signed();
        let mut bytes = Vec::with_capacity(24 * 10);
        let at = started.elapsed();
        let mut event = |kind: u16, code: u16, value: i32| {
            bytes.extend((at.as_secs() as usize).to_ne_bytes());
            bytes.extend((at.subsec_micros() as usize).to_ne_bytes());
            bytes.extend(kind.to_ne_bytes());
            bytes.extend(code.to_ne_bytes());
            bytes.extend(value.to_ne_bytes());
        };
        for axis in code::ABS_X..=code::ABS_RZ {
            event(code::EV_ABS, axis, value * 16);
        }
        event(code::EV_KEY, code::BTN_SOUTH, value % 2);
        event(code::EV_MSC, code::MSC_TIMESTAMP, (n * 1000).cast_signed());
        event(code::EV_SYN, code::SYN_REPORT, 0);
        writer.write_all(&bytes)?;
    }
    Ok(())
}

fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        time.tv_sec.cast_unsigned(),
        time.tv_nsec.try_into().unwrap_or(0),
    )
}
