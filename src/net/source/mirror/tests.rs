use std::collections::HashMap;

use serde::Serialize;
use zbus::{DynamicType, ObjectPath, Variant};

use super::*;
use crate::net::options::Wants;
use crate::net::snapshot::DeviceState;

type Map<'a> = HashMap<&'a str, Variant<'a>>;
type Interfaces<'a> = HashMap<&'a str, Map<'a>>;

const OWNER: &str = ":1.7";
const PROFILE_1: &str = "/org/freedesktop/NetworkManager/Settings/1";
const DEVICE_1: &str = "/org/freedesktop/NetworkManager/Devices/1";

/// A mirror, and the bus as it sees it.
struct Bed {
    mirror: Mirror,
    now: Instant,
}

impl Bed {
    fn new() -> Self {
        let options = Options {
            wants: Wants::ALL,
            permissions: true,
            ..Options::default()
        };
        let now = Instant::now();
        let mirror = Mirror::new(&options, now);
        Self { mirror, now }
    }

    /// The calls that wait to be sent, without subscriptions.
    fn calls(&mut self) -> Vec<Message> {
        let all = self.mirror.calls();
        let is = |call: &Message| {
            call.header()
                .member()
                .is_some_and(|m| m.as_str() != "AddMatch")
        };
        all.into_iter().filter(is).collect()
    }

    fn call(&mut self, method: &str) -> Message {
        let is = |call: &Message| call.header().member().is_some_and(|m| m.as_str() == method);
        let found = self.calls().into_iter().find(is);
        found.unwrap_or_else(|| panic!("nobody calls {method}"))
    }

    fn answer<B: Serialize + DynamicType>(&mut self, call: &Message, body: &B) {
        let answer = Message::method_return(&call.header())
            .sender(OWNER)
            .build(body);
        self.mirror.take(answer.unwrap(), self.now);
    }

    fn refuse(&mut self, call: &Message, name: &str) {
        let answer = Message::error(&call.header(), name).build(&"no");
        self.mirror.take(answer.unwrap(), self.now);
    }

    fn signal<B: Serialize + DynamicType>(
        &mut self,
        sender: &str,
        (path, interface, member): (&str, &str, &str),
        body: &B,
    ) {
        let signal = Message::signal(path, interface, member)
            .sender(sender)
            .build(body);
        self.mirror.take(signal.unwrap(), self.now);
    }

    fn owner(&mut self, name: &str, owner: &str) {
        let at = (
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "NameOwnerChanged",
        );
        self.signal("org.freedesktop.DBus", at, &(name, "", owner));
    }

    fn changed(
        &mut self,
        sender: &str,
        path: &str,
        interface: &str,
        name: &str,
        value: Variant<'_>,
    ) {
        let at = (path, "org.freedesktop.DBus.Properties", "PropertiesChanged");
        let changed: Map<'_> = HashMap::from([(name, value)]);
        self.signal(sender, at, &(interface, changed, Vec::<&str>::new()));
    }

    /// NetworkManager answers, and there is no ModemManager.
    fn running() -> Self {
        let mut bed = Self::new();
        let mut calls = bed.calls().into_iter();
        let (nm, mm) = (calls.next().unwrap(), calls.next().unwrap());
        bed.answer(&nm, &objects());
        bed.refuse(&mm, "org.freedesktop.DBus.Error.NameHasNoOwner");
        bed
    }

    fn device_state(&self) -> Option<DeviceState> {
        self.mirror
            .snapshot()
            .devices
            .first()
            .map(|device| device.state)
    }
}

fn objects() -> HashMap<ObjectPath<'static>, Interfaces<'static>> {
    let path = |path| ObjectPath::try_from(path).unwrap();
    let device = HashMap::from([
        ("Interface", Variant::new("wlan0")),
        ("State", Variant::new(30_u32)),
    ]);
    let manager = HashMap::from([("Version", Variant::new("1.42.4"))]);
    let profile = HashMap::from([("Unsaved", Variant::new(false))]);
    HashMap::from([
        (path(read::MANAGER), HashMap::from([(NM, manager)])),
        (path(DEVICE_1), HashMap::from([(DEVICE, device)])),
        (path(PROFILE_1), HashMap::from([(PROFILE, profile)])),
    ])
}

