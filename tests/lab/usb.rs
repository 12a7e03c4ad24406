//! USB devices that a scenario plays: the kernel's gadget side, wired to its host side by
//! `dummy_hcd`. What the programs see is a device on a USB port with its real driver.

use std::fs;
use std::os::unix::fs::symlink;

use crate::Lab;
use crate::guest::set;

/// A CDC-ACM modem: the programs see `/dev/ttyACM0`, the scenario plays it on `/dev/ttyGS0`.
pub struct AcmModem;

const GADGET: &str = "/sys/kernel/config/usb_gadget/modem";

impl AcmModem {
    /// What a program opens.
    pub const PORT: &str = "/dev/ttyACM0";
    /// Where the scenario plays the modem.
    pub const INSIDE: &str = "/dev/ttyGS0";

    /// Builds the device and plugs it in.
    pub fn plugged(lab: &Lab) -> Self {
        fs::create_dir(GADGET).expect("configfs has gadgets");
        let strings = format!("{GADGET}/strings/0x409");
        fs::create_dir(&strings).unwrap();
        // The Linux Foundation's ids, for gadgets.
        set(format!("{GADGET}/idVendor"), "0x1d6b");
        set(format!("{GADGET}/idProduct"), "0x0104");
        set(format!("{strings}/manufacturer"), "Lab Instruments");
        set(format!("{strings}/product"), "LM-1 modem");
        set(format!("{strings}/serialnumber"), "LAB0001");
        fs::create_dir(format!("{GADGET}/functions/acm.0")).unwrap();
        fs::create_dir(format!("{GADGET}/configs/c.1")).unwrap();
        symlink(
            format!("{GADGET}/functions/acm.0"),
            format!("{GADGET}/configs/c.1/acm.0"),
        )
        .unwrap();
        lab.wait_for_file(Self::INSIDE);
        let modem = Self;
        modem.plug(lab);
        modem
    }

    /// Puts it into the USB port.
    pub fn plug(&self, lab: &Lab) {
        let controller = fs::read_dir("/sys/class/udc").unwrap().next();
        let controller = controller.expect("a device controller").unwrap();
        set(
            format!("{GADGET}/UDC"),
            &controller.file_name().to_string_lossy(),
        );
        lab.wait_for_file(Self::PORT);
    }

    /// Pulls it out.
    pub fn unplug(&self, lab: &Lab) {
        set(format!("{GADGET}/UDC"), "\n");
        lab.wait_until_gone(Self::PORT);
    }
}
