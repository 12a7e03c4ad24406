//! NetworkManager: is it there, what may this person do, who answers when it wants a password.

use super::{Around, Check, Finding, Part, bus, process};
use crate::bus::{Bus, BusError, Object};
use crate::net::read;
use crate::net::snapshot::{Connectivity, Permission, Permissions, Service, State};
use crate::net::tree::wanted::NM;
use crate::net::{Wants, once};

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "NetworkManager",
        look: manager,
    },
    Check {
        part: "permissions",
        look: permissions,
    },
    Check {
        part: "secret agent",
        look: agent,
    },
];

/// Programs of others that answer when NetworkManager asks for a password.
const AGENTS: [&str; 8] = [
    "nm-applet",
    "gnome-shell",
    "plasmashell",
    "kded5",
    "kded6",
    "cinnamon",
    "budgie-panel",
    "phosh",
];

fn manager(_: &Around, part: Part) -> Vec<Finding> {
    let found = once::look(&Wants::default());
    vec![match found.service {
        Service::Running if found.state == State::Asleep => part.warn(
            format!("version {} runs, and networking is off", found.version),
            "switch it on: 'nmcli networking on'",
        ),
        Service::Running => {
            let devices = found.devices.len();
            let internet = match found.connectivity {
                Connectivity::Full => "reaches the internet",
                Connectivity::Portal => "is before a sign-in page",
                Connectivity::Limited | Connectivity::None => "reaches no internet",
                Connectivity::Unknown => "was not told whether it reaches the internet",
            };
            let version = &found.version;
            part.ok(format!("version {version} has {devices} devices and {internet}"))
        }
        Service::NotRunning => part.missing(
            "does not run",
            "start it: 'systemctl enable --now NetworkManager'; where another service has the network, \
             xnm is of no use",
        ),
        Service::NoBus(_) => {
            part.missing("the system bus does not answer", "see to the system bus")
        }
        Service::Stalled(cause) => part.missing(
            cause,
            "start it anew: 'systemctl restart NetworkManager', and see 'journalctl -u NetworkManager'",
        ),
        Service::Starting => part.missing("says nothing", "ask again in a minute"),
    }]
}

fn permissions(_: &Around, part: Part) -> Vec<Finding> {
    let answer = zbus::block_on(async {
        let bus = Bus::system().await?;
        let manager = Object {
            service: NM,
            path: read::MANAGER,
            interface: NM,
        };
        bus::ask(&bus, manager, "GetPermissions", &()).await
    });
    vec![match answer {
        Ok(answer) => match read::permissions(&answer.body()) {
            Some(found) => judge(part, &found),
            None => part.warn(
                "NetworkManager does not tell them in a way that is understood",
                "report this with its version",
            ),
        },
        // What it is about is told by another part.
        Err(BusError::NotRunning(_) | BusError::NoBus { .. }) => {
            part.unused("nobody can be asked", "see to NetworkManager")
        }
        Err(error) => part.warn(error.to_string(), "see to NetworkManager"),
    }]
}

fn judge(part: Part, found: &Permissions) -> Finding {
    let named = [
        (found.control, "connect"),
        (found.scan, "look for networks"),
        (found.wifi_radio, "switch Wi-Fi"),
        (found.modify_own, "save a network"),
        (found.share, "open a hotspot"),
    ];
    let of = |wanted| {
        let these = named.iter().filter(|(granted, _)| *granted == wanted);
        let these: Vec<&str> = these.map(|(_, what)| *what).collect();
        these.join(", ")
    };
    let (denied, asked) = (of(Permission::No), of(Permission::Ask));
    if !denied.is_empty() {
        return part.warn(
            format!("you may not: {denied}"),
            "join the group netdev (Debian) or add a rule for polkit; a session that logind does not \
             know as active ('loginctl') has few rights",
        );
    }
    if !asked.is_empty() {
        return part.ok(format!(
            "with a password of an administrator: {asked}; all else freely"
        ));
    }
    part.ok("you may connect, save, scan, switch radios and open a hotspot")
}

fn agent(around: &Around, part: Part) -> Vec<Finding> {
    let all = process::own();
    let ours = all.iter().find(|process| match process.name.as_str() {
        "xnm" => {
            process.has_word("agent")
                || (process.has_word("--follow") && !process.has_word("--no-agent"))
        }
        "barpop" => process.has_word("net"),
        _ => false,
    });
    let others = || all.iter().find(|p| AGENTS.contains(&p.name.as_str()));
    vec![match ours.or_else(others) {
        Some(process) => part.ok(format!(
            "{} ({}) answers when a password is wanted",
            process.name, process.id
        )),
        None if around.config.net.agent == Some(false) => part.unused(
            "'agent' is off in the configuration, and no other is known to run",
            "'xnm agent' answers when NetworkManager wants a password",
        ),
        None => part.warn(
            "nobody answers when NetworkManager wants a password",
            "have 'xnm --follow' on the bar, or start 'xnm agent' with the window manager",
        ),
    }]
}

#[cfg(test)]
mod tests {
    use super::super::{Topic, Verdict};
    use super::*;

    #[test]
    fn what_may_not_be_done_is_named_and_a_password_of_an_administrator_is_no_fault() {
        let part = Part {
            topic: Topic::Net,
            name: "permissions",
        };
        let all = |permission| Permissions {
            control: permission,
            scan: permission,
            wifi_radio: permission,
            wwan_radio: permission,
            modify_own: permission,
            modify_system: permission,
            share: permission,
        };
        assert_eq!(judge(part, &all(Permission::Yes)).verdict, Verdict::Ok);
        assert_eq!(judge(part, &all(Permission::Ask)).verdict, Verdict::Ok);
        let mut some = all(Permission::Yes);
        some.scan = Permission::No;
        let found = judge(part, &some);
        assert_eq!(found.verdict, Verdict::Warn);
        assert_eq!(found.sentence, "you may not: look for networks");
    }
}
