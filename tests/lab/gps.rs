//! A satellite receiver at a USB port, with the real gpsd on it.

use std::process::Command;
use std::time::Duration;

use crate::receiver::Receiver;
use crate::support::{Following, Person};
use crate::usb::AcmDevice;
use crate::{Needs, guest};

const GPSD: &str = "gpsd://127.0.0.1:2947";

/// The line of a bar: what kind of fix, and where.
pub fn line(person: &Person, source: &str) -> Following {
    Following::start(person.xgnss().args([
        "--follow",
        "--output",
        "plain",
        "--source",
        source,
        "--icons",
        "none",
        "--format",
        "{mode} {lat} {lon}",
    ]))
}

/// Where [`Receiver`] says that it is.
pub const HERE: &str = "3D 48.14000 11.57000";

#[test]
fn a_receiver_on_a_usb_port_is_read_through_gpsd_and_missed_when_it_is_pulled_out() {
    guest(long(), |lab| {
        let usb = AcmDevice::receiver(lab);
        let _receiver = Receiver::play();
        let start = |port: &str| {
            let mut gpsd = Command::new("gpsd");
            gpsd.args(["-N", "-n", "-F", "/run/gpsd.sock", port]);
            lab.start("gpsd", &mut gpsd)
        };
        let mut gpsd = start(AcmDevice::PORT);
        let person = Person::new();
        let bar = line(&person, GPSD);
        bar.wait_within(HERE, Duration::from_secs(30));
        usb.unplug(lab);
        bar.wait_for_part("no ", Duration::from_secs(60));
        // gpsd may still have the old port, so that the new one has another number.
        let port = usb.plug(lab);
        // As udev's rule for gpsd does when systemd runs.
        lab.run(&format!(
            "env GPSD_SOCKET=/run/gpsd.sock gpsdctl add {port}"
        ));
        bar.wait_within(HERE, Duration::from_secs(60));
        gpsd.must_run();
        gpsd.kill();
        bar.wait_for_part("no gpsd", Duration::from_secs(60));
        let _gpsd = start(&port);
        bar.wait_within(HERE, Duration::from_secs(60));
    });
}

#[test]
fn a_receiver_on_a_usb_port_is_read_without_gpsd_too() {
    guest(Needs::default(), |lab| {
        let usb = AcmDevice::receiver(lab);
        let _receiver = Receiver::play();
        let person = Person::new();
        let bar = line(&person, &format!("nmea:{}", AcmDevice::PORT));
        bar.wait_within(HERE, Duration::from_secs(30));
        usb.unplug(lab);
        bar.wait_for_part("no ", Duration::from_secs(60));
        usb.plug(lab);
        bar.wait_within(HERE, Duration::from_secs(60));
    });
}

/// Waits of minutes are in it, which are free.
fn long() -> Needs {
    Needs {
        limit: Duration::from_secs(600),
        ..Needs::default()
    }
}
