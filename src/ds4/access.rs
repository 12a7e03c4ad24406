//! What the person may not use of a pad, asked of the kernel without opening anything.

use std::path::{Path, PathBuf};

use rustix::fs::{Access as Right, access};
use rustix::io::Errno;

use super::lamp::is_writable;
use super::snapshot::{Access, Part};
use super::sysfs::Found;

/// What is forbidden, the lights apart: those are known to who has tried all ways to them.
#[must_use]
pub fn of(found: &Found) -> Access {
    let lacks = |node: &Option<PathBuf>, right| {
        node.as_deref()
            .is_some_and(|path: &Path| access(path, right) == Err(Errno::ACCESS))
    };
    let mut forbidden = Vec::new();
    let mut check = |part, is_forbidden| {
        if is_forbidden {
            forbidden.push(part);
        }
    };
    check(Part::Controls, lacks(&found.gamepad, Right::READ_OK));
    check(Part::Motion, lacks(&found.motion, Right::READ_OK));
    check(Part::Touchpad, lacks(&found.touchpad, Right::READ_OK));
    // Without logind: what it would say costs a call.
    let raw = found.hidraw.as_deref().is_some_and(is_writable);
    let may_write = |led: &PathBuf| is_writable(&led.join("brightness"));
    let multicolour = found.leds.multicolour.as_ref();
    check(
        Part::Light,
        !raw && multicolour.is_some_and(|led| !may_write(led)),
    );
    let players = &found.leds.players;
    check(Part::Players, !raw && !players.iter().all(may_write));
    check(Part::Rumble, lacks(&found.gamepad, Right::WRITE_OK));
    Access { forbidden }
}
