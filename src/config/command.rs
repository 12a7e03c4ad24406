//! `barpop config check` and `barpop config show`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::{Config, ConfigError, check, file, show};

/// Tells every mistake of the named file or the usual one, as `FILE:LINE:COLUMN: SENTENCE`, which
/// editors can jump to; whether there is none.
///
/// # Errors
/// [`ConfigError::Unreadable`] when the file cannot be read, or its mistakes not be written.
pub fn check(named: Option<&Path>, out: &mut dyn Write) -> Result<bool, ConfigError> {
    let Some(path) = file(named) else {
        say(out, "there is no configuration file, and none is needed")?;
        return Ok(true);
    };
    let text = read(&path)?;
    let shown = path.display();
    let problems = check::check(&text);
    for problem in &problems {
        let (line, column) = (problem.line, problem.column);
        say(
            out,
            &format!("{shown}:{line}:{column}: {}", problem.sentence),
        )?;
    }
    if !problems.is_empty() {
        return Ok(false);
    }
    // What its text cannot tell: who may read a file with a secret in it.
    if let Err(error) = Config::load(Some(&path)) {
        say(out, &error.to_string())?;
        return Ok(false);
    }
    say(out, &format!("{shown}: no mistake"))?;
    Ok(true)
}

/// Prints what holds. A file with a mistake is shown all the same, and is not good.
///
/// # Errors
/// Like `check`.
pub fn show(named: Option<&Path>, out: &mut dyn Write) -> Result<bool, ConfigError> {
    let Some(path) = file(named) else {
        say(
            out,
            "# There is no configuration file: all of this is as it is without one.",
        )?;
        say(out, show::show("").trim_end())?;
        return Ok(true);
    };
    let text = read(&path)?;
    say(out, &format!("# {}", path.display()))?;
    say(out, show::show(&text).trim_end())?;
    let is_good = check::check(&text).is_empty();
    if !is_good {
        say(
            out,
            "# There is a mistake in the file: 'barpop config check' tells which.",
        )?;
    }
    Ok(is_good)
}

fn read(path: &Path) -> Result<zeroize::Zeroizing<String>, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(zeroize::Zeroizing::new(text)),
        Err(cause) => Err(ConfigError::Unreadable {
            path: path.to_owned(),
            cause,
        }),
    }
}

fn say(out: &mut dyn Write, line: &str) -> Result<(), ConfigError> {
    let written: io::Result<()> = writeln!(out, "{line}");
    written.map_err(|cause| ConfigError::Unreadable {
        path: "/dev/stdout".into(),
        cause,
    })
}
