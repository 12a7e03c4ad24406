//! Being told of new messages (3GPP TS 27.005 clause 3.4.1, `+CNMI`).

use super::SerialModem;
use crate::at::{AtError, Command, Port, fields::allowed};

impl<P: Port> SerialModem<P> {
    /// Asks to be told of new messages and status reports; `false` when the modem won't, so
    /// that it must be asked from time to time.
    ///
    /// Stored messages are announced (`mt` 1), not handed over: what is on the SIM survives a
    /// crash of ours. `+CNMI=?` is asked first because some firmware forbids values.
    ///
    /// With `broadcasts` cell broadcasts are handed over, too.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn notify(&mut self, broadcasts: bool) -> Result<bool, AtError> {
        let mut choices: Vec<[u32; 5]> = Vec::new();
        match self.session.command(&Command::new("AT+CNMI=?")) {
            Ok(lines) => {
                let sets = lines.first().map(|r| allowed(&r.line)).unwrap_or_default();
                choices.extend(best(&sets, broadcasts));
            }
            Err(AtError::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
        choices.extend(broadcasts.then_some([2, 1, 2, 1, 0]));
        choices.extend([
            [2, 1, 0, 1, 0],
            [2, 1, 2, 1, 0],
            [2, 1, 0, 0, 0],
            [1, 1, 0, 0, 0],
        ]);
        for [mode, mt, bm, ds, bfr] in choices {
            let command = Command::new(format!("AT+CNMI={mode},{mt},{bm},{ds},{bfr}"));
            match self.patiently(&command) {
                Ok(_) => return Ok(mt == 1),
                Err(AtError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// Says which cell broadcasts are to be taken (`+CSCB`, 3GPP TS 27.005 clause 3.3.4), as
    /// `4352-4359,4370`; many modems cannot, and nothing depends on it.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn listen_to_broadcasts(&mut self, channels: &str) -> Result<bool, AtError> {
        for line in [
            format!("AT+CSCB=0,\"{channels}\",\"\""),
            format!("AT+CSCB=0,\"{channels}\""),
        ] {
            match self.patiently(&Command::new(line)) {
                Ok(_) => return Ok(true),
                Err(AtError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

/// The best that the modem says it allows; `None` when it allows no announcement.
fn best(sets: &[Vec<u32>], broadcasts: bool) -> Option<[u32; 5]> {
    let bm: &[u32] = if broadcasts { &[2, 0] } else { &[0, 2] };
    let wanted: [&[u32]; 5] = [&[2, 1, 3], &[1], bm, &[1, 2, 0], &[0, 1]];
    let mut choice = [0; 5];
    for ((slot, wanted), set) in choice.iter_mut().zip(wanted).zip(sets) {
        *slot = *wanted.iter().find(|value| set.contains(value))?;
    }
    (sets.len() >= 2).then_some(choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_announcement_that_is_allowed_is_chosen() {
        let table = [
            (
                "+CNMI: (0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)",
                Some([2, 1, 0, 1, 0]),
            ),
            ("+CNMI: (0-2),(0-3),(2),(0,2),(1)", Some([2, 1, 2, 2, 1])),
            ("+CNMI: (0,1),(0,1),(0),(0),(0,1)", Some([1, 1, 0, 0, 0])),
            ("+CNMI: (2),(0),(0),(0),(0)", None),
            ("+CNMI: ", None),
        ];
        for (line, choice) in table {
            assert_eq!(best(&allowed(line), false), choice, "{line}");
        }
        let all = allowed("+CNMI: (0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)");
        assert_eq!(best(&all, true), Some([2, 1, 2, 1, 0]));
    }
}
