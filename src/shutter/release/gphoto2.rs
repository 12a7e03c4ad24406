//! A camera at a USB port, by the program gphoto2.
//!
//! One `gphoto2 --shell` is kept: a call a shot takes the camera anew each time, which costs a
//! second, ends an exposure that is held by the session, and fails on cameras that are slow to
//! give the port back. A short press is `trigger-capture`; the camera exposes as it is set. A
//! long one is held by `bulb`, or by `eosremoterelease` where a camera has only that.
//!
//! The program ends with us, also after `kill -9`: its standard input ends then.

mod shell;

use std::path::Path;
use std::time::Duration;

use self::shell::{Shell, ShellError};
use super::{Device, ReleaseError, SPARE};

/// A press that is shorter lets the camera expose; an exposure that we hold lasts a second or more.
const SHORTEST_BULB: Duration = Duration::from_secs(1);

/// How a camera is held open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// `bulb=1`, `bulb=0`
    Bulb,
    /// Canon's EOS cameras without it; what presses differs from one to the next.
    EosRemote {
        press: &'static str,
        let_go: &'static str,
    },
    /// It cannot be.
    Never,
}

impl Hold {
    fn commands(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Bulb => Some(("set-config bulb=1", "set-config bulb=0")),
            Self::EosRemote { press, let_go } => Some((press, let_go)),
            Self::Never => None,
        }
    }
}

/// A camera that answered.
pub struct Gphoto2 {
    shell: Shell,
    model: String,
    hold: Hold,
    /// We hold it open.
    open: bool,
}

impl Gphoto2 {
    /// Finds the camera, takes it and lets it go if it is held.
    ///
    /// # Errors
    /// Where the program or the camera is not there, or somebody else has it.
    pub fn start(program: &Path, wanted: Option<&str>) -> Result<Self, ReleaseError> {
        let listing = shell::auto_detect(program).map_err(|error| told(wanted, error))?;
        let (model, port) = choose(&listing, wanted)?;
        let mut shell = Shell::start(program, &port).map_err(|error| told(Some(&model), error))?;
        let settings = shell
            .ask("list-config")
            .map_err(|error| told(Some(&model), error))?;
        let hold = how(&mut shell, &settings);
        let mut camera = Self {
            shell,
            model,
            hold,
            open: false,
        };
        // One that a program before us left open; a camera that is not refuses, which is well.
        if let Some((_, let_go)) = hold.commands() {
            let _ = camera.shell.ask(let_go);
        }
        Ok(camera)
    }

    fn ask(&mut self, command: &str) -> Result<(), ReleaseError> {
        self.shell
            .ask(command)
            .map(drop)
            .map_err(|error| told(Some(&self.model), error))
    }
}

/// What this camera can be held by.
fn how(shell: &mut Shell, settings: &str) -> Hold {
    let has = |name: &str| settings.lines().any(|line| line.trim().ends_with(name));
    if has("/bulb") {
        return Hold::Bulb;
    }
    if !has("/eosremoterelease") {
        return Hold::Never;
    }
    let choices = shell.ask("get-config eosremoterelease").unwrap_or_default();
    eos(&choices)
}

fn eos(choices: &str) -> Hold {
    let has = |wanted: &str| {
        let mut all = choices
            .lines()
            .filter_map(|line| line.strip_prefix("Choice: ")?.split_once(' '));
        all.any(|(_, name)| name.trim() == wanted)
    };
    let press = if has("Immediate") {
        "set-config eosremoterelease=Immediate"
    } else if has("Press Full") {
        "set-config eosremoterelease=\"Press Full\""
    } else {
        return Hold::Never;
    };
    let let_go = if has("Release Full") {
        "set-config eosremoterelease=\"Release Full\""
    } else if has("Off") {
        "set-config eosremoterelease=Off"
    } else {
        return Hold::Never;
    };
    Hold::EosRemote { press, let_go }
}

impl Device for Gphoto2 {
    fn name(&self) -> String {
        format!("gphoto2: {}", self.model)
    }

    fn focus(&mut self, _: bool) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn open(&mut self, longest: Duration) -> Result<(), ReleaseError> {
        if longest < SHORTEST_BULB + SPARE {
            return self.ask("trigger-capture");
        }
        let Some((press, _)) = self.hold.commands() else {
            return Err(ReleaseError::Failed {
                name: self.name(),
                reason: "this camera cannot be held open over USB; use its remote jack".to_owned(),
            });
        };
        // Whatever it answers, it is let go again.
        self.open = true;
        self.ask(press)
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        match self.hold.commands() {
            Some((_, let_go)) if self.open => {
                self.ask(let_go)?;
                self.open = false;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Gphoto2 {
    fn drop(&mut self) {
        let _ = self.close();
    }
}

/// The camera and its port, out of the table of `gphoto2 --auto-detect`.
fn choose(listing: &str, wanted: Option<&str>) -> Result<(String, String), ReleaseError> {
    let mut cameras = listing
        .lines()
        .skip_while(|line| !line.starts_with("---"))
        .skip(1)
        .filter_map(|line| {
            let (model, port) = line.trim_end().rsplit_once(' ')?;
            Some((model.trim().to_owned(), port.to_owned()))
        });
    match wanted {
        None => cameras.next().ok_or_else(absent),
        Some(port) => {
            let listed = cameras.find(|(_, there)| there == port);
            // A port in a network, or a folder, is not in the table.
            Ok(listed.unwrap_or_else(|| (port.to_owned(), port.to_owned())))
        }
    }
}

fn absent() -> ReleaseError {
    ReleaseError::Absent {
        name: "a camera that gphoto2 knows".to_owned(),
        remedy: "plug it in and switch it on".to_owned(),
    }
}

fn told(camera: Option<&str>, error: ShellError) -> ReleaseError {
    let name = camera.map_or_else(
        || "gphoto2".to_owned(),
        |camera| format!("gphoto2: {camera}"),
    );
    match error {
        ShellError::NoProgram => ReleaseError::Absent {
            name: "the program gphoto2".to_owned(),
            remedy: "install it".to_owned(),
        },
        // GP_ERROR_MODEL_NOT_FOUND, GP_ERROR_IO_USB_FIND
        ShellError::Refused {
            code: Some(-105 | -52),
            ..
        } => absent(),
        // GP_ERROR_IO_USB_CLAIM
        ShellError::Refused {
            code: Some(-53), ..
        } => ReleaseError::Busy {
            name,
            holder: "another program, often the desktop's photo import".to_owned(),
        },
        other => ReleaseError::Failed {
            name,
            reason: other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests;
