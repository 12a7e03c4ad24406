//! One pad: its open devices, what they said, and what is being done to it.

mod light;

use std::io;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use super::super::command::Rumble;
use super::super::controls::{Button, Circularity, Controls};
use super::super::decode::{Event, Gamepad, Said, Sensors, Touchpad, code};
use super::super::fusion::Fusion;
use super::super::lamp::guard::Guard;
use super::super::lamp::{self, Lamp, effect};
use super::super::light::{Light, LightMode, Rgb};
use super::super::nodes::{Node, read_events};
use super::super::pad::Driver;
use super::super::rate::Rate;
use super::super::snapshot::Pad;
use super::super::sysfs::Found;
use super::super::{Options, access};

/// A device and what it said so far.
struct Heard<D> {
    node: Node,
    decoder: D,
}

/// An effect that we run.
struct Running {
    mode: LightMode,
    started: Instant,
    /// When its next frame is due.
    due: Option<Instant>,
    shown: Option<Rgb>,
}

/// An open pad.
pub(super) struct Opened {
    pub(super) found: Found,
    pub(super) pad: Pad,
    gamepad: Option<Heard<Gamepad>>,
    touchpad: Option<Heard<Touchpad>>,
    motion: Option<Heard<Sensors>>,
    fusion: Fusion,
    rate: Rate,
    lamp: Option<Lamp>,
    running: Option<Running>,
    guard: Option<Guard>,
    rumble_until: Option<Instant>,
    wants_touchpad: bool,
    events: Vec<Event>,
}

/// Which of a pad's devices has something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Device {
    Gamepad,
    Touchpad,
    Motion,
}

/// What came of listening to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing new.
    Nothing,
    /// The pad's state is another one.
    News,
    /// The device is gone.
    Gone,
}

impl Opened {
    pub(super) fn new(found: Found) -> Self {
        let pad = describe(&found);
        Self {
            found,
            pad,
            gamepad: None,
            touchpad: None,
            motion: None,
            fusion: Fusion::default(),
            rate: Rate::default(),
            lamp: None,
            running: None,
            guard: None,
            rumble_until: None,
            wants_touchpad: false,
            events: Vec::new(),
        }
    }

    /// More of the same pad was found, or less: its LEDs come after its sticks.
    pub(super) fn update(&mut self, found: Found) {
        if found == self.found {
            return;
        }
        if found.gamepad != self.found.gamepad {
            self.gamepad = None;
        }
        if found.touchpad != self.found.touchpad {
            self.touchpad = None;
        }
        if found.motion != self.found.motion {
            self.motion = None;
        }
        self.lamp = None;
        let news = describe(&found);
        self.pad.id = news.id;
        self.pad.driver = news.driver;
        self.pad.battery = news.battery;
        self.pad.light.players = news.light.players;
        self.found = found;
        self.show_light(None);
        self.show_controls();
    }

    /// Opens what is to be opened and is not yet: a device comes before its rights do.
    pub(super) fn open(&mut self, watch_motion: bool) {
        if matches!(self.found.driver, Driver::Other(_)) {
            // Another driver puts other things on the same axes.
            self.pad.error = Some(format!(
                "the driver '{}' has this pad; load the kernel module hid-playstation (hid-sony \
                 before Linux 6.2) and plug the pad in again",
                self.found.driver.word()
            ));
            return;
        }
        self.pad.access = access::of(&self.found);
        if self.gamepad.is_none() {
            self.gamepad = open(self.found.gamepad.as_deref());
            self.seed_gamepad();
        }
        if self.touchpad.is_none() {
            self.touchpad = open(self.found.touchpad.as_deref());
            self.seed_touchpad();
            self.hold_touchpad(self.wants_touchpad);
        }
        if !watch_motion {
            self.motion = None;
            self.pad.motion = None;
            self.pad.rate = None;
        } else if self.motion.is_none() {
            self.motion = open(self.found.motion.as_deref());
            self.seed_motion();
        }
    }

    /// The open devices. The motion sensors come last: their report is the last of the three, and
    /// ends what is told of a moment.
    pub(super) fn devices(&self) -> impl Iterator<Item = (Device, &Node)> {
        let gamepad = self.gamepad.as_ref().map(|h| (Device::Gamepad, &h.node));
        let touchpad = self.touchpad.as_ref().map(|h| (Device::Touchpad, &h.node));
        let motion = self.motion.as_ref().map(|h| (Device::Motion, &h.node));
        [gamepad, touchpad, motion].into_iter().flatten()
    }

