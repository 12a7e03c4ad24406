//! `xnm connect`: a network or a profile comes up; a wrong password is asked for again.

use std::io::Write;
use std::time::{Duration, Instant};

use super::ActionError;
use super::ask;
use super::find::{self, Meant};
use super::session::{Agent, Session};
use crate::bar::clean;
use crate::net::Security;
use crate::net::arguments::{Connect, MethodName, SecurityName};
use crate::net::attempt::{Problem, Stage};
use crate::net::command::{Command, Credentials, Enterprise, Join, Method};
use crate::net::network::Network;
use crate::net::secrets::Prompt;
use crate::net::snapshot::{ActiveConnection, Id, Snapshot, Uuid};
use crate::net::status::Link;
use crate::net::table::ssid_words;
use crate::secret::Secret;

/// Longest that a connection may take, without the time in which the person types. A phone's
/// modem or a slow DHCP server takes most of it. The source gives up before, and says why.
const PATIENCE: Duration = Duration::from_secs(150);
/// And for writing down a profile that works.
const SAVING: Duration = Duration::from_secs(10);
/// How often a wrong password is asked for again.
const TRIES: u32 = 3;

/// How an attempt ended.
pub(super) enum End {
    /// Up.
    Up(Option<Id>),
    /// Not.
    Failed(Problem),
}

pub(super) fn connect(arguments: &Connect, out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::On)?;
    let snapshot = session.latest();
    let family = arguments.security.map(|name| security(name).family());
    let meant = find::target(&arguments.target, arguments.hex, family, &snapshot)?;
    let device = arguments
        .device
        .as_deref()
        .map(|name| device(name, &snapshot))
        .transpose()?;
    let mut given = match &arguments.password_file {
        Some(path) => Some(ask::from_file(path)?),
        None => None,
    };
    let name = name_of(&meant, &snapshot);
    let mut wish = Wish::new(meant, arguments, device, &snapshot)?;
    if given.is_none() && (arguments.ask || wish.needs_password() && ask::can_ask()) {
        given = Some(ask::ask(&format!("Password for '{name}'"))?);
    }
    if given.is_none() && wish.needs_password() {
        return Err(ActionError::Usage(format!(
            "'{name}' needs a password: give --ask or --password-file"
        )));
    }
    for tries_left in (0..TRIES).rev() {
        let command = wish.command(given.take(), arguments)?;
        let changes = matches!(command, Command::Join(_) | Command::Retry { .. });
        match follow(&session, command)? {
            End::Up(connection) => {
                writeln!(
                    out,
                    "{}",
                    up_words(&name, connection.as_ref(), &session.latest())
                )?;
                return match connection {
                    Some(connection) if changes => until_saved(&session, &connection),
                    _ => Ok(()),
                };
            }
            End::Failed(problem)
                if problem.why.asks_for_password() && tries_left > 0 && ask::can_ask() =>
            {
                // On the terminal, where the answer will be typed.
                let _ = writeln!(std::io::stderr(), "xnm: {}", problem.sentence);
                given = Some(ask::ask(&format!("Password for '{name}'"))?);
                wish.has_failed(&session.latest());
            }
            End::Failed(problem) => return Err(ActionError::Sentence(problem.sentence)),
        }
    }
    Ok(())
}

/// Waits until the profile that works is on disk.
///
/// # Errors
/// Why it is not, in the source's own sentence: the connection is there until it ends.
fn until_saved(session: &Session, connection: &Id) -> Result<(), ActionError> {
    session.wait("the profile to be saved", SAVING, |now| {
        if let Some(failure) = &now.failure {
            return Some(Err(ActionError::Sentence(failure.sentence.clone())));
        }
        let active = now.connection(connection);
        let profile = active.and_then(|active| now.profile(&active.uuid));
        // What went down meanwhile is told by whoever took it down.
        (active.is_none() || profile.is_some_and(|profile| profile.saved)).then_some(Ok(()))
    })?
}

/// What is to come up.
enum Wish {
    Saved {
        profile: Uuid,
        device: Option<Id>,
        enterprise: bool,
    },
    New(Box<Join>),
}

