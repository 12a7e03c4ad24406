//! A method call that came in, and its answer.

use serde::Deserialize;
use serde::Serialize;
use zbus::wire::DynamicDeserialize;
use zbus::{DynamicType, Message};

/// A method call.
pub struct Call<'m> {
    message: &'m Message,
    /// Who calls (a unique name).
    pub sender: String,
    /// The object.
    pub object: String,
    /// The interface; empty where the caller did not say.
    pub interface: String,
    /// The method.
    pub member: String,
}

/// Why a call is refused: a D-Bus error's name and text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub name: String,
    pub text: String,
}

/// The answer; none where the caller gets none.
pub type Answer = Result<Option<Message>, Refusal>;

pub const NM_ERROR: &str = "org.freedesktop.NetworkManager";
pub const MM_ERROR: &str = "org.freedesktop.ModemManager1.Error";

impl Refusal {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
        }
    }

    /// Of NetworkManager's own, like `PermissionDenied` or `Device.NotActive`.
    pub fn of(name: &str, text: impl Into<String>) -> Self {
        Self::new(format!("{NM_ERROR}.{name}"), text)
    }

    pub fn standard(name: &str, text: impl Into<String>) -> Self {
        Self::new(format!("org.freedesktop.DBus.Error.{name}"), text)
    }
}

impl<'m> Call<'m> {
    pub fn of(message: &'m Message) -> Option<Self> {
        let header = message.header();
        Some(Self {
            message,
            sender: header.sender()?.to_string(),
            object: header.path()?.to_string(),
            interface: header
                .interface()
                .map(ToString::to_string)
                .unwrap_or_default(),
            member: header.member()?.to_string(),
        })
    }

    /// The arguments.
    pub fn arguments<T>(&self) -> Result<T, Refusal>
    where
        T: for<'d> Deserialize<'d> + for<'d> DynamicDeserialize<'d>,
    {
        let body = self.message.body();
        body.deserialize()
            .map_err(|_| Refusal::standard("InvalidArgs", "the arguments are of another type"))
    }

    /// Answers with this.
    pub fn reply<B>(&self, body: &B) -> Answer
    where
        B: Serialize + DynamicType,
    {
        Message::method_return(&self.message.header())
            .build(body)
            .map(Some)
            .map_err(|error| Refusal::standard("Failed", error.to_string()))
    }

    /// The message that refuses.
    pub fn refuse(&self, refusal: &Refusal) -> Option<Message> {
        Message::error(&self.message.header(), refusal.name.as_str())
            .build(&(refusal.text.as_str(),))
            .ok()
    }

    pub fn unknown(&self) -> Refusal {
        let (object, interface, member) = (&self.object, &self.interface, &self.member);
        Refusal::standard(
            "UnknownMethod",
            format!("no method '{interface}.{member}' on '{object}'"),
        )
    }
}
