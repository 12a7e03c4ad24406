//! A screen of the test's own, with real programs on it, that is read by its pixels.
//!
//! What a bar shows is compared with the picture of a second xmobar that has the expected text
//! in its template: fonts, colours and spaces count, and nothing is guessed.
#![allow(dead_code)] // each test file uses its part
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt, CreateWindowAux, EventMask, ImageFormat, MapState, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;

use crate::support::{Person, wait_until};

mod monitors;
mod processes;

/// Size of the screen in pixels.
pub const SCREEN: (u16, u16) = (1280, 800);
/// Height of the bar in `xmobar/xmobarrc`.
pub const BAR: u16 = 24;

/// A command that starts one of the programs that a package brings.
fn start(command: &mut Command, package: &str) -> Child {
    let name = command.get_program().to_string_lossy().into_owned();
    command.spawn().unwrap_or_else(|error| {
        panic!("cannot start {name} ({error}): install the Debian package '{package}'")
    })
}

/// An X server without a monitor.
struct Server {
    display: String,
    connection: RustConnection,
    root: Window,
    process: Child,
}

impl Server {
    fn start(person: &Person, (width, height): (u16, u16)) -> Self {
        let size = format!("{width}x{height}x24");
        let mut command = person.program("Xvfb");
        command
            .args([
                "-displayfd",
                "1",
                "-noreset",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
                &size,
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = start(&mut command, "xvfb");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        let display = format!(":{}", number.trim());
        let (connection, _) = RustConnection::connect(Some(&display)).expect("Xvfb answers");
        let root = connection.setup().roots[0].root;
        Self {
            display,
            connection,
            root,
            process: server,
        }
    }

    /// The colours of a part of the screen, row by row.
    fn pixels(&self, place: Place) -> Vec<[u8; 3]> {
        let (x, y) = (place.x, place.y);
        let image = self
            .connection
            .get_image(
                ImageFormat::Z_PIXMAP,
                self.root,
                x,
                y,
                place.width,
                place.height,
                !0,
            )
            .unwrap()
            .reply()
            .expect("the place is on the screen");
        // The fourth byte means nothing.
        let colours = image.data.chunks_exact(4);
        colours.map(|c| [c[0], c[1], c[2]]).collect()
    }
}

/// A rectangle of the screen in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: i16,
    pub y: i16,
    pub width: u16,
    pub height: u16,
}

const BAR_PLACE: Place = Place {
    x: 0,
    y: 0,
    width: SCREEN.0,
    height: BAR,
};

/// A person at a screen. Everything that was started on it ends with it.
pub struct Screen {
    pub person: Person,
    server: Server,
    /// Where pictures of expected bars are drawn.
    easel: Server,
    running: RefCell<Vec<Child>>,
}

impl Screen {
    pub fn new() -> Self {
        Self::sized(SCREEN)
    }

    fn sized(size: (u16, u16)) -> Self {
        let person = Person::new();
        std::fs::create_dir(person.path("run")).unwrap();
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(person.path("run"), permissions).unwrap();
        let server = Server::start(&person, size);
        let easel = Server::start(&person, (SCREEN.0, BAR));
        Self {
            person,
            server,
            easel,
            running: RefCell::default(),
        }
    }

    /// A program on this screen, with our own first in the path.
    pub fn program(&self, program: &str) -> Command {
        let ours = Path::new(env!("CARGO_BIN_EXE_xsms")).parent().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = self.person.program(program);
        command
            .env("PATH", format!("{}:{path}", ours.display()))
            .env("DISPLAY", &self.server.display)
            .env("XDG_RUNTIME_DIR", self.person.path("run"))
            // No bus: xmobar ends when one is named, or to be expected, and does not answer.
            .env("DBUS_SESSION_BUS_ADDRESS", "none")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
    }

    /// Starts xmobar with this configuration; it is ready when it has drawn something.
    pub fn xmobar(&self, configuration: &str) {
        let file = self.person.path("xmobarrc");
        std::fs::write(&file, configuration).unwrap();
        let bar = start(self.program("xmobar").arg(file), "xmobar");
        self.keep(bar);
        wait_until("the bar is drawn", || colours(&self.bar_pixels()) > 1);
    }

    /// Starts XMonad without any configuration of the person's.
    pub fn xmonad(&self) {
        let manager = start(&mut self.program("xmonad"), "xmonad");
        self.keep(manager);
        wait_until("there is a window manager", || {
            let (x, root) = (&self.server.connection, self.server.root);
            let about = x.get_window_attributes(root).unwrap().reply().unwrap();
            about
                .all_event_masks
                .contains(EventMask::SUBSTRUCTURE_REDIRECT)
        });
    }

