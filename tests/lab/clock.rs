//! The machine's clock is set while the programs run: forth by years, back by years.

use std::time::Duration;

use barpop::sim::modem::Options;
use rustix::time::{ClockId, Timespec, clock_gettime, clock_settime};

use crate::gps::{HERE, line};
use crate::modem::modem;
use crate::receiver::Receiver;
use crate::shutter;
use crate::support::{Following, Person};
use crate::usb::AcmDevice;
use crate::{Lab, Needs, guest};

const YEAR: i64 = 365 * 24 * 3600;

/// Sets the clock so much further.
fn jump(lab: &Lab, seconds: i64) {
    lab.say(&format!("the clock jumps by {seconds} s"));
    let now = clock_gettime(ClockId::Realtime);
    let then = Timespec {
        tv_sec: now.tv_sec + seconds,
        ..now
    };
    clock_settime(ClockId::Realtime, then).expect("the guest's clock can be set");
}

#[test]
fn a_position_stays_on_the_line_when_the_clock_jumps() {
    guest(Needs::default(), |lab| {
        let _usb = AcmDevice::receiver(lab);
        let receiver = Receiver::play();
        let person = Person::new();
        let bar = line(&person, &format!("nmea:{}", AcmDevice::PORT));
        bar.wait_within(HERE, Duration::from_secs(30));
        for seconds in [3600, -2 * 3600, YEAR, -2 * YEAR] {
            jump(lab, seconds);
            // The receiver speaks on every second: a position that seems old would be said so.
            bar.stays_quiet(Duration::from_secs(5));
        }
        drop(receiver);
        // And one that is old is said so, on whatever clock.
        bar.wait_for_part(" s old", Duration::from_secs(60));
    });
}

#[test]
fn messages_come_in_and_go_out_when_the_clock_jumps() {
    guest(Needs::default(), |lab| {
        let (_usb, modem) = modem(lab, Options::default());
        let person = Person::new();
        let mut xsms = person.xsms();
        let bar = Following::start(xsms.args(["--follow", "-d", AcmDevice::PORT]));
        bar.wait_for("(empty)");
        for (count, seconds) in [(1, 10 * YEAR), (2, -20 * YEAR), (3, 10 * YEAR)] {
            jump(lab, seconds);
            modem.receive("+491701234567", &format!("message {count}"));
            bar.wait_for(&count.to_string());
        }
        jump(lab, -5 * YEAR);
        let said = person.run(&["send", "-d", AcmDevice::PORT, "+49170765432", "hello"]);
        assert!(said.status.success());
        assert_eq!(modem.sent().len(), 1);
        assert_eq!(
            person.texts(),
            ["hello", "message 1", "message 2", "message 3"]
        );
    });
}

#[test]
fn a_plan_keeps_its_pace_when_the_clock_jumps() {
    guest(shutter::for_service(), |lab| {
        let (chip, supervisor) = shutter::service(lab);
        let plan = "start --interval 3s --bulb 1s --count 50";
        assert!(lab.output(&mut shutter::xshutter(plan)).0);
        for seconds in [YEAR, -2 * YEAR, YEAR] {
            jump(lab, seconds);
            let changes = chip.changes([shutter::SHUTTER], Duration::from_secs(12));
            let pictures = changes.iter().filter(|(_, high, _)| *high).count();
            assert!((3..=5).contains(&pictures), "{changes:?}");
        }
        shutter::end(supervisor);
    });
}
