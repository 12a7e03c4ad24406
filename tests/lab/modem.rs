//! `xsms` on a USB modem's real port: `cdc-acm` in between, and a cable that can be pulled.

use std::time::Duration;

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};

use crate::support::{Following, Person, text};
use crate::usb::AcmDevice;
use crate::{Lab, Needs, guest};

/// A modem in the USB port, and what plays it.
pub fn modem(lab: &Lab, options: Options) -> (AcmDevice, Simulated) {
    let usb = AcmDevice::modem(lab);
    let port = Port::Serial(AcmDevice::INSIDE.into());
    let played = Simulated::start(options, Faults::default(), port).unwrap();
    (usb, played)
}

#[test]
fn messages_go_both_ways() {
    guest(Needs::default(), |lab| {
        let (_usb, modem) = modem(lab, Options::default());
        let person = Person::new();
        modem.receive("+491701234567", "Grüße 😀");
        assert_eq!(person.says(&["-d", AcmDevice::PORT]), "1\n");
        assert_eq!(person.texts(), ["Grüße 😀"]);
        let said = person.run(&["send", "-d", AcmDevice::PORT, "+49170765432", "hello"]);
        assert!(said.status.success(), "{}", text(&said.stderr));
        let sent = modem.sent();
        assert_eq!(
            (sent[0].number.as_str(), sent[0].text.as_str()),
            ("+49170765432", "hello")
        );
    });
}

#[test]
fn a_locked_sim_opens_with_its_pin() {
    guest(Needs::default(), |lab| {
        let locked = Options {
            pin: Some("1234".to_owned()),
            ..Options::default()
        };
        let (_usb, modem) = modem(lab, locked);
        let person = Person::new();
        modem.receive("+491701234567", "behind the PIN");
        assert_eq!(person.says(&["-d", AcmDevice::PORT]), "SIM PIN\n");
        let mut with_pin = person.xsms();
        with_pin
            .args(["-d", AcmDevice::PORT])
            .env("BARPOP_PIN", "1234");
        assert_eq!(text(&with_pin.output().unwrap().stdout), "1\n");
    });
}

#[test]
fn a_modem_that_is_pulled_out_is_missed_and_found_again_by_itself() {
    guest(Needs::default(), |lab| {
        let (usb, modem) = modem(lab, Options::default());
        let person = Person::new();
        let bar = Following::start(person.xsms().args(["--follow", "-d", AcmDevice::PORT]));
        bar.wait_for("(empty)");
        usb.unplug(lab);
        bar.wait_for("no modem");
        bar.stays_quiet(Duration::from_secs(5));
        usb.plug(lab);
        bar.wait_for("(empty)");
        modem.receive("+491701234567", "back again");
        bar.wait_for("1");
    });
}
