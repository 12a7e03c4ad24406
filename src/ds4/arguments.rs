//! The command line of `xds4`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};

use super::light::{LightMode, Rgb};
use crate::program::PrintArguments;

/// The batteries of DualShock 4 and DualSense gamepads on a status bar.
///
/// Run by a bar it prints one line: once, or with --follow a new one at every change.
#[derive(Debug, Parser)]
#[command(name = "xds4", version, max_term_width = 100)]
#[command(after_help = "xmobar: Run CommandReader \"xds4 --follow\" \"xds4\"")]
pub struct Arguments {
    /// Where pads are.
    #[command(flatten)]
    pub place: PlaceArguments,
    /// How the line looks.
    #[command(flatten)]
    pub line: LineArguments,
    /// What to do instead of printing the line.
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// Where pads are.
#[derive(Debug, Clone, Args)]
pub struct PlaceArguments {
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// A folder with 'sys', 'dev' and a socket 'uevents' in place of this machine's.
    #[arg(long, value_name = "FOLDER", global = true, hide = true)]
    pub root: Option<PathBuf>,
}

/// How the line looks.
#[derive(Debug, Args)]
pub struct LineArguments {
    /// Open the popup, or close the one that is open.
    #[arg(short, long)]
    pub gui: bool,
    /// A template for each pad: {icon} {battery} {percent} {charging} {charge} {model}
    /// {transport} {mac} {number} {error}.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format: Option<String>,
    /// What stands between two pads [default: a space].
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub separator: Option<String>,
    /// What is printed without a pad [default: no pad].
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub absent: Option<String>,
    /// Up to this percentage a battery is low [default: 20].
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    pub low: Option<u8>,
    /// From this percentage on a battery is high [default: 80].
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    pub high: Option<u8>,
    /// The colour of a low battery, or '' for the bar's own [default: '#fb4934'].
    #[arg(long, value_name = "#RRGGBB", visible_alias = "low-color")]
    pub low_colour: Option<String>,
    /// The colour of a battery between the two.
    #[arg(long, value_name = "#RRGGBB", visible_alias = "normal-color")]
    pub normal_colour: Option<String>,
    /// The colour of a high battery.
    #[arg(long, value_name = "#RRGGBB", visible_alias = "high-color")]
    pub high_colour: Option<String>,
    /// The colour of a battery that is being filled.
    #[arg(long, value_name = "#RRGGBB", visible_alias = "charging-color")]
    pub charging_colour: Option<String>,
    /// What a click runs, or '' for nothing [default: xds4 -g].
    #[arg(long, value_name = "COMMAND")]
    pub click: Option<String>,
    /// How it is printed.
    #[command(flatten)]
    pub print: PrintArguments,
    /// Print an empty line while there is no pad.
    #[arg(long, visible_alias = "hide_when_absent")]
    pub hide_when_absent: bool,
}

/// Which pad is meant.
#[derive(Debug, Clone, Args)]
pub struct Which {
    /// The pad's Bluetooth address or HID device, as 'list' prints it [default: all pads].
    #[arg(long, value_name = "MAC")]
    pub pad: Option<String>,
}

/// What to do with pads.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List the pads that are connected.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// Change the light bar. A colour stays, and a blink that the kernel does by itself; all else
    /// runs until Ctrl-C, then the former colour comes back.
    Light {
        /// A colour (red, 'ff8000'), off, police, blink:COLOUR, breathe:COLOUR, battery, or
        /// buttons for the colours of the buttons that are down.
        #[arg(value_name = "WHAT", value_parser = parse_light)]
        mode: LightMode,
        /// End after this time, also a colour.
        #[arg(long, value_name = "SECONDS", value_parser = parse_seconds)]
        seconds: Option<f32>,
        /// Which pad.
        #[command(flatten)]
        which: Which,
    },
    /// Light the player LEDs of a DualSense.
    Players {
        /// The player, 1 to 5; 0 for none.
        #[arg(value_parser = clap::value_parser!(u8).range(..=5))]
        player: u8,
        /// Which pad.
        #[command(flatten)]
        which: Which,
    },
    /// Print what the pads report, until Ctrl-C.
    Watch {
        /// One JSON object a report.
        #[arg(long)]
        json: bool,
        /// Which pad.
        #[command(flatten)]
        which: Which,
    },
    /// Run the motors.
    Rumble {
        /// The strong motor at the left, 0 to 1 [default: 1, or 0 if only the weak is named].
        #[arg(long, value_name = "SHARE", value_parser = parse_share)]
        strong: Option<f32>,
        /// The weak motor at the right, 0 to 1 [default: 0].
        #[arg(long, value_name = "SHARE", value_parser = parse_share)]
        weak: Option<f32>,
        /// For how long, 60 at most.
        #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = parse_shake)]
        seconds: f32,
        /// Which pad.
        #[command(flatten)]
        which: Which,
    },
    /// Give a light back when standard input ends; started by barpop itself.
    #[command(hide = true)]
    Guard,
}

fn parse_light(text: &str) -> Result<LightMode, String> {
    let (word, colour) = match text.split_once(':') {
        Some((word, colour)) => (word, Some(colour)),
        None => (text, None),
    };
    let colour_or = |default| match colour {
        Some(colour) => Rgb::from_str(colour).map_err(|error| error.to_string()),
        None => Ok(default),
    };
    match word {
        "blink" => return Ok(LightMode::blink(colour_or(Rgb::new(255, 255, 255))?)),
        "breathe" | "breathing" => {
            return Ok(LightMode::breathe(colour_or(Rgb::new(0, 0, 255))?));
        }
        _ => {}
    }
    match text {
        "off" => Ok(LightMode::Off),
        "police" => Ok(LightMode::Police),
        "battery" => Ok(LightMode::Battery),
        "buttons" => Ok(LightMode::Buttons),
        _ => text.parse().map(LightMode::Colour).map_err(|_| {
            format!(
                "'{text}' is no colour and no effect: use a name like red, digits like ff8000, \
                 off, police, blink, breathe, battery or buttons"
            )
        }),
    }
}

fn parse_share(text: &str) -> Result<f32, String> {
    let share = text.parse::<f32>().ok();
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| format!("'{text}' is not between 0 and 1"))
}

/// The motors get warm, and nobody may be there to stop them.
fn parse_shake(text: &str) -> Result<f32, String> {
    match parse_seconds(text)? {
        seconds if seconds > 60.0 => Err(format!(
            "'{text}' is too long; motors run for 60 seconds at most"
        )),
        seconds => Ok(seconds),
    }
}

fn parse_seconds(text: &str) -> Result<f32, String> {
    let seconds = text.parse::<f32>().ok();
    seconds
        .filter(|seconds| (0.0..=86_400.0).contains(seconds))
        .ok_or_else(|| format!("'{text}' is no number of seconds"))
}
