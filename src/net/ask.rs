//! A question to the person from a process without a window: `barpop ask` is started, gets the
//! [`Prompt`] as one JSON object on its standard input, and writes the answer as one JSON object
//! to its standard output. No secret is ever in an argument or in the environment.
//!
//! ```text
//! stdin:  {"number":1,"profile":"uuid","name":"Café","ssid":[67,…],"setting":"…",
//!          "fields":[{"key":"psk","label":"Password","secret":true}],"refused":false,"message":null}
//! stdout: {"secrets":[["psk","…"]]}      the answer, or
//!         {"refused":true}               the person does not want to
//!         nothing                        no window could be opened: nobody was asked
//! ```
//!
//! The window's side is [`read_prompt`], [`write_answer`] and [`until_nobody_waits`]; the process
//! is killed when nobody waits for its answer any more, and ends by itself when its asker is gone.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::secrets::{Field, Prompt};
use super::snapshot::Uuid;
use super::ssid::Ssid;
use crate::secret::Secret;

/// More than this is no question and no answer, bytes.
const LONGEST: u64 = 256 * 1024;

/// The program that opens the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    executable: PathBuf,
    arguments: Vec<OsString>,
}

/// A window that is open, as a process. Dropped, it closes.
#[derive(Debug)]
pub struct Window(Arc<Mutex<Child>>);

/// What came of a window.
#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    /// The secrets by their keys.
    Secrets(Vec<(String, Secret)>),
    /// The person does not want to.
    Refused,
    /// The window has said nothing, so nobody was asked.
    Nobody,
}

#[derive(Serialize, Deserialize)]
struct Question {
    number: u64,
    profile: String,
    name: String,
    ssid: Option<Vec<u8>>,
    setting: String,
    fields: Vec<QuestionField>,
    refused: bool,
    message: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct QuestionField {
    key: String,
    label: String,
    secret: bool,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    secrets: Option<Vec<(String, String)>>,
    #[serde(default)]
    refused: bool,
}

#[derive(Serialize)]
struct Plain<'a> {
    secrets: Vec<(&'a str, &'a str)>,
}

impl Program {
    /// `barpop ask`: the `barpop` beside this program, else the one in `PATH`.
    #[must_use]
    pub fn barpop() -> Self {
        let beside = std::env::current_exe()
            .ok()
            .map(|own| own.with_file_name("barpop"))
            .filter(|path| path.is_file());
        let executable = beside.unwrap_or_else(|| PathBuf::from("barpop"));
        Self::new(executable, ["ask"])
    }

    /// Another program, with its arguments.
    pub fn new<A: Into<OsString>>(
        executable: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        Self {
            executable: executable.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }

    /// Opens the window. `answered` is called once, from a thread of its own.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn open(
        &self,
        prompt: &Prompt,
        answered: impl FnOnce(Reply) + Send + 'static,
    ) -> io::Result<Window> {
        let mut child = Command::new(&self.executable)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take();
        let question = serde_json::to_vec(&Question::from(prompt))?;
        let child = Arc::new(Mutex::new(child));
        let window = Window(child.clone());
        std::thread::spawn(move || {
            // A window that does not read the question gives no answer: nothing to do here.
            if let Some(mut stdin) = stdin {
                let _ = stdin.write_all(&question);
            }
            let reply = stdout.and_then(|stdout| read_answer(stdout).ok());
            answered(reply.unwrap_or(Reply::Nobody));
            // The answer was its last word.
            let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = child.kill();
            let _ = child.wait();
        });
        Ok(window)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself; its thread waits for it in any case.
        let _ = child.kill();
    }
}

/// Reads the question (the window's side).
///
/// # Errors
/// When it cannot be read, or is no question.
pub fn read_prompt(input: impl Read) -> io::Result<Prompt> {
    let question: Question = serde_json::from_reader(input.take(LONGEST))?;
    Ok(question.into())
}

