//! The real NetworkManager asks our secret agent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/acting.rs"]
mod acting;
#[path = "support/nm.rs"]
mod nm;

use acting::{Bed, CANARY};
use barpop::bus::{Bus, Object};
use barpop::net::Options;
use barpop::net::agent::{Agent, Asking};
use barpop::net::ask::Program;
use barpop::net::attempt::{Stage, Why};
use barpop::net::command::Command;
use barpop::net::settings::Settings;
use barpop::net::snapshot::DeviceState;
use barpop::secret::Secret;
use zbus::ObjectPath;

fn answer(bed: &Bed, text: &str) {
    bed.send(Command::Answer {
        prompt: bed.prompt().number,
        secrets: vec![("password".to_owned(), Secret::new(text))],
    });
}

#[test]
fn a_refusal_is_no_password_and_the_profile_stays() {
    let bed = Bed::new();
    bed.add_campus();
    bed.activate("campus");
    let prompt = bed.prompt();
    assert_eq!(prompt.profile, bed.profile("campus").uuid);
    assert_eq!(
        (prompt.name.as_str(), prompt.setting.as_str()),
        ("campus", "802-1x")
    );
    assert_eq!(prompt.fields[0].key, "password");
    assert!(!prompt.refused);
    let waits = |stage: &Stage| *stage == Stage::Going(DeviceState::NeedAuth);
    bed.until("the attempt waits", |s| {
        s.attempts.iter().any(|a| waits(&a.stage))
    });
    bed.send(Command::Refuse {
        prompt: prompt.number,
    });
    let problem = bed.problem();
    assert_eq!(problem.why, Why::PasswordWanted, "{}", problem.sentence);
    bed.until("no prompt", |s| s.prompt.is_none());
    assert_eq!(bed.names(), ["campus"]);
}

#[test]
fn what_the_person_answers_reaches_networkmanager_and_no_log() {
    let mut bed = Bed::new();
    bed.add_campus();
    bed.nm.inside("wpa_supplicant -u & supplicant=$!");
    bed.activate("campus");
    answer(&bed, CANARY);
    // With the password the sign-in begins; nobody at the other end will answer it.
    bed.wait_for("sign-in", || {
        bed.nm
            .log()
            .contains("supplicant interface state")
            .then_some(())
    });
    bed.until("no prompt", |s| s.prompt.is_none());
    assert!(!bed.nm.log().contains(CANARY));
    assert!(!bed.nm.file("campus").contains(CANARY));
}

#[test]
fn a_question_that_networkmanager_takes_back_disappears() {
    let bed = Bed::new();
    bed.add_campus();
    bed.activate("campus");
    bed.prompt();
    bed.nm.nmcli(&["connection", "down", "campus"]);
    bed.until("no prompt", |s| s.prompt.is_none());
}

#[test]
fn a_process_without_a_window_asks_with_one_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("asked");
    let script = format!(r#"cat >{}; echo '{{"refused":true}}'"#, file.display());
    let bed = Bed::with(Options {
        window: Some(Program::new("/bin/sh", ["-c", &script])),
        ..Options::default()
    });
    bed.add_campus();
    bed.activate("campus");
    let problem = bed.problem();
    assert_eq!(problem.why, Why::PasswordWanted, "{}", problem.sentence);
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(r#""name":"campus""#), "{text}");
    assert_eq!(bed.source.latest().prompt, None);
}

#[test]
fn a_window_closes_when_networkmanager_takes_its_question_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("window");
    let script = format!("echo $$ >{}; exec sleep 600", file.display());
    let bed = Bed::with(Options {
        window: Some(Program::new("/bin/sh", ["-c", &script])),
        ..Options::default()
    });
    bed.add_campus();
    bed.activate("campus");
    let window = bed.wait_for("window", || {
        let text = std::fs::read_to_string(&file).ok()?;
        text.ends_with('\n').then(|| text.trim().to_owned())
    });
    assert!(std::path::Path::new(&format!("/proc/{window}")).exists());
    bed.nm.nmcli(&["connection", "down", "campus"]);
    bed.wait_for("end of the window", || {
        (!std::path::Path::new(&format!("/proc/{window}")).exists()).then_some(())
    });
}

#[test]
fn the_agent_is_known_again_after_networkmanager_was_restarted() {
    let mut bed = Bed::new();
    bed.add_campus();
    bed.profile("campus");
    bed.nm.restart();
    bed.wait_for("agent", || {
        bed.nm.log().matches("agent registered").nth(1).map(drop)
    });
    bed.activate("campus");
    assert_eq!(bed.prompt().name, "campus");
}

