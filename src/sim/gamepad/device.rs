//! A controller that is plugged in: a thread answers the kernel, the handle moves the controls.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};

use super::controls::Controls;
use super::feature;
use super::input::{self, Counters};
use super::model::Identity;
use super::output::{self, Nonsense, Output, Shown};
use super::uhid::{self, Told};

/// Where the kernel takes devices of user space.
const UHID: &str = "/dev/uhid";
/// How many output reports are kept.
const KEPT: usize = 4096;

/// Why there is no controller.
#[derive(Debug, thiserror::Error)]
pub enum GamepadError {
    /// This kernel has no uhid, or this person must not use it.
    #[error(
        "cannot open '{UHID}': {0}; 'sudo modprobe uhid' loads its driver, and only root may use it"
    )]
    Open(io::Error),
    /// The device was refused.
    #[error("the kernel did not take the controller: {0}")]
    Create(io::Error),
    /// No thread for it.
    #[error("cannot start the controller: {0}")]
    Start(io::Error),
}

struct State {
    controls: Controls,
    counters: Counters,
    /// Whether it sends full reports. By Bluetooth it does when it was asked for its calibration.
    full: bool,
    shown: Shown,
    outputs: Vec<Result<Output, Nonsense>>,
}

struct Shared {
    identity: Identity,
    uhid: File,
    started: Instant,
    state: Mutex<State>,
    /// Told after every report from the kernel.
    changed: Condvar,
    stop: OwnedFd,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A device that the kernel has taken away is no error: that is what pulling out is.
    fn write(&self, message: &[u8]) {
        let _ = (&self.uhid).write_all(message);
    }
}

/// A controller that is plugged in. Dropping it pulls it out.
pub struct Gamepad {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Gamepad {
    /// Plugs one in. Its files appear when the driver has asked what it wants to know, some
    /// milliseconds later.
    ///
    /// # Errors
    /// [`GamepadError`] where the kernel has no `/dev/uhid` or does not let us.
    pub fn plug(identity: Identity) -> Result<Self, GamepadError> {
        let uhid = File::options()
            .read(true)
            .write(true)
            .custom_flags(rustix::fs::OFlags::CLOEXEC.bits().cast_signed())
            .open(UHID)
            .map_err(GamepadError::Open)?;
        let place = format!("barpop-sim/{}", identity.mac());
        (&uhid)
            .write_all(&uhid::create(&identity, &place))
            .map_err(GamepadError::Create)?;
        let stop =
            eventfd(0, EventfdFlags::CLOEXEC).map_err(|errno| GamepadError::Start(errno.into()))?;
        let shared = Arc::new(Shared {
            identity,
            uhid,
            started: Instant::now(),
            state: Mutex::new(State {
                controls: Controls::default(),
                counters: Counters::default(),
                full: !identity.by_bluetooth(),
                shown: Shown::default(),
                outputs: Vec::new(),
            }),
            changed: Condvar::new(),
            stop,
        });
        let worker = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("simulated gamepad".to_owned())
            .spawn(move || serve(&worker))
            .map_err(GamepadError::Start)?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// Which one it is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.shared.identity
    }

    /// Moves controls, and sends one report.
    pub fn set(&self, change: impl FnOnce(&mut Controls)) {
        let mut state = self.shared.state();
        let state = &mut *state;
        change(&mut state.controls);
        state.counters.count(&state.controls);
        let identity = &self.shared.identity;
        let report = if state.full {
            let clock = self.shared.started.elapsed();
            input::report(identity, &state.controls, &state.counters, clock)
        } else {
            input::short_report(identity, &state.controls, &state.counters)
        };
        self.shared.write(&uhid::input(&report));
    }

    /// Sends the present state once more, as a controller does all the time.
    pub fn report(&self) {
        self.set(|_| ());
    }

    /// Sends any bytes as a report: for what no sound controller sends.
    pub fn send_raw(&self, report: &[u8]) {
        self.shared.write(&uhid::input(report));
    }

    /// The present state of the controls.
    #[must_use]
    pub fn controls(&self) -> Controls {
        self.shared.state().controls.clone()
    }

    /// What it shows and does now.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.shared.state().shown.clone()
    }

    /// All that it was told since it was plugged in, or since [`Gamepad::forget`].
    #[must_use]
    pub fn outputs(&self) -> Vec<Result<Output, Nonsense>> {
        self.shared.state().outputs.clone()
    }

    /// Waits for something to be told, at most this long, and takes it off.
    pub fn next_outputs(&self, limit: Duration) -> Vec<Result<Output, Nonsense>> {
        self.wait_until(limit, |_, outputs| !outputs.is_empty());
        std::mem::take(&mut self.shared.state().outputs)
    }

    /// Forgets what it was told; it shows it on.
    pub fn forget(&self) {
        self.shared.state().outputs.clear();
    }

    /// Waits until it shows this, or until a time is over; whether it does.
    pub fn wait_for(&self, limit: Duration, is_so: impl Fn(&Shown) -> bool) -> bool {
        self.wait_until(limit, |shown, _| is_so(shown))
    }

    /// As [`Gamepad::wait_for`], with all that it was told.
    pub fn wait_until(
        &self,
        limit: Duration,
        is_so: impl Fn(&Shown, &[Result<Output, Nonsense>]) -> bool,
    ) -> bool {
        let changed = &self.shared.changed;
        let waited = changed.wait_timeout_while(self.shared.state(), limit, |state| {
            !is_so(&state.shown, &state.outputs)
        });
        let (_state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        !timeout.timed_out()
    }
}

impl Drop for Gamepad {
    fn drop(&mut self) {
        self.shared.write(&uhid::destroy());
        let _ = rustix::io::write(&self.shared.stop, &1_u64.to_ne_bytes());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Answers the kernel until the controller is pulled out.
fn serve(shared: &Shared) {
    let mut message = vec![0; uhid::LONGEST];
    loop {
        let mut waiting = [
            PollFd::new(&shared.uhid, PollFlags::IN),
            PollFd::new(&shared.stop, PollFlags::IN),
        ];
        if poll(&mut waiting, None).is_err() {
            continue;
        }
        let [device, stop] = waiting;
        if !stop.revents().is_empty() {
            return;
        }
        if !device.revents().contains(PollFlags::IN) {
            continue;
        }
        let Ok(length) = (&shared.uhid).read(&mut message) else {
            return;
        };
        match uhid::read(message.get(..length).unwrap_or_default()) {
            Told::Output(report) => take(shared, &report),
            Told::Set { id, report } => {
                take(shared, &report);
                shared.write(&uhid::set_reply(id));
            }
            Told::Get { id, number } => {
                let answer = feature::answer(&shared.identity, number);
                if answer.is_some() && matches!(number, 0x02 | 0x05) {
                    shared.state().full = true;
                }
                shared.write(&uhid::get_reply(id, answer.as_deref()));
            }
            Told::Other => {}
        }
    }
}

fn take(shared: &Shared, report: &[u8]) {
    let output = output::read(&shared.identity, report);
    let mut state = shared.state();
    if let Ok(output) = &output {
        state.shown.take(output);
    }
    if state.outputs.len() == KEPT {
        state.outputs.drain(..1);
    }
    state.outputs.push(output);
    drop(state);
    shared.changed.notify_all();
}
