//! What is subscribed to: exactly the signals that [`Mirror`](super::mirror::Mirror) takes in.

use zbus::Message;
use zbus::message::Flags;

use crate::net::options::Options;
use crate::net::tree::wanted::{ACTIVE, DEVICE, MM, NM, PROFILE, VPN};

const BUS: &str = "org.freedesktop.DBus";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const OBJECTS: &str = "org.freedesktop.DBus.ObjectManager";

/// The calls that subscribe. The bus carries them out in order, so their answers need not be
/// waited for.
pub(super) fn subscriptions(options: &Options) -> Vec<Message> {
    let rules = rules(options);
    rules.iter().filter_map(|rule| add(rule).ok()).collect()
}

fn add(rule: &str) -> Result<Message, zbus::Error> {
    Message::method_call("/org/freedesktop/DBus", "AddMatch")
        .interface(BUS)
        .destination(BUS)
        .with_flags(Flags::NO_REPLY_EXPECTED)
        .build(&rule)
}

fn rules(options: &Options) -> Vec<String> {
    let owner = |name| {
        format!(
            "type='signal',sender='{BUS}',interface='{BUS}',member='NameOwnerChanged',arg0='{name}'"
        )
    };
    let properties = |name, root| {
        format!(
            "type='signal',sender='{name}',interface='{PROPERTIES}',member='PropertiesChanged',path_namespace='{root}'"
        )
    };
    let objects =
        |name, root| format!("type='signal',sender='{name}',interface='{OBJECTS}',path='{root}'");
    let signal = |interface, member| {
        format!("type='signal',sender='{NM}',interface='{interface}',member='{member}'")
    };
    let mut rules = vec![
        owner(NM),
        properties(NM, "/org/freedesktop/NetworkManager"),
        objects(NM, "/org/freedesktop"),
        signal(DEVICE, "StateChanged"),
        signal(ACTIVE, "StateChanged"),
        signal(VPN, "VpnStateChanged"),
    ];
    if options.wants.profiles {
        rules.push(signal(PROFILE, "Updated"));
    }
    if options.permissions {
        rules.push(signal(NM, "CheckPermissions"));
    }
    if options.wants.modems {
        let root = "/org/freedesktop/ModemManager1";
        rules.extend([owner(MM), properties(MM, root), objects(MM, root)]);
    }
    rules
}
