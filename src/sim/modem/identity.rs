//! Who it is and how it talks: V.250 basics, identification, `+CMEE`, the clock
//! (27.007 clauses 5.1 to 5.6, 7.1, 8.15 and 9.1).

use super::answer::{Answer, Piece, Refusal, line, ok};
use super::command::{Command, Form};
use super::text_mode::TextMode;
use super::{Modem, pdu};

impl Modem {
    pub(super) fn answer_identity(&mut self, command: &Command) -> Option<Answer> {
        let number = match &command.form {
            Form::Set(values) => values.number(0),
            _ => None,
        };
        let name = command.name.as_str();
        Some(match (name, &command.form) {
            ("E", Form::Execute | Form::Set(_)) => {
                self.session.echo = number.unwrap_or(0) == 1;
                ok()
            }
            ("Z" | "&F", _) => {
                self.session.echo = self.options.echo;
                self.session.verbose_errors = 0;
                self.session.cnmi = [0; 5];
                self.session.text = TextMode::new(&self.options);
                ok()
            }
            ("V" | "Q" | "X" | "S" | "H" | "&C" | "&D" | "&K" | "&W" | "&S" | "L" | "M", _) => ok(),
            ("+IFC" | "+ICF" | "+IPR" | "+CFCS", Form::Set(_)) => ok(),
            ("I", _) => Ok(vec![
                Piece::line(&self.options.manufacturer),
                Piece::line(&self.options.model),
                Piece::line(&self.options.revision),
            ]),
            (_, Form::Test) if self.identification(name).is_some() => ok(),
            (_, Form::Execute | Form::Read) if self.identification(name).is_some() => {
                line(self.identification(name).unwrap_or_default())
            }
            ("+CIMI", Form::Execute) => match self.sim_access() {
                Ok(()) => line(&self.options.imsi),
                Err(refusal) => Err(refusal),
            },
            ("+CNUM", Form::Execute) => match self.sim_access() {
                Ok(()) => {
                    let number = &self.options.own_number;
                    let kind = if number.starts_with('+') { 145 } else { 129 };
                    line(format!("+CNUM: \"\",\"{number}\",{kind}"))
                }
                Err(refusal) => Err(refusal),
            },
            ("+GCAP", Form::Execute) => line("+GCAP: +CGSM,+DS,+ES"),
            ("+CMEE", Form::Test) => line("+CMEE: (0-2)"),
            ("+CMEE", Form::Read) => line(format!("+CMEE: {}", self.session.verbose_errors)),
            ("+CMEE", Form::Set(_)) => match number.and_then(|mode| u8::try_from(mode).ok()) {
                Some(mode @ 0..=2) => {
                    self.session.verbose_errors = mode;
                    ok()
                }
                _ => Err(Refusal::Cme(50)),
            },
            ("+CCLK", Form::Read) => {
                let offset = self.options.utc_offset_minutes;
                let local = pdu::local_time(self.clock(), offset).strftime("%y/%m/%d,%H:%M:%S");
                line(format!("+CCLK: \"{local}{:+03}\"", offset / 15))
            }
            ("+CCLK", Form::Set(_)) => ok(),
            ("+CPAS", Form::Execute) => line("+CPAS: 0"),
            ("+CIND", Form::Test) => line(
                "+CIND: (\"signal\",(0-5)),(\"service\",(0,1)),(\"message\",(0,1)),(\"smsfull\",(0,1))",
            ),
            _ => return None,
        })
    }

    fn identification(&self, name: &str) -> Option<&str> {
        match name {
            "+CGMI" | "+GMI" => Some(&self.options.manufacturer),
            "+CGMM" | "+GMM" => Some(&self.options.model),
            "+CGMR" | "+GMR" => Some(&self.options.revision),
            "+CGSN" | "+GSN" => Some(&self.options.imei),
            _ => None,
        }
    }
}
