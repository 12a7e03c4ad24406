//! The event devices: opened without waiting, asked for their state, read, grabbed, made to
//! rumble.

use std::fs::OpenOptions;
use std::io;
use std::mem::size_of;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use evdev::raw_stream::RawDevice;
use evdev::{FFEffect, FFEffectData, FFEffectKind, FFReplay, FFTrigger, KeyCode};
use rustix::fs::OFlags;
use rustix::ioctl::{Updater, ioctl, opcode};

use super::command::Rumble;
use super::decode::{Axis, Event, Slot, code};

/// `struct input_event`: two longs for the time, then type, code, value.
const EVENT_SIZE: usize = size_of::<usize>() * 2 + 8;
/// Events that are read at once.
const BATCH: usize = 64;

/// Reads what has come from an event device, or from anything that sends the same.
///
/// # Errors
/// `WouldBlock` when nothing has; `ENODEV`, or `UnexpectedEof`, when the device is gone.
pub fn read_events(fd: BorrowedFd<'_>, events: &mut Vec<Event>) -> io::Result<()> {
    let mut bytes = [0; EVENT_SIZE * BATCH];
    let length = loop {
        match rustix::io::read(fd, &mut bytes) {
            Err(rustix::io::Errno::INTR) => {}
            other => break other?,
        }
    };
    if length == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let read = bytes.get(..length).unwrap_or_default();
    events.extend(read.chunks_exact(EVENT_SIZE).filter_map(event));
    Ok(())
}

fn event(bytes: &[u8]) -> Option<Event> {
    const WORD: usize = size_of::<usize>();
    let (seconds, rest) = bytes.split_first_chunk::<WORD>()?;
    let (micros, rest) = rest.split_first_chunk::<WORD>()?;
    let (kind, rest) = rest.split_first_chunk::<2>()?;
    let (code, rest) = rest.split_first_chunk::<2>()?;
    let value = rest.first_chunk::<4>()?;
    let seconds = usize::from_ne_bytes(*seconds) as u64;
    let micros = usize::from_ne_bytes(*micros) as u64;
    Some(Event {
        at_us: seconds.wrapping_mul(1_000_000).wrapping_add(micros),
        kind: u16::from_ne_bytes(*kind),
        code: u16::from_ne_bytes(*code),
        value: i32::from_ne_bytes(*value),
    })
}

/// An open event device.
pub struct Node {
    device: RawDevice,
    can_write: bool,
    /// The effect that runs.
    effect: Option<FFEffect>,
}

