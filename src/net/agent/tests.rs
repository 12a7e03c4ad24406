//! What is asked, what is handed over, and what is kept.

use jiff::Timestamp;

use super::queue::{Answer, Queue, Verdict};
use super::request::Request;
use super::wait;
use crate::net::command::{Command, Credentials, Join};
use crate::net::secrets::Prompt;
use crate::net::settings::{CONNECTION, IEEE8021X, Settings, WIFI, WIFI_SECURITY};
use crate::net::snapshot::{Snapshot, Uuid};
use crate::net::{Security, Ssid};
use crate::secret::Secret;

const MAY_ASK: u32 = 0x1;
const NEW: u32 = 0x2;

fn request(setting: &str, flags: u32, hints: &[&str]) -> Request {
    let mut connection = Settings::default();
    connection.set(CONNECTION, "id", "Ca\u{202e}fé");
    connection.set(CONNECTION, "uuid", "u");
    connection.set(WIFI, "ssid", b"Caf".to_vec());
    connection.set(WIFI_SECURITY, "key-mgmt", "wpa-psk");
    Request {
        connection,
        path: "/p".to_owned(),
        setting: setting.to_owned(),
        hints: hints.iter().map(|&hint| hint.to_owned()).collect(),
        flags,
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn keys(prompt: &Prompt) -> Vec<(&str, bool)> {
    let fields = prompt.fields.iter();
    fields.map(|f| (f.key.as_str(), f.secret)).collect()
}

fn psk(text: &str) -> Settings {
    let mut settings = Settings::default();
    settings.set(WIFI_SECURITY, "psk", text.to_owned());
    settings
}

fn typed(queue: &mut Queue) {
    let join = Command::Join(Join {
        ssid: Ssid::from("Caf"),
        security: Security::Wpa,
        hidden: false,
        device: None,
        access_point: None,
        credentials: Credentials::Password(Secret::new("typed-psk")),
    });
    queue.expect(7, &join, &Snapshot::default());
}

#[test]
fn each_kind_of_connection_is_asked_for_what_it_needs() {
    let asked = |request: &Request| {
        let prompt = request.prompt(1);
        let owned: Vec<(String, bool)> = keys(&prompt)
            .into_iter()
            .map(|(k, s)| (k.to_owned(), s))
            .collect();
        owned
    };
    let one = |key: &str| vec![(key.to_owned(), true)];
    assert_eq!(asked(&request(WIFI_SECURITY, MAY_ASK, &[])), one("psk"));
    assert_eq!(asked(&request("gsm", MAY_ASK, &["pin"])), one("pin"));
    assert_eq!(
        asked(&request("wireguard", MAY_ASK, &[])),
        one("private-key")
    );
    assert_eq!(
        asked(&request("pppoe", MAY_ASK, &[])),
        [
            ("username".to_owned(), false),
            ("password".to_owned(), true)
        ]
    );
    let mut wep = request(WIFI_SECURITY, MAY_ASK, &[]);
    wep.connection.set(WIFI_SECURITY, "key-mgmt", "none");
    wep.connection.set(WIFI_SECURITY, "wep-tx-keyidx", 2u32);
    assert_eq!(asked(&wep), one("wep-key2"));
    let mut peap = request(IEEE8021X, MAY_ASK, &[]);
    peap.connection
        .set(IEEE8021X, "eap", vec!["peap".to_owned()]);
    assert_eq!(
        asked(&peap),
        [
            ("identity".to_owned(), false),
            ("password".to_owned(), true)
        ]
    );
    peap.connection.set(IEEE8021X, "identity", "ann");
    assert_eq!(asked(&peap), one("password"));
    let mut tls = peap.clone();
    tls.connection.set(IEEE8021X, "eap", vec!["tls".to_owned()]);
    assert_eq!(asked(&tls), one("private-key-password"));
}

#[test]
fn a_vpns_own_words_are_shown_and_its_hints_are_its_fields() {
    let vpn = request(
        "vpn",
        MAY_ASK | NEW,
        &["x-vpn-message:Code\x1b from SMS", "challenge"],
    );
    let prompt = vpn.prompt(1);
    assert_eq!(prompt.message.as_deref(), Some("Code from SMS"));
    assert_eq!(keys(&prompt), [("challenge", true)]);
    assert!(prompt.refused);
    assert_eq!(prompt.name, "Café");
    let reply = vpn.reply(&[("challenge".to_owned(), Secret::new("1"))]);
    assert_eq!(reply.map("vpn", "secrets").get("challenge").unwrap(), "1");
    // Without hints: what the profile does not save.
    let mut vpn = request("vpn", MAY_ASK, &[]);
    let data = [
        ("password-flags", "2"),
        ("cert-pass-flags", "4"),
        ("user", "x"),
    ];
    let data: std::collections::BTreeMap<String, String> = data
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    vpn.connection.set("vpn", "data", data);
    assert_eq!(keys(&vpn.prompt(1)), [("password", true)]);
}

#[test]
fn what_was_typed_is_handed_over_once_and_then_it_was_wrong() {
    let mut queue = Queue::default();
    typed(&mut queue);
    let asked = request(WIFI_SECURITY, MAY_ASK, &[]);
    assert!(matches!(queue.judge(&asked, at(0)), Verdict::Secrets(s) if s == psk("typed-psk")));
    assert!(matches!(queue.judge(&asked, at(0)), Verdict::Wrong(7)));
    // A later question is the person's.
    assert!(matches!(queue.judge(&asked, at(60)), Verdict::Ask));
}

#[test]
fn a_question_that_comes_just_after_the_failure_is_not_asked_again() {
    let mut queue = Queue::default();
    typed(&mut queue);
    let asked = request(WIFI_SECURITY, MAY_ASK | NEW, &[]);
    queue.done(7, at(0));
    assert!(matches!(queue.judge(&asked, at(1)), Verdict::Wrong(7)));
    assert!(matches!(queue.judge(&asked, at(60)), Verdict::Ask));
}

#[test]
fn a_typed_password_that_the_profile_already_had_is_wrong_at_the_first_question() {
    let mut queue = Queue::default();
    typed(&mut queue);
    // Another network's question has nothing to do with it.
    let mut other = request(WIFI_SECURITY, MAY_ASK | NEW, &[]);
    other.connection.set(WIFI, "ssid", b"Other".to_vec());
    assert!(matches!(queue.judge(&other, at(0)), Verdict::Ask));
    let asked = request(WIFI_SECURITY, MAY_ASK | NEW, &[]);
    assert!(matches!(queue.judge(&asked, at(0)), Verdict::Wrong(7)));
}

#[test]
fn secrets_that_are_left_to_agents_are_kept_until_they_are_refused() {
    let mut profile = request(WIFI_SECURITY, MAY_ASK, &[]).connection;
    profile.set(WIFI_SECURITY, "psk", "kept-psk");
    assert_eq!(super::keep::agent_owned(&profile), Settings::default());
    profile.set(WIFI_SECURITY, "psk-flags", 1u32);
    let kept = super::keep::agent_owned(&profile);
    assert_eq!(kept, psk("kept-psk"));
    let mut queue = Queue::default();
    queue.keep(Uuid("u".into()), &kept, None);
    let quiet = request(WIFI_SECURITY, 0, &[]);
    assert!(matches!(queue.judge(&quiet, at(0)), Verdict::Secrets(s) if s == psk("kept-psk")));
    let refused = request(WIFI_SECURITY, MAY_ASK | NEW, &[]);
    assert!(matches!(queue.judge(&refused, at(0)), Verdict::Ask));
    assert!(matches!(queue.judge(&quiet, at(0)), Verdict::Ask));
}

#[test]
fn a_question_is_answered_refused_taken_back_or_runs_out() {
    let mut queue = Queue::default();
    let now = Timestamp::UNIX_EPOCH;
    let mut ask = |path: &str| {
        let (answerer, waiting) = wait::pair();
        let mut request = request(WIFI_SECURITY, MAY_ASK, &[]);
        request.path = path.to_owned();
        queue.ask(request, answerer, now);
        waiting
    };
    let (one, two, three, four) = (ask("/1"), ask("/2"), ask("/3"), ask("/4"));
    let answer = |waiting: wait::Waiting<Answer>| zbus::block_on(waiting.answer());
    let secret = [("psk".to_owned(), Secret::new("12345678"))];
    assert_eq!(queue.prompt().unwrap().number, 1);
    assert!(queue.answer(1, Some(&secret), now));
    assert!(!queue.answer(1, Some(&secret), now), "too late");
    assert!(matches!(answer(one), Some(Answer::Secrets(s)) if s == psk("12345678")));
    assert!(queue.answer(2, None, now));
    assert!(matches!(answer(two), Some(Answer::Refused)));
    assert!(queue.cancel("/3", WIFI_SECURITY));
    assert!(!queue.cancel("/3", WIFI_SECURITY));
    assert!(matches!(answer(three), Some(Answer::Cancelled)));
    let deadline = queue.deadline().unwrap();
    assert!(deadline.duration_since(now).as_secs() < 120);
    assert!(queue.expire(deadline));
    assert!(matches!(answer(four), Some(Answer::Cancelled)));
    assert_eq!(queue.prompt(), None);
}

#[test]
fn wireguards_peers_are_answered_as_a_list() {
    let hints = ["private-key", "peers.AbC=.preshared-key"];
    let asked = request("wireguard", MAY_ASK, &hints);
    let prompt = asked.prompt(1);
    assert_eq!(prompt.fields.len(), 2);
    let secrets: Vec<(String, Secret)> = prompt
        .fields
        .iter()
        .map(|field| (field.key.clone(), Secret::new("s")))
        .collect();
    let reply = asked.reply(&secrets);
    assert_eq!(reply.text("wireguard", "private-key"), Some("s"));
    let peers = reply.get("wireguard", "peers").unwrap();
    assert_eq!(peers.value_signature().to_string(), "aa{sv}");
}

#[test]
fn what_is_typed_for_a_profile_that_leaves_it_to_agents_is_asked_for_once() {
    let mut queue = Queue::default();
    let mut asked = request(WIFI_SECURITY, MAY_ASK, &[]);
    let mut type_it = |asked: &Request, flags: u32| {
        let (answerer, _waiting) = wait::pair();
        let mut asked = asked.clone();
        asked.connection.set(WIFI_SECURITY, "psk-flags", flags);
        queue.ask(asked.clone(), answerer, at(0));
        let number = queue.prompt().unwrap().number;
        let secret = [("psk".to_owned(), Secret::new("12345678"))];
        assert!(queue.answer(number, Some(&secret), at(1)));
        matches!(queue.judge(&asked, at(2)), Verdict::Secrets(_))
    };
    // NetworkManager keeps it, or nobody is to keep it: it is asked for.
    assert!(!type_it(&asked, 0));
    assert!(!type_it(&asked, 2));
    assert!(type_it(&asked, 1));
    asked.flags = MAY_ASK | NEW;
    assert!(matches!(queue.judge(&asked, at(3)), Verdict::Ask));
}

#[test]
fn a_vpn_that_asks_again_at_once_was_given_a_wrong_password() {
    let mut queue = Queue::default();
    let asked = request("vpn", MAY_ASK, &[]);
    let mut secrets = Settings::default();
    let all = std::collections::BTreeMap::from([("password".to_owned(), "x".to_owned())]);
    secrets.set("vpn", "secrets", all);
    queue.keep(Uuid("u".into()), &secrets, None);
    assert!(matches!(queue.judge(&asked, at(0)), Verdict::Secrets(_)));
    assert!(matches!(queue.judge(&asked, at(600)), Verdict::Secrets(_)));
    assert!(matches!(queue.judge(&asked, at(620)), Verdict::Ask));
    assert!(matches!(queue.judge(&asked, at(900)), Verdict::Ask));
}