    /// Lets a program run until the screen goes.
    pub fn keep(&self, program: Child) {
        self.running.borrow_mut().push(program);
    }

    /// Does things with the pointer and the keyboard, in order; see xdotool(1).
    pub fn xdotool(&self, words: &[&str]) {
        let done = start(self.program("xdotool").args(words), "xdotool").wait();
        assert!(done.unwrap().success(), "xdotool {words:?}");
    }

    pub fn click(&self, x: i16, y: i16) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    }

    pub fn pixels(&self, place: Place) -> Vec<[u8; 3]> {
        self.server.pixels(place)
    }

    fn bar_pixels(&self) -> Vec<[u8; 3]> {
        self.server.pixels(BAR_PLACE)
    }

    /// The picture of a bar that shows `markup` where `configuration` has its field.
    pub fn picture(&self, configuration: &str, markup: &str) -> Vec<[u8; 3]> {
        let file = self.person.path("expected");
        std::fs::write(&file, with_text(configuration, markup)).unwrap();
        let mut command = self.program("xmobar");
        command.arg(file).env("DISPLAY", &self.easel.display);
        let mut bar = start(&mut command, "xmobar");
        let mut picture = Vec::new();
        wait_until("the expected bar is drawn", || {
            picture = self.easel.pixels(BAR_PLACE);
            colours(&picture) > 1
        });
        bar.kill().unwrap();
        bar.wait().unwrap();
        let gone = || colours(&self.easel.pixels(BAR_PLACE)) == 1;
        wait_until("the expected bar is gone", gone);
        picture
    }

    /// Waits until the bar looks like this, and says how long it took.
    pub fn wait_for_bar(&self, what: &str, picture: &[[u8; 3]]) -> Duration {
        let started = Instant::now();
        wait_until(&format!("the bar shows {what}"), || {
            self.bar_pixels() == picture
        });
        started.elapsed()
    }

    /// The leftmost column of what stands at the right end of the bar.
    pub fn field(&self) -> i16 {
        let (width, pixels) = (usize::from(SCREEN.0), self.bar_pixels());
        let ground = pixels[width / 2];
        let drawn = |x: &usize| pixels.iter().skip(*x).step_by(width).any(|c| *c != ground);
        let column = (width / 2..width)
            .find(drawn)
            .expect("something on the right");
        i16::try_from(column).unwrap()
    }

    /// Windows of the class `barpop` that can be seen.
    pub fn popups(&self) -> Vec<Popup<'_>> {
        // One that a window manager just puts into a frame may be met at both places.
        let all: BTreeSet<Window> = self.windows(self.server.root).into_iter().collect();
        let seen = all.into_iter().filter(|window| self.is_seen_popup(*window));
        seen.map(|window| Popup {
            screen: self,
            window,
        })
        .collect()
    }

    fn windows(&self, parent: Window) -> Vec<Window> {
        let tree = self.server.connection.query_tree(parent).unwrap().reply();
        let children = tree.map(|tree| tree.children).unwrap_or_default();
        let below = children.iter().flat_map(|child| self.windows(*child));
        below.chain(children.iter().copied()).collect()
    }

    /// A window may vanish between two questions; then it is none.
    fn is_seen_popup(&self, window: Window) -> bool {
        let x = &self.server.connection;
        let kind = AtomEnum::STRING;
        let class = x.get_property(false, window, AtomEnum::WM_CLASS, kind, 0, 64);
        let class = class.unwrap().reply().map(|class| class.value);
        let about = x.get_window_attributes(window).unwrap().reply();
        class.is_ok_and(|class| class.split(|byte| *byte == 0).any(|word| word == b"barpop"))
            && about.is_ok_and(|about| about.map_state == MapState::VIEWABLE)
    }

    /// Waits for the one popup, drawn.
    pub fn popup(&self) -> Popup<'_> {
        let mut found = Vec::new();
        wait_until("a popup can be seen", || {
            found = self.popups();
            !found.is_empty()
        });
        assert_eq!(found.len(), 1, "one popup, not more");
        let popup = found.remove(0);
        wait_until("the popup is drawn", || popup.is_drawn());
        popup
    }

    /// Opens another program's window, which gets the keyboard.
    pub fn other_window(&self) -> Window {
        let (x, root) = (&self.server.connection, self.server.root);
        let window = x.generate_id().unwrap();
        let (class, looks) = (
            WindowClass::INPUT_OUTPUT,
            CreateWindowAux::new().background_pixel(0x44_5566),
        );
        x.create_window(0, window, root, 0, 0, 400, 300, 0, class, 0, &looks)
            .unwrap();
        x.map_window(window).unwrap();
        x.flush().unwrap();
        wait_until("the other window has the keyboard", || {
            self.focus() == window
        });
        window
    }

    pub fn focus(&self) -> Window {
        let focus = self.server.connection.get_input_focus().unwrap().reply();
        focus.unwrap().focus
    }

    /// How many programs on this screen run with this argument.
    pub fn running_with(&self, argument: &str) -> usize {
        processes::with_argument(self.person.home(), argument)
    }

    /// Ends the X server, as a log-out does.
    pub fn end_server(&self) {
        let id = i32::try_from(self.server.process.id()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    }

    /// Keeps a picture of the screen, for a person to look at.
    pub fn keep_picture(&self) -> PathBuf {
        let test = std::thread::current()
            .name()
            .unwrap_or("test")
            .replace(':', "_");
        // In the lab's guest only what is written there is brought back.
        let folder = match std::env::var_os("BARPOP_LAB_GUEST") {
            Some(_) => "/lab",
            None => env!("CARGO_TARGET_TMPDIR"),
        };
        let path = Path::new(folder).join(format!("{test}.png"));
        let _ = self
            .program("import")
            .args(["-window", "root"])
            .arg(&path)
            .status();
        path
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "the screen at that moment: {}",
                self.keep_picture().display()
            );
        }
        processes::end_all_in(self.person.home());
        let servers = [&mut self.server.process, &mut self.easel.process];
        for process in servers.into_iter().chain(self.running.get_mut()) {
            let _ = process.wait();
        }
    }
}

