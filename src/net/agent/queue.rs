//! What is open: questions to the person, what was typed for attempts, and the secrets that
//! profiles leave to their agents. No I/O, except that a window that is dropped closes.

use jiff::{SignedDuration, Timestamp};

use super::keep;
use super::request::Request;
use super::wait::Answerer;
use crate::net::ask::Window;
use crate::net::command::{Command, Credentials};
use crate::net::secrets::Prompt;
use crate::net::settings::{IEEE8021X, Settings, WIFI_SECURITY};
use crate::net::snapshot::{Snapshot, Uuid};
use crate::net::ssid::Ssid;
use crate::secret::Secret;

/// NetworkManager gives up after 120 s; a little before, so that the answer is not lost.
const PATIENCE_S: i64 = 118;

/// A VPN whose secret was refused just fails, and NetworkManager asks for it as if nothing had
/// happened when the person tries again: so soon after, it was wrong, seconds.
const WAS_WRONG_S: i64 = 60;

/// A question about what was typed for an attempt that is over may come so late, seconds.
const STILL_KNOWN_S: i64 = 3;

/// How a question ends.
pub(super) enum Answer {
    /// These are the secrets.
    Secrets(Settings),
    /// The person does not want to.
    Refused,
    /// There was nobody to ask.
    Nobody,
    /// NetworkManager took it back, or does not wait any more.
    Cancelled,
}

/// What is done with a request at once.
pub(super) enum Verdict {
    /// It is answered.
    Secrets(Settings),
    /// What was typed for this attempt is wrong.
    Wrong(u64),
    /// The person has to be asked.
    Ask,
}

struct Question {
    request: Request,
    prompt: Prompt,
    until: Timestamp,
    answerer: Answerer<Answer>,
    window: Option<Window>,
}

/// What was typed for an attempt.
struct Typed {
    attempt: u64,
    profile: Option<Uuid>,
    ssid: Option<Ssid>,
    credentials: Credentials,
    /// Whether NetworkManager has it already: in the profile, or from us.
    given: bool,
    /// Since when the attempt is over.
    over: Option<Timestamp>,
}

/// Secrets that a profile leaves to its agents.
struct Kept {
    profile: Uuid,
    setting: String,
    secrets: Settings,
    /// When they were handed over last.
    given: Option<Timestamp>,
}

/// Everything that is open.
#[derive(Default)]
pub(super) struct Queue {
    questions: Vec<Question>,
    typed: Vec<Typed>,
    kept: Vec<Kept>,
    last: u64,
}

impl Queue {
    pub fn expect(&mut self, attempt: u64, command: &Command, snapshot: &Snapshot) {
        let (profile, ssid, credentials) = match command {
            Command::Join(join) => (None, Some(join.ssid.clone()), &join.credentials),
            Command::Retry {
                profile,
                credentials,
            } => {
                let ssid = snapshot.profile(profile).and_then(|p| p.ssid.clone());
                (Some(profile.clone()), ssid, credentials)
            }
            _ => return,
        };
        if *credentials == Credentials::None {
            return;
        }
        self.typed.push(Typed {
            attempt,
            profile,
            ssid,
            credentials: credentials.clone(),
            given: false,
            over: None,
        });
    }

    /// The attempt is over. What was typed is wiped, but that something was typed stays known for
    /// a moment: NetworkManager's question may come after the news that it was wrong.
    pub fn done(&mut self, attempt: u64, now: Timestamp) {
        for typed in self.typed.iter_mut().filter(|t| t.attempt == attempt) {
            typed.over = Some(now);
            match &mut typed.credentials {
                Credentials::None => {}
                Credentials::Password(secret) => *secret = Secret::default(),
                Credentials::Enterprise(enterprise) => enterprise.password = Secret::default(),
            }
        }
    }

    /// What is known of a request without asking anybody.
    pub fn judge(&mut self, request: &Request, now: Timestamp) -> Verdict {
        let uuid = request.uuid();
        let ssid = request.connection.ssid();
        let late = SignedDuration::from_secs(STILL_KNOWN_S);
        let is_known = |over: Timestamp| now.duration_since(over) < late;
        self.typed.retain(|typed| typed.over.is_none_or(is_known));
        // The last one counts, where several are for the same network.
        let at = self.typed.iter().rposition(|typed| match &typed.profile {
            Some(profile) => *profile == uuid,
            None => typed.ssid.is_some() && typed.ssid == ssid,
        });
        let typed = at.and_then(|at| self.typed.get_mut(at));
        // Who may not ask looks for what is kept ('GetSecrets' of a profile, ours among them), and
        // must not be told what is only being tried.
        if request.may_ask()
            && let Some(typed) = typed
            && let Some(secrets) = secrets_for(&typed.credentials, request)
        {
            // Where NetworkManager wants new ones, it has tried those of the profile: ours.
            if typed.given || typed.over.is_some() || request.wants_new() {
                let attempt = typed.attempt;
                self.done(attempt, now);
                return Verdict::Wrong(attempt);
            }
            typed.given = true;
            return Verdict::Secrets(request.reply(&secrets));
        }
        if let Some(kept) = self.kept(&uuid, &request.setting) {
            let since = kept.given.map(|given| now.duration_since(given));
            let soon = since.is_some_and(|time| time < SignedDuration::from_secs(WAS_WRONG_S));
            let was_wrong = soon && request.setting == "vpn";
            if !request.wants_new() && !was_wrong {
                kept.given = Some(now);
                return Verdict::Secrets(kept.secrets.clone());
            }
            self.forget(&uuid, &request.setting);
        }
        Verdict::Ask
    }

