//! The udev rule that gives the person at the machine a pad's sensors, touchpad and lights.

use egui::Ui;

use super::{Scene, State};
use crate::ds4::snapshot::UDEV_RULE;

/// The rule itself.
const RULE: &str = include_str!("../../../assets/udev/70-barpop-ds4.rules");

/// How long it is said that it was copied, in seconds.
const SAID_SECS: f64 = 3.0;

/// Commands that install it, whole: nothing has to be found on the disk first.
#[must_use]
pub fn commands() -> String {
    format!(
        "sudo tee {UDEV_RULE} > /dev/null <<'END'\n{}\nEND\nsudo udevadm control --reload\nsudo \
         udevadm trigger --subsystem-match=input --subsystem-match=leds \
         --subsystem-match=hidraw --action=change\n",
        RULE.trim_end()
    )
}

/// Copies those commands, and says so for a moment.
pub fn copy(ui: &Ui, state: &mut State, scene: &Scene<'_>) {
    ui.ctx().copy_text(commands());
    state.copied = Some(scene.secs + SAID_SECS);
    ui.ctx().request_repaint_after_secs(SAID_SECS as f32 + 0.01);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_install_the_whole_rule_by_themselves() {
        let commands = commands();
        assert!(commands.starts_with("sudo tee /etc/udev/rules.d/70-barpop-ds4.rules"));
        assert!(commands.contains(RULE.trim_end()) && commands.contains("udevadm trigger"));
        // Nothing in the rule may end the text before its end.
        assert!(!RULE.lines().any(|line| line == "END"));
    }
}