/// A window of ours on the screen.
pub struct Popup<'a> {
    screen: &'a Screen,
    pub window: Window,
}

impl Popup<'_> {
    pub fn place(&self) -> Place {
        let server = &self.screen.server;
        let x = &server.connection;
        let size = x.get_geometry(self.window).unwrap().reply().unwrap();
        let at = x.translate_coordinates(self.window, server.root, 0, 0);
        let at = at.unwrap().reply().unwrap();
        Place {
            x: at.dst_x,
            y: at.dst_y,
            width: size.width,
            height: size.height,
        }
    }

    pub fn pixels(&self) -> Vec<[u8; 3]> {
        self.screen.pixels(self.place())
    }

    /// Text and icons on several surfaces, not a blank window.
    fn is_drawn(&self) -> bool {
        colours(&self.pixels()) > 20
    }

    pub fn has_keyboard(&self) -> bool {
        let focus = self.screen.focus();
        focus == self.window || self.screen.windows(self.window).contains(&focus)
    }
}

/// How many colours there are.
pub fn colours(pixels: &[[u8; 3]]) -> usize {
    let all: std::collections::HashSet<_> = pixels.iter().collect();
    all.len()
}

/// `xmobar/xmobarrc` for this modem. The time of day, which changes, is a word; the network, of
/// which these tests have none, is left out.
pub fn xmobarrc(device: &Path) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("xmobar/xmobarrc");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("%a %-d %b  %H:%M") && text.contains("/dev/ttyACM0"));
    let (before, network) = text.split_once("-- (3) The network").unwrap();
    let (_, after) = network.split_once(", Run Date").unwrap();
    format!("{before}, Run Date{after}")
        .replace("%xnm%", "")
        .replace("%a %-d %b  %H:%M", "noon")
        .replace("/dev/ttyACM0", device.to_str().unwrap())
}

/// What `xmobar/xmobarrc` shows with nothing unread, and with this count.
pub fn shown(unread: u32) -> String {
    match unread {
        0 => "<fc=#928374><fn=1>\u{f2b6}</fn></fc>".to_owned(),
        _ => format!("<fc=#fabd2f><fn=1>\u{f0e0}</fn> {unread}</fc>"),
    }
}

/// The same configuration with `Run CommandReader COMMAND "xsms"` for this command.
pub fn with_command(configuration: &str, command: &str) -> String {
    let (before, after) = reader(configuration);
    format!("{before}[ Run CommandReader \"{command}\" \"xsms\"{after}")
}

/// The same configuration with a text in place of the command's output.
fn with_text(configuration: &str, markup: &str) -> String {
    let (before, after) = reader(configuration);
    let rest = after.trim_start().strip_prefix(',').unwrap();
    format!("{before}[ {rest}").replace("%xsms%", markup)
}

/// What is before and behind the first command, which is ours.
fn reader(configuration: &str) -> (&str, &str) {
    let (before, rest) = configuration.split_once("[ Run CommandReader").unwrap();
    let (_, after) = rest.split_once("\"xsms\"").unwrap();
    (before, after)
}
