//! An X server without a screen, and a probe that watches windows appear on it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ChangeWindowAttributesAux, ConnectionExt, EventMask, ImageFormat, Window,
};
use x11rb::rust_connection::RustConnection;

use super::process;

/// So many colours are text on a surface: an empty window has one, a frame or two a few.
const COLOURS: usize = 12;
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
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-noreset"])
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

    /// Starts a program, watches its first window until it is finished, and ends it.
    pub fn watch(&self, command: &mut Command) -> Result<Appearance> {
        let (conn, screen) = x11rb::connect(Some(&self.display))?;
        let root = conn.setup().roots.get(screen).context("no screen")?.root;
        let events = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        conn.change_window_attributes(root, &events)?.check()?;
        let begun = Instant::now();
        let child = command
            .env("DISPLAY", &self.display)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let mut child = Ended(child);
        let window = first_window(&conn, begun, &mut child)?;
        let mapped = begun.elapsed();
        let mut picture = Vec::new();
        while !has_text(&picture) {
            if begun.elapsed() > PATIENCE {
                bail!("the window stayed empty");
            }
            std::thread::sleep(Duration::from_millis(1));
            picture = look(&conn, window).unwrap_or_default();
        }
        let drawn = begun.elapsed();
        let mut settled = drawn;
        let mut cpu = process::cpu(child.0.id());
        while begun.elapsed() < settled + SETTLED && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(4));
            // While it is being resized there is no picture of it.
            if let Some(now) = look(&conn, window)
                && now != picture
            {
                picture = now;
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

fn first_window(conn: &RustConnection, begun: Instant, child: &mut Ended) -> Result<Window> {
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
        if let Some(status) = child.0.try_wait()? {
            bail!("it ended without a window, {status}");
        }
        if begun.elapsed() > PATIENCE {
            bail!("no window came");
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

/// The window's pixels, four octets each; none while it cannot be looked at.
fn look(conn: &RustConnection, window: Window) -> Option<Vec<u8>> {
    let size = conn.get_geometry(window).ok()?.reply().ok()?;
    let image = conn
        .get_image(
            ImageFormat::Z_PIXMAP,
            window,
            0,
            0,
            size.width,
            size.height,
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
