//! What the X server knows: pointer, monitors, bars, window manager, scale, and whether a window is
//! where the person is; and raising.
//!
//! A connection of its own, open before the window's, so that the window is placed at once.

use x11rb::connection::Connection;
use x11rb::errors::{ReplyError, ReplyOrIdError};
use x11rb::protocol::randr::ConnectionExt as _;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask,
    InputFocus, MapState, PropMode, StackMode, UNMAP_NOTIFY_EVENT, UnmapNotifyEvent, Window,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::{Area, Scene, Strut};
use crate::arguments::At;

x11rb::atom_manager! {
    /// The atoms that are asked for.
    Atoms: AtomsCookie {
        _NET_ACTIVE_WINDOW,
        _NET_CLIENT_LIST,
        _NET_CURRENT_DESKTOP,
        _NET_SUPPORTED,
        _NET_SUPPORTING_WM_CHECK,
        _NET_WM_DESKTOP,
        _NET_WM_NAME,
        _NET_WM_STATE,
        _NET_WM_STATE_HIDDEN,
        _NET_WM_STRUT,
        _NET_WM_STRUT_PARTIAL,
        UTF8_STRING,
    }
}

/// How a window manager makes a popup float.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Floating {
    /// It stacks all windows: nothing needs to be done, and the size may change.
    Stacking,
    /// It tiles, and floats windows of type dialog, whose size may change.
    Dialog,
    /// It tiles, or is not known: a window whose size cannot change floats.
    FixedSize,
}

/// A connection to the X server.
pub struct Desktop {
    connection: RustConnection,
    root: Window,
    atoms: Atoms,
    at: At,
}

impl Desktop {
    /// Connects, for windows that go there; `None` on Wayland, where the compositor places
    /// windows, and without a server.
    #[must_use]
    pub fn connect(at: At) -> Option<Self> {
        if std::env::var_os("WAYLAND_DISPLAY").is_some_and(|display| !display.is_empty()) {
            return None;
        }
        let (connection, screen) = RustConnection::connect(None).ok()?;
        let root = connection.setup().roots.get(screen)?.root;
        let atoms = Atoms::new(&connection).ok()?.reply().ok()?;
        Some(Self {
            connection,
            root,
            atoms,
            at,
        })
    }

    /// Where a window of `width` × `height` physical pixels goes now.
    #[must_use]
    pub fn place(&self, (width, height): (i32, i32)) -> Area {
        let whole = self.whole().unwrap_or_default();
        let middle = (whole.width / 2, whole.height / 2);
        let scene = Scene {
            pointer: self.pointer().unwrap_or(middle),
            focus: self.focused().ok().flatten(),
            monitors: self.monitors().unwrap_or_default(),
            root: whole,
            struts: self.struts().unwrap_or_default(),
        };
        scene.place(self.at, (width, height))
    }

    /// All of the screen, which may have grown since the connection was opened.
    fn whole(&self) -> Result<Area, ReplyError> {
        let size = self.connection.get_geometry(self.root)?.reply()?;
        Ok(Area {
            x: 0,
            y: 0,
            width: size.width.into(),
            height: size.height.into(),
        })
    }

    /// The middle of the window that has the keyboard.
    fn focused(&self) -> Result<Option<(i32, i32)>, ReplyError> {
        let window = self.connection.get_input_focus()?.reply()?.focus;
        // 0 and 1: nobody, and whoever the pointer is on.
        if window <= 1 || window == self.root {
            return Ok(None);
        }
        self.middle_of(window).map(Some)
    }

    fn middle_of(&self, window: Window) -> Result<(i32, i32), ReplyError> {
        let size = self.connection.get_geometry(window)?;
        let at = self
            .connection
            .translate_coordinates(window, self.root, 0, 0)?;
        let (size, at) = (size.reply()?, at.reply()?);
        let middle = |start: i16, length: u16| i32::from(start) + i32::from(length) / 2;
        Ok((middle(at.dst_x, size.width), middle(at.dst_y, size.height)))
    }

