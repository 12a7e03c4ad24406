//! The modem that ModemManager holds: messages by `xsms` without a port, and a data call that
//! NetworkManager makes through the real pppd.

use std::process::Command;
use std::time::Duration;

use barpop::sim::modem::{Options, joined};
use serde_json::Value;

use crate::modem_manager::{Mobile, needs, slow};
use crate::network::NetworkManager;
use crate::support::Following;
use crate::{Lab, guest};

const LONG: &str = "Grüße aus Brno 👋 žluťoučký kůň, привет, こんにちは 🎉 and that is still not \
all, because a second part is wanted 🧗 too.";
/// What ModemManager may need for something.
pub const MINUTE: Duration = Duration::from_secs(60);

/// The bar's line of its messages.
pub fn follow(mobile: &Mobile<'_>) -> Following {
    let line = ["--follow", "--format", "{unread} {operator} {state}"];
    Following::start(&mut mobile.xsms(&line))
}

#[test]
fn without_a_port_messages_go_both_ways_through_modemmanager() {
    guest(needs(), |lab| {
        let mobile = Mobile::new(lab, slow());
        mobile.modem.receive("+491701234567", "was there before");
        let bar = follow(&mobile);
        bar.wait_within("1 Lab Mobile ", MINUTE);
        mobile.modem.receive("+491701234567", "hi from a phone 😀");
        bar.wait_within("2 Lab Mobile ", MINUTE);
        mobile.modem.receive("Sparbank", LONG);
        bar.wait_within("3 Lab Mobile ", MINUTE);
        let mut texts = ["was there before", "hi from a phone 😀", LONG];
        texts.sort_unstable();
        assert_eq!(mobile.person.texts(), texts);
        for text in ["hello", LONG] {
            let said = mobile.says(&["send", "+49170765432", text]);
            assert!(said.contains("sent as message"), "{said}");
        }
        let number = "+49170765432".to_owned();
        let sent = joined(&mobile.modem.sent());
        assert_eq!(
            sent,
            ["hello", LONG].map(|text| (number.clone(), text.to_owned()))
        );
    });
}

#[test]
fn a_locked_sim_of_modemmanagers_modem_opens_with_its_pin() {
    guest(needs(), |lab| {
        let locked = Options {
            pin: Some("4711".to_owned()),
            ..slow()
        };
        let mobile = Mobile::new(lab, locked);
        mobile.modem.receive("+491701234567", "behind the PIN");
        let said = mobile.says(&[]);
        assert!(said.contains("wants its PIN"), "{said}");
        let with = |pin: &str| {
            let mut xsms = mobile.xsms(&[]);
            lab.output(xsms.env("BARPOP_PIN", pin)).1
        };
        let said = with("1111");
        assert!(said.contains("wrong PIN, 2 tries left"), "{said}");
        assert_eq!(with("4711"), "1\n");
    });
}

#[test]
fn a_modem_that_is_pulled_out_under_modemmanager_is_missed_and_found_again() {
    guest(needs(), |lab| {
        let mobile = Mobile::new(lab, slow());
        let bar = follow(&mobile);
        bar.wait_within("0 Lab Mobile ", MINUTE);
        mobile.unplug();
        // Whoever named no modem misses none for long.
        bar.wait_within("0  ", MINUTE);
        bar.stays_quiet(Duration::from_secs(5));
        mobile.plug();
        bar.wait_within("0 Lab Mobile ", 2 * MINUTE);
        mobile.modem.receive("+491701234567", "back again");
        bar.wait_within("1 Lab Mobile ", MINUTE);
    });
}

/// The network's own address in a data call.
const GATEWAY: &str = "10.64.64.1";
/// The one that it gives.
const ADDRESS: &str = "10.64.64.2";

/// The mobile network behind the modem, where the kernel sees it as another machine: a packet to
/// it goes through the call or nowhere.
fn carrier(lab: &Lab) -> Vec<String> {
    lab.run("ip netns add carrier");
    lab.run("ip -n carrier link set lo up");
    format!(
        "ip netns exec carrier pppd notty nodetach noauth local nocrtscts silent novj noccp \
         {GATEWAY}:{ADDRESS} ms-dns {GATEWAY} nodefaultroute debug logfile /lab/carrier.log"
    )
    .split(' ')
    .map(str::to_owned)
    .collect()
}

/// What `xnm` knows of the mobile connection that is up.
fn call(mobile: &Mobile<'_>) -> Option<Value> {
    let mut xnm = mobile.program(env!("CARGO_BIN_EXE_xnm"));
    let output = xnm.args(["list", "--json"]).output().unwrap();
    let state: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    let mut all = state["connections"].as_array().unwrap().iter();
    all.find(|one| one["kind"] == "mobile" && one["state"] == "activated")
        .cloned()
}

#[test]
fn a_data_call_is_made_and_ended_by_xnm_and_carries_packets() {
    guest(needs(), |lab| {
        let options = Options {
            data_call: Some(carrier(lab)),
            ..slow()
        };
        let _network = NetworkManager::start(lab);
        let mobile = Mobile::new(lab, options);
        let xnm = |arguments: &[&str]| {
            let mut xnm = mobile.program(env!("CARGO_BIN_EXE_xnm"));
            lab.output(xnm.args(arguments))
        };
        lab.eventually("the modem can be used", 2 * MINUTE, || {
            let (_, said) = xnm(&["modem", "--json"]);
            said.contains("\"operator\":\"Lab Mobile\"").then_some(())
        });
        let mut nmcli = Command::new("nmcli");
        nmcli.args(["connection", "add", "type", "gsm", "ifname", "*"]);
        nmcli.args(["con-name", "Abroad", "apn", "internet", "autoconnect", "no"]);
        assert!(lab.output(&mut nmcli).0);
        let mut line = mobile.program(env!("CARGO_BIN_EXE_xnm"));
        let words = ["--follow", "--output", "plain", "--icons", "none"];
        let templates = ["--format-mobile", "{name}", "--format-offline", "{state}"];
        let bar = Following::start(line.args(words).args(templates));
        bar.wait_within("offline", MINUTE);
        // Twice, for the second call finds what the first one left.
        for _ in 0..2 {
            let (connected, said) = xnm(&["connect", "Abroad"]);
            assert!(connected, "{said}");
            bar.wait_within("Lab Mobile", MINUTE);
            let call = call(&mobile).expect("a call");
            let addresses = call["addresses_ipv4"].to_string();
            assert!(addresses.contains(ADDRESS), "{call}");
            lab.run(&format!("ping -c 3 -W 5 {GATEWAY}"));
            let (ended, said) = xnm(&["disconnect", "Abroad"]);
            assert!(ended, "{said}");
            bar.wait_within("offline", MINUTE);
            assert!(!lab.try_run(&format!("ping -c 1 -W 1 {GATEWAY}")).0);
        }
        // The line is the modem's again.
        mobile.modem.receive("+491701234567", "after the call");
        lab.eventually("the message is there", MINUTE, || {
            (mobile.says(&[]) == "1").then_some(())
        });
    });
}