/// Writes the answer (the window's side): the secrets by their keys, or that the person refuses.
///
/// # Errors
/// When it cannot be written: nobody waits any more.
pub fn write_answer(
    mut output: impl Write,
    secrets: Option<&[(String, Secret)]>,
) -> io::Result<()> {
    let text = match secrets {
        Some(secrets) => {
            let plain = secrets
                .iter()
                .map(|(key, secret)| (key.as_str(), secret.reveal()));
            Zeroizing::new(serde_json::to_vec(&Plain {
                secrets: plain.collect(),
            })?)
        }
        None => Zeroizing::new(br#"{"refused":true}"#.to_vec()),
    };
    output.write_all(&text)?;
    output.write_all(b"\n")?;
    output.flush()
}

/// Returns when nobody can read the answer any more (the window's side).
///
/// # Errors
/// When that cannot be told.
pub fn until_nobody_waits(output: impl AsFd) -> io::Result<()> {
    loop {
        // Without a wish, only that the other end is gone is told.
        let mut fds = [PollFd::new(&output, PollFlags::empty())];
        match poll(&mut fds, None) {
            Ok(_) if fds[0].revents().intersects(PollFlags::ERR | PollFlags::HUP) => return Ok(()),
            Ok(_) => return Err(io::ErrorKind::InvalidInput.into()),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Reads the answer (the agent's side).
fn read_answer(input: impl Read) -> io::Result<Reply> {
    let mut text = Zeroizing::new(Vec::new());
    input.take(LONGEST).read_to_end(&mut text)?;
    let answer: Answer = serde_json::from_slice(&text)?;
    Ok(match answer.secrets {
        _ if answer.refused => Reply::Refused,
        None => Reply::Nobody,
        Some(secrets) => {
            let secret = |(key, secret)| (key, Secret::new(secret));
            Reply::Secrets(secrets.into_iter().map(secret).collect())
        }
    })
}

impl From<&Prompt> for Question {
    fn from(prompt: &Prompt) -> Self {
        let field = |field: &Field| QuestionField {
            key: field.key.clone(),
            label: field.label.clone(),
            secret: field.secret,
        };
        Self {
            number: prompt.number,
            profile: prompt.profile.0.to_string(),
            name: prompt.name.clone(),
            ssid: prompt.ssid.as_ref().map(|ssid| ssid.bytes().to_vec()),
            setting: prompt.setting.clone(),
            fields: prompt.fields.iter().map(field).collect(),
            refused: prompt.refused,
            message: prompt.message.clone(),
        }
    }
}

impl From<Question> for Prompt {
    fn from(question: Question) -> Self {
        let field = |field: QuestionField| Field {
            key: field.key,
            label: field.label,
            secret: field.secret,
        };
        Self {
            number: question.number,
            profile: Uuid(question.profile.into()),
            name: question.name,
            ssid: question.ssid.map(Ssid::new),
            setting: question.setting,
            fields: question.fields.into_iter().map(field).collect(),
            refused: question.refused,
            message: question.message,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    fn prompt() -> Prompt {
        Prompt {
            number: 3,
            profile: Uuid("u".into()),
            name: "Café".into(),
            ssid: Some(Ssid::new([0xff, 0x00, b'a'])),
            setting: "802-11-wireless-security".into(),
            fields: vec![Field {
                key: "psk".into(),
                label: "Password".into(),
                secret: true,
            }],
            refused: true,
            message: None,
        }
    }

    type Answers = mpsc::Receiver<Reply>;

    fn ask(script: &str) -> (Window, Answers) {
        let (send, receive) = mpsc::channel();
        let program = Program::new("/bin/sh", ["-c", script]);
        let window = program.open(&prompt(), move |answer| {
            let _ = send.send(answer);
        });
        (window.unwrap(), receive)
    }

    #[test]
    fn a_question_arrives_at_the_window_as_it_was_asked() {
        let mut sent = Vec::new();
        serde_json::to_writer(&mut sent, &Question::from(&prompt())).unwrap();
        assert_eq!(read_prompt(sent.as_slice()).unwrap(), prompt());
    }

    #[test]
    fn an_answer_arrives_at_the_agent_as_it_was_typed() {
        let secrets = vec![("psk".to_owned(), Secret::new("a\"b\\c\u{1f600}"))];
        let mut sent = Vec::new();
        write_answer(&mut sent, Some(&secrets)).unwrap();
        assert_eq!(
            read_answer(sent.as_slice()).unwrap(),
            Reply::Secrets(secrets)
        );
        let mut sent = Vec::new();
        write_answer(&mut sent, None).unwrap();
        assert_eq!(read_answer(sent.as_slice()).unwrap(), Reply::Refused);
    }

    #[test]
    fn a_window_reads_the_question_and_answers_it() {
        let script = r#"case "$(cat)" in
            *'"label":"Password"'*) echo '{"secrets":[["psk","12345678"]]}';;
        esac"#;
        let (_window, answers) = ask(script);
        let answer = answers.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(
            answer,
            Reply::Secrets(vec![("psk".to_owned(), Secret::new("12345678"))])
        );
    }

    fn reply(answers: &Answers) -> Reply {
        answers.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    #[test]
    fn a_window_that_is_closed_refuses_and_one_that_never_opened_does_not() {
        let (_window, answers) = ask(r#"echo '{"refused":true}'"#);
        assert_eq!(reply(&answers), Reply::Refused);
        for script in ["exit 1", "echo no display", "echo '{}'"] {
            let (_window, answers) = ask(script);
            assert_eq!(reply(&answers), Reply::Nobody, "{script}");
        }
    }

    #[test]
    fn a_window_learns_that_its_asker_is_gone() {
        let (reader, writer) = std::io::pipe().unwrap();
        let (send, gone) = mpsc::channel();
        std::thread::spawn(move || send.send(until_nobody_waits(&writer).is_ok()));
        assert!(gone.recv_timeout(Duration::from_millis(50)).is_err());
        drop(reader);
        assert_eq!(gone.recv_timeout(Duration::from_secs(10)), Ok(true));
    }

    #[test]
    fn a_window_that_nobody_waits_for_is_closed() {
        let (window, answers) = ask("exec sleep 600");
        drop(window);
        assert_eq!(reply(&answers), Reply::Nobody);
    }
}
