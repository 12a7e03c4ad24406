//! What the configuration says of the release: `gpio:GPIO18,focus=GPIO23,active=low`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

/// A release's description that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WishError {
    /// No such kind.
    #[error(
        "'{0}' is no release; write gpio[:LINE], serial:PORT, arduino:PORT, gphoto2[:PORT] or none"
    )]
    Kind(String),
    /// The kind needs a port.
    #[error("a release '{0}' needs a port, such as {0}:{1}")]
    NoPort(&'static str, &'static str),
    /// An option that this kind does not have.
    #[error("'{option}' is no option of a release '{kind}'; it has {known}")]
    Option {
        /// `gpio`
        kind: &'static str,
        /// What was written.
        option: String,
        /// What could be.
        known: &'static str,
    },
    /// Two buttons on one line.
    #[error("the shutter and the focus cannot both be at {0}")]
    Same(String),
}

/// A line of a GPIO chip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// By the line's name, on whatever chip it is: `GPIO18`.
    Named(String),
    /// By the chip's name or label and the line's number there: `pinctrl-rp1:18`.
    On {
        /// `gpiochip0` or a label.
        chip: String,
        /// From 0.
        offset: u32,
    },
}

/// An outgoing line of a serial port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Request to send.
    Rts,
    /// Data terminal ready.
    Dtr,
}

/// The size of the display at an Arduino; its height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Display {
    /// 128 by 32.
    Low,
    /// 128 by 64.
    #[default]
    High,
}

/// A release as somebody wants it, whether it is there or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Lines of a GPIO chip.
    Gpio {
        /// The shutter's.
        shutter: Place,
        /// The focus's.
        focus: Option<Place>,
        /// Pressed is a low level.
        active_low: bool,
    },
    /// Lines of a serial port.
    Serial {
        /// `/dev/ttyUSB0`
        port: PathBuf,
        /// The shutter's.
        shutter: Signal,
        /// The focus's.
        focus: Option<Signal>,
        /// Pressed is a line that is off.
        active_low: bool,
    },
    /// An Arduino with our sketch.
    Arduino {
        /// `/dev/ttyACM0`
        port: PathBuf,
        /// What is attached to it, if anything.
        display: Display,
        /// It lets go when it hears nothing for so long.
        silence: Duration,
    },
    /// The program gphoto2.
    Gphoto2 {
        /// As `gphoto2 --port` wants it; `None`: the first camera.
        port: Option<String>,
    },
    /// Nothing: shots are only recorded.
    None,
}

impl Default for Wish {
    fn default() -> Self {
        Self::Gpio {
            shutter: Place::Named("GPIO18".to_owned()),
            focus: None,
            active_low: false,
        }
    }
}

impl FromStr for Wish {
    type Err = WishError;

    fn from_str(text: &str) -> Result<Self, WishError> {
        let text = text.trim();
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            "gpio" => gpio(rest),
            "serial" => serial(rest),
            "arduino" => arduino(rest),
            "gphoto2" => Ok(Self::Gphoto2 {
                port: (!rest.is_empty()).then(|| rest.to_owned()),
            }),
            "none" if rest.is_empty() => Ok(Self::None),
            _ => Err(WishError::Kind(text.to_owned())),
        }
    }
}

fn gpio(rest: &str) -> Result<Wish, WishError> {
    let (first, options) = split(rest);
    let known = "focus=LINE and active=low|high";
    let (mut focus, mut active_low) = (None, false);
    for (key, value) in options {
        match key {
            "focus" if !value.is_empty() => focus = Some(place(value)),
            "active" if matches!(value, "low" | "high") => active_low = value == "low",
            _ => return Err(option("gpio", key, value, known)),
        }
    }
    let shutter = first.map_or_else(|| Place::Named("GPIO18".to_owned()), place);
    if focus.as_ref() == Some(&shutter) {
        return Err(WishError::Same(shutter.to_string()));
    }
    Ok(Wish::Gpio {
        shutter,
        focus,
        active_low,
    })
}

