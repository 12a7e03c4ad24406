//! Remote timers of cameras: the services that are asked, and what this machine presses.

use std::io;
use std::path::Path;

use super::{Around, Check, Finding, Part, ds4, port, process};
use crate::shutter::client::{Client, ClientError, Server, servers};
use crate::shutter::release::Wish;

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "service",
        look: services,
    },
    Check {
        part: "release",
        look: release,
    },
    Check {
        part: "udev rule",
        look: rule,
    },
    Check {
        part: "broker",
        look: broker,
    },
];

const RULE: &str = "70-barpop-shutter.rules";
const SHIPPED: &str = include_str!("../../assets/udev/70-barpop-shutter.rules");

fn services(around: &Around, part: Part) -> Vec<Finding> {
    let named = match servers(&[], &around.config.shutter) {
        Ok(named) => named,
        Err(error) => {
            let remedy = "mend [[shutter.server]] in the configuration";
            return vec![part.missing(error.to_string(), remedy)];
        }
    };
    // One that is off takes its whole time to say nothing.
    let asked: Vec<_> = named
        .into_iter()
        .map(|server| std::thread::spawn(move || service(part, &server)))
        .collect();
    asked
        .into_iter()
        .filter_map(|answer| answer.join().ok())
        .collect()
}

fn service(part: Part, server: &Server) -> Finding {
    let label = server.label();
    let password = match server.password() {
        Ok(password) => password,
        Err(error) => return part.missing(format!("'{label}': {error}"), "mend that file"),
    };
    match Client::new(server.address.clone(), password).status() {
        Ok(told) => {
            let release = &told.snapshot.release;
            match release.problem.as_ref().or(told.snapshot.warning.as_ref()) {
                Some(problem) => part.warn(
                    format!("'{label}' answers and has a problem: {problem}"),
                    "see to its release; 'xshutter status' says more",
                ),
                None => part.ok(format!("'{label}' answers and can take pictures")),
            }
        }
        Err(ClientError::Unreachable { .. }) if server.implied => part.unused(
            "none is configured, and none is on this machine",
            "'xshutter serve' where the camera is, and [[shutter.server]] in the configuration here",
        ),
        Err(error @ ClientError::Forbidden { .. }) => part.warn(
            format!("'{label}': {error}"),
            "click its field on the bar and type the password, or name a file with it",
        ),
        Err(error) => part.missing(
            format!("'{label}': {error}"),
            "start it there: 'systemctl enable --now xshutter'; 'xshutter discover' looks for others",
        ),
    }
}

fn wish(around: &Around) -> Option<Wish> {
    around.config.shutter.serve.release.as_deref()?.parse().ok()
}

fn release(around: &Around, part: Part) -> Vec<Finding> {
    let Some(wish) = wish(around) else {
        return vec![part.unused(
            "this machine presses no camera's button",
            "where a camera is connected, name it: release under [shutter.serve]",
        )];
    };
    vec![match wish {
        Wish::Gpio { .. } => gpio(part),
        Wish::Serial { port, .. } | Wish::Arduino { port, .. } => port::look(part, &port),
        Wish::Gphoto2 { .. } => match process::installed("gphoto2") {
            Some(path) => part.ok(format!("the program '{}' is there", path.display())),
            None => part.missing("the program gphoto2 is not installed", "install gphoto2"),
        },
        Wish::None => part.ok("pictures are only counted (release = \"none\")"),
    }]
}

fn gpio(part: Part) -> Finding {
    let chips = match chips() {
        Ok(chips) => chips,
        Err(error) => return part.missing(error.to_string(), "mount /dev"),
    };
    let Some(first) = chips.first() else {
        return part.missing(
            "this machine has no GPIO chip",
            "use a release of another kind: serial, arduino, gphoto2",
        );
    };
    let usable = chips
        .iter()
        .any(|chip| port::forbidden(part, Path::new(chip)).is_none());
    if usable {
        return part.ok(format!("{} may be used", chips.join(", ")));
    }
    port::forbidden(part, Path::new(first))
        .unwrap_or_else(|| part.ok(format!("{first} may be used")))
}

fn chips() -> io::Result<Vec<String>> {
    let names = std::fs::read_dir("/dev")?.flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let mut chips: Vec<String> = names
        .filter(|name| name.starts_with("gpiochip"))
        .map(|name| format!("/dev/{name}"))
        .collect();
    chips.sort_unstable();
    Ok(chips)
}

fn rule(around: &Around, part: Part) -> Vec<Finding> {
    let is_needed = matches!(wish(around), Some(Wish::Gpio { .. }));
    vec![ds4::installed(part, RULE, SHIPPED, is_needed)]
}

/// The broker itself is asked by the service alone: two of one client id would throw each other out.
fn broker(around: &Around, part: Part) -> Vec<Finding> {
    let Some(broker) = &around.config.shutter.mqtt else {
        let remedy = "[shutter.mqtt] in the configuration tells a broker, and Home Assistant";
        return vec![part.unused("none is configured", remedy)];
    };
    vec![match &broker.password_file {
        Some(path) => port::secret_file(part, path, "broker's password"),
        None if broker.tls == Some(false) => part.warn(
            "is spoken to without TLS",
            "leave 'tls' away, unless the broker is on this machine",
        ),
        None => part.ok("is spoken to by the service, without a password"),
    }]
}
