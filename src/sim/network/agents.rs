//! `AgentManager`: secret agents register, and are asked one after the other.

use std::num::NonZeroU32;
use std::time::Duration;

use zbus::Message;
use zbus::message::Type;

use super::activation;
use super::call::{Answer, Call, Refusal};
use super::interfaces::{AGENT_MANAGER, AGENT_PATH, AGENTS_PATH, SECRET_AGENT};
use super::profile::Profile;
use super::value::{self, Incoming, Settings, path};
use super::world::{Event, World};

/// How long an agent may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Why there are no secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSecrets {
    /// No agent knows any.
    Nobody,
    /// A person does not want to say.
    Cancelled,
}

/// Who can be asked, and what is being asked.
#[derive(Debug, Clone, Default)]
pub struct Agents {
    /// Unique name and identifier, in the order of their coming.
    registered: Vec<(String, String)>,
    requests: Vec<Request>,
    numbers: u64,
}

/// A question that is not answered yet.
#[derive(Debug, Clone)]
struct Request {
    number: u64,
    active: String,
    profile: String,
    setting: &'static str,
    hint: &'static str,
    flags: u32,
    /// The agent that is being asked, and the call's serial.
    asked: Option<(String, NonZeroU32)>,
    /// Those that are still to be asked, the first last.
    left: Vec<String>,
}

impl Agents {
    /// The identifiers of those that are registered.
    pub fn identifiers(&self) -> Vec<String> {
        self.registered.iter().map(|(_, id)| id.clone()).collect()
    }
}

pub fn call(world: &mut World, call: &Call<'_>) -> Option<Answer> {
    if call.interface != AGENT_MANAGER || call.object != AGENTS_PATH {
        return None;
    }
    Some(match call.member.as_str() {
        "Register" => call
            .arguments()
            .and_then(|(identifier,): (String,)| register(world, call, identifier)),
        "RegisterWithCapabilities" => call
            .arguments()
            .and_then(|(identifier, _): (String, u32)| register(world, call, identifier)),
        "Unregister" => {
            gone(world, &call.sender);
            call.reply(&())
        }
        _ => Err(call.unknown()),
    })
}

fn register(world: &mut World, call: &Call<'_>, identifier: String) -> Answer {
    let valid = (3..=255).contains(&identifier.len())
        && !identifier.starts_with('.')
        && !identifier.ends_with('.')
        && !identifier.contains("..")
        && identifier
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    if !valid {
        let text = format!("The identifier '{identifier}' is not valid");
        return Err(Refusal::of("AgentManager.InvalidIdentifier", text));
    }
    let agents = &mut world.agents.registered;
    if agents.iter().any(|(_, other)| *other == identifier) {
        let text = "An agent with this ID is already registered for this user.";
        return Err(Refusal::of("AgentManager.PermissionDenied", text));
    }
    agents.push((call.sender.clone(), identifier));
    call.reply(&())
}

/// A program left the bus, or took its agent back.
pub fn gone(world: &mut World, sender: &str) {
    let agents = &mut world.agents;
    agents.registered.retain(|(name, _)| name != sender);
    let waiting: Vec<u64> = agents
        .requests
        .iter()
        .filter(|request| {
            request
                .asked
                .as_ref()
                .is_some_and(|(name, _)| name == sender)
        })
        .map(|request| request.number)
        .collect();
    for number in waiting {
        ask_next(world, number);
    }
}

/// NetworkManager was restarted: nobody is registered any more.
pub fn forget_all(world: &mut World) {
    world.agents = Agents::default();
}

/// Asks for the secrets of an activation; the flags are `NMSecretAgentGetSecretsFlags`.
pub fn ask(world: &mut World, active: &str, setting: &'static str, hint: &'static str, flags: u32) {
    let Some(activation) = world.activations.get(active) else {
        return;
    };
    let (profile, caller) = (activation.profile.clone(), activation.caller.clone());
    let agents = &mut world.agents;
    agents.numbers += 1;
    // The agent of the program that asks for the connection is asked first, then the newest.
    let mut left: Vec<String> = agents
        .registered
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    left.sort_by_key(|name| *name == caller);
    let number = agents.numbers;
    agents.requests.push(Request {
        number,
        active: active.to_owned(),
        profile,
        setting,
        hint,
        flags,
        asked: None,
        left,
    });
    ask_next(world, number);
}

