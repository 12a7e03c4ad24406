//! USB devices that a scenario plays: the kernel's gadget side, wired to its host side by
//! `dummy_hcd`. What the programs see is a device on a USB port with its real driver.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::Duration;

use crate::Lab;
use crate::guest::set;

/// A CDC-ACM device: the programs see `/dev/ttyACM0`, the scenario plays it on `/dev/ttyGS0`.
pub struct AcmDevice;

const GADGET: &str = "/sys/kernel/config/usb_gadget/lab";

/// What a device says of itself.
struct About {
    vendor: &'static str,
    product: &'static str,
    maker: &'static str,
    name: &'static str,
}

/// With the Linux Foundation's ids, for gadgets.
const MODEM: About = About {
    vendor: "0x1d6b",
    product: "0x0104",
    maker: "Lab Instruments",
    name: "LM-1 modem",
};

const RECEIVER: About = About {
    vendor: "0x1546",
    product: "0x01a8",
    maker: "u-blox AG - www.u-blox.com",
    name: "u-blox GNSS receiver",
};

impl AcmDevice {
    /// What a program opens.
    pub const PORT: &str = "/dev/ttyACM0";
    /// Where the scenario plays the device.
    pub const INSIDE: &str = "/dev/ttyGS0";

    /// Builds a modem and plugs it in.
    pub fn modem(lab: &Lab) -> Self {
        Self::plugged(lab, &MODEM)
    }

    /// Builds a satellite receiver and plugs it in.
    pub fn receiver(lab: &Lab) -> Self {
        Self::plugged(lab, &RECEIVER)
    }

    fn plugged(lab: &Lab, about: &About) -> Self {
        fs::create_dir(GADGET).expect("configfs has gadgets");
        let strings = format!("{GADGET}/strings/0x409");
        fs::create_dir(&strings).unwrap();
        set(format!("{GADGET}/idVendor"), about.vendor);
        set(format!("{GADGET}/idProduct"), about.product);
        set(format!("{strings}/manufacturer"), about.maker);
        set(format!("{strings}/product"), about.name);
        set(format!("{strings}/serialnumber"), "LAB0001");
        fs::create_dir(format!("{GADGET}/functions/acm.0")).unwrap();
        fs::create_dir(format!("{GADGET}/configs/c.1")).unwrap();
        symlink(
            format!("{GADGET}/functions/acm.0"),
            format!("{GADGET}/configs/c.1/acm.0"),
        )
        .unwrap();
        lab.wait_for_file(Self::INSIDE);
        let device = Self;
        device.plug(lab);
        device
    }

    /// Puts it into the USB port, and says which port the programs have then: [`Self::PORT`], or
    /// the next one if one of them keeps that open.
    pub fn plug(&self, lab: &Lab) -> String {
        let controller = fs::read_dir("/sys/class/udc").unwrap().next();
        let controller = controller.expect("a device controller").unwrap();
        set(
            format!("{GADGET}/UDC"),
            &controller.file_name().to_string_lossy(),
        );
        let serial = || {
            let ports = fs::read_dir("/sys/class/tty").unwrap().flatten();
            let mut names = ports.map(|port| port.file_name().to_string_lossy().into_owned());
            names.find(|name| name.starts_with("ttyACM"))
        };
        let name = lab.eventually("the port is there", Duration::from_secs(10), serial);
        let port = format!("/dev/{name}");
        lab.wait_for_file(&port);
        port
    }

    /// Pulls it out.
    pub fn unplug(&self, lab: &Lab) {
        set(format!("{GADGET}/UDC"), "\n");
        lab.wait_until_gone(Self::PORT);
    }
}
