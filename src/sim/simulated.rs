//! Runs the simulated modem on a thread, and is the handle that tests hold.

use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};

use super::data_call::DataCall;
use super::modem::{Faults, Modem, Options, SentSms, Status};
use super::port::{Got, Plugged, Port, PortError};

struct State {
    modem: Modem,
    plugged: Option<Plugged>,
    call: Option<DataCall>,
    /// What the handle wants; the thread makes it so.
    wanted: bool,
    stopping: bool,
    failure: Option<String>,
    unwritten: Vec<u8>,
}

struct Shared {
    state: Mutex<State>,
    /// Told after everything that the thread does.
    changed: Condvar,
    wake: OwnedFd,
    started: Instant,
    port: Port,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake(&self) {
        let _ = rustix::io::write(&self.wake, &1_u64.to_ne_bytes());
    }
}

/// A simulated modem that is plugged in. Dropping it pulls it out for good.
///
/// As with a real port, what the modem says while no program has been heard on it is lost.
pub struct Simulated {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    path: PathBuf,
}

impl Simulated {
    /// Switches a modem on and plugs it in.
    ///
    /// # Errors
    /// [`PortError`] where the terminal, its link or the socket cannot be made.
    pub fn start(options: Options, faults: Faults, port: Port) -> Result<Self, PortError> {
        let plugged = Plugged::new(&port)?;
        let path = plugged.path();
        let wake = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)
            .map_err(|errno| PortError::Terminal(errno.into()))?;
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                modem: Modem::new(options, faults),
                plugged: Some(plugged),
                call: None,
                wanted: true,
                stopping: false,
                failure: None,
                unwritten: Vec::new(),
            }),
            changed: Condvar::new(),
            wake,
            started: Instant::now(),
            port,
        });
        let worker = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("simulated modem".to_owned())
            .spawn(move || run(&worker))
            .map_err(PortError::Terminal)?;
        Ok(Self {
            shared,
            thread: Some(thread),
            path,
        })
    }

    /// On a pseudo-terminal without a link, without faults: what most tests want.
    ///
    /// # Errors
    /// As [`Simulated::start`].
    pub fn with(options: Options) -> Result<Self, PortError> {
        Self::start(options, Faults::default(), Port::Terminal(None))
    }

    /// What a program opens: the link, or else the terminal of the present plugging.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.shared
            .state()
            .plugged
            .as_ref()
            .map_or_else(|| self.path.clone(), Plugged::path)
    }

    /// Does something with the modem itself, now.
    pub fn modem<T>(&self, act: impl FnOnce(&mut Modem) -> T) -> T {
        let mut state = self.shared.state();
        // Its clock stands still while nothing happens.
        state.modem.tick(self.shared.started.elapsed());
        let result = act(&mut state.modem);
        drop(state);
        self.shared.wake();
        result
    }

    /// Switches faults.
    pub fn set(&self, change: impl FnOnce(&mut Faults)) {
        self.modem(|modem| change(&mut modem.faults));
    }

    /// Somebody's text comes in; see [`Modem::receive`].
    pub fn receive(&self, sender: &str, text: &str) {
        self.modem(|modem| modem.receive(sender, text));
    }

    /// A PDU comes in; false when it is no hexadecimal. See [`Modem::receive_pdu`].
    pub fn receive_pdu(&self, hex: &str) -> bool {
        self.modem(|modem| modem.receive_pdu(hex))
    }

    /// A record for lists in text mode comes in; see [`Modem::receive_text_mode_record`].
    pub fn receive_text_mode_record(&self, head: &str, body: &str) {
        self.modem(|modem| modem.receive_text_mode_record(head, body));
    }

    /// Writes an unsolicited line.
    pub fn urc(&self, line: &str) {
        self.modem(|modem| modem.urc(line));
    }

    /// Everything the network took.
    #[must_use]
    pub fn sent(&self) -> Vec<SentSms> {
        self.modem(|modem| modem.sent().to_vec())
    }

    /// What a storage holds: index, status, PDU in hexadecimal.
    #[must_use]
    pub fn stored(&self, storage: &str) -> Vec<(u32, Status, String)> {
        self.modem(|modem| modem.stored(storage))
    }

    /// Every command line that came; secrets are `***`.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        self.modem(|modem| modem.commands().to_vec())
    }

    /// PIN tries left.
    #[must_use]
    pub fn pin_tries(&self) -> u8 {
        self.modem(|modem| modem.pin_tries())
    }

    /// Pulls the modem out: the link goes, a program that has it open sees a hang-up. The modem
    /// loses its power. Returns when it is out.
    pub fn unplug(&self) {
        self.plug(false);
    }

    /// Plugs it in again, under a new terminal. Returns when it is in.
    ///
    /// # Errors
    /// A sentence where the port cannot be made again.
    pub fn replug(&self) -> Result<(), String> {
        self.plug(true);
        self.shared.state().failure.clone().map_or(Ok(()), Err)
    }

    /// Whether it is plugged in.
    #[must_use]
    pub fn is_plugged(&self) -> bool {
        self.shared.state().plugged.is_some()
    }

    /// Waits until the modem is as wanted; false when it is not after the time.
    #[must_use]
    pub fn wait_until(&self, limit: Duration, mut as_wanted: impl FnMut(&Modem) -> bool) -> bool {
        let state = self.shared.state();
        let result = self
            .shared
            .changed
            .wait_timeout_while(state, limit, |state| !as_wanted(&state.modem))
            .unwrap_or_else(PoisonError::into_inner);
        !result.1.timed_out()
    }

    fn plug(&self, wanted: bool) {
        let mut state = self.shared.state();
        state.wanted = wanted;
        state.failure = None;
        self.shared.wake();
        let done = |state: &mut State| {
            state.plugged.is_some() != wanted && state.failure.is_none() && !state.stopping
        };
        // The thread needs the lock: `wait_timeout_while` gives it up.
        drop(
            self.shared
                .changed
                .wait_timeout_while(state, Duration::from_secs(5), done),
        );
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        self.shared.state().stopping = true;
        self.shared.wake();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread: waits for bytes, for the modem's next action, or for the handle.
fn run(shared: &Shared) {
    loop {
        let mut state = shared.state();
        if state.stopping {
            state.plugged = None;
            state.call = None;
            shared.changed.notify_all();
            return;
        }
        replug_as_wanted(&mut state, &shared.port);
        exchange(&mut state, shared.started.elapsed());
        replug_as_wanted(&mut state, &shared.port);
        shared.changed.notify_all();
        let timeout = state.modem.next_due().map(|due| {
            due.saturating_sub(shared.started.elapsed())
                .max(Duration::from_micros(50))
        });
        let blocked = !state.unwritten.is_empty();
        // The file is only closed by this thread, so a copy outlives the lock safely.
        let port = state
            .plugged
            .as_ref()
            .and_then(|port| port.fd().try_clone_to_owned().ok());
        let call = state.call.as_ref();
        let call = call.and_then(|call| call.fd().try_clone_to_owned().ok());
        drop(state);
        // While the program does not read, the network waits.
        let call = call.filter(|_| !blocked);
        wait(&shared.wake, port.as_ref(), call.as_ref(), blocked, timeout);
    }
}

fn replug_as_wanted(state: &mut State, port: &Port) {
    if state.modem.take_unplugged() {
        state.wanted = false;
    }
    if state.modem.take_replugged() {
        state.wanted = true;
    }
    if state.wanted == state.plugged.is_some() {
        return;
    }
    state.modem.reset();
    state.unwritten.clear();
    state.call = None;
    state.plugged = None;
    if state.wanted {
        match Plugged::new(port) {
            Ok(plugged) => state.plugged = Some(plugged),
            Err(error) => {
                state.wanted = false;
                state.failure = Some(error.to_string());
            }
        }
    }
}

fn exchange(state: &mut State, now: Duration) {
    let State {
        modem,
        plugged,
        call,
        unwritten,
        failure,
        wanted,
        ..
    } = state;
    let Some(port) = plugged else {
        modem.poll(now);
        return;
    };
    loop {
        match port.read() {
            Got::Bytes(bytes) => match call {
                Some(call) => call.send(&bytes),
                None => modem.feed(&bytes, now),
            },
            Got::Nothing => break,
            end @ (Got::HungUp | Got::PulledOut) => {
                if matches!(end, Got::PulledOut) {
                    modem.reset();
                }
                modem.end_call();
                *call = None;
                unwritten.clear();
                if let Err(error) = port.hung_up() {
                    *failure = Some(error.to_string());
                    *wanted = false;
                }
                break;
            }
        }
    }
    let writes = modem.poll(now);
    if !port.connected() {
        unwritten.clear();
        return;
    }
    for bytes in writes {
        if unwritten.is_empty() {
            let written = port.write(&bytes);
            unwritten.extend(bytes.get(written..).unwrap_or_default());
        } else {
            unwritten.extend(bytes);
        }
    }
    if unwritten.is_empty() {
        carry(modem, call, unwritten);
    }
    let written = port.write(unwritten);
    unwritten.drain(..written.min(unwritten.len()));
}

/// What the network says in a data call, which begins and ends here.
fn carry(modem: &mut Modem, call: &mut Option<DataCall>, unwritten: &mut Vec<u8>) {
    if !modem.is_on_call() {
        *call = None;
        return;
    }
    if call.is_none() {
        let program = modem.options.data_call.clone().unwrap_or_default();
        *call = DataCall::start(&program).ok();
    }
    match call.as_mut().and_then(DataCall::receive) {
        Some(bytes) => unwritten.extend(bytes),
        None => {
            *call = None;
            modem.end_call();
        }
    }
}

fn wait(
    wake: &OwnedFd,
    port: Option<&OwnedFd>,
    call: Option<&OwnedFd>,
    blocked: bool,
    timeout: Option<Duration>,
) {
    let events = if blocked {
        PollFlags::IN | PollFlags::OUT
    } else {
        PollFlags::IN
    };
    let mut fds = vec![PollFd::new(wake, PollFlags::IN)];
    fds.extend(port.map(|port| PollFd::new(port, events)));
    fds.extend(call.map(|call| PollFd::new(call, PollFlags::IN)));
    let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
    let _ = poll(&mut fds, timeout.as_ref());
    let mut counter = [0; 8];
    let _ = rustix::io::read(wake, &mut counter);
}

#[cfg(test)]
#[path = "simulated_tests.rs"]
mod tests;
