//! The fonts: the bar's icon font, and the one that popups are written in.

use super::{Around, Check, Finding, Part, process};
use crate::bar::Icons;

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "icon font",
        look: icons,
    },
    Check {
        part: "interface font",
        look: interface,
    },
];

fn icons(around: &Around, part: Part) -> Vec<Finding> {
    let wanted = around.config.icons.as_deref();
    let wanted = wanted.and_then(|text| <Icons as clap::ValueEnum>::from_str(text, false).ok());
    if matches!(wanted, Some(Icons::Text | Icons::None)) {
        let remedy = "icons = \"font\" in the configuration has them drawn";
        return vec![part.unused("the configuration wants no font for icons", remedy)];
    }
    let install = "install Font Awesome (Debian: fonts-font-awesome) and name it in the bar's fonts, or \
                   write icons = \"text\" into the configuration";
    let Some(list) = process::says("fc-list", &[":", "family"]) else {
        return vec![no_fontconfig(part)];
    };
    let is_one = |line: &&str| {
        let name = line.replace(' ', "").to_lowercase();
        name.contains("fontawesome") || name.contains("nerdfont")
    };
    vec![match list.lines().find(is_one) {
        Some(family) => part.ok(format!("'{}' is installed", family.trim())),
        None => part.warn("neither Font Awesome nor a Nerd Font is installed", install),
    }]
}

fn interface(_: &Around, part: Part) -> Vec<Finding> {
    let family = process::says("fc-match", &["-f", "%{family}", "sans-serif"]);
    let bold = process::says("fc-match", &["-f", "%{style}", "sans-serif:bold"]);
    let (Some(family), Some(bold)) = (family, bold) else {
        return vec![no_fontconfig(part)];
    };
    if family.is_empty() {
        return vec![part.warn(
            "fontconfig knows no font: popups use their built-in one",
            "install one, such as fonts-dejavu-core",
        )];
    }
    if !bold.to_lowercase().contains("bold") {
        return vec![part.warn(
            format!("'{family}' has no bold face: headings look like text"),
            "choose another font for sans-serif, such as DejaVu Sans or Noto Sans",
        )];
    }
    vec![part.ok(format!("'{family}'"))]
}

fn no_fontconfig(part: Part) -> Finding {
    part.warn(
        "fontconfig does not answer ('fc-list', 'fc-match')",
        "install fontconfig; without it popups use their built-in font",
    )
}
