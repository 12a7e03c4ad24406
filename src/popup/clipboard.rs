//! What was copied can be pasted after the popup has closed.
//!
//! On X11 and Wayland a copied text stays with the program that it was copied in, and is gone with it
//! unless a clipboard's keeper runs, which few window managers bring. A popup is closed right
//! after a copy. So a process of its own has the text until something else is copied, as that of xclip
//! and wl-copy does.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;

use arboard::{Clipboard, SetExtLinux};
use egui::{Context, OutputCommand};
use x11rb::connection::Connection;

/// The hidden subcommand of `barpop` that runs [`keep`].
pub const KEEPER: &str = "keep-copied";

/// What the person copied in this popup last.
#[derive(Default)]
pub struct Copied(Option<String>);

impl Copied {
    /// Takes note of what this frame copies.
    pub fn note(&mut self, ctx: &Context) {
        ctx.output(|output| {
            for command in &output.commands {
                if let OutputCommand::CopyText(text) = command {
                    self.0 = Some(text.clone());
                }
            }
        });
    }

    /// Gives it to a process of its own, unless something else was copied since. To be called while the
    /// popup still has it: it is there to be pasted at every moment. Where that cannot be, it
    /// goes with the popup; there is no window any more that could say so.
    pub fn hand_over(&mut self) {
        let Some(text) = self.0.take() else { return };
        let now = Clipboard::new().and_then(|mut clipboard| clipboard.get_text());
        if now.is_ok_and(|now| now == text) {
            let _ = start_keeper(&text);
        }
    }
}

/// Returns when the keeper has the text.
fn start_keeper(text: &str) -> io::Result<()> {
    // This very program, also when another version has been installed over it.
    let mut keeper = Command::new("/proc/self/exe")
        .arg0("barpop")
        .arg(KEEPER)
        // Which may be on a disk that is to be taken out.
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // The terminal's Ctrl-C is not for it.
        .process_group(0)
        .spawn()?;
    let (to, from) = (keeper.stdin.take(), keeper.stdout.take());
    if let Some(mut to) = to {
        to.write_all(text.as_bytes())?;
    }
    if let Some(mut from) = from {
        from.read_to_end(&mut Vec::new())?;
    }
    // A resident popup is there when it ends, and the only one to take note.
    thread::Builder::new().spawn(move || keeper.wait())?;
    Ok(())
}

/// Keeps the text on standard input on the clipboard until something else is copied or the
/// display is gone. Closes standard output once it has it.
///
/// # Errors
/// Where there is no clipboard or the text cannot be read.
pub fn keep() -> anyhow::Result<()> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    if let Ok(offer) = wayland::offer(&text) {
        thread::spawn(|| {
            wayland::wait_until_offered();
            let_popup_go()
        });
        return Ok(offer.serve()?);
    }
    let mut clipboard = Clipboard::new()?;
    clipboard.set_text(text.as_str())?;
    let_popup_go()?;
    end_with_the_display();
    clipboard.set().wait().text(text)?;
    Ok(())
}

/// Whoever waits for standard output to end may go.
fn let_popup_go() -> io::Result<()> {
    Ok(rustix::stdio::dup2_stdout(std::fs::File::open(
        "/dev/null",
    )?)?)
}

/// The wait for another copy does not end when the X server does.
fn end_with_the_display() {
    let Ok((display, _)) = x11rb::connect(None) else {
        return;
    };
    thread::spawn(move || {
        while display.wait_for_event().is_ok() {}
        std::process::exit(0);
    });
}

/// The clipboard of a Wayland compositor that lets programs without a window have it
/// (`zwlr_data_control_manager_v1`, `ext_data_control_manager_v1`); elsewhere that of X11 is taken.
mod wayland {
    use std::thread;
    use std::time::Duration;

    use wl_clipboard_rs::copy::{Error, MimeSource, MimeType, Options, PreparedCopy, Source};
    use wl_clipboard_rs::paste::{ClipboardType, Seat, get_mime_types};

    /// By this our offer is told from that of the popup, whose text is the same.
    const MARK: &str = "application/x-barpop-kept";

    /// The offer, which is made when it begins to be served: nothing is sent before.
    pub fn offer(text: &str) -> Result<PreparedCopy, Error> {
        let types = [MimeType::Text, MimeType::Specific(MARK.to_owned())];
        let sources = types.map(|mime_type| MimeSource {
            source: Source::Bytes(text.as_bytes().into()),
            mime_type,
        });
        let mut options = Options::new();
        options.foreground(true);
        options.prepare_copy_multi(sources.into())
    }

    /// Returns when the compositor has the offer, at the latest after a second.
    pub fn wait_until_offered() {
        for _ in 0..200 {
            let offered = get_mime_types(ClipboardType::Regular, Seat::Unspecified);
            if offered.is_ok_and(|types| types.contains(MARK)) {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}
