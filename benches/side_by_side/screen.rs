//! An X server without a screen, and a probe that watches windows appear on it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ChangeWindowAttributesAux, ConnectionExt, EventMask,
    ImageFormat, MOTION_NOTIFY_EVENT, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::process;

/// So many colours are text on a surface: an empty window has one, a frame or two a few.
const COLOURS: usize = 12;
/// Rows in which every window that is measured has text.
const UPPER: u16 = 80;
/// A window that has not changed for this long is finished.
const SETTLED: Duration = Duration::from_millis(400);
const PATIENCE: Duration = Duration::from_secs(20);

/// Xvfb, ended with this value.
pub struct Screen {
    server: Child,
    display: String,
}

/// When a window got how far, counted from before its program was started.
pub struct Appearance {
    pub mapped: Duration,
    /// The first picture with text in it.
    pub drawn: Duration,
    /// The last change of its picture.
    pub settled: Duration,
    /// Processor time to then.
    pub cpu: Duration,
    pub peak_kib: u64,
}

impl Screen {
    pub fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x1024x24",
                "-noreset",
            ])
            .args(["-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start Xvfb; run 'tests/setup.sh bench'")?;
        let mut number = String::new();
        let stdout = server.stdout.take().context("no output of Xvfb")?;
        BufReader::new(stdout).read_line(&mut number)?;
        let screen = Self {
            server,
            display: format!(":{}", number.trim()),
        };
        if number.trim().is_empty() {
            bail!("Xvfb ended at once");
        }
        Ok(screen)
    }

    /// A program on this screen.
    pub fn on<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DISPLAY", &self.display)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
    }

    /// Runs a program that has another one show its window; the time to the picture.
    pub fn watch_shown(&self, command: &mut Command) -> Result<Duration> {
        let (conn, screen) = x11rb::connect(Some(&self.display))?;
        let root = conn.setup().roots.get(screen).context("no screen")?.root;
        let events = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        conn.change_window_attributes(root, &events)?.check()?;
        let begun = Instant::now();
        let mut child = Ended(self.on(command).spawn().context("cannot start barpop")?);
        let window = first_window(&conn, begun, None)?;
        first_picture(&conn, begun, window)?;
        let drawn = begun.elapsed();
        child.0.wait()?;
        Ok(drawn)
    }

    /// The middle columns of the fields of a bar at the top: so many pieces of text, with black
    /// between them that is wider than a letter.
    pub fn fields(&self, height: u16, count: usize) -> Result<Vec<u16>> {
        let (conn, root) = self.connect()?;
        let begun = Instant::now();
        loop {
            let part = conn.get_image(ImageFormat::Z_PIXMAP, root, 0, 0, 1280, height, u32::MAX)?;
            let picture = part.reply()?.data;
            let drawn = |column: usize| {
                let pixels = picture.chunks_exact(4).skip(column).step_by(1280);
                pixels
                    .into_iter()
                    .any(|pixel| pixel.iter().take(3).any(|part| *part > 64))
            };
            let mut fields: Vec<(u16, u16)> = Vec::new();
            for column in (0..1280_u16).filter(|column| drawn(usize::from(*column))) {
                match fields.last_mut() {
                    Some((_, end)) if column - *end < 12 => *end = column,
                    _ => fields.push((column, column)),
                }
            }
            if fields.len() == count {
                let middle = |(start, end): (u16, u16)| start.midpoint(end);
                return Ok(fields.into_iter().map(middle).collect());
            }
            if begun.elapsed() > PATIENCE {
                bail!("the bar shows {} fields", fields.len());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks there, watches the window that this opens until there is text in it, and ends it:
    /// when it was mapped, and when there was text, counted from before the click.
    pub fn click(&self, (x, y): (u16, u16)) -> Result<(Duration, Duration)> {
        let (conn, root) = self.connect()?;
        let events = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        conn.change_window_attributes(root, &events)?.check()?;
        let fake = |kind, detail| {
            let (x, y) = (x.cast_signed(), y.cast_signed());
            conn.xtest_fake_input(kind, detail, 0, root, x, y, 0)
        };
        fake(MOTION_NOTIFY_EVENT, 0)?;
        conn.sync()?;
        let begun = Instant::now();
        fake(BUTTON_PRESS_EVENT, 1)?;
        fake(BUTTON_RELEASE_EVENT, 1)?;
        conn.sync()?;
        let window = first_window(&conn, begun, None)?;
        let mapped = begun.elapsed();
        first_picture(&conn, begun, window)?;
        let drawn = begun.elapsed();
        conn.kill_client(window)?;
        conn.sync()?;
        Ok((mapped, drawn))
    }

    /// Starts a program, lets its window come to rest, and says how much `count` grows in this
    /// time, and the processor time.
    pub fn at_rest(
        &self,
        command: &mut Command,
        time: Duration,
        count: impl Fn(u32) -> u64,
    ) -> Result<(u64, Duration)> {
        let (conn, root) = self.connect()?;
        let events = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        conn.change_window_attributes(root, &events)?.check()?;
        let begun = Instant::now();
        let mut child = Ended(self.on(command).spawn()?);
        let window = first_window(&conn, begun, Some(&mut child))?;
        first_picture(&conn, begun, window)?;
        std::thread::sleep(Duration::from_secs(3));
        let id = child.0.id();
        let (counted, cpu) = (count(id), process::cpu(id));
        std::thread::sleep(time);
        Ok((
            count(id).saturating_sub(counted),
            process::cpu(id).saturating_sub(cpu),
        ))
    }

    fn connect(&self) -> Result<(RustConnection, Window)> {
        let (conn, screen) = x11rb::connect(Some(&self.display))?;
        let root = conn.setup().roots.get(screen).context("no screen")?.root;
        Ok((conn, root))
    }

    /// Starts a program, watches its first window until it is finished, and ends it.
    pub fn watch(&self, command: &mut Command) -> Result<Appearance> {
        let (conn, screen) = x11rb::connect(Some(&self.display))?;
        let root = conn.setup().roots.get(screen).context("no screen")?.root;
        let events = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        conn.change_window_attributes(root, &events)?.check()?;
        let begun = Instant::now();
        let child = self
            .on(command)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let mut child = Ended(child);
        let window = first_window(&conn, begun, Some(&mut child))?;
        let mapped = begun.elapsed();
        first_picture(&conn, begun, window)?;
        let drawn = begun.elapsed();
        let mut picture = Vec::new();
        let mut settled = drawn;
        let mut first = true;
        let mut cpu = process::cpu(child.0.id());
        while begun.elapsed() < settled + SETTLED && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(4));
            // While it is being resized there is no picture of it.
            if let Some(now) = look(&conn, window, u16::MAX)
                && now != picture
            {
                picture = now;
                if std::mem::take(&mut first) {
                    continue;
                }
                settled = begun.elapsed();
                cpu = process::cpu(child.0.id());
            }
        }
        Ok(Appearance {
            mapped,
            drawn,
            settled,
            cpu,
            peak_kib: process::peak_kib(child.0.id()),
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A program that ends with this value.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits for text in a window. The upper rows are looked at, and only now and then all of it: a
/// megabyte a look would keep the server from showing what is waited for.
fn first_picture(conn: &RustConnection, begun: Instant, window: Window) -> Result<()> {
    for turn in 1_u32.. {
        if begun.elapsed() > PATIENCE {
            bail!("the window stayed empty");
        }
        std::thread::sleep(Duration::from_micros(500));
        let rows = if turn % 16 == 0 { u16::MAX } else { UPPER };
        if look(conn, window, rows).is_some_and(|picture| has_text(&picture)) {
            break;
        }
    }
    Ok(())
}

/// Waits for a window; in vain where the `child` that is to open it ends.
fn first_window(
    conn: &RustConnection,
    begun: Instant,
    mut child: Option<&mut Ended>,
) -> Result<Window> {
    loop {
        while let Some(event) = conn.poll_for_event()? {
            if let Event::MapNotify(event) = event
                && let Ok(size) = conn.get_geometry(event.window)?.reply()
                && size.width > 60
                && size.height > 40
            {
                return Ok(event.window);
            }
        }
        if let Some(child) = &mut child
            && let Some(status) = child.0.try_wait()?
        {
            bail!("it ended without a window, {status}");
        }
        if begun.elapsed() > PATIENCE {
            bail!("no window came");
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

/// The pixels of a window's upper rows, four octets each; none while it cannot be looked at.
fn look(conn: &RustConnection, window: Window, rows: u16) -> Option<Vec<u8>> {
    let size = conn.get_geometry(window).ok()?.reply().ok()?;
    let image = conn
        .get_image(
            ImageFormat::Z_PIXMAP,
            window,
            0,
            0,
            size.width,
            size.height.min(rows),
            u32::MAX,
        )
        .ok()?;
    Some(image.reply().ok()?.data)
}

fn has_text(picture: &[u8]) -> bool {
    let mut colours: Vec<&[u8]> = Vec::new();
    for pixel in picture.chunks_exact(4) {
        if !colours.contains(&pixel) {
            colours.push(pixel);
            if colours.len() >= COLOURS {
                return true;
            }
        }
    }
    false
}
