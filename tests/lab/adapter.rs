//! A USB serial adapter that a scenario plays, whose RTS and DTR it sees: the kernel's FunctionFS
//! hands the requests of the host's driver on to a program, which `usb.rs`'s device does not.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::symlink;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::Lab;
use crate::guest::set;

/// The lines of the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lines {
    pub rts: bool,
    pub dtr: bool,
}

/// A CDC-ACM device; the programs see `/dev/ttyACM0`.
pub struct Adapter {
    /// Every state that the host's driver asked for.
    seen: Arc<Mutex<Vec<Lines>>>,
}

const GADGET: &str = "/sys/kernel/config/usb_gadget/adapter";

impl Adapter {
    pub const PORT: &str = "/dev/ttyACM0";

    /// Builds it and plugs it in.
    pub fn plugged(lab: &Lab) -> Self {
        fs::create_dir(GADGET).expect("configfs has gadgets");
        // A modem whose interfaces the driver knows without being told, which FunctionFS cannot.
        set(format!("{GADGET}/idVendor"), "0x0870");
        set(format!("{GADGET}/idProduct"), "0x0001");
        fs::create_dir(format!("{GADGET}/strings/0x409")).unwrap();
        fs::create_dir(format!("{GADGET}/functions/ffs.adapter")).unwrap();
        fs::create_dir(format!("{GADGET}/configs/c.1")).unwrap();
        symlink(
            format!("{GADGET}/functions/ffs.adapter"),
            format!("{GADGET}/configs/c.1/ffs.adapter"),
        )
        .unwrap();
        fs::create_dir_all("/dev/ffs").unwrap();
        lab.run("mount -t functionfs adapter /dev/ffs");
        let mut control = File::options()
            .read(true)
            .write(true)
            .open("/dev/ffs/ep0")
            .unwrap();
        control.write_all(&descriptors()).expect("descriptors");
        control.write_all(&strings()).expect("strings");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let adapter = Self {
            seen: Arc::clone(&seen),
        };
        std::thread::spawn(move || answer(&mut control, &seen));
        adapter.plug(lab);
        adapter
    }

    /// Puts it into the USB port.
    pub fn plug(&self, lab: &Lab) {
        let controller = fs::read_dir("/sys/class/udc").unwrap().next();
        let controller = controller.expect("a device controller").unwrap();
        let name = controller.file_name();
        set(format!("{GADGET}/UDC"), &name.to_string_lossy());
        lab.wait_for_file(Self::PORT);
    }

    /// Pulls it out.
    pub fn unplug(&self, lab: &Lab) {
        set(format!("{GADGET}/UDC"), "\n");
        lab.wait_until_gone(Self::PORT);
    }

    /// How the lines are now.
    pub fn lines(&self) -> Lines {
        self.seen().last().copied().unwrap_or_default()
    }

    /// All that was asked for.
    pub fn seen(&self) -> Vec<Lines> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until the lines are so.
    pub fn wait_for(&self, lab: &Lab, rts: bool, dtr: bool) {
        let what = format!("RTS is {rts} and DTR {dtr}");
        lab.eventually(&what, Duration::from_secs(5), || {
            (self.lines() == Lines { rts, dtr }).then_some(())
        });
    }
}

/// Answers the driver: everything is taken, and of one request the value is kept.
fn answer(control: &mut File, seen: &Mutex<Vec<Lines>>) {
    /// `FUNCTIONFS_SETUP` of linux/usb/functionfs.h.
    const SETUP: u8 = 4;
    const SET_CONTROL_LINE_STATE: u8 = 0x22;
    let mut event = [0; 12];
    while control.read_exact(&mut event).is_ok() {
        if event[8] != SETUP {
            continue;
        }
        let [kind, request, low, ..] = event;
        let length = u16::from_le_bytes([event[6], event[7]]);
        if request == SET_CONTROL_LINE_STATE {
            seen.lock().unwrap().push(Lines {
                dtr: low & 1 != 0,
                rts: low & 2 != 0,
            });
        }
        let mut data = vec![0; usize::from(length)];
        // The other direction ends a request without data.
        let _ = if kind & 0x80 == 0 {
            control.read(&mut data)
        } else {
            control.write(&data)
        };
    }
}

fn descriptors() -> Vec<u8> {
    /// `FUNCTIONFS_DESCRIPTORS_MAGIC_V2`, with those of full and high speed.
    const MAGIC: u32 = 3;
    let of_a_speed = |bulk: u16| {
        let [low, high] = bulk.to_le_bytes();
        [
            // The interface for requests, with its endpoint for notices.
            vec![9, 4, 0, 0, 1, 2, 2, 1, 0],
            vec![7, 5, 0x81, 3, 16, 0, 9],
            // The interface for data.
            vec![9, 4, 1, 0, 2, 10, 0, 0, 0],
            vec![7, 5, 0x82, 2, low, high, 0],
            vec![7, 5, 0x03, 2, low, high, 0],
        ]
        .concat()
    };
    let body = [of_a_speed(64), of_a_speed(512)].concat();
    let length = u32::try_from(20 + body.len()).unwrap();
    let head = [MAGIC, length, 1 | 2, 5, 5];
    let head = head.iter().flat_map(|word| word.to_le_bytes());
    head.chain(body).collect()
}

fn strings() -> Vec<u8> {
    /// `FUNCTIONFS_STRINGS_MAGIC`, its length, and none in no language.
    const HEAD: [u32; 4] = [2, 16, 0, 0];
    HEAD.iter().flat_map(|word| word.to_le_bytes()).collect()
}
