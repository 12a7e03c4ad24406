//! The real popups in a window, worked with the keyboard, on the kernel's devices. Their guests
//! have plain time: a window that is being drawn asks for the time again and again.

use std::os::unix::fs::symlink;
use std::process::Child;
use std::time::Duration;

use barpop::popup::theme::Theme;
use barpop::sim::gamepad::{Button, Model, Transport};

use crate::access_point::{AccessPoint, Air, CA};
use crate::desk::{Desk, wifi};
use crate::gamepad::Plugged;
use crate::screen::{Popup, Screen};
use crate::{Lab, Needs, Time, guest};

const LIMIT: Duration = Duration::from_secs(60);

/// A guest with a screen in it.
fn with_screen(needs: Needs) -> Needs {
    Needs {
        time: Time::Plain,
        megabytes: 1024,
        limit: Duration::from_secs(300),
        ..needs
    }
}

/// A screen. Who draws on it, and who looks at it, leaves the guest's one processor to the daemons: the
/// kernel's Wi-Fi gives up an access point that has not answered for 0.2 s.
fn screen() -> Screen {
    rustix::process::setpriority_process(None, 15).unwrap();
    Screen::new()
}

/// How many points are others.
fn differ(one: &[[u8; 3]], other: &[[u8; 3]]) -> usize {
    one.iter().zip(other).filter(|(a, b)| a != b).count()
}

/// An open popup with the keyboard, and the person who types.
struct Opened<'a> {
    lab: &'a Lab,
    screen: &'a Screen,
    popup: Popup<'a>,
    program: Child,
}

impl<'a> Opened<'a> {
    /// Opens the popup of this topic, on the guest's own bus.
    fn new(lab: &'a Lab, screen: &'a Screen, topic: &str) -> Self {
        screen.xmonad();
        let mut barpop = screen.program(env!("CARGO_BIN_EXE_barpop"));
        barpop.arg(topic).env_remove("DBUS_SYSTEM_BUS_ADDRESS");
        let program = barpop.spawn().unwrap();
        let popup = screen.popup();
        lab.eventually("the popup has the keyboard", LIMIT, || {
            popup.has_keyboard().then_some(())
        });
        Self {
            lab,
            screen,
            popup,
            program,
        }
    }

    fn types(&self, text: &str) {
        self.screen.xdotool(&["type", text]);
    }

    fn presses(&self, keys: &[&str]) {
        self.screen.xdotool(&[&["key"], keys].concat());
    }

    /// Waits until nothing moves in the popup for a while, and returns what it looks like.
    fn settled(&self, what: &str) -> Vec<[u8; 3]> {
        let mut last = Vec::new();
        let mut same = 0;
        self.lab.eventually(what, LIMIT, || {
            let now = self.popup.pixels();
            same = if now == last { same + 1 } else { 0 };
            last = now;
            (same >= 3).then_some(())
        });
        last
    }

    /// Waits until the popup looks quite different, and nothing moves in it any more.
    fn becomes_other_than(&self, before: &[[u8; 3]]) -> Vec<[u8; 3]> {
        self.lab.eventually("the popup has changed", LIMIT, || {
            (differ(before, &self.popup.pixels()) > 200).then_some(())
        });
        self.settled("it is still again")
    }

    /// How many points have the colour of what went wrong.
    fn reds(&self) -> usize {
        let [red, green, blue, _] = Theme::default().error.to_array();
        let red = [blue, green, red];
        let pixels = self.popup.pixels();
        pixels.iter().filter(|point| **point == red).count()
    }

    /// Brings a picture of the screen back to the host.
    fn picture(&self, name: &str) {
        let mut import = self.screen.program("import");
        import.args(["-window", "root", &format!("/lab/{name}.png")]);
        assert!(import.status().unwrap().success());
    }

    /// Steps back with Esc until the popup is closed.
    fn close(mut self) {
        self.lab.eventually("the popup is closed", LIMIT, || {
            let closed = self.screen.popups().is_empty();
            if !closed {
                self.presses(&["Escape"]);
            }
            closed.then_some(())
        });
        assert!(self.program.wait().unwrap().success());
    }

    /// Picks a network by its name, and wants it.
    fn picks(&self, ssid: &str) {
        self.presses(&["ctrl+f", "ctrl+a"]);
        self.types(ssid);
        self.settled("the network is picked");
        self.presses(&["Return"]);
    }

