//! A bar: starts a program that follows, and reads its lines with the time of each.

use std::io::{BufRead, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What reads the lines, as a bar does.
pub struct Bar {
    child: Child,
    lines: Receiver<(Instant, String)>,
}

impl Bar {
    pub fn start(mut child: Child) -> Result<Self> {
        let stdout = child.stdout.take().context("no output")?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send((Instant::now(), line)).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, lines })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// When this line was printed; others may come before.
    ///
    /// # Errors
    /// After 20 s without it.
    pub fn wait_for(&mut self, wanted: &str) -> Result<Instant> {
        let mut seen = Vec::new();
        while let Ok((time, line)) = self.lines.recv_timeout(Duration::from_secs(20)) {
            if line == wanted {
                return Ok(time);
            }
            seen.push(line);
        }
        bail!("the program did not print '{wanted}', only {seen:?}")
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
