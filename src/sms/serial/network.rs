//! Operator, signal and registration (3GPP TS 27.007 clauses 7.2, 7.3, 8.5 and 10.1).

use super::{Mode, SerialModem};
use crate::at::{AtError, Command, Port, fields::fields};
use crate::sms::snapshot::Registration;

/// Circuit switched, LTE, packet switched: a message can go over any of them.
const REGISTRATIONS: [&str; 3] = ["+CREG", "+CEREG", "+CGREG"];

impl<P: Port> SerialModem<P> {
    /// The operator's name, where the modem is registered.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn operator(&mut self) -> Result<Option<String>, AtError> {
        match self.session.command(&Command::new("AT+COPS?")) {
            // +COPS: 0,0,"Vodafone",7; in text mode with UCS2 the name is hexadecimal.
            Ok(lines) => Ok(lines.first().and_then(|response| {
                let name = fields(&response.line).into_iter().nth(2)?;
                let name = match self.mode {
                    Mode::TextUcs2 => super::listing::ucs2(&name).unwrap_or(name),
                    Mode::Pdu | Mode::Text => name,
                };
                (!name.is_empty()).then_some(name)
            })),
            Err(AtError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Signal strength in percent: `+CSQ` 0..=31 stands for -113..=-51 dBm.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn signal_percent(&mut self) -> Result<Option<u8>, AtError> {
        match self.session.command(&Command::new("AT+CSQ")) {
            Ok(lines) => Ok(lines.first().and_then(|response| {
                let level: u32 = fields(&response.line).first()?.parse().ok()?;
                // 100..=191 is the TD-SCDMA range of some modems, -116..=-25 dBm; 99 and 199
                // mean that nothing is known.
                let percent = match level {
                    0..=31 => level * 100 / 31,
                    100..=191 => (level - 100) * 100 / 91,
                    _ => return None,
                };
                u8::try_from(percent).ok()
            })),
            Err(AtError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether the network serves the modem: the best of what it says of its three networks;
    /// `None` where it does not tell.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn registration(&mut self) -> Result<Option<Registration>, AtError> {
        let mut best = None;
        for name in REGISTRATIONS {
            match self.session.command(&Command::new(format!("AT{name}?"))) {
                // +CREG: <n>,<stat>[,…]
                Ok(lines) => {
                    let stat = lines.iter().find_map(|response| {
                        let fields = fields(&response.line);
                        fields.get(1)?.parse().ok().and_then(Registration::from_raw)
                    });
                    match stat {
                        Some(stat) if stat.serves() => return Ok(Some(stat)),
                        stat => best = best.or(stat),
                    }
                }
                Err(AtError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(best)
    }

    /// Asks to be told when the network comes and goes; helps, never needed.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn tell_of_network(&mut self) -> Result<(), AtError> {
        for name in ["+CREG", "+CEREG"] {
            match self.session.command(&Command::new(format!("AT{name}=1"))) {
                Ok(_) | Err(AtError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
