//! A GPIO chip with a line named as a Raspberry Pi's: what the shutter will pull.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::guest::{get, set};
use crate::{Lab, Needs, guest};

/// A chip of the kernel's `gpio-sim`, made through configfs.
pub struct Chip {
    /// Where the kernel shows the lines as the wire sees them.
    lines: String,
}

const CONFIG: &str = "/sys/kernel/config/gpio-sim/camera";

/// Where the lines are, once the chip is there.
fn lines(lab: &Lab) -> String {
    let chip = get(format!("{CONFIG}/bank0/chip_name"));
    lab.wait_for_file(&format!("/dev/{chip}"));
    let device = get(format!("{CONFIG}/dev_name"));
    format!("/sys/devices/platform/{device}/{chip}")
}

impl Chip {
    /// A chip with 32 lines, of which these have names.
    pub fn with(lab: &Lab, names: &[(u32, &str)]) -> Self {
        fs::create_dir_all(format!("{CONFIG}/bank0")).expect("configfs has gpio-sim");
        set(format!("{CONFIG}/bank0/num_lines"), "32");
        for (line, name) in names {
            fs::create_dir(format!("{CONFIG}/bank0/line{line}")).unwrap();
            set(format!("{CONFIG}/bank0/line{line}/name"), name);
        }
        set(format!("{CONFIG}/live"), "1");
        Self { lines: lines(lab) }
    }

    /// Takes the chip away, as when a USB adapter is pulled out.
    pub fn unplug(&self) {
        set(format!("{CONFIG}/live"), "0");
    }

    /// Puts it back; its number may be another one.
    pub fn plug(&mut self, lab: &Lab) {
        set(format!("{CONFIG}/live"), "1");
        self.lines = lines(lab);
    }

    /// The level on the wire, whoever drives it.
    pub fn level(&self, line: u32) -> bool {
        get(format!("{}/sim_gpio{line}/value", self.lines)) == "1"
    }

    /// Looks at these lines for so long, and says what changed: which line, to what, and when.
    pub fn changes<const N: usize>(
        &self,
        lines: [u32; N],
        how_long: Duration,
    ) -> Vec<(u32, bool, Duration)> {
        let began = Instant::now();
        let mut levels = lines.map(|line| self.level(line));
        let mut changes = Vec::new();
        while began.elapsed() < how_long {
            for (line, before) in lines.iter().zip(&mut levels) {
                let now = self.level(*line);
                if std::mem::replace(before, now) != now {
                    changes.push((*line, now, began.elapsed()));
                }
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        changes
    }

    /// Drives a line from outside.
    pub fn pull(&self, line: u32, high: bool) {
        let pull = if high { "pull-up" } else { "pull-down" };
        set(format!("{}/sim_gpio{line}/pull", self.lines), pull);
    }
}

#[test]
fn a_line_named_gpio18_is_read_and_driven() {
    guest(Needs::default(), |lab| {
        let chip = Chip::with(lab, &[(18, "GPIO18")]);
        let info = lab.run("gpioinfo");
        assert!(info.contains("line  18:     \"GPIO18\""), "{info}");
        let found = lab.run("gpiofind GPIO18");
        let (device, line) = found.trim().split_once(' ').unwrap();
        assert!(!chip.level(18));
        let pull = [device, &format!("{line}=1")];
        let held = lab.start(
            "gpioset",
            Command::new("gpioset").arg("--mode=signal").args(pull),
        );
        lab.eventually("the line is high", Duration::from_secs(5), || {
            chip.level(18).then_some(())
        });
        held.stop();
        assert!(!chip.level(18), "a line that nobody holds follows its pull");
        chip.pull(18, true);
        assert_eq!(lab.run(&format!("gpioget {device} {line}")).trim(), "1");
        chip.pull(18, false);
        assert_eq!(lab.run(&format!("gpioget {device} {line}")).trim(), "0");
    });
}