impl Node {
    /// Opens it, for writing too where that is allowed.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &Path) -> io::Result<Self> {
        let open = |write| {
            OpenOptions::new()
                .read(true)
                .write(write)
                .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
                .open(path)
        };
        let (file, can_write) = match open(true) {
            Ok(file) => (file, true),
            Err(_) => (open(false)?, false),
        };
        Ok(Self {
            device: RawDevice::from_fd(file.into())?,
            can_write,
            effect: None,
        })
    }

    /// Whether it may be written to.
    #[must_use]
    pub fn can_write(&self) -> bool {
        self.can_write
    }

    /// The axes' values and ranges now, by their codes (`EVIOCGABS`).
    ///
    /// # Errors
    /// When the device is gone.
    pub fn axes(&self) -> io::Result<impl Fn(u16) -> Axis> {
        let all = self.device.get_abs_state()?;
        Ok(move |code: u16| {
            let axis = all.get(usize::from(code));
            axis.map_or_else(Axis::default, |axis| Axis {
                value: axis.value,
                min: axis.minimum,
                max: axis.maximum,
                flat: axis.flat,
                resolution: axis.resolution,
            })
        })
    }

    /// Whether a button is down, by its code (`EVIOCGKEY`).
    ///
    /// # Errors
    /// When the device is gone.
    pub fn keys(&self) -> io::Result<impl Fn(u16) -> bool> {
        let all = self.device.get_key_state()?;
        Ok(move |code: u16| all.contains(KeyCode::new(code)))
    }

    /// The first two fingers (`EVIOCGMTSLOTS`); none where they cannot be asked for.
    #[must_use]
    pub fn slots(&self) -> [Slot; 2] {
        let ask = |code| self.slot_values(code).ok();
        let Some([first, second]) = ask(code::ABS_MT_TRACKING_ID) else {
            return [Slot { id: -1, x: 0, y: 0 }; 2];
        };
        let [x1, x2] = ask(code::ABS_MT_POSITION_X).unwrap_or_default();
        let [y1, y2] = ask(code::ABS_MT_POSITION_Y).unwrap_or_default();
        [(first, x1, y1), (second, x2, y2)].map(|(id, x, y)| Slot { id, x, y })
    }

    fn slot_values(&self, code: u16) -> io::Result<[i32; 2]> {
        /// `struct input_mt_request_layout` for two slots.
        #[repr(C)]
        struct Request {
            code: u32,
            values: [i32; 2],
        }
        const EVIOCGMTSLOTS: rustix::ioctl::Opcode = opcode::read::<Request>(b'E', 0x0a);
        let mut request = Request {
            code: u32::from(code),
            values: [-1; 2],
        };
        // SAFETY: the kernel reads the code and writes as many values as the opcode's size has
        // room for, which is the size of `Request`.
        #[allow(unsafe_code)]
        unsafe {
            let question = Updater::<EVIOCGMTSLOTS, Request>::new(&mut request);
            ioctl(&self.device, question)?;
        }
        Ok(request.values)
    }

    /// Keeps the device for us alone, or lets it go (`EVIOCGRAB`).
    ///
    /// # Errors
    /// When another program has it for itself.
    pub fn hold(&mut self, hold: bool) -> io::Result<()> {
        if hold {
            self.device.grab()
        } else {
            self.device.ungrab()
        }
    }

    /// Whether it is ours alone.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.device.is_grabbed()
    }

    /// Runs the motors for a time, 65 s at most; the kernel stops them then, and also when this
    /// process ends in any way (it erases the effects of a closed file).
    ///
    /// # Errors
    /// When the device may not be written, or has no motors.
    pub fn rumble(&mut self, rumble: Rumble, time: Duration) -> io::Result<()> {
        // The effect before is taken off the device first: few have room for many.
        self.effect = None;
        if rumble == Rumble::default() || time.is_zero() {
            return Ok(());
        }
        let level = |share: f32| (share.clamp(0.0, 1.0) * f32::from(u16::MAX)) as u16;
        let mut effect = self.device.upload_ff_effect(FFEffectData {
            direction: 0,
            trigger: FFTrigger::default(),
            replay: FFReplay {
                length: u16::try_from(time.as_millis()).unwrap_or(u16::MAX),
                delay: 0,
            },
            kind: FFEffectKind::Rumble {
                strong_magnitude: level(rumble.strong),
                weak_magnitude: level(rumble.weak),
            },
        })?;
        effect.play(1)?;
        self.effect = Some(effect);
        Ok(())
    }
}

impl AsFd for Node {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.device.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn events_are_read_from_what_the_kernel_writes() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut bytes = Vec::new();
        bytes.extend(7_usize.to_ne_bytes());
        bytes.extend(8_usize.to_ne_bytes());
        bytes.extend(3_u16.to_ne_bytes());
        bytes.extend(1_u16.to_ne_bytes());
        bytes.extend((-5_i32).to_ne_bytes());
        writer.write_all(&bytes).unwrap();
        writer.write_all(&bytes[..5]).unwrap();
        let mut events = Vec::new();
        read_events(reader.as_fd(), &mut events).unwrap();
        assert_eq!(
            events,
            [Event {
                at_us: 7_000_008,
                kind: 3,
                code: 1,
                value: -5
            }]
        );
        drop(writer);
        let error = read_events(reader.as_fd(), &mut events).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}