impl Wish {
    fn new(
        meant: Meant,
        arguments: &Connect,
        device: Option<Id>,
        snapshot: &Snapshot,
    ) -> Result<Self, ActionError> {
        let join = |ssid, security, hidden, device| {
            Self::New(Box::new(Join {
                ssid,
                security,
                hidden,
                device,
                access_point: None,
                credentials: Credentials::None,
            }))
        };
        let chosen = arguments.security.map(security);
        match meant {
            Meant::Profile(profile) => Ok(Self::Saved {
                enterprise: snapshot
                    .profile(&profile)
                    .is_some_and(|p| p.security == Some(Security::Enterprise)),
                profile,
                device,
            }),
            Meant::Network(Network { key, security, .. }) => {
                let security = chosen.unwrap_or(security);
                Ok(join(key.ssid, security, arguments.hidden, device))
            }
            Meant::Nothing(ssid) if arguments.hidden => {
                let guess = match (arguments.identity.is_some(), gives_password(arguments)) {
                    (true, _) => Security::Enterprise,
                    (false, true) => Security::Wpa,
                    (false, false) => Security::Open,
                };
                Ok(join(ssid, chosen.unwrap_or(guess), true, device))
            }
            Meant::Nothing(ssid) => Err(ActionError::Sentence(format!(
                "there is no network or profile '{}' in sight; 'xnm list' shows what there is, \
                 'xnm scan' looks anew, and --hidden is for a network that does not tell its name",
                ssid_words(&ssid)
            ))),
        }
    }

    /// Whether it cannot work without asking. A saved profile has its password with
    /// NetworkManager, which asks us where it has none.
    fn needs_password(&self) -> bool {
        match self {
            Self::Saved { .. } => false,
            Self::New(join) => {
                join.security.wants_password() || join.security == Security::Enterprise
            }
        }
    }

    fn command(
        &self,
        password: Option<Secret>,
        arguments: &Connect,
    ) -> Result<Command, ActionError> {
        Ok(match self {
            Self::Saved {
                profile,
                device,
                enterprise,
            } => match password {
                None => Command::Activate {
                    profile: profile.clone(),
                    device: device.clone(),
                    access_point: None,
                },
                Some(password) => Command::Retry {
                    profile: profile.clone(),
                    credentials: if *enterprise && says_more(arguments) {
                        Credentials::Enterprise(enterprise_of(password, arguments)?)
                    } else {
                        Credentials::Password(password)
                    },
                },
            },
            Self::New(join) => {
                let mut join = (**join).clone();
                join.credentials = match (join.security, password) {
                    (Security::Enterprise, password) => Credentials::Enterprise(enterprise_of(
                        password.unwrap_or_default(),
                        arguments,
                    )?),
                    (_, Some(password)) => Credentials::Password(password),
                    (_, None) => Credentials::None,
                };
                Command::Join(join)
            }
        })
    }

    /// After a failure: it may be that a profile stayed, which is then to be mended.
    fn has_failed(&mut self, snapshot: &Snapshot) {
        if let Self::New(join) = self
            && let Some(profile) = snapshot.profiles.iter().find(|profile| {
                profile.ssid.as_ref() == Some(&join.ssid)
                    && profile.security.map(Security::family) == Some(join.security.family())
            })
        {
            *self = Self::Saved {
                profile: profile.uuid.clone(),
                device: join.device.clone(),
                enterprise: join.security == Security::Enterprise,
            };
        }
    }
}

fn gives_password(arguments: &Connect) -> bool {
    arguments.ask || arguments.password_file.is_some()
}

/// Whether more of 802.1X is given than a password; without, a saved profile keeps what it has.
fn says_more(arguments: &Connect) -> bool {
    arguments.identity.is_some()
        || arguments.anonymous_identity.is_some()
        || arguments.method.is_some()
        || arguments.ca_certificate.is_some()
        || arguments.system_authorities
        || arguments.domain.is_some()
        || arguments.certificate.is_some()
        || arguments.private_key.is_some()
}

fn enterprise_of(password: Secret, arguments: &Connect) -> Result<Enterprise, ActionError> {
    let identity = arguments.identity.clone().ok_or_else(|| {
        ActionError::Usage(
            "an enterprise network needs a user name: give --identity, and the password by --ask \
             or --password-file"
                .to_owned(),
        )
    })?;
    let method = arguments.method.map(|name| match name {
        MethodName::Peap => Method::Peap,
        MethodName::TtlsPap => Method::TtlsPap,
        MethodName::TtlsMschapv2 => Method::TtlsMschapv2,
        MethodName::Tls => Method::Tls,
    });
    Ok(Enterprise {
        method,
        identity,
        anonymous_identity: arguments.anonymous_identity.clone(),
        password,
        ca_certificate: arguments.ca_certificate.clone(),
        system_authorities: arguments.system_authorities,
        domain: arguments.domain.clone(),
        certificate: arguments.certificate.clone(),
        private_key: arguments.private_key.clone(),
    })
}

fn security(name: SecurityName) -> Security {
    match name {
        SecurityName::Open => Security::Open,
        SecurityName::Wep => Security::Wep,
        SecurityName::Owe => Security::Owe,
        SecurityName::Wpa2 => Security::Wpa,
        SecurityName::Wpa3 => Security::Sae,
        SecurityName::Enterprise => Security::Enterprise,
    }
}