fn settings(name: &str) -> Interfaces<'_> {
    let connection = HashMap::from([
        ("id", Variant::new(name)),
        ("uuid", Variant::new("u-1")),
        ("type", Variant::new("802-3-ethernet")),
    ]);
    HashMap::from([("connection", connection)])
}

#[test]
fn it_subscribes_first_and_then_asks_and_starts_no_service() {
    let mut bed = Bed::new();
    let calls = bed.mirror.calls();
    let members: Vec<_> = calls
        .iter()
        .map(|c| c.header().member().unwrap().to_string())
        .collect();
    let first_question = members.iter().position(|m| m != "AddMatch").unwrap();
    assert!(first_question > 5);
    assert_eq!(
        members[first_question..],
        ["GetManagedObjects", "GetManagedObjects"]
    );
    for call in calls.iter().skip(first_question) {
        let flags = call.primary_header().flags();
        assert!(flags.contains(zbus::message::Flags::NO_AUTO_START));
    }
}

#[test]
fn a_profile_is_there_with_its_settings_and_follows_their_changes() {
    let mut bed = Bed::running();
    let call = bed.call("GetSettings");
    let now = bed.now;
    assert!(bed.mirror.held_until(now).is_some());
    bed.answer(&call, &settings("Cable"));
    assert_eq!(bed.mirror.held_until(now), None);
    let names = |bed: &Bed| -> Vec<String> {
        bed.mirror
            .snapshot()
            .profiles
            .into_iter()
            .map(|p| p.name)
            .collect()
    };
    assert_eq!(names(&bed), ["Cable"]);
    bed.signal(OWNER, (PROFILE_1, PROFILE, "Updated"), &());
    let call = bed.call("GetSettings");
    bed.answer(&call, &settings("Wire"));
    assert_eq!(names(&bed), ["Wire"]);
}

#[test]
fn a_signal_before_the_answer_is_in_the_answer_and_one_after_it_is_news() {
    let mut bed = Bed::new();
    let call = bed.call("GetManagedObjects");
    bed.changed(OWNER, DEVICE_1, DEVICE, "State", Variant::new(20_u32));
    bed.answer(&call, &objects());
    assert_eq!(bed.device_state(), Some(DeviceState::Disconnected));
    bed.changed(OWNER, DEVICE_1, DEVICE, "State", Variant::new(40_u32));
    assert_eq!(bed.device_state(), Some(DeviceState::Prepare));
    assert!(bed.mirror.has_changed());
    bed.changed(OWNER, DEVICE_1, DEVICE, "State", Variant::new(40_u32));
    assert!(!bed.mirror.has_changed());
}

#[test]
fn what_a_stranger_signals_is_not_believed() {
    let mut bed = Bed::running();
    bed.changed(":1.66", DEVICE_1, DEVICE, "State", Variant::new(100_u32));
    let at = (
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "NameOwnerChanged",
    );
    bed.signal(":1.66", at, &(NM, OWNER, ""));
    assert_eq!(bed.device_state(), Some(DeviceState::Disconnected));
}

#[test]
fn network_manager_goes_and_comes_back() {
    let mut bed = Bed::running();
    bed.mirror.news();
    bed.owner(NM, "");
    assert_eq!(bed.mirror.snapshot().service, Service::NotRunning);
    assert!(bed.mirror.snapshot().devices.is_empty());
    bed.owner(NM, OWNER);
    let call = bed.call("GetManagedObjects");
    bed.answer(&call, &objects());
    assert_eq!(bed.mirror.snapshot().service, Service::Running);
    assert_eq!(bed.mirror.news(), [News::Gone, News::Came]);
    // Profiles that are never told hold nothing up for long.
    let now = bed.now;
    assert!(bed.mirror.held_until(now).is_some());
    assert_eq!(bed.mirror.held_until(now + WHOLE), None);
}

#[test]
fn who_acts_on_what_is_seen_first_waits_longer_for_the_profiles() {
    let mut bed = Bed::running();
    bed.mirror.options.to_act_on = true;
    bed.owner(NM, "");
    bed.owner(NM, OWNER);
    let call = bed.call("GetManagedObjects");
    bed.answer(&call, &objects());
    let now = bed.now;
    assert!(bed.mirror.held_until(now + WHOLE).is_some());
    assert_eq!(bed.mirror.held_until(now + WHOLE_TO_ACT_ON), None);
}