    /// Whether there are monitors to choose from.
    #[must_use]
    pub fn has_several_monitors(&self) -> bool {
        self.monitors().is_ok_and(|monitors| monitors.len() > 1)
    }

    /// Waits until a window is shown, and moves it where it belongs if the manager has put it on
    /// another monitor: xmonad opens windows on the one that was typed on last, wherever a bar was
    /// clicked.
    pub fn insist(&self, window: Window, at: Area) {
        let _ = self.try_insist(window, at);
    }

    fn try_insist(&self, window: Window, at: Area) -> Result<(), ReplyError> {
        let monitors = self.monitors()?;
        let on = |point| monitors.iter().position(|monitor| monitor.contains(point));
        let wanted = on((at.x + at.width / 2, at.y + at.height / 2));
        // It is shown with its first frame, or never.
        for _ in 0..250 {
            std::thread::sleep(std::time::Duration::from_millis(20));
            let about = self.connection.get_window_attributes(window)?.reply()?;
            if about.map_state == MapState::VIEWABLE {
                if on(self.middle_of(window)?) != wanted {
                    self.move_to(window, (at.x, at.y));
                }
                break;
            }
        }
        Ok(())
    }

    /// Whether a window can be seen where the person is: on the workspace that is shown, and not
    /// minimised. What covers it is not looked at.
    #[must_use]
    pub fn is_here(&self, window: Window) -> bool {
        self.asked_here(window).unwrap_or(false)
    }

    fn asked_here(&self, window: Window) -> Result<bool, ReplyError> {
        let about = self.connection.get_window_attributes(window)?.reply()?;
        if about.map_state != MapState::VIEWABLE {
            return Ok(false);
        }
        let hidden = self
            .numbers(window, self.atoms._NET_WM_STATE)?
            .contains(&self.atoms._NET_WM_STATE_HIDDEN);
        // Managers that compose pictures keep the windows of all workspaces mapped. All ones: on
        // every workspace.
        let on = self.numbers(window, self.atoms._NET_WM_DESKTOP)?;
        let current = self.numbers(self.root, self.atoms._NET_CURRENT_DESKTOP)?;
        let elsewhere = match (on.first(), current.first()) {
            (Some(on), Some(current)) => on != current && *on != u32::MAX,
            _ => false,
        };
        Ok(!hidden && !elsewhere)
    }

    fn pointer(&self) -> Result<(i32, i32), ReplyError> {
        let pointer = self.connection.query_pointer(self.root)?.reply()?;
        Ok((pointer.root_x.into(), pointer.root_y.into()))
    }

    fn monitors(&self) -> Result<Vec<Area>, ReplyError> {
        let monitors = self
            .connection
            .randr_get_monitors(self.root, true)?
            .reply()?
            .monitors;
        let area = |m: &x11rb::protocol::randr::MonitorInfo| Area {
            x: m.x.into(),
            y: m.y.into(),
            width: m.width.into(),
            height: m.height.into(),
        };
        Ok(monitors.iter().map(area).collect())
    }

    /// What bars keep. Not every window manager lists its clients (xmonad does not), so the
    /// root's children are asked as well.
    fn struts(&self) -> Result<Vec<Strut>, ReplyError> {
        let mut windows = self.connection.query_tree(self.root)?.reply()?.children;
        windows.extend(self.numbers(self.root, self.atoms._NET_CLIENT_LIST)?);
        let ask = |&window: &Window, atom: Atom, most: u32| {
            self.connection
                .get_property(false, window, atom, AtomEnum::CARDINAL, 0, most)
        };
        // All questions before the first answer: one round trip.
        let partial = self.atoms._NET_WM_STRUT_PARTIAL;
        let questions: Vec<_> = windows
            .iter()
            .filter_map(|w| {
                Some((
                    ask(w, partial, 12).ok()?,
                    ask(w, self.atoms._NET_WM_STRUT, 4).ok()?,
                ))
            })
            .collect();
        let mut struts = Vec::new();
        for (partial, whole) in questions {
            let numbers =
                |answer: Result<x11rb::protocol::xproto::GetPropertyReply, ReplyError>| {
                    let answer = answer.ok()?;
                    Some(
                        answer
                            .value32()?
                            .map(|n| i32::try_from(n).unwrap_or(i32::MAX))
                            .collect::<Vec<_>>(),
                    )
                };
            let found = numbers(partial.reply()).filter(|numbers| numbers.len() == 12);
            struts.extend(
                found
                    .or_else(|| numbers(whole.reply()))
                    .as_deref()
                    .and_then(strut),
            );
        }
        Ok(struts)
    }