    /// Waits until this network is joined, and nothing is called wrong.
    fn must_join(&self, desk: &Desk<'_>, ssid: &str) {
        self.lab.eventually("the network is joined", LIMIT, || {
            desk.on().iter().any(|(_, on)| on == ssid).then_some(())
        });
        desk.must_be_on(ssid);
        self.lab.eventually("nothing is wrong any more", LIMIT, || {
            (self.reds() == 0).then_some(())
        });
    }

    /// Waits until this network's password is called wrong, and asked for again.
    fn must_refuse(&self, desk: &Desk<'_>, ssid: &str) {
        self.lab
            .eventually("the password is called wrong", LIMIT, || {
                (self.reds() > 20).then_some(())
            });
        self.settled("the password is asked for again");
        assert!(desk.on().iter().all(|(_, on)| on != ssid));
    }
}

#[test]
fn a_network_is_joined_in_the_popup_by_keys_after_a_wrong_password() {
    guest(with_screen(wifi(3)), |lab| {
        let air = Air::new(lab, 3, 1);
        let _home = air.start(&AccessPoint::wpa2("LabHome", "correct-horse"));
        let _other = air.start(&AccessPoint::open("LabOther").channel(6));
        let desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.wait_for_network("LabOther");
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        // What is typed picks the network, Enter asks for its password.
        popup.types("labhome");
        popup.settled("the network is picked");
        popup.presses(&["Return"]);
        popup.settled("its password is asked for");
        assert_eq!(popup.reds(), 0, "{:?}", screen.keep_picture());
        popup.types("wrong-horse");
        popup.presses(&["Return"]);
        popup.must_refuse(&desk, "LabHome");
        popup.picture("wrong-password");
        popup.presses(&["ctrl+a"]);
        popup.types("correct-horse");
        popup.presses(&["Return"]);
        popup.must_join(&desk, "LabHome");
        popup.close();
    });
}

#[test]
fn open_and_wpa3_networks_are_joined_in_the_popup_by_keys_after_a_wrong_password() {
    guest(with_screen(wifi(3)), |lab| {
        let air = Air::new(lab, 3, 1);
        let _open = air.start(&AccessPoint::open("LabOpen"));
        let _safe = air.start(&AccessPoint::wpa3("LabSafe", "sae-horse").channel(6));
        let desk = Desk::new(lab);
        desk.wait_for_network("LabOpen");
        desk.wait_for_network("LabSafe");
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        popup.picks("LabOpen");
        popup.must_join(&desk, "LabOpen");
        popup.picks("LabSafe");
        popup.settled("its password is asked for");
        popup.types("wrong-horse");
        popup.presses(&["Return"]);
        popup.must_refuse(&desk, "LabSafe");
        popup.picture("wrong-password");
        popup.presses(&["ctrl+a"]);
        popup.types("sae-horse");
        popup.presses(&["Return"]);
        popup.must_join(&desk, "LabSafe");
        popup.close();
    });
}

#[test]
fn a_hidden_network_is_joined_in_the_popup_by_keys_after_a_wrong_password() {
    guest(with_screen(wifi(2)), |lab| {
        let air = Air::new(lab, 2, 1);
        let _point = air.start(&AccessPoint::wpa2("LabHidden", "hidden-horse").hidden());
        let desk = Desk::new(lab);
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        popup.settled("the popup is open");
        popup.presses(&["ctrl+n"]);
        popup.settled("the hidden network's name is asked for");
        popup.types("LabHidden");
        // Over the five kinds of security, of which the first one is right.
        for _ in 0..6 {
            popup.presses(&["Tab"]);
            popup.settled("the next field has the keyboard");
        }
        popup.types("wrong-horse");
        popup.picture("hidden");
        popup.presses(&["Return"]);
        popup.must_refuse(&desk, "LabHidden");
        popup.picture("wrong-password");
        popup.presses(&["ctrl+a"]);
        popup.types("hidden-horse");
        popup.presses(&["Return"]);
        popup.must_join(&desk, "LabHidden");
        popup.picture("joined");
        popup.close();
    });
}

#[test]
fn an_enterprise_network_is_joined_in_the_popup_by_keys_after_a_wrong_password() {
    guest(with_screen(wifi(2)), |lab| {
        let air = Air::new(lab, 2, 1);
        let _work = air.start(&AccessPoint::enterprise("LabWork", "staff", "work-horse"));
        // One of the authorities that this computer knows, which the form begins with.
        lab.run(&format!("cp {CA} /etc/ssl/certs/lab.pem"));
        let hash = lab.run(&format!("openssl x509 -hash -noout -in {CA}"));
        symlink("lab.pem", format!("/etc/ssl/certs/{}.0", hash.trim())).unwrap();
        let desk = Desk::new(lab);
        desk.wait_for_network("LabWork");
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        popup.picks("LabWork");
        popup.settled("the user is asked for");
        popup.types("staff");
        popup.presses(&["Tab"]);
        popup.settled("the password has the keyboard");
        popup.types("wrong-horse");
        popup.picture("user");
        popup.presses(&["Return"]);
        popup.must_refuse(&desk, "LabWork");
        popup.picture("wrong-password");
        popup.presses(&["Tab", "ctrl+a"]);
        popup.types("work-horse");
        popup.presses(&["Return"]);
        popup.must_join(&desk, "LabWork");
        popup.close();
    });
}

