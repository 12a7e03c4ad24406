//! Where popups are shown, and what draws them.

use std::env;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::{Path, PathBuf};

use super::{Around, Check, Finding, Part};
use crate::arguments::Renderer;

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "display",
        look: display,
    },
    Check {
        part: "renderer",
        look: renderer,
    },
];

fn display(_: &Around, part: Part) -> Vec<Finding> {
    let named = |name| env::var(name).ok().filter(|value| !value.is_empty());
    let (wayland, x11) = (named("WAYLAND_DISPLAY"), named("DISPLAY"));
    let mut found = Vec::new();
    if let Some(name) = &wayland {
        found.push(match wayland_socket(name).map(UnixStream::connect) {
            Some(Ok(_)) => part.ok(format!("Wayland at {name}")),
            Some(Err(error)) => part.missing(
                format!("Wayland at {name} does not answer: {error}"),
                "WAYLAND_DISPLAY is of a session that has ended: set it anew, or unset it",
            ),
            None => part.missing(
                "WAYLAND_DISPLAY is set, and XDG_RUNTIME_DIR is not",
                "set XDG_RUNTIME_DIR, as pam_systemd does",
            ),
        });
    }
    if let Some(name) = &x11 {
        found.push(match x11_socket(name) {
            None => part.ok(format!("X11 at {name}, over the network")),
            Some(number) if answers(number) => part.ok(format!("X11 at {name}")),
            Some(_) => part.missing(
                format!("X11 at {name} does not answer"),
                "DISPLAY is of a session that has ended: set it anew, or unset it",
            ),
        });
    }
    if found.is_empty() {
        found.push(part.missing(
            "neither DISPLAY nor WAYLAND_DISPLAY is set: popups cannot open from here",
            "run this in the graphical session; a service of systemd's gets them by \
             'systemctl --user import-environment DISPLAY WAYLAND_DISPLAY'",
        ));
    }
    found
}

fn wayland_socket(name: &str) -> Option<PathBuf> {
    if name.starts_with('/') {
        return Some(PathBuf::from(name));
    }
    Some(Path::new(&env::var_os("XDG_RUNTIME_DIR")?).join(name))
}

/// The number of a display on this machine (`:0`, `:1.0`, `unix:2`).
fn x11_socket(name: &str) -> Option<u32> {
    let (host, rest) = name.rsplit_once(':')?;
    if !matches!(host, "" | "unix") {
        return None;
    }
    rest.split('.').next()?.parse().ok()
}

/// Connecting is all that is done: the server says nothing to who does not speak first.
fn answers(number: u32) -> bool {
    let path = format!("/tmp/.X11-unix/X{number}");
    let hidden = SocketAddr::from_abstract_name(&path);
    UnixStream::connect(&path).is_ok()
        || hidden.is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
}

fn renderer(around: &Around, part: Part) -> Vec<Finding> {
    let wanted = around.config.popup.renderer.unwrap_or_default();
    if wanted == Renderer::Software {
        return vec![part.ok("the processor draws (renderer = \"software\")")];
    }
    let nodes = std::fs::read_dir("/dev/dri")
        .into_iter()
        .flatten()
        .flatten();
    let has_node = nodes
        .filter_map(|entry| entry.file_name().into_string().ok())
        .any(|name| name.starts_with("renderD"));
    vec![if has_node {
        part.ok("OpenGL draws (renderer = \"gpu\")")
    } else {
        part.warn(
            "OpenGL is wanted (renderer = \"gpu\"), and there is no graphics card in /dev/dri",
            "write renderer = \"software\" under [popup]: it starts sooner",
        )
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_of_this_machine_is_told_from_one_over_the_network() {
        assert_eq!(x11_socket(":0"), Some(0));
        assert_eq!(x11_socket("unix:12.1"), Some(12));
        assert_eq!(x11_socket("remote:0"), None);
        assert_eq!(x11_socket("nonsense"), None);
    }
}
