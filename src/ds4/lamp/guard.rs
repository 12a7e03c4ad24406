//! The former light comes back, whatever becomes of the program that changed it.
//!
//! A process that is killed (-9) can do nothing any more, and the kernel keeps an LED as it is. So
//! a small process of our own holds the way back: it reads one line, then waits at its standard
//! input until that is closed, which the kernel does when the program ends in any way. The same
//! is done at an ordinary end, so that there is one way only.

use std::io::{self, BufRead, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::former::Former;

/// The word after which `xds4` is a guard.
pub const ARGUMENT: &str = "guard";

/// The line that lets a guard go.
const KEEP: &str = "keep";

/// Gives the light back when it is dropped, or when this process ends.
#[derive(Debug)]
pub struct Guard {
    former: Former,
    process: Option<Child>,
}

impl Guard {
    /// Starts a guard: `program` is `xds4`, wherever it is. Without it the light still comes back
    /// at an ordinary end.
    #[must_use]
    pub fn start(former: Former, program: Option<&Path>) -> Self {
        let process = spawn(&former, program).ok();
        Self { former, process }
    }

    /// The light stays as it is now.
    pub fn forget(mut self) {
        self.former.steps.clear();
        if let Some(stdin) = self.process.as_mut().and_then(|p| p.stdin.as_mut()) {
            let _ = writeln!(stdin, "{KEEP}");
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        match &mut self.process {
            Some(process) => {
                drop(process.stdin.take());
                // It writes a handful of files; when it is done, so is the way back. One that
                // failed (it was killed, or is an older `xds4`) has not done it.
                if !process.wait().is_ok_and(|status| status.success()) {
                    self.former.restore();
                }
            }
            None => self.former.restore(),
        }
    }
}

fn spawn(former: &Former, program: Option<&Path>) -> io::Result<Child> {
    let program = program.map_or_else(find, Path::to_owned);
    let mut child = Command::new(program)
        .arg(ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Ctrl-C at a terminal is for the program, not for its guard.
        .process_group(0)
        .spawn()?;
    let line = serde_json::to_string(former)?;
    let told = match &mut child.stdin {
        Some(stdin) => writeln!(stdin, "{line}"),
        None => Err(io::ErrorKind::BrokenPipe.into()),
    };
    if let Err(error) = told {
        let _ = child.kill();
        let _ = child.wait();
        return Err(error);
    }
    Ok(child)
}

/// This program if it is `xds4`, else the one beside it, else the one in the path.
fn find() -> PathBuf {
    let name = Path::new("xds4");
    let Ok(own) = std::env::current_exe() else {
        return name.to_owned();
    };
    if own.file_name() == Some(name.as_os_str()) {
        // Also after an update took its file away.
        return PathBuf::from("/proc/self/exe");
    }
    let beside = own.with_file_name(name);
    if beside.exists() {
        beside
    } else {
        name.to_owned()
    }
}

/// What the guard does: waits for the end of its input, and gives the light back.
///
/// # Errors
/// When the first line is not a way back.
pub fn run(mut input: impl BufRead) -> io::Result<()> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    let former: Former = serde_json::from_str(&line)?;
    // It ends with the program; what it says before that is whether the light is to stay.
    let mut rest = String::new();
    let _ = input.read_to_string(&mut rest);
    if rest.trim() != KEEP {
        former.restore();
    }
    Ok(())
}
