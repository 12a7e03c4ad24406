//! The light bar and the player LEDs of a pad: the ways to change them, and the way back.
//!
//! A DualShock 4 has an LED for each colour, and each write sends a whole report: red to blue
//! would pass through violet. Its fourth LED, `global`, switches all three, so it is put out
//! meanwhile. A DualSense takes the three values in one write. Where the files may not be
//! written, logind does it for a DualShock 4, and the raw device for both.

pub mod effect;
mod files;
mod former;
pub mod guard;
mod logind;
mod order;
pub mod report;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(super) use self::files::is_writable;
use self::files::{DRIVERS_OWN, brightness, current_trigger, is_untouched, name, number, set_file};
pub use self::files::{read, read_players};
use self::former::write;
pub use self::former::{Former, Step};
use self::order::Channel;
use self::report::Wish;
use super::light::{PlayerLeds, Rgb};
use super::pad::{Model, Transport};
use super::sysfs::{Found, Leds, text};

/// Why the light cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum LampError {
    /// Nobody lets us.
    #[error("the light bar may not be changed")]
    Forbidden,
    /// A file of sysfs or the raw device.
    #[error("cannot set the light with '{path}': {cause}")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// logind.
    #[error("cannot set the light through logind: {0}")]
    Logind(#[from] crate::bus::BusError),
}

/// How the light bar is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The LEDs' files.
    Files,
    /// logind writes them.
    Logind,
    /// Reports to the raw device.
    Raw,
}

/// The lights of one pad.
#[derive(Debug)]
pub struct Lamp {
    leds: Leds,
    raw: Option<PathBuf>,
    model: Model,
    transport: Transport,
    bus: Option<String>,
    way: Option<Way>,
    players_way: Option<Way>,
    /// What the files say need not be so: other programs write to the raw device.
    doubt: bool,
    blinks: bool,
    sequence: u8,
}

impl Lamp {
    /// Finds out how the lights can be changed; nothing that is seen is written. `bus` is the
    /// system bus when it is not the usual one.
    #[must_use]
    pub fn new(found: &Found, bus: Option<&str>) -> Self {
        let mut lamp = Self {
            leds: found.leds.clone(),
            raw: found.hidraw.clone(),
            model: found.model,
            transport: found.transport,
            bus: bus.map(str::to_owned),
            way: None,
            players_way: None,
            doubt: true,
            blinks: false,
            sequence: 0,
        };
        let raw = lamp.raw.as_deref().is_some_and(is_writable);
        lamp.way = if lamp.files_are_writable() {
            Some(Way::Files)
        } else if lamp.logind_is_willing() {
            Some(Way::Logind)
        } else {
            raw.then_some(Way::Raw)
        };
        let leds = &lamp.leds.players;
        lamp.players_way = if leds.is_empty() {
            (raw && found.model.is_dualsense()).then_some(Way::Raw)
        } else if leds.iter().all(|led| is_writable(&brightness(led))) {
            Some(Way::Files)
        } else {
            raw.then_some(Way::Raw)
        };
        lamp
    }

    /// How the light bar is changed; `None` when it may not be.
    #[must_use]
    pub fn way(&self) -> Option<Way> {
        self.way
    }

    /// Whether the player LEDs can be changed.
    #[must_use]
    pub fn can_set_players(&self) -> bool {
        self.players_way.is_some()
    }

    fn files_are_writable(&self) -> bool {
        match (&self.leds.multicolour, &self.leds.channels) {
            (Some(led), _) => is_writable(&led.join("multi_intensity")),
            (None, Some(leds)) => leds.iter().all(|led| is_writable(&brightness(led))),
            (None, None) => false,
        }
    }

    /// Has `global` set to what it is already. A DualSense's colours are beyond logind.
    fn logind_is_willing(&self) -> bool {
        let Some(led) = &self.leds.global else {
            return false;
        };
        let (Some(name), Some(value)) = (name(led), number(&brightness(led))) else {
            return false;
        };
        logind::set_brightness(self.bus.as_deref(), name, value).is_ok()
    }

    /// The colour by the LEDs' files; `None` without any.
    #[must_use]
    pub fn read(&self) -> Option<Rgb> {
        read(&self.leds)
    }