fn ask_next(world: &mut World, number: u64) {
    let Some(position) = world
        .agents
        .requests
        .iter()
        .position(|r| r.number == number)
    else {
        return;
    };
    let Some(request) = world.agents.requests.get_mut(position) else {
        return;
    };
    let Some(agent) = request.left.pop() else {
        let request = world.agents.requests.remove(position);
        return given(world, &request.active, Err(NoSecrets::Nobody));
    };
    let settings = world
        .profiles
        .get(&request.profile)
        .map(|profile| profile.settings.clone());
    let body = (
        settings.unwrap_or_default(),
        path(&request.profile),
        request.setting,
        vec![request.hint],
        request.flags,
    );
    if let Some(message) = to_agent(&agent, "GetSecrets", &body) {
        request.asked = Some((agent, message.primary_header().serial_num()));
        world.outgoing.push(message);
        world.later(PATIENCE, Event::AgentSilent(number));
    } else {
        ask_next(world, number);
    }
}

fn to_agent<B>(agent: &str, member: &'static str, body: &B) -> Option<Message>
where
    B: serde::Serialize + zbus::DynamicType,
{
    Message::method_call(AGENT_PATH, member)
        .destination(agent.to_owned())
        .interface(SECRET_AGENT)
        .build(body)
        .ok()
}

/// An agent answers.
pub fn answered(world: &mut World, message: &Message) {
    let header = message.header();
    let serial = header.reply_serial();
    let of_it = |request: &Request| request.asked.as_ref().map(|(_, serial)| *serial) == serial;
    let Some(position) = world.agents.requests.iter().position(of_it) else {
        return;
    };
    if message.message_type() == Type::Error {
        let name = header
            .error_name()
            .map(ToString::to_string)
            .unwrap_or_default();
        if !name.ends_with(".UserCanceled") {
            let number = world
                .agents
                .requests
                .get(position)
                .map(|request| request.number);
            return ask_next(world, number.unwrap_or_default());
        }
        let request = world.agents.requests.remove(position);
        return given(world, &request.active, Err(NoSecrets::Cancelled));
    }
    let request = world.agents.requests.remove(position);
    let secrets: Settings = message
        .body()
        .deserialize::<(Incoming,)>()
        .map(|(given,)| value::settings(given))
        .unwrap_or_default();
    let any = secrets
        .get(request.setting)
        .is_some_and(|given| !given.is_empty());
    let result = if any {
        Ok(secrets)
    } else {
        Err(NoSecrets::Nobody)
    };
    given(world, &request.active, result);
}

/// An agent does not answer.
pub fn silent(world: &mut World, number: u64) {
    ask_next(world, number);
}

/// The secrets of an activation are decided.
pub fn given(world: &mut World, active: &str, secrets: Result<Settings, NoSecrets>) {
    activation::secrets(world, active, secrets);
}

/// The activation is no more: who is being asked need not answer.
pub fn cancel(world: &mut World, active: &str) {
    let (of_it, others) = std::mem::take(&mut world.agents.requests)
        .into_iter()
        .partition(|request: &Request| request.active == active);
    world.agents.requests = others;
    for request in of_it {
        if let Some((agent, _)) = request.asked {
            let body = (path(&request.profile), request.setting);
            world
                .outgoing
                .extend(to_agent(&agent, "CancelGetSecrets", &body));
        }
    }
}

/// Gives the secrets that agents are to keep (flag 1) to all of them.
pub fn keep_secrets(world: &mut World, own: &str) {
    let Some(profile) = world.profiles.get_mut(own) else {
        return;
    };
    let by_agent =
        |profile: &Profile, setting: &str, key: &str| profile.secret_flags(setting, key) & 0x1 != 0;
    let any = profile
        .secrets
        .iter()
        .any(|(setting, keys)| keys.keys().any(|key| by_agent(profile, setting, key)));
    if any {
        let all = profile.all();
        profile.secrets.clear();
        tell_all(world, own, "SaveSecrets", &all);
    }
}

/// Tells all agents that a profile's secrets are not needed any more.
pub fn forget_secrets(world: &mut World, own: &str) {
    if let Some(profile) = world.profiles.get(own) {
        let settings = profile.settings.clone();
        tell_all(world, own, "DeleteSecrets", &settings);
    }
}

fn tell_all(world: &mut World, own: &str, member: &'static str, settings: &Settings) {
    for (agent, _) in &world.agents.registered {
        let message = to_agent(agent, member, &(settings, path(own)));
        world.outgoing.extend(message);
    }
}