    fn numbers(&self, window: Window, property: Atom) -> Result<Vec<u32>, ReplyError> {
        let get = self
            .connection
            .get_property(false, window, property, AtomEnum::ANY, 0, 4096)?;
        Ok(get
            .reply()?
            .value32()
            .map(Iterator::collect)
            .unwrap_or_default())
    }

    /// The window manager's name, where it gives one (EWMH).
    #[must_use]
    pub fn manager(&self) -> Option<String> {
        let check = self
            .numbers(self.root, self.atoms._NET_SUPPORTING_WM_CHECK)
            .ok()?;
        let (name, kind) = (self.atoms._NET_WM_NAME, self.atoms.UTF8_STRING);
        let get = self
            .connection
            .get_property(false, *check.first()?, name, kind, 0, 64);
        String::from_utf8(get.ok()?.reply().ok()?.value).ok()
    }

    /// The scale that winit will use: `WINIT_X11_SCALE_FACTOR`, `Xft.dpi`, or 1.
    #[must_use]
    pub fn scale(&self) -> f32 {
        let plausible = |scale: &f32| (0.5..=8.0).contains(scale);
        let named = std::env::var("WINIT_X11_SCALE_FACTOR")
            .ok()
            .and_then(|text| text.parse().ok());
        named
            .or_else(|| self.dpi().map(|dpi| dpi / 96.0))
            .filter(plausible)
            .unwrap_or(1.0)
    }

    fn dpi(&self) -> Option<f32> {
        let (from, kind) = (AtomEnum::RESOURCE_MANAGER, AtomEnum::STRING);
        let get = self
            .connection
            .get_property(false, self.root, from, kind, 0, 65_536)
            .ok()?;
        let text = String::from_utf8_lossy(&get.reply().ok()?.value).into_owned();
        text.lines()
            .find_map(|line| line.strip_prefix("Xft.dpi:")?.trim().parse().ok())
    }

    /// Names a window that is not shown yet `barpop`, both halves of `WM_CLASS` (ICCCM 4.1.2.5).
    ///
    /// winit leaves the first half empty, and rules of window managers go by either.
    pub fn name(&self, window: Window) {
        let (class, kind) = (AtomEnum::WM_CLASS, AtomEnum::STRING);
        let name = b"barpop\0barpop\0";
        let _ = self
            .connection
            .change_property8(PropMode::REPLACE, window, class, kind, name);
        let _ = self.connection.flush();
    }

    /// Moves a window.
    pub fn move_to(&self, window: Window, (x, y): (i32, i32)) {
        let _ = self
            .connection
            .configure_window(window, &ConfigureWindowAux::new().x(x).y(y));
        let _ = self.connection.flush();
    }

    /// Brings an open popup to where the person is: this workspace, on top, with the keyboard.
    pub fn raise(&self, window: Window) {
        let _ = self.try_raise(window);
    }