    /// Shows a colour, for ever.
    ///
    /// # Errors
    /// See [`LampError`]. A pad that has just gone is one.
    pub fn show(&mut self, colour: Rgb) -> Result<(), LampError> {
        self.stop_blinking();
        match self.way.ok_or(LampError::Forbidden)? {
            Way::Raw => self.send(Wish::Colour(colour))?,
            Way::Files | Way::Logind => match self.leds.multicolour.clone() {
                Some(led) => self.set_multicolour(&led, colour)?,
                None => self.set_channels(colour)?,
            },
        }
        self.doubt = false;
        Ok(())
    }

    /// Has the hardware, or the kernel, blink a colour without us; `false` when they cannot.
    ///
    /// # Errors
    /// Like [`Lamp::show`].
    pub fn blink(&mut self, colour: Rgb, on: Duration, off: Duration) -> Result<bool, LampError> {
        self.show(colour)?;
        let led = self.leds.global.clone().or(self.leds.multicolour.clone());
        let Some(led) = led.filter(|_| self.way == Some(Way::Files)) else {
            return Ok(false);
        };
        if on.is_zero() || off.is_zero() || write(&led.join("trigger"), b"timer").is_err() {
            return Ok(false);
        }
        self.blinks = true;
        for (file, time) in [("delay_on", on), ("delay_off", off)] {
            let ms = time.as_millis().clamp(10, 2550) / 10 * 10;
            let path = led.join(file);
            // The file has come with the trigger; a udev rule may have to let us write it first.
            let written = (0..10).any(|attempt| {
                if attempt > 0 {
                    std::thread::sleep(Duration::from_millis(30));
                }
                write(&path, ms.to_string().as_bytes()).is_ok()
            });
            if !written {
                self.stop_blinking();
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn stop_blinking(&mut self) {
        let led = self.leds.global.as_ref().or(self.leds.multicolour.as_ref());
        if let Some(led) = led {
            let trigger = led.join("trigger");
            // Another program's is ended too: it would go on beneath our colour.
            if self.blinks || current_trigger(&trigger).is_some_and(|now| now != "none") {
                let _ = write(&trigger, b"none");
                self.doubt = true;
            }
        }
        self.blinks = false;
    }

    /// Sets the player LEDs.
    ///
    /// # Errors
    /// Like [`Lamp::show`].
    pub fn set_players(&mut self, players: PlayerLeds) -> Result<(), LampError> {
        match self.players_way.ok_or(LampError::Forbidden)? {
            Way::Raw => self.send(Wish::Players(players)),
            Way::Files | Way::Logind => {
                for (at, led) in (0..).zip(&self.leds.players) {
                    let value = u32::from(players.is_lit(at));
                    set_file(&brightness(led), &value.to_string())?;
                }
                Ok(())
            }
        }
    }

    fn set_multicolour(&self, led: &Path, colour: Rgb) -> Result<(), LampError> {
        if colour == Rgb::BLACK {
            return set_file(&brightness(led), "0");
        }
        let order = text(&led.join("multi_index")).unwrap_or_default();
        let Rgb { red, green, blue } = colour;
        let value = |word: &str| match word {
            "red" => red,
            "green" => green,
            _ => blue,
        };
        let mut values: Vec<String> = order
            .split_whitespace()
            .map(|word| value(word).to_string())
            .collect();
        if values.len() != 3 {
            values = [red, green, blue].map(|v| v.to_string()).to_vec();
        }
        set_file(&led.join("multi_intensity"), &values.join(" "))?;
        if number(&brightness(led)).is_none_or(|value| value < 255) {
            set_file(&brightness(led), "255")?;
        }
        Ok(())
    }

    fn set_channels(&self, colour: Rgb) -> Result<(), LampError> {
        let Some([red, green, blue]) = self.leds.channels.clone() else {
            return Err(LampError::Forbidden);
        };
        let value = |led: &Path| number(&brightness(led)).and_then(|v| u8::try_from(v).ok());
        let before = match (self.doubt, value(&red), value(&green), value(&blue)) {
            (false, Some(red), Some(green), Some(blue)) => Some(Rgb::new(red, green, blue)),
            _ => None,
        };
        let writes = order::writes(before, self.is_dark(), colour);
        for (channel, value) in writes {
            let led = match channel {
                Channel::Red => Some(&red),
                Channel::Green => Some(&green),
                Channel::Blue => Some(&blue),
                Channel::Global => self.leds.global.as_ref(),
            };
            if let Some(led) = led {
                self.set(led, u32::from(value))?;
            }
        }
        Ok(())
    }

    /// The next colour is written whatever the files say: another program may have changed the
    /// light behind them.
    pub fn doubt(&mut self) {
        self.doubt = true;
    }

    /// Whether the switch of the three colours is off.
    fn is_dark(&self) -> bool {
        let switch = self.leds.global.as_ref();
        switch.and_then(|led| number(&brightness(led))) == Some(0)
    }

    /// Puts the light out for a moment: what comes next has no mixture to hide.
    ///
    /// # Errors
    /// Like [`Lamp::show`].
    pub fn darken(&mut self) -> Result<(), LampError> {
        match self.leds.global.clone() {
            Some(global) if matches!(self.way, Some(Way::Files | Way::Logind)) => {
                self.stop_blinking();
                self.set(&global, 0)
            }
            _ => self.show(Rgb::BLACK),
        }
    }

    fn set(&self, led: &Path, value: u32) -> Result<(), LampError> {
        if self.way == Some(Way::Logind) {
            let name = name(led).ok_or(LampError::Forbidden)?;
            logind::set_brightness(self.bus.as_deref(), name, value)?;
            return Ok(());
        }
        set_file(&brightness(led), &value.to_string())
    }

    fn send(&mut self, wish: Wish) -> Result<(), LampError> {
        let path = self.raw.as_deref().ok_or(LampError::Forbidden)?;
        let report = report::report(self.model, self.transport, wish, self.sequence);
        self.sequence = (self.sequence + 1) % 16;
        write(path, &report).map_err(|cause| LampError::Write {
            path: path.to_owned(),
            cause,
        })
    }

    /// The way back to the light as it is now.
    #[must_use]
    pub fn former(&self) -> Former {
        let mut steps = Vec::new();
        match self.way {
            Some(Way::Raw) => {
                // What it is without its LEDs' files is not known: the first player's blue.
                let colour = self.read().unwrap_or(Rgb::new(0, 0, 64));
                let report = |wish| report::report(self.model, self.transport, wish, 15);
                steps.extend(
                    self.raw
                        .clone()
                        .map(|raw| Step::Report(raw, report(Wish::Colour(colour)))),
                );
            }
            Some(Way::Logind) => {
                for led in self.channels_and_global() {
                    if let (Some(name), Some(value)) = (name(led), number(&brightness(led))) {
                        steps.push(Step::Logind(name.to_owned(), value));
                    }
                }
            }
            Some(Way::Files) => self.way_back_by_files(&mut steps),
            None => {}
        }
        if self.players_way == Some(Way::Files) {
            for led in &self.leds.players {
                let value = text(&brightness(led));
                steps.extend(value.map(|value| Step::Text(brightness(led), value)));
            }
        }
        Former {
            bus: self.bus.clone(),
            steps,
        }
    }

    fn way_back_by_files(&self, steps: &mut Vec<Step>) {
        let mut keep = |path: PathBuf| {
            let value = text(&path);
            steps.extend(value.map(|value| Step::Text(path, value)));
        };
        let switch = match &self.leds.multicolour {
            Some(led) if is_untouched(led) => {
                let Rgb { red, green, blue } = DRIVERS_OWN;
                let values = format!("{red} {green} {blue}");
                steps.push(Step::Text(led.join("multi_intensity"), values));
                steps.push(Step::Text(brightness(led), "255".to_owned()));
                Some(led)
            }
            Some(led) => {
                keep(led.join("multi_intensity"));
                keep(brightness(led));
                Some(led)
            }
            None => {
                for led in self.channels_and_global() {
                    keep(brightness(led));
                }
                self.leds.global.as_ref()
            }
        };
        // While the colours are put back the light is out, and it does not blink any more.
        let Some(led) = switch else { return };
        let trigger = led.join("trigger");
        let former = current_trigger(&trigger).unwrap_or_else(|| "none".to_owned());
        let mut first = Vec::new();
        if is_writable(&trigger) {
            first.push(Step::Text(trigger.clone(), "none".to_owned()));
        }
        if self.leds.multicolour.is_none() {
            first.push(Step::Text(brightness(led), "0".to_owned()));
        }
        steps.splice(0..0, first);
        if former == "timer" {
            let delays = ["delay_on", "delay_off"].map(|file| led.join(file));
            steps.push(Step::Text(trigger, former));
            steps.extend(
                delays
                    .into_iter()
                    .filter_map(|path| Some(Step::Text(path.clone(), text(&path)?))),
            );
        }
    }

    fn channels_and_global(&self) -> impl Iterator<Item = &PathBuf> {
        let channels = self.leds.channels.iter().flatten();
        channels.chain(&self.leds.global)
    }
}

#[cfg(test)]
mod tests;
