//! Lines of a GPIO chip, by the kernel's character device.
//!
//! A line is looked for by its name, because the numbers of chips change from one kernel to the
//! next (a Raspberry Pi 5's chip was `gpiochip4` and is `gpiochip0`). The kernel takes a line's
//! request back when we die, but what becomes of its level then is the driver's business: upstream
//! drivers make it an input, Raspberry Pi's keep it as it was (unless `strict_gpiod` is set).

use std::path::{Path, PathBuf};
use std::time::Duration;

use gpiocdev::line::Value;
use gpiocdev::{Chip, Request};

use super::wish::Place;
use super::{Device, ReleaseError};

/// Who we are to others who look at the line.
const CONSUMER: &str = "xshutter";

/// Labels of the chips that have a Raspberry Pi's header, newest first.
const HEADERS: [&str; 3] = ["pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835"];

/// Where on the header a Raspberry Pi's lines are: early kernels of the Pi 5 called them by that.
const PINS: [(u32, u32); 26] = [
    (2, 3),
    (3, 5),
    (4, 7),
    (14, 8),
    (15, 10),
    (17, 11),
    (18, 12),
    (27, 13),
    (22, 15),
    (23, 16),
    (24, 18),
    (10, 19),
    (9, 21),
    (25, 22),
    (11, 23),
    (8, 24),
    (7, 26),
    (5, 29),
    (6, 31),
    (12, 32),
    (13, 33),
    (19, 35),
    (16, 36),
    (26, 37),
    (20, 38),
    (21, 40),
];

/// Lines that are ours.
pub struct Gpio {
    request: Request,
    name: String,
    shutter: u32,
    focus: Option<u32>,
}

impl Gpio {
    /// Takes the lines, which are inactive from then on.
    ///
    /// # Errors
    /// Where one is not there, is in use, or may not be used.
    pub fn take(
        shutter: &Place,
        focus: Option<&Place>,
        active_low: bool,
    ) -> Result<Self, ReleaseError> {
        let chips = chips(shutter)?;
        let line = find(&chips, shutter)?;
        let focus = focus.map(|place| find(&chips, place)).transpose()?;
        if let Some(other) = focus.as_ref().filter(|focus| focus.chip != line.chip) {
            return Err(ReleaseError::Failed {
                name: shutter.to_string(),
                reason: format!(
                    "it is on {}, the focus line on {}; both must be on one chip",
                    line.chip_name(),
                    other.chip_name()
                ),
            });
        }
        let mut builder = Request::builder();
        builder.on_chip(&line.chip).with_consumer(CONSUMER);
        let all: Vec<u32> = std::iter::once(line.offset)
            .chain(focus.as_ref().map(|focus| focus.offset))
            .collect();
        builder.with_lines(&all).as_output(Value::Inactive);
        if active_low {
            builder.as_active_low();
        }
        let lines = std::iter::once(&line).chain(&focus);
        let request = builder
            .request()
            .map_err(|error| refusal(lines, shutter, &error))?;
        Ok(Self {
            request,
            name: format!("{shutter} on {}", line.chip_name()),
            shutter: line.offset,
            focus: focus.map(|focus| focus.offset),
        })
    }

    fn set(&self, line: u32, pressed: bool) -> Result<(), ReleaseError> {
        let value = if pressed {
            Value::Active
        } else {
            Value::Inactive
        };
        // A chip that went away (a USB adapter's) says so here.
        self.request
            .set_value(line, value)
            .map_err(|error| ReleaseError::Failed {
                name: self.name.clone(),
                reason: words(&error),
            })
    }
}

impl Device for Gpio {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        self.focus.map_or(Ok(()), |line| self.set(line, pressed))
    }

    fn open(&mut self, _: Duration) -> Result<(), ReleaseError> {
        self.set(self.shutter, true)
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        self.set(self.shutter, false)
    }
}

impl Drop for Gpio {
    fn drop(&mut self) {
        let _ = self.set(self.shutter, false);
        if let Some(focus) = self.focus {
            let _ = self.set(focus, false);
        }
    }
}

/// A line that was found.
struct Line {
    chip: PathBuf,
    offset: u32,
}

impl Line {
    fn chip_name(&self) -> String {
        name_of(&self.chip)
    }
}

/// A chip as far as we need it: where it is, its label, and its lines' names.
#[derive(Debug)]
struct Known {
    path: PathBuf,
    label: String,
    lines: Vec<String>,
}

/// Every chip that we may open.
fn chips(wanted: &Place) -> Result<Vec<Known>, ReleaseError> {
    let paths = gpiocdev::chip::chips().unwrap_or_default();
    let mut forbidden = None;
    let mut known = Vec::new();
    for path in paths {
        match Chip::from_path(&path) {
            Ok(chip) => known.extend(look(&chip)),
            // EACCES, EPERM
            Err(gpiocdev::Error::Os(errno)) if matches!(errno.0, 13 | 1) => {
                forbidden = Some(path);
            }
            Err(_) => {}
        }
    }
    match forbidden {
        Some(path) if known.is_empty() => Err(ReleaseError::Forbidden {
            name: path.display().to_string(),
            remedy: "add its user to the group gpio".to_owned(),
        }),
        None if known.is_empty() => Err(ReleaseError::Absent {
            name: wanted.to_string(),
            remedy: "this machine has no GPIO chip; choose another release, or none".to_owned(),
        }),
        _ => Ok(known),
    }
}