fn serial(rest: &str) -> Result<Wish, WishError> {
    let (first, options) = split(rest);
    let known = "shutter=rts|dtr, focus=rts|dtr and active=low|high";
    let port = first.ok_or(WishError::NoPort("serial", "/dev/ttyUSB0"))?;
    let (mut shutter, mut focus, mut active_low) = (Signal::Rts, None, false);
    for (key, value) in options {
        match (key, signal(value)) {
            ("shutter", Some(signal)) => shutter = signal,
            ("focus", Some(signal)) => focus = Some(signal),
            ("active", None) if matches!(value, "low" | "high") => active_low = value == "low",
            _ => return Err(option("serial", key, value, known)),
        }
    }
    if focus == Some(shutter) {
        return Err(WishError::Same(shutter.to_string()));
    }
    Ok(Wish::Serial {
        port: port.into(),
        shutter,
        focus,
        active_low,
    })
}

/// Shortest silence after which an Arduino may let go, seconds: some of our words may be late.
const SHORTEST_SILENCE: u64 = 2;
/// Longest, seconds.
const LONGEST_SILENCE: u64 = 60;

fn arduino(rest: &str) -> Result<Wish, WishError> {
    let (first, options) = split(rest);
    let known = "display=32|64 and silence=SECONDS, 2 to 60";
    let port = first.ok_or(WishError::NoPort("arduino", "/dev/ttyACM0"))?;
    let (mut display, mut silence) = (Display::default(), 5);
    for (key, value) in options {
        match (key, value, value.parse::<u64>()) {
            ("display", "32", _) => display = Display::Low,
            ("display", "64", _) => display = Display::High,
            ("silence", _, Ok(s)) if (SHORTEST_SILENCE..=LONGEST_SILENCE).contains(&s) => {
                silence = s;
            }
            _ => return Err(option("arduino", key, value, known)),
        }
    }
    Ok(Wish::Arduino {
        port: port.into(),
        display,
        silence: Duration::from_secs(silence),
    })
}

/// The word without `=` at the beginning, and the options.
fn split(rest: &str) -> (Option<&str>, impl Iterator<Item = (&str, &str)>) {
    let mut words = rest.split(',').map(str::trim).filter(|w| !w.is_empty());
    let mut words = words.by_ref().peekable();
    let first = words.next_if(|word| !word.contains('='));
    let options: Vec<_> = words
        .map(|word| word.split_once('=').unwrap_or((word, "")))
        .collect();
    (first, options.into_iter())
}

fn place(text: &str) -> Place {
    let on = text.rsplit_once(':').and_then(|(chip, offset)| {
        let chip = chip.trim_start_matches("/dev/");
        let offset = offset.parse().ok()?;
        (!chip.is_empty()).then(|| Place::On {
            chip: chip.to_owned(),
            offset,
        })
    });
    on.unwrap_or_else(|| Place::Named(text.to_owned()))
}

fn signal(text: &str) -> Option<Signal> {
    match text {
        "rts" => Some(Signal::Rts),
        "dtr" => Some(Signal::Dtr),
        _ => None,
    }
}

fn option(kind: &'static str, key: &str, value: &str, known: &'static str) -> WishError {
    WishError::Option {
        kind,
        option: if value.is_empty() {
            key.to_owned()
        } else {
            format!("{key}={value}")
        },
        known,
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::On { chip, offset } => write!(f, "{chip}:{offset}"),
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rts => "RTS",
            Self::Dtr => "DTR",
        })
    }
}

impl fmt::Display for Wish {
    /// As people call it; a device that is there may say more.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gpio { shutter, .. } => write!(f, "{shutter}"),
            Self::Serial { port, shutter, .. } => write!(f, "{} ({shutter})", port.display()),
            Self::Arduino { port, .. } => write!(f, "Arduino at {}", port.display()),
            Self::Gphoto2 { port: Some(port) } => write!(f, "gphoto2 at {port}"),
            Self::Gphoto2 { port: None } => f.write_str("gphoto2"),
            Self::None => f.write_str("no camera"),
        }
    }
}

impl Wish {
    /// Whether there is a focus button.
    #[must_use]
    pub fn has_focus(&self) -> bool {
        match self {
            Self::Gpio { focus, .. } => focus.is_some(),
            Self::Serial { focus, .. } => focus.is_some(),
            Self::Arduino { .. } | Self::None => true,
            Self::Gphoto2 { .. } => false,
        }
    }

    /// The serial port that it needs.
    #[must_use]
    pub fn port(&self) -> Option<&Path> {
        match self {
            Self::Serial { port, .. } | Self::Arduino { port, .. } => Some(port),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
