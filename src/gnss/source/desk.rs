//! What every driver works at: waiting, commands, the snapshot and the recording.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;

use jiff::Timestamp;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::super::clock::{Alarm, Moment};
use super::super::command::Command;
use super::super::gpx::Recorder;
use super::super::options::{Options, Wanted};
use super::super::report::Report;
use super::super::snapshot::{Recording, Snapshot};
use super::Event;
use super::station::{Arrival, Station};

/// Why a driver stops listening.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The source is not there, or no more; one sentence.
    Lost(String),
    /// A file is at its end.
    Finished,
    /// Another source is wanted.
    Choose(Wanted),
    /// It shall be tried again now.
    Retry,
    /// Nobody wants to know any more.
    Stop,
}

/// Why the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Woken {
    /// The descriptor has something.
    Ready,
    /// The time is over.
    Time,
}

/// A recording is interrupted where two points are so far apart.
const GAP: Duration = Duration::from_secs(10);

pub(crate) struct Desk {
    options: Options,
    inbox: Receiver<Event>,
    wake: Arc<OwnedFd>,
    /// Waits also while the machine sleeps, so that nobody is late after it woke up.
    alarm: Option<Alarm>,
    publish: Box<dyn Fn(&Snapshot) + Send>,
    pub(crate) station: Station,
    recorder: Option<Recorder>,
    recorded_at: Option<Moment>,
    /// What could not be switched off in a modem that was lost.
    pub(crate) left_on: Option<String>,
}

impl Desk {
    pub(crate) fn new(
        options: Options,
        inbox: Receiver<Event>,
        wake: Arc<OwnedFd>,
        publish: Box<dyn Fn(&Snapshot) + Send>,
    ) -> Self {
        Self {
            station: Station::new(options.track_points),
            options,
            inbox,
            wake,
            alarm: Alarm::new().ok(),
            publish,
            recorder: None,
            recorded_at: None,
            left_on: None,
        }
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    pub(crate) fn publish(&self) {
        (self.publish)(&self.station.snapshot);
    }

    /// Takes a report, records it, and publishes.
    pub(crate) fn absorb(&mut self, report: Report, arrival: Arrival) {
        let (now, clock) = (Moment::now(), Timestamp::now());
        if self.station.absorb(report, arrival, now, clock) {
            self.record(now, clock);
        }
        self.publish();
    }

    /// Waits for the descriptor or the time; what is commanded meanwhile is done, or ends it.
    pub(crate) fn wait(
        &mut self,
        fd: Option<BorrowedFd<'_>>,
        timeout: Option<Duration>,
    ) -> Result<Woken, Ended> {
        let until = timeout.map(|timeout| Moment::now().plus(timeout));
        loop {
            self.take_commands()?;
            // Without an alarm the kernel's ordinary clock must do.
            let mut spare = until.map(|until| until.since(Moment::now()));
            if let Some(alarm) = &self.alarm
                && alarm.set(until).is_ok()
            {
                spare = None;
            }
            let spare = spare.and_then(|time| Timespec::try_from(time).ok());
            let mut fds = vec![PollFd::new(&*self.wake, PollFlags::IN)];
            fds.extend(
                self.alarm
                    .as_ref()
                    .map(|alarm| PollFd::new(alarm, PollFlags::IN)),
            );
            let at = fds.len();
            fds.extend(fd.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
            match poll(&mut fds, spare.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(errno) => return Err(Ended::Lost(format!("cannot wait: {errno}"))),
            }
            let is_set = |at: usize| fds.get(at).is_some_and(|fd| !fd.revents().is_empty());
            let (is_asked, is_ready) = (is_set(0), is_set(at));
            drop(fds);
            if is_asked {
                let mut count = [0; 8];
                let _ = rustix::io::read(self.wake.as_fd(), &mut count);
                self.take_commands()?;
            }
            if is_ready {
                return Ok(Woken::Ready);
            }
            if until.is_some_and(|until| Moment::now() >= until) {
                return Ok(Woken::Time);
            }
        }
    }

    /// Does what can be done at once; what another source is needed for ends the driver.
    fn take_commands(&mut self) -> Result<(), Ended> {
        loop {
            let command = match self.inbox.try_recv() {
                Ok(Event::Command(command)) => command,
                Err(TryRecvError::Empty) => return Ok(()),
                Ok(Event::Stop) | Err(TryRecvError::Disconnected) => return Err(Ended::Stop),
            };
            match command {
                Command::Choose(wanted) => return Err(Ended::Choose(wanted)),
                Command::Retry => return Err(Ended::Retry),
                Command::StartRecording(path) => self.start_recording(path),
                Command::StopRecording => {
                    self.recorder = None;
                    self.station.snapshot.recording = None;
                }
                Command::ClearTrack => self.station.snapshot.track = Arc::default(),
            }
            self.publish();
        }
    }

    fn start_recording(&mut self, path: PathBuf) {
        let opened = Recorder::open(&path);
        self.station.snapshot.recording = Some(Recording {
            path,
            points: 0,
            error: opened.as_ref().err().map(ToString::to_string),
        });
        self.recorder = opened.ok();
        self.recorded_at = None;
    }

    fn record(&mut self, now: Moment, clock: Timestamp) {
        let (Some(recorder), Some(fix)) = (&mut self.recorder, &self.station.snapshot.fix) else {
            return;
        };
        let gap = self.recorded_at.is_some_and(|last| now.since(last) > GAP);
        let interrupted = if gap { recorder.interrupt() } else { Ok(()) };
        let time = self.station.snapshot.time().unwrap_or(clock);
        let written = interrupted.and_then(|()| recorder.add(&fix.value, Some(time)));
        self.recorded_at = Some(now);
        if let Some(recording) = &mut self.station.snapshot.recording {
            recording.points = recorder.points();
            // A full disk may have room again at the next point.
            recording.error = written.err().map(|error| error.to_string());
        }
    }
}
