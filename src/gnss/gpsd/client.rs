//! From gpsd's lines to reports, of one receiver at a time.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::fix::{Ellipse, Mode};
use super::super::report::Report;
use super::super::satellite::Sky;
use super::{Address, sky, text, tpv};

/// What gpsd said.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// It is a gpsd: its release.
    Version(String),
    /// A position or satellites.
    Report(Box<Report>),
    /// The receivers that it has: their paths, with drivers. None of them: it waits for one.
    Receivers(Vec<String>),
    /// A receiver is gone.
    Gone(String),
    /// It does not do what it was asked for.
    Error(String),
}

/// A receiver that is silent for so many reports of another is given up for it.
const PATIENCE: u32 = 10;
/// Longest line that is taken; a SKY of a hundred satellites has some 15 000 bytes.
const LONGEST: usize = 1 << 18;

/// The client's side of the protocol, without its socket.
#[derive(Debug, Default)]
pub struct Client {
    pending: Vec<u8>,
    /// The receiver that the fix is of, while there are several.
    followed: Option<String>,
    /// Reports of others since the last of that one.
    others: u32,
    ellipse: Option<(Timestamp, Ellipse)>,
    /// The satellites told last: a later SKY may have only the geometry.
    sky: Sky,
}

impl Client {
    /// What is sent after connecting.
    #[must_use]
    pub fn watch(address: &Address) -> String {
        let mut policy = json!({ "enable": true, "json": true });
        if let (Some(device), Some(policy)) = (&address.device, policy.as_object_mut()) {
            policy.insert("device".to_owned(), device.as_str().into());
        }
        format!("?WATCH={policy};\n")
    }

    /// Takes bytes as they come, and gives what they say to `emit`.
    pub fn push(&mut self, bytes: &[u8], emit: &mut dyn FnMut(Message)) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|b| *b == b'\n') {
            let (line, behind) = rest.split_at_checked(end).unwrap_or_default();
            let line = if self.pending.is_empty() {
                self.line(line)
            } else {
                self.pending.extend_from_slice(line);
                let whole = std::mem::take(&mut self.pending);
                self.line(&whole)
            };
            if let Some(message) = line {
                emit(message);
            }
            rest = behind.get(1..).unwrap_or_default();
        }
        if self.pending.len() + rest.len() > LONGEST {
            self.pending.clear();
        } else {
            self.pending.extend_from_slice(rest);
        }
    }

    /// Reads one line; `None` for what is of no use here.
    fn line(&mut self, line: &[u8]) -> Option<Message> {
        let object: Value = serde_json::from_slice(line).ok()?;
        match text(&object, "class")? {
            "VERSION" => {
                let release = text(&object, "release").unwrap_or("unknown");
                Some(Message::Version(release.to_owned()))
            }
            "TPV" => self.tpv(&object),
            "SKY" => self.sky(&object),
            "GST" => {
                self.ellipse = tpv::time(&object).zip(tpv::ellipse(&object));
                None
            }
            "DEVICES" => {
                let list = object.get("devices").and_then(Value::as_array)?;
                Some(Message::Receivers(
                    list.iter().filter_map(receiver).collect(),
                ))
            }
            "DEVICE" => {
                let gone = object.get("activated").is_some_and(|at| {
                    // A time of activation, as text or number; 0 when it is closed.
                    at.as_f64() == Some(0.0)
                });
                if !gone {
                    return Some(Message::Receivers(vec![receiver(&object)?]));
                }
                let path = text(&object, "path").unwrap_or("?").to_owned();
                if self.followed.as_ref() == Some(&path) {
                    self.followed = None;
                }
                Some(Message::Gone(path))
            }
            "ERROR" => Some(Message::Error(
                text(&object, "message")
                    .unwrap_or("no reason given")
                    .to_owned(),
            )),
            _ => None,
        }
    }

    fn tpv(&mut self, object: &Value) -> Option<Message> {
        let mut fix = tpv::fix(object);
        let device = text(object, "device");
        if !self.is_of_followed(device) {
            return None;
        }
        self.followed = match fix.mode {
            Mode::None => None,
            Mode::TwoD | Mode::ThreeD => device.map(str::to_owned),
        };
        if let Some((at, ellipse)) = self.ellipse
            && fix
                .time
                .is_some_and(|time| time.duration_since(at).as_secs().abs() <= 1)
        {
            fix.error.ellipse = Some(ellipse);
        }
        Some(Message::Report(Box::new(Report {
            fix: Some(fix),
            sky: None,
        })))
    }

    fn sky(&mut self, object: &Value) -> Option<Message> {
        let device = text(object, "device");
        if self.followed.is_some() && device.is_some() && self.followed.as_deref() != device {
            return None;
        }
        let said = sky::said(object);
        if let Some(sky) = said.sky {
            self.sky = sky;
        } else {
            self.sky.dop = said.dop.or(self.sky.dop);
        }
        Some(Message::Report(Box::new(Report {
            fix: None,
            sky: Some(self.sky.clone()),
        })))
    }

    /// Two receivers, one of them indoors, must not make the position come and go.
    fn is_of_followed(&mut self, device: Option<&str>) -> bool {
        let other =
            self.followed.is_some() && device.is_some() && self.followed.as_deref() != device;
        self.others = if other { self.others + 1 } else { 0 };
        !other || self.others > PATIENCE
    }
}

fn receiver(object: &Value) -> Option<String> {
    let path = text(object, "path")?;
    Some(match text(object, "driver") {
        Some(driver) => format!("{path} ({driver})"),
        None => path.to_owned(),
    })
}
