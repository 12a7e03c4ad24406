//! The disk is full while messages come in, and while pictures are taken.

use std::fs;
use std::time::Duration;

use barpop::sim::modem::Options;
use serde_json::Value;

use crate::modem::modem;
use crate::shutter;
use crate::support::{Following, Person, text};
use crate::usb::AcmDevice;
use crate::{Needs, guest};

#[test]
fn a_full_disk_loses_no_message() {
    guest(long(), |lab| {
        let (_usb, modem) = modem(lab, Options::default());
        let person = Person::new();
        let disk = person.path(".local");
        fs::create_dir(&disk).unwrap();
        lab.run(&format!(
            "mount -t tmpfs -o size=2M tmpfs {}",
            disk.display()
        ));
        let mut xsms = person.xsms();
        let follow = ["--follow", "-d", AcmDevice::PORT, "--sim-cleanup", "stored"];
        let bar = Following::start(xsms.args(follow));
        bar.wait_for("(empty)");
        modem.receive("+491701234567", "before");
        bar.wait_for("1");
        let filler = disk.join("filler");
        lab.try_run(&format!("dd if=/dev/zero of={} bs=4k", filler.display()));
        // Messages that long do not fit into what the store has free inside.
        let long = "x".repeat(150);
        let arrived = 20;
        for number in 0..arrived {
            modem.receive("+491701234567", &format!("{number} {long}"));
        }
        let listed = || {
            let all = modem.commands();
            all.iter().filter(|line| line.contains("+CMGL")).count()
        };
        let before = listed();
        std::thread::sleep(Duration::from_secs(20));
        let asked = listed() - before;
        assert!(
            asked < 20,
            "the modem was asked {asked} times in 20 s while there was no room"
        );
        let kept = modem.stored("SM").len() + person.messages().len();
        assert!(
            kept > arrived,
            "{kept} of {} messages are somewhere",
            arrived + 1
        );
        fs::remove_file(&filler).unwrap();
        bar.wait_within(&(arrived + 1).to_string(), Duration::from_secs(120));
        assert_eq!(person.messages().len(), arrived + 1);
    });
}

#[test]
fn in_a_home_that_cannot_be_written_nothing_leaves_the_sim_until_it_can() {
    guest(long(), |lab| {
        let (_usb, modem) = modem(lab, Options::default());
        let person = Person::new();
        let arguments = ["-d", AcmDevice::PORT, "--sim-cleanup", "stored"];
        modem.receive("+491701234567", "before");
        assert_eq!(person.says(&arguments), "1\n");
        let home = person.home().display();
        lab.run(&format!("mount --bind {home} {home}"));
        lab.run(&format!("mount -o remount,bind,ro {home}"));
        modem.receive("+491701234567", "after");
        let once = person.run(&arguments);
        assert_eq!(text(&once.stdout), "SMS error\n");
        let why = text(&once.stderr);
        assert!(
            why.contains("cannot write") && why.contains("messages.sqlite3"),
            "{why}"
        );
        let mut xsms = person.xsms();
        let bar = Following::start(xsms.arg("--follow").args(arguments));
        bar.wait_for("SMS error");
        assert_eq!(modem.stored("SM").len(), 1, "it lies nowhere else");
        // What needs nothing in the home goes on.
        let mut xgnss = person.xgnss();
        let (done, said) =
            lab.output(xgnss.args(["--source", "nmea:/dev/null", "--output", "plain"]));
        assert!(!said.contains(&home.to_string()), "{done} {said}");
        lab.run(&format!("mount -o remount,bind,rw {home}"));
        bar.wait_within("2", Duration::from_secs(60));
        assert_eq!(person.texts(), ["after", "before"]);
        assert_eq!(modem.stored("SM").len(), 0);
        lab.run(&format!("umount -l {home}"));
    });
}

#[test]
fn a_full_disk_stops_no_plan_and_loses_no_picture() {
    guest(shutter::for_service(), |lab| {
        fs::create_dir(shutter::KEPT).unwrap();
        lab.run(&format!(
            "mount -t tmpfs -o size=256k tmpfs {}",
            shutter::KEPT
        ));
        let (_chip, supervisor) = shutter::service(lab);
        // The file of pictures is there, and has room for some more.
        assert!(lab.output(&mut shutter::xshutter("snap")).0);
        let history = format!("{}/camera.history", shutter::KEPT);
        lab.eventually("it is written down", Duration::from_secs(10), || {
            let written = fs::read_to_string(&history).unwrap_or_default();
            written.ends_with('\n').then_some(())
        });
        let filler = format!("{}/filler", shutter::KEPT);
        lab.try_run(&format!("dd if=/dev/zero of={filler} bs=4k"));
        // More than what the files have free inside.
        let plan = "start --interval 0.3s --count 60";
        assert!(lab.output(&mut shutter::xshutter(plan)).0);
        let warning = || shutter::status(lab)?["warning"].as_str().map(str::to_owned);
        let said = lab.eventually("it says so", Duration::from_secs(30), warning);
        assert!(said.contains("cannot be written down"), "{said}");
        lab.eventually("all pictures are taken", Duration::from_secs(60), || {
            (shutter::status(lab)?["total"] == 61).then_some(())
        });
        fs::remove_file(&filler).unwrap();
        lab.eventually("they are written down", Duration::from_secs(60), || {
            shutter::status(lab)?["warning"].is_null().then_some(())
        });
        shutter::end(supervisor);
        let supervisor = shutter::serve(lab);
        let (_, said) = lab.output(&mut shutter::xshutter("history --json"));
        let shots = said.lines().map(|line| serde_json::from_str(line).unwrap());
        let numbers = shots.map(|shot: Value| shot["number"].as_u64().unwrap());
        assert_eq!(numbers.collect::<Vec<_>>(), (1..=61).collect::<Vec<_>>());
        shutter::end(supervisor);
    });
}

/// Waits of minutes are in it, which are free.
fn long() -> Needs {
    Needs {
        limit: Duration::from_secs(600),
        ..Needs::default()
    }
}
