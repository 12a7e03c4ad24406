//! `gphoto2 --shell`: a command on its standard input, its words up to the next prompt.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::pipe::{PipeFlags, pipe_with};

/// How long a camera may take for a command: it may focus, or write a picture.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long the program may take to end by itself.
const FAREWELL: Duration = Duration::from_secs(2);

/// How much it may say to one command.
const MOST: usize = 1 << 20;

/// What goes wrong.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// gphoto2 is not installed.
    #[error("gphoto2 is not installed")]
    NoProgram,
    /// It cannot be started or spoken to.
    #[error("the program gphoto2 failed ({0})")]
    Io(io::Error),
    /// It ended by itself.
    #[error("the program gphoto2 ended: {0}")]
    Ended(String),
    /// No prompt came.
    #[error("the camera did not answer within {} s", PATIENCE.as_secs())]
    Silent,
    /// The camera or the library refuses.
    #[error("{words}")]
    Refused {
        /// The library's number for it.
        code: Option<i32>,
        /// In words.
        words: String,
    },
}

impl From<io::Error> for ShellError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NoProgram,
            _ => Self::Io(error),
        }
    }
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("LC_ALL", "C")
        // It would take the model that somebody used last for the one that is there now.
        .env("HOME", "/dev/null")
        // No colours, no moving of the cursor.
        .env("TERM", "dumb")
        .current_dir("/")
        // Ctrl-C at a terminal is for us, who then let the camera go.
        .process_group(0);
    command
}

/// The table of cameras.
///
/// # Errors
/// Where the program cannot be run, or does not end: a camera that is stuck can hold it up.
pub fn auto_detect(program: &Path) -> Result<String, ShellError> {
    let (output, said) = pipe_with(PipeFlags::CLOEXEC).map_err(io::Error::from)?;
    let mut child = command(program)
        .arg("--auto-detect")
        .stdin(Stdio::null())
        .stdout(said)
        .stderr(Stdio::null())
        .spawn()?;
    let heard = hear(&mut output.into(), |_| false);
    // It has ended, or it is late.
    let _ = child.kill();
    let _ = child.wait();
    match heard? {
        Heard::Whole(said) | Heard::Ended(said) => Ok(said),
    }
}

/// A shell that waits for a command.
pub struct Shell {
    child: Child,
    input: Option<ChildStdin>,
    /// What it says, errors too.
    output: File,
    /// It was silent, or ended: whatever comes now would be an answer to an older question.
    lost: bool,
}

impl Shell {
    /// Starts it at this port, and waits for its first prompt.
    ///
    /// # Errors
    /// Where the program or the camera is not there.
    pub fn start(program: &Path, port: &str) -> Result<Self, ShellError> {
        let (output, said) = pipe_with(PipeFlags::CLOEXEC).map_err(io::Error::from)?;
        let both: OwnedFd = said.try_clone()?;
        let mut child = command(program)
            .args(["--port", port, "--shell"])
            .stdin(Stdio::piped())
            .stdout(said)
            .stderr(both)
            .spawn()?;
        let mut shell = Self {
            input: child.stdin.take(),
            child,
            output: output.into(),
            lost: false,
        };
        shell.until_prompt()?;
        Ok(shell)
    }

    /// Gives a command and returns what it says to it.
    ///
    /// # Errors
    /// Where it is an error, or nothing.
    pub fn ask(&mut self, command: &str) -> Result<String, ShellError> {
        if self.lost {
            return Err(ShellError::Ended("it did not answer before".to_owned()));
        }
        if let Some(input) = &mut self.input {
            writeln!(input, "{command}").map_err(|error| {
                self.lost = true;
                ShellError::Ended(error.to_string())
            })?;
        }
        let said = self.until_prompt()?;
        match refusal(&said) {
            Some(refusal) => Err(refusal),
            None => Ok(said),
        }
    }

    fn until_prompt(&mut self) -> Result<String, ShellError> {
        let said = self.hear();
        self.lost = said.is_err();
        said
    }

    fn hear(&mut self) -> Result<String, ShellError> {
        match hear(&mut self.output, ends_with_prompt)? {
            Heard::Whole(said) => Ok(said),
            Heard::Ended(said) => {
                Err(refusal(&said).unwrap_or_else(|| ShellError::Ended(first_line(&said))))
            }
        }
    }
}

/// What the program said.
enum Heard {
    /// As much as was waited for.
    Whole(String),
    /// All up to its end, or more than anybody reads.
    Ended(String),
}