    fn try_raise(&self, window: Window) -> Result<(), ReplyOrIdError> {
        let supported = self.numbers(self.root, self.atoms._NET_SUPPORTED)?;
        let redirect = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        if supported.contains(&self.atoms._NET_ACTIVE_WINDOW) {
            // Source 2: asked for by the person, which no manager takes for stealing focus.
            let (kind, data) = (
                self.atoms._NET_ACTIVE_WINDOW,
                [2, x11rb::CURRENT_TIME, 0, 0, 0],
            );
            let message = ClientMessageEvent::new(32, window, kind, data);
            self.connection.map_window(window)?;
            self.connection
                .send_event(false, self.root, redirect, message)?;
            self.connection.flush()?;
            return Ok(());
        }
        // Without EWMH (xmonad's default): withdrawn and mapped anew (ICCCM 4.1.4), it comes to
        // the current workspace as a new window does, floating and with the keyboard.
        let size = self.connection.get_geometry(window)?.reply()?;
        let event = UnmapNotifyEvent {
            response_type: UNMAP_NOTIFY_EVENT,
            sequence: 0,
            event: self.root,
            window,
            from_configure: false,
        };
        self.connection.unmap_window(window)?;
        self.connection
            .send_event(false, self.root, redirect, event)?;
        self.connection.get_input_focus()?.reply()?;
        let at = self.place((size.width.into(), size.height.into()));
        let place = ConfigureWindowAux::new()
            .x(at.x)
            .y(at.y)
            .stack_mode(StackMode::ABOVE);
        self.connection.configure_window(window, &place)?;
        self.connection.map_window(window)?;
        self.connection.flush()?;
        if supported.is_empty() && self.manager().is_none() {
            // Perhaps there is no manager at all, and nobody gives it the keyboard. The window
            // may not be visible yet; then this does nothing.
            std::thread::sleep(std::time::Duration::from_millis(30));
            let parent = InputFocus::PARENT;
            self.connection
                .set_input_focus(parent, window, x11rb::CURRENT_TIME)?;
            self.connection.flush()?;
        }
        Ok(())
    }
}

fn strut(numbers: &[i32]) -> Option<Strut> {
    let &[left, right, top, bottom, ref spans @ ..] = numbers else {
        return None;
    };
    let all = (0, i32::MAX);
    let spans = match *spans {
        [ls, le, rs, re, ts, te, bs, be] => [(ls, le), (rs, re), (ts, te), (bs, be)],
        _ => [all; 4],
    };
    Some(Strut {
        edges: [left, right, top, bottom],
        spans,
    })
}

/// What makes a popup float under the window manager of this name.
#[must_use]
pub fn floating(manager: Option<&str>) -> Floating {
    let name = manager.unwrap_or_default().to_ascii_lowercase();
    let is = |names: &[&str]| names.iter().any(|known| name.starts_with(known));
    if is(&[
        "compiz",
        "cwm",
        "enlightenment",
        "fluxbox",
        "fvwm",
        "gala",
        "gnome shell",
        "icewm",
        "jwm",
        "kwin",
        "labwc",
        "marco",
        "metacity",
        "muffin",
        "mutter",
        "openbox",
        "pekwm",
        "sawfish",
        "twm",
        "window maker",
        "windowmaker",
        "xfwm4",
    ]) {
        Floating::Stacking
    } else if is(&["awesome", "bspwm", "herbstluftwm", "i3", "qtile", "sway"]) {
        Floating::Dialog
    } else {
        // xmonad gives no name, its own, or LG3D; dwm, spectrwm and others float fixed sizes.
        Floating::FixedSize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xmonad_gets_a_fixed_size_under_every_name_that_it_uses() {
        for name in [None, Some("LG3D"), Some("xmonad"), Some("dwm"), Some("")] {
            assert_eq!(floating(name), Floating::FixedSize);
        }
        assert_eq!(floating(Some("i3")), Floating::Dialog);
        assert_eq!(floating(Some("GNOME Shell")), Floating::Stacking);
        assert_eq!(floating(Some("Mutter (Muffin)")), Floating::Stacking);
    }

    #[test]
    fn struts_are_read_in_both_forms() {
        let partial = strut(&[0, 0, 24, 0, 0, 0, 0, 0, 10, 99, 0, 0]).unwrap();
        assert_eq!((partial.edges[2], partial.spans[2]), (24, (10, 99)));
        assert_eq!(strut(&[0, 0, 0, 30]).unwrap().spans[3], (0, i32::MAX));
        assert_eq!(strut(&[1, 2]), None);
    }
}
