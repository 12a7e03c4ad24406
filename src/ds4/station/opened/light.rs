//! What is being done to a pad's lights.

use std::time::Instant;

use super::{Opened, Running};
use crate::ds4::Options;
use crate::ds4::lamp::guard::Guard;
use crate::ds4::lamp::{self, Lamp, LampError};
use crate::ds4::light::{LightMode, PlayerLeds, Rgb};
use crate::ds4::snapshot::Part;

impl Opened {
    /// Does what is wished with the light bar.
    pub(in crate::ds4::station) fn light(
        &mut self,
        mode: LightMode,
        keep: bool,
        options: &Options,
        now: Instant,
    ) {
        self.pad.error = None;
        let is_still = matches!(mode, LightMode::Off | LightMode::Colour(_));
        if !(keep && is_still) && self.guard.is_none() {
            let former = self.lamp(options).former();
            self.guard = Some(Guard::start(former, options.guard.as_deref()));
        }
        self.lamp(options).doubt();
        let set = match mode {
            LightMode::Blink { colour, on, off } => self.lamp(options).blink(colour, on, off),
            _ => Ok(false),
        };
        self.pad.light.mode = Some(mode);
        match set {
            Ok(true) => {
                self.running = None;
                self.show_light(None);
                if let Some(guard) = self.guard.take_if(|_| keep) {
                    guard.forget();
                }
            }
            Ok(false) => {
                self.running = Some(Running {
                    mode,
                    started: now,
                    due: Some(now),
                    shown: None,
                });
                self.advance(options, now);
            }
            Err(error) => self.fail(&error),
        }
    }

    pub(in crate::ds4::station) fn restore_light(&mut self) {
        self.running = None;
        self.pad.light.mode = None;
        // The guard does it.
        self.guard = None;
        self.lamp = None;
        self.show_light(None);
    }

    pub(in crate::ds4::station) fn set_players(
        &mut self,
        players: PlayerLeds,
        keep: bool,
        options: &Options,
    ) {
        if !keep && self.guard.is_none() {
            let former = self.lamp(options).former();
            self.guard = Some(Guard::start(former, options.guard.as_deref()));
        }
        match self.lamp(options).set_players(players) {
            Ok(()) => self.pad.light.players = Some(players),
            Err(error) => self.fail(&error),
        }
    }

    /// Whether the light needs us to go on.
    pub(in crate::ds4::station) fn runs_light(&self) -> bool {
        let mode = self.running.as_ref().map(|running| running.mode);
        mode.is_some_and(|mode| !matches!(mode, LightMode::Off | LightMode::Colour(_)))
    }

    /// Whether a light bar follows the buttons.
    pub(in crate::ds4::station) fn follows_buttons(&self) -> bool {
        let mode = self.running.as_ref().map(|running| running.mode);
        mode == Some(LightMode::Buttons)
    }

    pub(super) fn fail(&mut self, error: &LampError) {
        self.running = None;
        self.pad.light.mode = None;
        let rule = match error {
            LampError::Forbidden => self.pad.access.remedy(),
            _ => None,
        };
        self.pad.error = Some(rule.unwrap_or_else(|| error.to_string()));
    }

    pub(super) fn show_light(&mut self, colour: Option<Rgb>) {
        let colour = colour.or_else(|| lamp::read(&self.found.leds));
        self.pad.light.colour = colour;
    }

    /// The lamp, found out about when it is first wanted.
    pub(in crate::ds4::station) fn lamp(&mut self, options: &Options) -> &mut Lamp {
        let lamp = self
            .lamp
            .take()
            .unwrap_or_else(|| Lamp::new(&self.found, options.bus.as_deref()));
        let light = &mut self.pad.light;
        light.can_set = lamp.way().is_some();
        let parts = [
            (Part::Light, light.can_set),
            (
                Part::Players,
                lamp.can_set_players() || light.players.is_none(),
            ),
        ];
        for (part, allowed) in parts {
            let forbidden = &mut self.pad.access.forbidden;
            if allowed {
                forbidden.retain(|other| *other != part);
            } else if !forbidden.contains(&part) {
                forbidden.push(part);
            }
        }
        self.lamp.insert(lamp)
    }
}
