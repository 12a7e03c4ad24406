//! Screens with several monitors, and what a window manager other than XMonad makes of a popup.

use std::process::Command;

use x11rb::connection::Connection;
use x11rb::protocol::randr::{ConnectionExt as _, MonitorInfo};
use x11rb::protocol::xproto::{ConnectionExt as _, EventMask};

use super::{Place, Screen, colours, start};
use crate::support::wait_until;

impl Screen {
    /// A screen that is made of these monitors.
    pub fn with_monitors(monitors: &[Place]) -> Self {
        let edge = |at: i16, length: u16| u16::try_from(at).unwrap() + length;
        let width = monitors.iter().map(|m| edge(m.x, m.width)).max().unwrap();
        let height = monitors.iter().map(|m| edge(m.y, m.height)).max().unwrap();
        let screen = Self::sized((width, height));
        let (x, root) = (&screen.server.connection, screen.server.root);
        let resources = x.randr_get_screen_resources(root).unwrap().reply();
        // The first takes the only output, which would be a monitor of its own otherwise.
        let mut outputs = resources.unwrap().outputs;
        for (number, monitor) in monitors.iter().enumerate() {
            let name = format!("monitor{number}");
            let name = x.intern_atom(false, name.as_bytes()).unwrap().reply();
            let about = MonitorInfo {
                name: name.unwrap().atom,
                primary: number == 0,
                automatic: false,
                x: monitor.x,
                y: monitor.y,
                width: monitor.width,
                height: monitor.height,
                width_in_millimeters: u32::from(monitor.width) / 4,
                height_in_millimeters: u32::from(monitor.height) / 4,
                outputs: std::mem::take(&mut outputs),
            };
            x.randr_set_monitor(root, about).unwrap().check().unwrap();
        }
        x.flush().unwrap();
        screen
    }

    /// Starts a bar of this configuration; it is ready when it has drawn something at this place.
    pub fn bar_at(&self, name: &str, configuration: &str, place: Place) {
        let file = self.person.path(name);
        std::fs::write(&file, configuration).unwrap();
        let bar = start(self.program("xmobar").arg(file), "xmobar");
        self.keep(bar);
        wait_until("the bar is drawn", || colours(&self.pixels(place)) > 1);
    }

    /// Starts i3 with this configuration.
    pub fn i3(&self, configuration: &str) {
        let file = self.person.path("i3.conf");
        // By its first line i3 tells this from a configuration of its third version.
        let configuration = format!("# i3 config file (v4)\n{configuration}");
        std::fs::write(&file, configuration).unwrap();
        self.keep(start(self.program("i3").arg("-c").arg(file), "i3-wm"));
        wait_until("there is a window manager", || {
            let (x, root) = (&self.server.connection, self.server.root);
            let about = x.get_window_attributes(root).unwrap().reply().unwrap();
            about
                .all_event_masks
                .contains(EventMask::SUBSTRUCTURE_REDIRECT)
        });
    }

    /// Runs a program on this screen that is to end soon.
    pub fn runs(&self, program: &str, words: &[&str]) -> bool {
        let mut command: Command = self.program(program);
        let mut running = command.args(words).spawn().unwrap();
        let mut done = None;
        wait_until(&format!("{program} {words:?} has ended"), || {
            done = running.try_wait().unwrap();
            done.is_some()
        });
        done.is_some_and(|status| status.success())
    }
}
