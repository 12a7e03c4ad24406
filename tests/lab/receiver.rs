//! A satellite receiver at a USB port: sentences of NMEA 0183 with the time of its own clock,
//! which nobody sets.

use std::fs::File;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use rustix::fs::{Mode, OFlags};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::usb::AcmDevice;

/// A receiver that says once a second that it is near Munich. It ends when it is dropped.
pub struct Receiver {
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// Plays it on the inner side of the USB port. Its clock is right at this moment.
    pub fn play() -> Self {
        let stopping = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stopping);
        let thread = std::thread::spawn(move || {
            let (began, clock) = (Instant::now(), Timestamp::now());
            let mut line = None;
            while !told.load(Ordering::Relaxed) {
                let elapsed = SignedDuration::try_from(began.elapsed()).unwrap();
                let said = epoch(clock + elapsed);
                // A line without a reader is full at some time, and dead after a plug was pulled.
                let file = line.take().or_else(open);
                line = file.filter(|file: &File| match (&*file).write_all(said.as_bytes()) {
                    Ok(()) => true,
                    Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
                });
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        Self {
            stopping,
            thread: Some(thread),
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn open() -> Option<File> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let line: OwnedFd = rustix::fs::open(AcmDevice::INSIDE, flags, Mode::empty()).ok()?;
    let mut settings = tcgetattr(&line).ok()?;
    settings.make_raw();
    tcsetattr(&line, OptionalActions::Now, &settings).ok()?;
    Some(File::from(line))
}

/// What it says of one second: position, satellites in use, position and time.
fn epoch(now: Timestamp) -> String {
    let time = now.strftime("%H%M%S.00");
    let date = now.strftime("%d%m%y");
    let position = "4808.4000,N,01134.2000,E";
    [
        format!("GPGGA,{time},{position},1,08,1.1,519.0,M,46.0,M,,"),
        "GPGSA,A,3,02,05,07,13,15,20,21,29,,,,,2.1,1.1,1.8".to_owned(),
        format!("GPRMC,{time},A,{position},0.10,77.0,{date},,,A"),
    ]
    .map(|body| {
        let sum = body.bytes().fold(0, |sum, byte| sum ^ byte);
        format!("${body}*{sum:02X}\r\n")
    })
    .concat()
}