    /// Reads what a device has to say; `on_report` sees the pad after each report of the motion
    /// sensors.
    pub(super) fn listen(&mut self, device: Device, on_report: &mut dyn FnMut(&Pad)) -> Reading {
        let node = match device {
            Device::Gamepad => self.gamepad.as_ref().map(|h| &h.node),
            Device::Touchpad => self.touchpad.as_ref().map(|h| &h.node),
            Device::Motion => self.motion.as_ref().map(|h| &h.node),
        };
        let Some(node) = node else {
            return Reading::Nothing;
        };
        let mut events = std::mem::take(&mut self.events);
        events.clear();
        let read = read_events(node.as_fd(), &mut events);
        let heard = match read {
            Ok(()) => self.take(device, &events, on_report),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Reading::Nothing,
            Err(_) => {
                self.lose(device);
                Reading::Gone
            }
        };
        self.events = events;
        heard
    }

    fn take(
        &mut self,
        device: Device,
        events: &[Event],
        on_report: &mut dyn FnMut(&Pad),
    ) -> Reading {
        let mut heard = Reading::Nothing;
        for event in events {
            let said = match device {
                Device::Gamepad => self.gamepad.as_mut().map(|h| h.decoder.feed(event)),
                Device::Touchpad => self.touchpad.as_mut().map(|h| h.decoder.feed(event)),
                Device::Motion => self.motion.as_mut().map(|h| h.decoder.feed(event)),
            };
            match said {
                None | Some(Said::Nothing) => continue,
                Some(Said::Report) => {}
                Some(Said::Resync) => {
                    match device {
                        Device::Gamepad => self.seed_gamepad(),
                        Device::Touchpad => self.seed_touchpad(),
                        Device::Motion => self.seed_motion(),
                    }
                    // What was read together with this is older than the state that was just
                    // asked for; the kernel has taken a button's release out of its queue.
                    return Reading::News;
                }
            }
            heard = Reading::News;
            if device == Device::Motion {
                if said == Some(Said::Report) {
                    self.show_motion();
                    on_report(&self.pad);
                }
            } else {
                self.show_controls();
            }
        }
        heard
    }

    fn lose(&mut self, device: Device) {
        match device {
            Device::Gamepad => self.gamepad = None,
            Device::Touchpad => self.touchpad = None,
            Device::Motion => {
                self.motion = None;
                self.pad.motion = None;
                self.pad.rate = None;
            }
        }
        self.show_controls();
    }

    fn seed_gamepad(&mut self) {
        if let Some(Heard { node, decoder }) = &mut self.gamepad
            && let (Ok(axes), Ok(keys)) = (node.axes(), node.keys())
        {
            decoder.seed(axes, keys);
        }
        self.show_controls();
    }

    fn seed_touchpad(&mut self) {
        if let Some(Heard { node, decoder }) = &mut self.touchpad
            && let (Ok(axes), Ok(keys)) = (node.axes(), node.keys())
        {
            decoder.seed(axes, node.slots(), keys(code::BTN_LEFT));
            self.pad.touchpad_ratio = decoder.ratio();
        }
        self.show_controls();
    }

    fn seed_motion(&mut self) {
        if let Some(Heard { node, decoder }) = &mut self.motion
            && let Ok(axes) = node.axes()
        {
            decoder.seed(axes);
        }
    }

    fn show_controls(&mut self) {
        let controls = self.gamepad.as_ref().and_then(|h| h.decoder.controls());
        self.pad.controls = controls.map(|controls| {
            let mut controls: Controls = *controls;
            let touch = self.touchpad.as_ref().and_then(|h| h.decoder.touch());
            if let Some((fingers, pressed)) = touch {
                controls.touch = fingers;
                controls.buttons.set(Button::Touchpad, pressed);
            }
            controls
        });
        if let Some(controls) = &self.pad.controls {
            let [left, right] = &mut self.pad.circularity;
            left.add(controls.left);
            right.add(controls.right);
        }
    }