/// The device of this interface.
pub(super) fn device(name: &str, snapshot: &Snapshot) -> Result<Id, ActionError> {
    let found = snapshot.devices.iter().find(|d| d.interface == name);
    found.map(|device| device.id.clone()).ok_or_else(|| {
        ActionError::Sentence(format!(
            "there is no device '{}'; 'xnm list --all' shows them all",
            clean(name)
        ))
    })
}

fn name_of(meant: &Meant, snapshot: &Snapshot) -> String {
    match meant {
        Meant::Profile(uuid) => snapshot
            .profile(uuid)
            .map_or_else(|| uuid.0.to_string(), |profile| clean(&profile.name)),
        Meant::Network(network) => ssid_words(&network.key.ssid),
        Meant::Nothing(ssid) => ssid_words(ssid),
    }
}

/// Sends a command that connects, and follows its attempt to the end; what NetworkManager asks
/// for meanwhile is asked on the terminal.
pub(super) fn follow(session: &Session, command: Command) -> Result<End, ActionError> {
    let known = session.latest().attempts.iter().map(|a| a.number).max();
    let answered = session.latest().prompt.as_ref().map(|p| p.number);
    let mut answered = answered;
    session.send(command);
    let mut until = Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let news = session.wait("the connection", left, |now| news(now, known, answered))?;
        match news {
            News::End(end) => return Ok(end),
            News::Refused(sentence) => return Err(ActionError::Sentence(sentence)),
            News::Prompt(prompt) => {
                answered = Some(prompt.number);
                let asked = Instant::now();
                answer(session, &prompt)?;
                until += asked.elapsed();
            }
        }
    }
}

enum News {
    End(End),
    Refused(String),
    Prompt(Prompt),
}

fn news(now: &Snapshot, known: Option<u64>, answered: Option<u64>) -> Option<News> {
    let attempt = now.attempts.iter().rfind(|a| Some(a.number) > known);
    match attempt.map(|attempt| (&attempt.stage, &attempt.connection)) {
        Some((Stage::Connected, connection)) => {
            return Some(News::End(End::Up(connection.clone())));
        }
        Some((Stage::Failed(problem), _)) => return Some(News::End(End::Failed(problem.clone()))),
        Some((Stage::Going(_), _)) => {}
        None => {
            if let Some(failure) = &now.failure {
                return Some(News::Refused(failure.sentence.clone()));
            }
        }
    }
    let prompt = now.prompt.as_ref();
    prompt
        .filter(|prompt| Some(prompt.number) != answered)
        .map(|prompt| News::Prompt(prompt.clone()))
}

/// Asks on the terminal for what NetworkManager wants; without a terminal it is refused, which
/// changes nothing that is saved.
fn answer(session: &Session, prompt: &Prompt) -> Result<(), ActionError> {
    let refuse = || {
        session.send(Command::Refuse {
            prompt: prompt.number,
        });
    };
    let name = clean(&prompt.name);
    if !ask::can_ask() {
        refuse();
        session.grace()?;
        return Err(ActionError::Sentence(format!(
            "'{name}' wants a password: run this on a terminal, or give --password-file"
        )));
    }
    let mut terminal = std::io::stderr();
    if prompt.refused {
        let _ = writeln!(terminal, "xnm: the password of '{name}' was refused");
    }
    if let Some(message) = &prompt.message {
        let _ = writeln!(terminal, "{}", clean(message));
    }
    let mut secrets = Vec::new();
    for field in &prompt.fields {
        match ask::ask(&format!("{} for '{name}'", clean(&field.label))) {
            Ok(secret) => secrets.push((field.key.clone(), secret)),
            Err(error) => {
                refuse();
                session.grace()?;
                return Err(error);
            }
        }
    }
    session.send(Command::Answer {
        prompt: prompt.number,
        secrets,
    });
    Ok(())
}

/// `connected to 'home' with wlan0, address 192.0.2.7`.
fn up_words(name: &str, connection: Option<&Id>, snapshot: &Snapshot) -> String {
    let connection = connection.and_then(|id| snapshot.connection(id));
    let Some(active) = connection else {
        return format!("connected to '{name}'");
    };
    let link = Link::of(snapshot, active);
    let mut words = format!("connected to '{name}'");
    if !link.interface().is_empty() {
        words.push_str(&format!(" with {}", clean(link.interface())));
    }
    if let Some(address) = address(active) {
        words.push_str(&format!(", address {}", clean(address)));
    }
    words
}

fn address(active: &ActiveConnection) -> Option<&str> {
    let addresses = &active.addresses;
    let first = addresses.v4.first().or(addresses.v6.first())?;
    first.split('/').next()
}
