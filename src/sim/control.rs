//! The control lines that `barpop-sim` reads on its standard input.

use super::Simulated;
use super::modem::SendOutcome;

/// One control line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// `sms SENDER TEXT`: a message comes in; `\n` in the text is a line end.
    Sms(String, String),
    /// `pdu HEX`: a PDU with its service centre part comes in.
    Pdu(String),
    /// `urc LINE`: an unsolicited line.
    Urc(String),
    /// `flash SENDER TEXT`: a flash message comes in.
    Flash(String, String),
    /// `broadcast CHANNEL TEXT`: the cell broadcasts it, with a serial number of its own.
    Broadcast(u16, String),
    /// `ussd TEXT`: the network says it by itself.
    Ussd(String),
    /// `voicemail N`: so many voice mails wait.
    VoiceMail(u8),
    /// `unplug`
    Unplug,
    /// `replug`
    Replug,
    /// `reset`: the modem restarts.
    Reset,
    /// `signal N`: 0..=31, or 99.
    Signal(u8),
    /// `register N`: 0 none, 1 home, 2 searching, 3 denied, 5 roaming.
    Register(u8),
    /// `silent on|off`: nothing is answered any more.
    Silent(bool),
    /// `full on|off`: the storages say that they are full.
    Full(bool),
    /// `send ok|silence|lost|no-prompt|error N`: what becomes of messages from now on.
    Send(SendOutcome),
    /// `quit`
    Quit,
}

/// A control line that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no control line; known are sms, flash, broadcast, ussd, voicemail, pdu, urc, unplug, replug, reset, signal, register, silent, full, send, quit"
)]
pub struct NoControl(String);

impl Control {
    /// Reads a line.
    ///
    /// # Errors
    /// [`NoControl`] where it is not one of the lines above.
    pub fn parse(line: &str) -> Result<Self, NoControl> {
        let wrong = || NoControl(line.to_owned());
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let rest = rest.trim();
        let switch = match rest {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        let number = rest.parse::<u8>().ok();
        let control = match word {
            "sms" => rest
                .split_once(' ')
                .map(|(sender, text)| Self::Sms(sender.to_owned(), text.replace("\\n", "\n"))),
            "flash" => rest
                .split_once(' ')
                .map(|(sender, text)| Self::Flash(sender.to_owned(), text.to_owned())),
            "broadcast" => rest.split_once(' ').and_then(|(channel, text)| {
                Some(Self::Broadcast(channel.parse().ok()?, text.to_owned()))
            }),
            "ussd" => Some(Self::Ussd(rest.replace("\\n", "\n"))),
            "voicemail" => number.map(Self::VoiceMail),
            "pdu" => Some(Self::Pdu(rest.to_owned())),
            "urc" => Some(Self::Urc(rest.to_owned())),
            "unplug" => Some(Self::Unplug),
            "replug" => Some(Self::Replug),
            "reset" => Some(Self::Reset),
            "signal" => number.filter(|n| *n <= 31 || *n == 99).map(Self::Signal),
            "register" => number.filter(|n| *n <= 5).map(Self::Register),
            "silent" => switch.map(Self::Silent),
            "full" => switch.map(Self::Full),
            "send" => outcome(rest).map(Self::Send),
            "quit" => Some(Self::Quit),
            _ => None,
        };
        control.ok_or_else(wrong)
    }

    /// Does it. [`Control::Quit`] is the caller's to do.
    ///
    /// # Errors
    /// A sentence about what could not be done.
    pub fn carry_out(&self, simulated: &Simulated) -> Result<(), String> {
        match self {
            Self::Sms(sender, text) => simulated.receive(sender, text),
            Self::Flash(sender, text) => simulated.modem(|modem| modem.receive_flash(sender, text)),
            Self::Broadcast(channel, text) => simulated.modem(|modem| {
                let serial = modem.next_serial();
                modem.broadcast(*channel, serial, text);
            }),
            Self::Ussd(text) => simulated.modem(|modem| modem.bring_ussd(0, text)),
            Self::VoiceMail(count) => simulated.modem(|modem| modem.receive_voice_mail(*count)),
            Self::Pdu(hex) => {
                if !simulated.receive_pdu(hex) {
                    return Err(format!("'{hex}' is not hexadecimal"));
                }
            }
            Self::Urc(line) => simulated.urc(line),
            Self::Unplug => simulated.unplug(),
            Self::Replug => simulated.replug()?,
            Self::Reset => simulated.modem(super::modem::Modem::reset),
            Self::Signal(signal) => simulated.modem(|modem| modem.options.signal = *signal),
            Self::Register(registration) => simulated.modem(|modem| modem.register(*registration)),
            Self::Silent(silent) => simulated.set(|faults| faults.silent = *silent),
            Self::Full(full) => simulated.set(|faults| faults.memory_full = *full),
            Self::Send(outcome) => simulated.set(|faults| faults.send = *outcome),
            Self::Quit => {}
        }
        Ok(())
    }
}

fn outcome(text: &str) -> Option<SendOutcome> {
    match text {
        "ok" => Some(SendOutcome::Accept),
        "silence" => Some(SendOutcome::Silence { taken: true }),
        "lost" => Some(SendOutcome::Silence { taken: false }),
        "no-prompt" => Some(SendOutcome::NoPrompt),
        _ => text
            .strip_prefix("error ")?
            .parse()
            .ok()
            .map(SendOutcome::Refuse),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_lines_are_read_and_wrong_ones_are_named() {
        let sms = Control::Sms("+49170123".to_owned(), "two\nlines".to_owned());
        assert_eq!(Control::parse("sms +49170123 two\\nlines"), Ok(sms));
        assert_eq!(
            Control::parse("send error 500"),
            Ok(Control::Send(SendOutcome::Refuse(500)))
        );
        assert_eq!(Control::parse("signal 99"), Ok(Control::Signal(99)));
        for wrong in [
            "signal 32",
            "sms",
            "sms +4917",
            "fly",
            "",
            "silent maybe",
            "send error x",
        ] {
            assert!(Control::parse(wrong).is_err(), "{wrong}");
        }
    }
}
