//! D-Bus starts a resident popup and shows it: `org.barpop.Popup.Sms` on the session bus, and so
//! on for each topic, with the interface of the desktop's programs (`org.freedesktop.Application`
//! of the Desktop Entry Specification) at `/org/barpop/Popup/Sms`.
//!
//! This is beside the socket, through which bars go. Without a session bus there is nobody to ask.

use zbus::Message;
use zbus::message::{Flags, Type};

use crate::bus::{Bus, BusError, Object};

const INTERFACE: &str = "org.freedesktop.Application";
const INTROSPECTABLE: &str = "org.freedesktop.DBus.Introspectable";
const PEER: &str = "org.freedesktop.DBus.Peer";
const INTROSPECTION: &str = r#"<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node>
  <interface name="org.freedesktop.Application">
    <method name="Activate"><arg name="platform_data" type="a{sv}" direction="in"/></method>
  </interface>
</node>
"#;

/// To be queued for no name: another process of this topic has it then.
const DO_NOT_QUEUE: u32 = 4;

/// The bus's own daemon.
const DAEMON: Object<'_> = Object {
    service: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};

/// Serves the name of this topic for as long as the process lives, on a thread of its own; `show`
/// is called from there.
pub fn serve(topic: &str, show: impl Fn() + Send + 'static) {
    let word = word(topic);
    let serving = move || {
        // Nobody can call us then, and nobody misses it.
        let _ = zbus::block_on(answer_all(&word, &show));
    };
    let _ = std::thread::Builder::new()
        .name("activation".into())
        .spawn(serving);
}

/// The topic as the last part of the name: `Sms`.
fn word(topic: &str) -> String {
    let mut letters = topic.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

async fn answer_all(word: &str, show: &impl Fn()) -> Result<(), BusError> {
    let bus = Bus::session().await?;
    let mut messages = bus.messages();
    let name = format!("org.barpop.Popup.{word}");
    let path = format!("/org/barpop/Popup/{word}");
    let request = DAEMON.question("RequestName", &(&*name, DO_NOT_QUEUE))?;
    bus.send(&[request]).await?;
    while let Some(message) = messages.next().await {
        if message.message_type() == Type::MethodCall {
            let answer = answer(&message, &path, show);
            if !message
                .primary_header()
                .flags()
                .contains(Flags::NO_REPLY_EXPECTED)
            {
                let built = answer.map_err(|error| BusError::of(error, &name))?;
                bus.send(&[built]).await?;
            }
        }
    }
    Ok(())
}

fn answer(call: &Message, path: &str, show: &impl Fn()) -> Result<Message, zbus::Error> {
    let header = call.header();
    let text = |part: Option<String>| part.unwrap_or_default();
    let at = text(header.path().map(ToString::to_string));
    let interface = text(header.interface().map(ToString::to_string));
    let method = text(header.member().map(ToString::to_string));
    match (&*interface, &*method) {
        (INTERFACE | "", "Activate") if at == path => {
            show();
            Message::method_return(&header).build(&())
        }
        (INTROSPECTABLE, "Introspect") if at == path => {
            Message::method_return(&header).build(&INTROSPECTION)
        }
        (PEER, "Ping") => Message::method_return(&header).build(&()),
        _ => {
            let sentence = format!("only '{INTERFACE}.Activate' of '{path}' can be called");
            Message::error(&header, "org.freedesktop.DBus.Error.UnknownMethod").build(&sentence)
        }
    }
}
