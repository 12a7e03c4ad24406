//! The lid is closed while the programs run: the kernel suspends to memory, and its clock's alarm
//! wakes it. Whatever is played here sleeps, too.

use std::time::Duration;

use barpop::clock;
use barpop::sim::modem::Options;

use crate::access_point::{AccessPoint, Air, ROUTER};
use crate::desk::{Desk, wifi};
use crate::gps::{HERE, line};
use crate::modem::modem;
use crate::receiver::Receiver;
use crate::shutter::{self, SHUTTER};
use crate::support::{Following, Person};
use crate::usb::AcmDevice;
use crate::{Lab, Needs, Time, guest};

const FRIEND: &str = "+491701234567";
const NIGHT: u32 = 8 * 3600;

/// Sleeps so many seconds.
fn sleep(lab: &Lab, seconds: u32) {
    let before = clock::slept();
    lab.run(&format!("rtcwake -m mem -s {seconds}"));
    let slept = clock::slept().saturating_sub(before);
    assert!(slept.as_secs() + 1 >= seconds.into(), "only {slept:?}");
}

#[test]
fn messages_are_told_of_again_by_a_modem_that_lost_its_power_in_a_sleep() {
    guest(Needs::default(), |lab| {
        let locked = Options {
            pin: Some("1234".to_owned()),
            ..Options::default()
        };
        let (_usb, modem) = modem(lab, locked);
        let person = Person::new();
        let mut xsms = person.xsms();
        xsms.args(["--follow", "-d", AcmDevice::PORT]);
        let bar = Following::start(xsms.env("BARPOP_PIN", "1234"));
        bar.wait_for("(empty)");
        for count in [1, 3] {
            modem.modem(|modem| {
                modem.reset();
                modem.receive(FRIEND, "in the night");
            });
            sleep(lab, NIGHT);
            bar.wait_for(&count.to_string());
            // Nobody asks every few seconds: the modem tells.
            modem.receive(FRIEND, "in the morning");
            let took = bar.wait_for(&(count + 1).to_string());
            assert!(took < Duration::from_secs(5), "told after {took:?}");
        }
        assert_eq!(modem.pin_tries(), 3);
        assert_eq!(person.texts().len(), 4);
    });
}

#[test]
fn a_position_of_before_a_sleep_is_not_shown_as_now() {
    guest(Needs::default(), |lab| {
        let _usb = AcmDevice::receiver(lab);
        let receiver = Receiver::play();
        let person = Person::new();
        let bar = line(&person, &format!("nmea:{}", AcmDevice::PORT));
        bar.wait_within(HERE, Duration::from_secs(30));
        drop(receiver);
        sleep(lab, NIGHT);
        bar.wait_for_part("lost 8 h ago", Duration::from_secs(3));
        let _receiver = Receiver::play();
        bar.wait_within(HERE, Duration::from_secs(30));
    });
}

#[test]
fn a_plan_that_was_slept_through_goes_on_and_its_exposure_is_let_go_at_once() {
    let needs = Needs {
        time: Time::Skipped,
        ..Needs::default()
    };
    guest(needs, |lab| {
        let (chip, supervisor) = shutter::service(lab);
        let plan = "start --interval 5s --bulb 2s --count 50";
        assert!(lab.output(&mut shutter::xshutter(plan)).0);
        lab.eventually("an exposure", Duration::from_secs(30), || {
            chip.level(SHUTTER).then_some(())
        });
        sleep(lab, 12);
        let changes = chip.changes([SHUTTER], Duration::from_secs(1));
        assert!(!chip.level(SHUTTER), "{changes:?}");
        let after = shutter::status(lab).unwrap();
        assert_eq!(after["state"], "running", "{after}");
        let changes = chip.changes([SHUTTER], Duration::from_secs(11));
        let pictures = changes.iter().filter(|(_, high, _)| *high).count();
        assert!(
            (2..=3).contains(&pictures),
            "none is made up for: {changes:?}"
        );
        shutter::end(supervisor);
    });
}

#[test]
fn the_network_is_on_the_line_again_after_a_sleep() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let home = AccessPoint::wpa2("LabHome", "correct-horse");
        let point = air.start(&home);
        let desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        let bar = desk.follow();
        bar.wait_for("LabHome");
        sleep(lab, 600);
        // It was asleep, too, and its kernel has switched it off.
        drop(point);
        let _point = air.start(&home);
        lab.eventually("it is joined again", Duration::from_secs(90), || {
            lab.try_run(&format!("ping -c 1 -W 1 {ROUTER}"))
                .0
                .then_some(())
        });
        desk.must_be_on("LabHome");
        // NetworkManager gives it some time before it calls it lost.
        let said = bar.rest();
        assert!(said.last().is_none_or(|line| line == "LabHome"), "{said:?}");
    });
}