#[test]
fn the_popup_shows_a_lost_network_and_switches_the_radio_off_and_on() {
    guest(with_screen(wifi(2)), |lab| {
        let air = Air::new(lab, 2, 1);
        let home = AccessPoint::wpa2("LabHome", "correct-horse");
        let point = air.start(&home);
        let desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        let on = popup.settled("the popup shows the network");
        popup.picture("on");
        drop(point);
        lab.eventually("the network is lost", LIMIT, || {
            desk.on().is_empty().then_some(())
        });
        let lost = popup.settled("the popup shows that");
        popup.picture("lost");
        assert!(differ(&on, &lost) > 200);
        let point = air.start(&home);
        // NetworkManager looks around by itself ever more seldom, up to every two minutes.
        lab.eventually("the network is found again", 2 * LIMIT, || {
            popup.presses(&["F5"]);
            (!desk.on().is_empty()).then_some(())
        });
        popup.must_join(&desk, "LabHome");
        let wifi_is = |on: bool| {
            lab.eventually("the radio is switched", LIMIT, || {
                (desk.state()["radios"]["wifi"]["enabled"] == on).then_some(())
            });
        };
        popup.presses(&["ctrl+w"]);
        wifi_is(false);
        let off = popup.settled("the popup shows that");
        popup.picture("off");
        assert!(differ(&lost, &off) > 200);
        // The kernel's switch was for all radios of this machine, the access point's too.
        drop(point);
        popup.presses(&["ctrl+w"]);
        wifi_is(true);
        let _point = air.start(&home);
        popup.must_join(&desk, "LabHome");
        popup.close();
    });
}

#[test]
fn the_popup_names_both_access_points_of_a_network_and_stays_on_it_when_one_goes() {
    guest(with_screen(wifi(3)), |lab| {
        let air = Air::new(lab, 3, 1);
        let office = AccessPoint::wpa2("LabOffice", "correct-horse");
        let first = air.start(&office);
        let desk = Desk::new(lab);
        desk.wait_for_network("LabOffice");
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        popup.picks("LabOffice");
        popup.settled("its password is asked for");
        popup.types("correct-horse");
        popup.presses(&["Return"]);
        popup.must_join(&desk, "LabOffice");
        popup.presses(&["ctrl+i"]);
        let one = popup.settled("there is one access point");
        popup.picture("one");
        let second = air.start(&office.channel(11));
        // F5 has them looked for anew.
        lab.eventually("both are heard", LIMIT, || {
            popup.presses(&["F5"]);
            let row = desk.wait_for_network("LabOffice");
            (row["bssids"].as_array().unwrap().len() == 2).then_some(())
        });
        let both = popup.settled("there are two");
        popup.picture("both");
        assert!(differ(&one, &both) > 200);
        drop(first);
        lab.eventually("the other one is taken", 2 * LIMIT, || {
            let state = desk.state();
            let connection = &state["connections"][0];
            (connection["state"] == "activated" && connection["bssid"] == second.bssid().as_str())
                .then_some(())
        });
        popup.must_join(&desk, "LabOffice");
        popup.settled("the popup shows that");
        popup.picture("other");
        popup.close();
    });
}

