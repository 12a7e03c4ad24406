//! `xnm share`: a saved network as a QR code in the terminal.

use std::io::{IsTerminal, Write};

use qrcodegen::{QrCode, QrCodeEcc};

use super::session::{Agent, Session};
use super::{ActionError, PATIENCE, find};
use crate::bar::clean;
use crate::net::command::Command;

/// Light modules that a reader needs around the code (ISO/IEC 18004, "quiet zone").
const QUIET: i32 = 4;

pub(super) fn share(word: &str, out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    let snapshot = session.latest();
    let profile = find::profile(word, &snapshot)?;
    let uuid = profile.uuid.clone();
    let command = Command::Share {
        profile: uuid.clone(),
    };
    let share = session.ask(command, "the password", PATIENCE, |now| {
        now.share.clone().filter(|share| share.profile == uuid)
    })?;
    let code = QrCode::encode_text(share.code.reveal(), QrCodeEcc::Medium).map_err(|_| {
        ActionError::Sentence("the name and the password are too long for a QR code".to_owned())
    })?;
    write!(out, "{}", drawn(&code, std::io::stdout().is_terminal()))?;
    let name = clean(&profile.name);
    match &share.password {
        Some(password) => writeln!(
            out,
            "who sees this can connect to '{name}': its password is {}",
            clean(password.reveal())
        )?,
        None => writeln!(out, "who sees this can connect to '{name}'")?,
    }
    Ok(())
}

/// Two rows of modules in a line of text. On a terminal black on white, whatever its colours.
fn drawn(code: &QrCode, on_terminal: bool) -> String {
    let dark = |x: i32, y: i32| code.get_module(x, y);
    let (start, end) = (-QUIET, code.size() + QUIET);
    let (before, after) = if on_terminal {
        ("\x1b[38;5;231;48;5;16m", "\x1b[0m")
    } else {
        ("", "")
    };
    let mut text = String::new();
    for y in (start..end).step_by(2) {
        text.push_str(before);
        for x in start..end {
            // A full block is light: without colours, terminals are light on dark.
            text.push(match (dark(x, y), dark(x, y + 1) || y + 1 >= end) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        text.push_str(after);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_in_the_terminal_has_every_module_and_its_quiet_zone() {
        let code =
            QrCode::encode_text("WIFI:T:WPA;S:home;P:secret123;;", QrCodeEcc::Medium).unwrap();
        let text = drawn(&code, false);
        let size = usize::try_from(code.size() + 2 * QUIET).unwrap();
        let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
        assert_eq!(lines.len(), size.div_ceil(2));
        for (y, line) in lines.iter().enumerate() {
            assert_eq!(line.len(), size);
            for (x, shown) in line.iter().enumerate() {
                let at = |value: usize| i32::try_from(value).unwrap() - QUIET;
                let upper = !matches!(shown, '█' | '▀');
                assert_eq!(upper, code.get_module(at(x), at(2 * y)), "{x} {y}");
            }
        }
    }
}
