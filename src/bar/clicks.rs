//! Clicks that i3bar and swaybar tell on standard input: an endless array, an object a line
//! (<https://i3wm.org/docs/i3bar-protocol.html>, "Click events").

use std::io::{BufRead, Read};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use crate::bar::line::Click;

/// The longest line that is read; a click has some 200 bytes.
const LONGEST: u64 = 16 * 1024;
/// The left button.
const LEFT: u32 = 1;

#[derive(Deserialize)]
struct Event {
    button: u32,
}

/// Runs what a click on the line is for.
#[derive(Debug)]
pub(super) struct Clicks(Arc<Mutex<Option<Click>>>);

impl Clicks {
    /// Listens on a thread of its own until the bar is gone. Without a thread no click is heard.
    pub(super) fn of(input: impl BufRead + Send + 'static) -> Self {
        let click = Arc::new(Mutex::new(None));
        let current = Arc::clone(&click);
        let listen = move || {
            listen(input, &mut || {
                let click: Option<Click> = current
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone();
                if let Some(click) = click {
                    run(&click);
                }
            });
        };
        let _ = std::thread::Builder::new()
            .name("clicks".into())
            .spawn(listen);
        Self(click)
    }

    /// What the next click runs.
    pub(super) fn set(&self, click: Option<&Click>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = click.cloned();
    }
}

fn listen(mut input: impl BufRead, clicked: &mut dyn FnMut()) {
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut input).take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let object = line.trim_ascii_start();
        let object = object
            .strip_prefix(b"[")
            .or_else(|| object.strip_prefix(b","))
            .unwrap_or(object);
        let object = object.strip_suffix(b"\n").unwrap_or(object);
        let object = object.strip_suffix(b",").unwrap_or(object);
        if serde_json::from_slice::<Event>(object).is_ok_and(|event| event.button == LEFT) {
            clicked();
        }
    }
}

/// Starts the command, whose output is not the bar's business.
fn run(click: &Click) {
    let child = Command::new("sh")
        .arg("-c")
        .arg(click.command())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        // What ends the bar must not end the popup.
        .process_group(0)
        .spawn();
    if let Ok(mut child) = child {
        // Somebody has to ask how it ended.
        let _ = std::thread::Builder::new()
            .name("click".into())
            .spawn(move || child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clicks(input: &str) -> usize {
        let mut count = 0;
        listen(input.as_bytes(), &mut || count += 1);
        count
    }

    #[test]
    fn a_left_click_counts_and_nothing_else_does() {
        let told = "[\n{\"name\":\"barpop\",\"instance\":\"read\",\"button\":1,\"x\":5}\n\
                    ,{\"name\":\"barpop\",\"button\":3}\n,{\"button\":1,\"modifiers\":[\"Mod4\"]}\n";
        assert_eq!(clicks(told), 2);
        // swaybar ends the line with the comma.
        assert_eq!(clicks("[{\"button\":1},\n{\"button\":1},\n"), 2);
        for strange in [
            "",
            "[",
            "\n\n",
            "{\"button\":\"1\"}\n",
            "{\"button\":-1}\n",
            "\u{1}",
        ] {
            assert_eq!(clicks(strange), 0, "{strange:?}");
        }
        assert_eq!(clicks(&"x".repeat(100_000)), 0);
    }
}
