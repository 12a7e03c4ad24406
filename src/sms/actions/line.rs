//! A line to the modem for one subcommand: through this process, or the one that has the modem.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::ActionError;
use crate::sms::Options;
use crate::sms::errand::{Answer, Errand};
use crate::sms::link::{Ask, Link, Remote, Report};
use crate::sms::store::Store;

/// Longer than anything that the modem or the network may take for an errand.
const PATIENCE: Duration = Duration::from_secs(180);

/// A running link; it ends with this.
pub struct Line {
    remote: Remote,
    reports: Receiver<Report>,
    running: Option<JoinHandle<()>>,
}

impl Line {
    /// Opens it; returns at once.
    pub fn open(options: &Options) -> Result<Self, ActionError> {
        let mut store = Store::open(&options.store)?;
        let (link, remote) = Link::new(options.clone())?;
        let (sender, reports) = channel();
        let running = std::thread::spawn(move || {
            link.run(&mut store, &mut |_, report| {
                let _ = sender.send(report.clone());
            });
        });
        Ok(Self {
            remote,
            reports,
            running: Some(running),
        })
    }

    /// Has an errand done, and waits for what comes of it.
    pub fn ask(&self, errand: Errand) -> Answer {
        let (reply, answer) = channel();
        self.remote.ask(Ask::Errand(errand, reply));
        answer
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|_| Err("the modem does not answer; look at 'xsms modem'".to_owned()))
    }

    /// Waits for a report that `decides`; `None` after `limit`.
    pub fn wait<T>(
        &self,
        limit: Duration,
        mut decides: impl FnMut(&Report) -> Option<T>,
    ) -> Option<T> {
        let until = Instant::now() + limit;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.reports.recv_timeout(left) {
                Ok(report) => {
                    if let Some(found) = decides(&report) {
                        return Some(found);
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.remote.ask(Ask::Stop);
        if let Some(running) = self.running.take() {
            let _ = running.join();
        }
    }
}
