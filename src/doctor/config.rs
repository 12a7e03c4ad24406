//! The configuration file, and the folders in which barpop keeps things.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{Access, access};

use super::{Around, Check, Finding, Part};
use crate::config::{self, Config, ConfigError, check};

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "configuration file",
        look: file,
    },
    Check {
        part: "folders",
        look: folders,
    },
];

fn file(around: &Around, part: Part) -> Vec<Finding> {
    let Some(path) = config::file(around.named.as_deref()) else {
        return vec![part.ok("there is none, and none is needed")];
    };
    let shown = path.display();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            let remedy = "see to its permissions, or move it away";
            return vec![part.missing(format!("'{shown}' cannot be read: {error}"), remedy)];
        }
    };
    let wrong: Vec<Finding> = check::check(&text)
        .into_iter()
        .map(|problem| {
            part.missing(
                format!(
                    "'{shown}', line {}, column {}: {}",
                    problem.line, problem.column, problem.sentence
                ),
                "mend that line; no program of barpop starts until then",
            )
        })
        .collect();
    if !wrong.is_empty() {
        return wrong;
    }
    vec![match Config::load(around.named.as_deref()) {
        Ok(_) => part.ok(format!("'{shown}' has no mistake")),
        Err(error @ ConfigError::Open(..)) => {
            part.missing(error.to_string(), format!("run 'chmod 600 {shown}'"))
        }
        Err(error) => part.missing(error.to_string(), "mend it"),
    }]
}

fn folders(_: &Around, part: Part) -> Vec<Finding> {
    let places = xdg::BaseDirectories::with_prefix("barpop");
    let all = [places.get_data_home(), places.get_cache_home()];
    if all.iter().any(Option::is_none) {
        return vec![part.missing(
            "neither HOME nor XDG_DATA_HOME says where things are kept",
            "set HOME",
        )];
    }
    let wrong: Vec<Finding> = all
        .iter()
        .flatten()
        .filter_map(|folder| judge(part, folder))
        .collect();
    if wrong.is_empty() {
        return vec![part.ok("data and cache can be written")];
    }
    wrong
}

/// What keeps a folder, or the one in which it would be made, from being written.
fn judge(part: Part, folder: &Path) -> Option<Finding> {
    let there = folder.ancestors().find(|folder| folder.exists())?;
    let shown = there.display();
    if access(there, Access::WRITE_OK | Access::EXEC_OK).is_err() {
        return Some(part.missing(
            format!("'{shown}' cannot be written: no message is kept"),
            format!("run 'chmod u+rwx {shown}', or mount its disk for writing"),
        ));
    }
    let own = rustix::process::geteuid().as_raw();
    let is_strange = there == folder && fs::metadata(there).is_ok_and(|found| found.uid() != own);
    is_strange.then(|| {
        part.warn(
            format!("'{shown}' belongs to somebody else"),
            format!("run 'chown -R $USER {shown}'"),
        )
    })
}