#[test]
fn nobody_there_is_told_and_waited_for_without_asking_again() {
    let mut bed = Bed::new();
    assert_eq!(bed.mirror.snapshot().service, Service::Starting);
    for call in bed.calls() {
        bed.refuse(&call, "org.freedesktop.DBus.Error.NameHasNoOwner");
    }
    assert_eq!(bed.mirror.snapshot().service, Service::NotRunning);
    assert_eq!(bed.mirror.until(), None);
}

#[test]
fn a_service_that_stalls_is_told_and_recovers_when_it_answers() {
    let mut bed = Bed::new();
    let call = bed.call("GetManagedObjects");
    bed.now += PATIENCE;
    assert!(bed.mirror.until().is_some_and(|until| until <= bed.now));
    bed.mirror.wait_is_over(bed.now);
    let stalled = Service::Stalled("NetworkManager does not answer".to_owned());
    assert_eq!(bed.mirror.snapshot().service, stalled);
    bed.answer(&call, &objects());
    assert_eq!(bed.mirror.snapshot().service, Service::Running);
}

#[test]
fn a_service_that_answers_with_an_error_is_asked_again() {
    let mut bed = Bed::new();
    let call = bed.call("GetManagedObjects");
    bed.refuse(&call, "org.freedesktop.DBus.Error.UnknownMethod");
    assert!(matches!(bed.mirror.snapshot().service, Service::Stalled(_)));
    bed.now += AGAIN;
    bed.mirror.wait_is_over(bed.now);
    let call = bed.call("GetManagedObjects");
    bed.answer(&call, &objects());
    assert_eq!(bed.mirror.snapshot().service, Service::Running);
}

#[test]
fn permissions_are_asked_for_late_and_again_when_they_changed() {
    let mut bed = Bed::running();
    assert!(
        bed.calls()
            .iter()
            .all(|c| c.header().member().unwrap().as_str() != "GetPermissions")
    );
    bed.mirror.ask_permissions();
    let call = bed.call("GetPermissions");
    let yes = HashMap::from([("org.freedesktop.NetworkManager.network-control", "yes")]);
    bed.answer(&call, &yes);
    assert!(bed.mirror.snapshot().permissions.is_some());
    bed.mirror.ask_permissions();
    assert!(bed.calls().is_empty());
    bed.signal(OWNER, (read::MANAGER, NM, "CheckPermissions"), &());
    bed.call("GetPermissions");
}

#[test]
fn reasons_are_told_as_they_come() {
    let mut bed = Bed::running();
    bed.mirror.news();
    bed.signal(
        OWNER,
        (DEVICE_1, DEVICE, "StateChanged"),
        &(120_u32, 60_u32, 7_u32),
    );
    let news = News::Device {
        device: Id::new(DEVICE_1),
        new: 120,
        old: 60,
        reason: 7,
    };
    assert_eq!(bed.mirror.news(), [news]);
}

#[test]
fn a_modems_sim_is_asked_for_once_and_modem_manager_may_come_and_go() {
    let mut bed = Bed::new();
    let mut calls = bed.calls().into_iter();
    let (nm, mm) = (calls.next().unwrap(), calls.next().unwrap());
    bed.answer(&nm, &objects());
    let path = |path| ObjectPath::try_from(path).unwrap();
    let modem_at = "/org/freedesktop/ModemManager1/Modem/0";
    let sim = path("/org/freedesktop/ModemManager1/SIM/0");
    let modem: Map<'_> =
        HashMap::from([("Sim", Variant::new(sim)), ("State", Variant::new(8_i32))]);
    let modems = HashMap::from([(path(modem_at), HashMap::from([(MODEM, modem)]))]);
    bed.answer(&mm, &modems);
    let call = bed.call("GetAll");
    bed.changed(OWNER, modem_at, MODEM, "State", Variant::new(11_i32));
    assert!(bed.calls().is_empty(), "it is asked already");
    let sim: Map<'_> = HashMap::from([("OperatorIdentifier", Variant::new("26201"))]);
    bed.answer(&call, &sim);
    let seen = bed.mirror.snapshot().modems;
    assert_eq!(
        seen.first().unwrap().sim_operator_code.as_deref(),
        Some("26201")
    );
    bed.owner(MM, "");
    assert!(bed.mirror.snapshot().modems.is_empty());
    assert_eq!(bed.mirror.snapshot().service, Service::Running);
    bed.owner(MM, ":1.9");
    bed.call("GetManagedObjects");
}