#[test]
fn with_two_agents_one_is_asked_and_one_refusal_is_enough() {
    let bed = Bed::new();
    let bus = zbus::block_on(Bus::system_at(Some(&bed.nm.address()))).unwrap();
    let other = zbus::block_on(Agent::serve(&bus, Asking::Here, |_| {})).unwrap();
    zbus::block_on(other.register()).unwrap();
    // Registered twice is registered.
    zbus::block_on(other.register()).unwrap();
    bed.add_campus();
    bed.activate("campus");
    let ours = || bed.source.latest().prompt.clone();
    bed.wait_for("prompt", || ours().or_else(|| other.prompt()));
    match (ours(), other.prompt()) {
        (Some(prompt), None) => bed.send(Command::Refuse {
            prompt: prompt.number,
        }),
        (None, Some(prompt)) => other.refuse(prompt.number),
        both => panic!("{both:?}"),
    }
    assert_eq!(bed.problem().why, Why::PasswordWanted);
    assert_eq!((ours(), other.prompt()), (None, None));
}

#[test]
fn nobody_but_networkmanager_gets_an_answer() {
    let bed = Bed::new();
    let path = ObjectPath::try_from("/p").unwrap();
    let hints: Vec<String> = Vec::new();
    let body = (Settings::default(), path, "802-1x", hints, 1u32);
    // Both connections work while one future runs, as those of a program do.
    let answer = zbus::block_on(async {
        let address = bed.nm.address();
        let bus = Bus::system_at(Some(&address)).await.unwrap();
        let agent = Agent::serve(&bus, Asking::Here, |_| {}).await.unwrap();
        let stranger = Bus::system_at(Some(&address)).await.unwrap();
        let name = bus.connection().unique_name().unwrap().to_string();
        let object = Object {
            service: &name,
            path: "/org/freedesktop/NetworkManager/SecretAgent",
            interface: "org.freedesktop.NetworkManager.SecretAgent",
        };
        let answer = stranger.call(object, "GetSecrets", &body).await;
        drop(agent);
        answer
    });
    let error = format!("{:?}", answer.unwrap_err());
    assert!(error.contains("SecretAgent.NotAuthorized"), "{error}");
}

/// An `OpenVPN` profile whose password is its agent's, over a cable that is up.
fn add_vpn(bed: &Bed) {
    bed.add_cable("office", &["ipv4.gateway", "192.0.2.1"]);
    bed.nm.nmcli(&["connection", "up", "office"]);
    let data = "connection-type=password, remote=192.0.2.1, username=ann, password-flags=1, \
                ca=/etc/hostname";
    let add = [
        "connection",
        "add",
        "type",
        "vpn",
        "con-name",
        "work",
        "autoconnect",
        "no",
    ];
    let how = ["vpn-type", "openvpn", "vpn.data", data];
    bed.nm.nmcli(&[&add[..], &how].concat());
}

#[test]
fn a_vpn_asks_for_its_password_and_a_refusal_ends_it() {
    let bed = Bed::new();
    add_vpn(&bed);
    bed.activate("work");
    let prompt = bed.prompt();
    assert_eq!(
        (prompt.name.as_str(), prompt.setting.as_str()),
        ("work", "vpn")
    );
    let keys: Vec<&str> = prompt
        .fields
        .iter()
        .map(|field| field.key.as_str())
        .collect();
    assert_eq!(keys, ["password"]);
    bed.send(Command::Refuse {
        prompt: prompt.number,
    });
    let problem = bed.problem();
    assert_eq!(problem.why, Why::PasswordWanted, "{}", problem.sentence);
}

#[test]
fn a_vpns_password_reaches_the_vpn_and_a_second_try_asks_for_another() {
    let mut bed = Bed::new();
    add_vpn(&bed);
    bed.activate("work");
    answer(&bed, CANARY);
    // There is no server.
    let problem = bed.problem();
    assert_ne!(problem.why, Why::PasswordWanted, "{}", problem.sentence);
    assert!(problem.sentence.contains("'work'"), "{}", problem.sentence);
    assert!(!bed.nm.log().contains(CANARY));
    assert!(!bed.nm.file("work").contains(CANARY));
    // At once again: it must have been wrong, and the person is asked anew.
    bed.until("no prompt", |s| s.prompt.is_none());
    bed.activate("work");
    bed.prompt();
}