fn look(chip: &Chip) -> Option<Known> {
    Some(Known {
        path: chip.path().to_owned(),
        label: chip.info().ok()?.label,
        lines: chip
            .line_info_iter()
            .ok()?
            .map(|line| line.map(|line| line.name).unwrap_or_default())
            .collect(),
    })
}

/// Where this line is.
fn find(chips: &[Known], place: &Place) -> Result<Line, ReleaseError> {
    match place {
        Place::On { chip, offset } => on_chip(chips, chip, *offset),
        Place::Named(name) => named(chips, name),
    }
}

fn on_chip(chips: &[Known], wanted: &str, offset: u32) -> Result<Line, ReleaseError> {
    let chip = chips
        .iter()
        .find(|chip| chip.label == wanted || name_of(&chip.path) == wanted)
        .ok_or_else(|| ReleaseError::Absent {
            name: format!("the GPIO chip {wanted}"),
            remedy: format!("there is {}", list(chips)),
        })?;
    if offset as usize >= chip.lines.len() {
        return Err(ReleaseError::Absent {
            name: format!("line {offset} of {wanted}"),
            remedy: format!("it has {} lines, from 0", chip.lines.len()),
        });
    }
    Ok(Line {
        chip: chip.path.clone(),
        offset,
    })
}

fn named(chips: &[Known], name: &str) -> Result<Line, ReleaseError> {
    let alias = pin(name).map(|pin| format!("PIN{pin}"));
    let with = |wanted: &str| -> Vec<(&Known, usize)> {
        let mut found: Vec<_> = chips
            .iter()
            .filter_map(|chip| {
                let offset = chip.lines.iter().position(|line| line == wanted)?;
                Some((chip, offset))
            })
            .collect();
        // A Raspberry Pi's header is meant before an adapter that has such a line too.
        found.sort_by_key(|(chip, _)| rank(chip));
        found
    };
    let mut found = with(name);
    if let (true, Some(alias)) = (found.is_empty(), &alias) {
        found = with(alias);
    }
    match found.as_slice() {
        // Old kernels have no names; the header's chip has the lines in order.
        [] => header(chips, name),
        [(first, _), (second, _), ..] if rank(first) == rank(second) => Err(ReleaseError::Failed {
            name: name.to_owned(),
            reason: format!(
                "{} and {} both have such a line; write which one is meant, as {}:NUMBER",
                name_of(&first.path),
                name_of(&second.path),
                name_of(&first.path)
            ),
        }),
        [(chip, offset), ..] => Ok(Line {
            chip: chip.path.clone(),
            offset: u32::try_from(*offset).unwrap_or(u32::MAX),
        }),
    }
}

fn header(chips: &[Known], name: &str) -> Result<Line, ReleaseError> {
    let absent = || ReleaseError::Absent {
        name: format!("a GPIO line {name}"),
        remedy: format!("gpioinfo shows the lines of {}", list(chips)),
    };
    let offset = number(name).filter(|_| pin(name).is_some());
    let offset = offset.ok_or_else(absent)?;
    chips
        .iter()
        .filter(|chip| rank(chip) < HEADERS.len() && chip.lines.iter().all(String::is_empty))
        .filter(|chip| (offset as usize) < chip.lines.len())
        .min_by_key(|chip| rank(chip))
        .map(|chip| Line {
            chip: chip.path.clone(),
            offset,
        })
        .ok_or_else(absent)
}

/// 18 of `GPIO18`.
fn number(name: &str) -> Option<u32> {
    name.strip_prefix("GPIO")?.parse().ok()
}

/// The header's pin of `GPIO18`.
fn pin(name: &str) -> Option<u32> {
    let wanted = number(name)?;
    PINS.iter()
        .find(|(gpio, _)| *gpio == wanted)
        .map(|(_, pin)| *pin)
}

fn rank(chip: &Known) -> usize {
    HEADERS
        .iter()
        .position(|label| *label == chip.label)
        .unwrap_or(HEADERS.len())
}

fn list(chips: &[Known]) -> String {
    let names: Vec<_> = chips
        .iter()
        .map(|chip| format!("{} ({})", name_of(&chip.path), chip.label))
        .collect();
    names.join(", ")
}

fn name_of(chip: &Path) -> String {
    chip.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Why the kernel did not give us the lines: usually somebody has one.
fn refusal<'a>(
    mut lines: impl Iterator<Item = &'a Line>,
    wanted: &Place,
    error: &gpiocdev::Error,
) -> ReleaseError {
    let held = lines.find_map(|line| {
        let info = Chip::from_path(&line.chip).ok()?.line_info(line.offset);
        info.ok().filter(|info| info.used)
    });
    match held {
        Some(info) => ReleaseError::Busy {
            name: if info.name.is_empty() {
                wanted.to_string()
            } else {
                info.name
            },
            holder: if info.consumer.is_empty() {
                "another program".to_owned()
            } else {
                format!("'{}'", info.consumer)
            },
        },
        None => ReleaseError::Failed {
            name: wanted.to_string(),
            reason: words(error),
        },
    }
}

fn words(error: &gpiocdev::Error) -> String {
    match error {
        gpiocdev::Error::Uapi(_, error) => error.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