/// Listens until it is whole, for so long as a camera may take.
fn hear(output: &mut File, is_whole: impl Fn(&[u8]) -> bool) -> Result<Heard, ShellError> {
    let until = Instant::now() + PATIENCE;
    let mut said = Vec::new();
    while !is_whole(&said) {
        let left = until.saturating_duration_since(Instant::now());
        let wait = rustix::time::Timespec {
            tv_sec: left.as_secs().try_into().unwrap_or(0),
            tv_nsec: left.subsec_nanos().into(),
        };
        match poll(&mut [PollFd::new(output, PollFlags::IN)], Some(&wait)) {
            Ok(0) => return Err(ShellError::Silent),
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(errno) => return Err(ShellError::Io(errno.into())),
        }
        let mut bytes = [0; 4096];
        let count = output.read(&mut bytes)?;
        said.extend(bytes.iter().take(count));
        if count == 0 || said.len() > MOST {
            return Ok(Heard::Ended(String::from_utf8_lossy(&said).into_owned()));
        }
    }
    Ok(Heard::Whole(String::from_utf8_lossy(&said).into_owned()))
}

impl Drop for Shell {
    fn drop(&mut self) {
        // The end of its input ends it, and with it the session with the camera.
        drop(self.input.take());
        let until = Instant::now() + FAREWELL;
        while Instant::now() < until {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `gphoto2: {/} /store_00020001> `
fn ends_with_prompt(said: &[u8]) -> bool {
    let start = said.iter().rposition(|byte| *byte == b'\n');
    let last = said.get(start.map_or(0, |start| start + 1)..);
    last.is_some_and(|last| last.starts_with(b"gphoto2: {") && last.ends_with(b"> "))
}

/// The error among what it said: the sentence below a line `*** Error ***`, and the number in
/// `*** Error (-6: 'Unsupported operation') ***`.
fn refusal(said: &str) -> Option<ShellError> {
    let mut lines = said.lines().map(str::trim);
    let mut sentence = None;
    let mut last = None;
    while let Some(line) = lines.next() {
        if let Some(rest) = line.strip_prefix("*** Error (") {
            let (code, rest) = rest.split_once(": '").unwrap_or((rest, ""));
            let short = rest.trim_end_matches("') ***").to_owned();
            last = Some((code.parse().ok(), short));
        } else if let Some(rest) = line.strip_prefix("*** Error: ") {
            let short = rest.trim_end_matches("***").trim_end();
            let code = short.starts_with("No camera found").then_some(-105);
            last = Some((code, short.to_owned()));
        } else if line.starts_with("*** Error ***") {
            sentence = lines.next().map(str::to_owned);
        } else if let Some(rest) = line.strip_prefix("ERROR: ") {
            sentence.get_or_insert_with(|| rest.to_owned());
        }
    }
    let (code, short) = match (last, &sentence) {
        (Some(last), _) => last,
        (None, Some(_)) => (None, String::new()),
        (None, None) => return None,
    };
    let words = sentence.filter(|s| !s.is_empty()).unwrap_or(short);
    let mut words = words.trim_end_matches('.').to_owned();
    // As all our errors begin.
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    Some(ShellError::Refused { code, words })
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or("it said nothing").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(said: &str) -> String {
        refusal(said).map(|error| error.to_string()).unwrap()
    }

    #[test]
    fn a_prompt_is_told_from_what_looks_like_one() {
        assert!(ends_with_prompt(b"gphoto2: {/tmp} /> "));
        assert!(ends_with_prompt(b"x\n\ngphoto2: {/} /store_1/DCIM> "));
        // The echo of a command, and a prompt that is not whole yet.
        assert!(!ends_with_prompt(b"gphoto2: {/tmp} /> list-config\n"));
        assert!(!ends_with_prompt(b"gphoto2: {/tmp} /"));
        assert!(!ends_with_prompt(b""));
    }

    #[test]
    fn a_program_that_lists_no_cameras_and_does_not_end_is_given_up() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("gphoto2");
        std::fs::write(&program, "#!/bin/sh\necho Model\nexec sleep 60\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let began = Instant::now();
        assert!(matches!(auto_detect(&program), Err(ShellError::Silent)));
        assert!(began.elapsed() < PATIENCE * 3, "{:?}", began.elapsed());
    }

    #[test]
    fn errors_are_the_librarys_words() {
        let said = "list-config\n\n*** Error ***              \nThis camera does not provide any configuration options.\n*** Error (-6: 'Unsupported operation') ***\ngphoto2: {/} /> ";
        assert_eq!(
            words(said),
            "this camera does not provide any configuration options"
        );
        let said = "\n*** Error: No camera found. ***\n\nFor debugging messages, please use\n";
        assert!(matches!(
            refusal(said),
            Some(ShellError::Refused {
                code: Some(-105),
                ..
            })
        ));
        let said = "*** Error (-53: 'Could not claim the USB device') ***\n";
        assert_eq!(words(said), "could not claim the USB device");
        assert!(refusal("set-config bulb=1\ngphoto2: {/} /> ").is_none());
    }
}