    /// Opens a question; a second one of the same setting of the same profile takes the first
    /// one's place.
    pub fn ask(&mut self, request: Request, answerer: Answerer<Answer>, now: Timestamp) {
        self.cancel(&request.path, &request.setting);
        self.last += 1;
        self.questions.push(Question {
            prompt: request.prompt(self.last),
            until: now
                .checked_add(SignedDuration::from_secs(PATIENCE_S))
                .unwrap_or(now),
            request,
            answerer,
            window: None,
        });
    }

    pub fn prompt(&self) -> Option<&Prompt> {
        self.questions.first().map(|question| &question.prompt)
    }

    /// Answers a question; whether it was still open.
    pub fn answer(
        &mut self,
        prompt: u64,
        secrets: Option<&[(String, Secret)]>,
        now: Timestamp,
    ) -> bool {
        let Some(question) = self.take(prompt) else {
            return false;
        };
        let Some(secrets) = secrets else {
            question.answerer.answer(Answer::Refused);
            return true;
        };
        let reply = question.request.reply(secrets);
        // NetworkManager does not tell an agent to keep what it got from it.
        let mut profile = question.request.connection.clone();
        profile.merge(reply.clone());
        self.keep(
            question.request.uuid(),
            &keep::agent_owned(&profile),
            Some(now),
        );
        question.answerer.answer(Answer::Secrets(reply));
        true
    }

    /// There is nobody to ask.
    pub fn nobody(&mut self, prompt: u64) -> bool {
        let question = self.take(prompt);
        let was_open = question.is_some();
        if let Some(question) = question {
            question.answerer.answer(Answer::Nobody);
        }
        was_open
    }

    /// NetworkManager takes a question back; whether there was one.
    pub fn cancel(&mut self, path: &str, setting: &str) -> bool {
        self.close(|question| question.request.path == path && question.request.setting == setting)
    }

    pub fn drop_all(&mut self) -> bool {
        self.close(|_| true)
    }

    pub fn expire(&mut self, now: Timestamp) -> bool {
        self.close(|question| question.until <= now)
    }

    pub fn deadline(&self) -> Option<Timestamp> {
        self.questions.iter().map(|question| question.until).min()
    }

    /// The oldest question, where it has no window yet.
    pub fn without_window(&self) -> Option<Prompt> {
        let first = self.questions.first()?;
        first.window.is_none().then(|| first.prompt.clone())
    }

    pub fn has_window(&mut self, prompt: u64, window: Window) {
        let mut questions = self.questions.iter_mut();
        if let Some(question) = questions.find(|q| q.prompt.number == prompt) {
            question.window = Some(window);
        }
        // Else it was answered or cancelled already, and dropping the window closes it.
    }

    /// Keeps secrets that a profile leaves to its agents, as long as this process lives.
    pub fn keep(&mut self, profile: Uuid, secrets: &Settings, given: Option<Timestamp>) {
        for setting in secrets.settings() {
            self.forget(&profile, setting);
            self.kept.push(Kept {
                profile: profile.clone(),
                setting: setting.to_owned(),
                secrets: secrets.only(setting),
                given,
            });
        }
    }

    pub fn forget_all(&mut self, profile: &Uuid) {
        self.kept.retain(|kept| kept.profile != *profile);
    }

    fn forget(&mut self, profile: &Uuid, setting: &str) {
        self.kept
            .retain(|kept| !(kept.profile == *profile && kept.setting == setting));
    }

    fn kept(&mut self, profile: &Uuid, setting: &str) -> Option<&mut Kept> {
        let mut kept = self.kept.iter_mut();
        kept.find(|kept| kept.profile == *profile && kept.setting == setting)
    }

    fn take(&mut self, prompt: u64) -> Option<Question> {
        let at = self
            .questions
            .iter()
            .position(|q| q.prompt.number == prompt)?;
        Some(self.questions.remove(at))
    }

    fn close(&mut self, which: impl Fn(&Question) -> bool) -> bool {
        let before = self.questions.len();
        for question in self.questions.extract_if(.., |question| which(question)) {
            question.answerer.answer(Answer::Cancelled);
        }
        self.questions.len() != before
    }
}

/// What was typed, as the keys of the setting that is asked for; nothing where it is about
/// something else.
fn secrets_for(credentials: &Credentials, request: &Request) -> Option<Vec<(String, Secret)>> {
    let prompt = request.prompt(0);
    let key = prompt.fields.iter().find(|field| field.secret)?.key.clone();
    match (credentials, request.setting.as_str()) {
        (Credentials::Password(secret), WIFI_SECURITY | IEEE8021X) => {
            Some(vec![(key, secret.clone())])
        }
        (Credentials::Enterprise(enterprise), IEEE8021X) => {
            let identity = Secret::new(enterprise.identity.clone());
            let mut all = vec![(key, enterprise.password.clone())];
            all.push(("identity".to_owned(), identity));
            Some(all)
        }
        _ => None,
    }
}