    fn show_motion(&mut self) {
        let sample = self.motion.as_ref().and_then(|h| h.decoder.sample());
        if let Some(sample) = sample {
            self.pad.motion = Some(self.fusion.add(sample));
            self.rate.add(sample);
        }
    }

    /// Counts the report rate, which costs more than the reports themselves.
    pub(super) fn count_rate(&mut self) {
        self.pad.rate = self.motion.as_ref().and_then(|_| self.rate.rate());
    }

    pub(super) fn calibrate(&mut self) {
        self.fusion.calibrate();
    }

    pub(super) fn recentre(&mut self) {
        self.fusion.recentre();
    }

    pub(super) fn forget_circularity(&mut self) {
        self.pad.circularity = [Circularity::default(); 2];
    }

    pub(super) fn hold_touchpad(&mut self, hold: bool) {
        self.wants_touchpad = hold;
        if let Some(Heard { node, .. }) = &mut self.touchpad {
            if node.hold(hold).is_err() {
                self.pad.error = Some("another program has the touchpad for itself".to_owned());
            }
            self.pad.touchpad_held = node.is_held();
        }
    }

    pub(super) fn rumble(&mut self, rumble: Rumble, time: Duration, now: Instant) {
        let done = match &mut self.gamepad {
            Some(Heard { node, .. }) if node.can_write() => node
                .rumble(rumble, time)
                .map_err(|error| format!("the motors do not run: {error}")),
            _ => {
                let remedy = self.pad.access.remedy();
                Err(remedy.unwrap_or_else(|| "the motors may not be used".to_owned()))
            }
        };
        match done {
            Ok(()) if rumble == Rumble::default() || time.is_zero() => {
                self.pad.rumble = Rumble::default();
                self.rumble_until = None;
            }
            Ok(()) => {
                self.pad.rumble = rumble;
                self.rumble_until = Some(now + time);
            }
            Err(error) => self.pad.error = Some(error),
        }
    }

    /// When something is due.
    pub(super) fn due(&self) -> Option<Instant> {
        let light = self.running.as_ref().and_then(|running| running.due);
        [light, self.rumble_until].into_iter().flatten().min()
    }

    /// Does what is due; whether anything was.
    pub(super) fn advance(&mut self, options: &Options, now: Instant) -> bool {
        let mut changed = false;
        if self.rumble_until.is_some_and(|until| until <= now) {
            self.rumble(Rumble::default(), Duration::ZERO, now);
            changed = true;
        }
        let Some(running) = &self.running else {
            return changed;
        };
        let controls = self.pad.controls.unwrap_or_default();
        let elapsed = now.saturating_duration_since(running.started);
        let frame = effect::frame(running.mode, elapsed, self.pad.battery, controls.buttons);
        let (started, shown) = (running.started, running.shown);
        let is_brief = frame.until.is_some();
        if let Some(running) = &mut self.running {
            running.due = frame.until.map(|until| started + until);
            running.shown = Some(frame.colour);
        }
        if shown == Some(frame.colour) {
            return changed;
        }
        let lamp = self.lamp(options);
        let set = if frame.colour == Rgb::BLACK && is_brief {
            lamp.darken()
        } else {
            lamp.show(frame.colour)
        };
        match set {
            Ok(()) => self.show_light(Some(frame.colour)),
            Err(error) => self.fail(&error),
        }
        true
    }
}

fn open<D: Default>(path: Option<&std::path::Path>) -> Option<Heard<D>> {
    Some(Heard {
        node: Node::open(path?).ok()?,
        decoder: D::default(),
    })
}

/// A pad as sysfs alone tells of it.
pub(in crate::ds4) fn describe(found: &Found) -> Pad {
    Pad {
        id: found.id.clone(),
        hid: found.hid.clone(),
        model: found.model,
        transport: found.transport,
        driver: found.driver.clone(),
        battery: found.read_battery(),
        controls: None,
        circularity: [Circularity::default(); 2],
        touchpad_ratio: None,
        motion: None,
        rate: None,
        light: Light {
            colour: lamp::read(&found.leds),
            mode: None,
            players: lamp::read_players(&found.leds),
            can_set: false,
        },
        rumble: Rumble::default(),
        touchpad_held: false,
        access: access::of(found),
        error: None,
    }
}