#[test]
fn two_adapters_are_put_on_two_networks_in_the_popup_by_keys() {
    guest(with_screen(wifi(4)), |lab| {
        let air = Air::new(lab, 4, 2);
        let _one = air.start(&AccessPoint::wpa2("LabOne", "correct-horse"));
        let _two = air.start(&AccessPoint::open("LabTwo").channel(6));
        let desk = Desk::new(lab);
        desk.wait_for_network("LabOne");
        desk.wait_for_network("LabTwo");
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        let are_on = |all: &[(&str, &str)]| {
            lab.eventually(&format!("on are {all:?}"), LIMIT, || {
                let on = desk.on();
                let on = on.iter().map(|(device, ssid)| (&device[..], &ssid[..]));
                on.eq(all.iter().copied()).then_some(())
            });
            popup.settled("the popup shows that");
        };
        popup.picks("LabOne");
        popup.settled("its password is asked for");
        popup.types("correct-horse");
        popup.presses(&["Return"]);
        let first = lab.eventually("one adapter is on it", LIMIT, || {
            desk.on().pop().map(|(device, _)| device)
        });
        popup.settled("the popup shows that");
        // On the page of the other network the other adapter stands after the way back, the button
        // that takes any adapter, and perhaps the first adapter.
        let (mut on, tabs) = if first == "wlan0" {
            (vec![("wlan0", "LabOne"), ("wlan1", "LabTwo")], 3)
        } else {
            (vec![("wlan0", "LabTwo"), ("wlan1", "LabOne")], 2)
        };
        popup.presses(&["ctrl+f", "ctrl+a"]);
        popup.types("LabTwo");
        popup.settled("the network is picked");
        popup.presses(&["ctrl+i"]);
        popup.settled("all about it is shown");
        for _ in 0..tabs {
            popup.presses(&["Tab"]);
            popup.settled("the next one has the keyboard");
        }
        popup.picture("adapter");
        popup.presses(&["space"]);
        are_on(&on);
        popup.picture("both");
        popup.presses(&["Escape"]);
        popup.picks("LabOne");
        on.retain(|(_, ssid)| *ssid == "LabTwo");
        are_on(&on);
        popup.picture("one");
        popup.close();
    });
}

#[test]
fn networkmanager_is_restarted_under_the_open_popup() {
    guest(with_screen(wifi(2)), |lab| {
        let air = Air::new(lab, 2, 1);
        let _point = air.start(&AccessPoint::wpa2("LabHome", "correct-horse"));
        let mut desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        let on = popup.settled("the popup shows the network");
        desk.manager.stop();
        let gone = popup.becomes_other_than(&on);
        popup.picture("gone");
        desk.manager.start_again(lab);
        popup.becomes_other_than(&gone);
        popup.must_join(&desk, "LabHome");
        popup.picture("back");
        // It can be worked as before.
        popup.picks("LabHome");
        lab.eventually("it is disconnected", LIMIT, || {
            desk.on().is_empty().then_some(())
        });
        popup.close();
    });
}

#[test]
fn a_hotspot_is_started_and_stopped_in_the_popup_by_keys() {
    guest(with_screen(wifi(2)), |lab| {
        let air = Air::new(lab, 2, 1);
        let desk = Desk::new(lab);
        let screen = screen();
        let popup = Opened::new(lab, &screen, "net");
        popup.presses(&["ctrl+h"]);
        popup.settled("the hotspot's name is asked for");
        popup.presses(&["ctrl+a"]);
        popup.types("LabHot");
        popup.presses(&["Tab", "ctrl+a"]);
        popup.types("hotspot-horse");
        popup.picture("asked");
        popup.presses(&["Return"]);
        let guest = air.join("LabHot", "hotspot-horse");
        lab.eventually("somebody has joined", LIMIT, || {
            guest.is_connected().then_some(())
        });
        assert!(!desk.on().is_empty());
        popup.settled("the popup shows the code for guests");
        popup.picture("on");
        popup.presses(&["Tab", "space"]);
        lab.eventually("the hotspot is off", LIMIT, || {
            desk.on().is_empty().then_some(())
        });
        popup.close();
    });
}

#[test]
fn a_controller_is_seen_shaken_and_lit_in_the_popup_by_keys() {
    guest(with_screen(Needs::default()), |lab| {
        let pad = Plugged::new(lab, Model::DualShock4, Transport::Usb, 1);
        let former = pad.pad.shown().colour;
        let screen = screen();
        let popup = Opened::new(lab, &screen, "ds4");
        let rest = popup.settled("the controller is at rest");
        pad.pad.set(|state| {
            state.press(Button::Cross, true);
            state.press(Button::Triangle, true);
            state.l2 = 255;
        });
        lab.eventually("what is pressed is seen", LIMIT, || {
            (differ(&rest, &popup.popup.pixels()) > 200).then_some(())
        });
        popup.picture("pressed");
        popup.presses(&["s"]);
        assert!(pad.pad.wait_for(LIMIT, |shown| shown.rumble.strong > 0));
        assert!(pad.pad.wait_for(LIMIT, |shown| shown.rumble.strong == 0));
        popup.presses(&["o"]);
        assert!(pad.pad.wait_for(LIMIT, |shown| shown.colour == [0; 3]));
        popup.presses(&["b"]);
        assert!(pad.pad.wait_for(LIMIT, |shown| shown.colour == former));
        pad.unplug(lab);
        popup.close();
    });
}
