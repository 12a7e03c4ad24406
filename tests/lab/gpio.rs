//! A GPIO chip with a line named as a Raspberry Pi's: what the shutter will pull.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::guest::{get, set};
use crate::{Lab, Needs, guest};

/// A chip of the kernel's `gpio-sim`, made through configfs.
pub struct Chip {
    /// Where the kernel shows the lines as the wire sees them.
    lines: String,
}

impl Chip {
    /// A chip with 32 lines, of which these have names.
    pub fn with(lab: &Lab, names: &[(u32, &str)]) -> Self {
        let config = "/sys/kernel/config/gpio-sim/camera";
        fs::create_dir_all(format!("{config}/bank0")).expect("configfs has gpio-sim");
        set(format!("{config}/bank0/num_lines"), "32");
        for (line, name) in names {
            fs::create_dir(format!("{config}/bank0/line{line}")).unwrap();
            set(format!("{config}/bank0/line{line}/name"), name);
        }
        set(format!("{config}/live"), "1");
        let chip = get(format!("{config}/bank0/chip_name"));
        lab.wait_for_file(&format!("/dev/{chip}"));
        Self {
            lines: format!(
                "/sys/devices/platform/{}/{chip}",
                get(format!("{config}/dev_name"))
            ),
        }
    }

    /// The level on the wire, whoever drives it.
    pub fn level(&self, line: u32) -> bool {
        get(format!("{}/sim_gpio{line}/value", self.lines)) == "1"
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
