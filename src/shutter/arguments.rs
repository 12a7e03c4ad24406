//! The command line of `xshutter`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use super::plan::{Bracket, Ramp, Window};
use super::words::{Wrong, parse_bracket, parse_count, parse_duration, parse_ramp, parse_window};
use crate::program::PrintArguments;

/// A camera's remote timer on a status bar, and the service that runs it.
///
/// Run by a bar it prints one line: once, or with --follow a new one at every change. The service
/// 'xshutter serve' runs where the camera's release is connected; everything else asks it.
#[derive(Debug, Parser)]
#[command(name = "xshutter", version, max_term_width = 100)]
#[command(after_help = "xmobar: Run CommandReader \"xshutter --follow\" \"xshutter\"")]
pub struct Arguments {
    /// Which services.
    #[command(flatten)]
    pub place: PlaceArguments,
    /// How the line looks.
    #[command(flatten)]
    pub line: LineArguments,
    /// What to do instead of printing the line.
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// Which services.
#[derive(Debug, Clone, Args)]
pub struct PlaceArguments {
    /// A service: an address like http://camera:8318 or a name of the configuration; may be
    /// repeated [default: all that are configured, else 127.0.0.1:8318].
    #[arg(long, value_name = "URL", global = true)]
    pub server: Vec<String>,
    /// The configuration file [default: $XDG_CONFIG_HOME/barpop/config.toml].
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

/// How the line looks.
#[derive(Debug, Args)]
pub struct LineArguments {
    /// Open the popup, or close the one that is open.
    #[arg(short, long)]
    pub gui: bool,
    /// A template for each camera: {icon} {name} {state} {progress} {shots} {count} {next}
    /// {next_at} {interval} {left} {eta} {percent} {jitter} {skipped} {total} {problem} {server}.
    #[arg(long, value_name = "TEMPLATE", allow_hyphen_values = true)]
    pub format: Option<String>,
    /// What stands between two cameras [default: two spaces].
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub separator: Option<String>,
    /// What is printed of a camera that cannot be reached [default: offline].
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub absent: Option<String>,
    /// The colour while a plan runs, or '' for the bar's own.
    #[arg(long, value_name = "#RRGGBB", visible_alias = "running-color")]
    pub running_colour: Option<String>,
    /// The colour while it waits to be resumed [default: '#fabd2f'].
    #[arg(long, value_name = "#RRGGBB", visible_alias = "paused-color")]
    pub paused_colour: Option<String>,
    /// The colour of what is wrong [default: '#fb4934'].
    #[arg(long, value_name = "#RRGGBB", visible_alias = "problem-color")]
    pub problem_colour: Option<String>,
    /// What a click runs, or '' for nothing [default: xshutter -g].
    #[arg(long, value_name = "COMMAND")]
    pub click: Option<String>,
    /// How it is printed.
    #[command(flatten)]
    pub print: PrintArguments,
    /// Print nothing of cameras that cannot be reached.
    #[arg(long, visible_alias = "hide_when_absent")]
    pub hide_when_absent: bool,
}

/// A plan, as it is typed.
#[derive(Debug, Clone, Default, Args)]
pub struct PlanArguments {
    /// Between two shots: 10s, 1m30s, 1:30, 0.5, 1h.
    #[arg(long, value_name = "TIME", value_parser = parse_duration, required_unless_present = "plan")]
    pub interval: Option<Duration>,
    /// How many shots [default: until it is stopped].
    #[arg(long, value_name = "N", value_parser = parse_shots)]
    pub count: Option<u32>,
    /// From the start to the first shot.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub delay: Option<Duration>,
    /// Hold the shutter for so long; the camera is set to bulb.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub bulb: Option<Duration>,
    /// The interval is from the end of one shot to the next one's start.
    #[arg(long)]
    pub gap: bool,
    /// Press the focus line so long before each shot.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub half_press: Option<Duration>,
    /// Lift the mirror first, and wait so long.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub mirror_lockup: Option<Duration>,
    /// Several frames a shot, so many exposure values apart: 3:1.
    #[arg(long, value_name = "N:EV", value_parser = parse_bracket)]
    pub bracket: Option<Bracket>,
    /// Let the bulb exposure grow or shrink to TO within OVER: 30s:2h.
    #[arg(long, value_name = "TO:OVER", value_parser = parse_ramp)]
    pub ramp: Option<Ramp>,
    /// Only within this part of every day: 9:00-17:00, sunset+20-sunrise; may be repeated.
    #[arg(long, value_name = "FROM-TO", value_parser = parse_window)]
    pub window: Vec<Window>,
    /// Not before this moment: 22:30, '2026-12-24 22:30'.
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// A plan as JSON, as the API has it, or - for standard input; other flags change it.
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Run the timer of the camera that is connected here.
    Serve(ServeArguments),
    /// Take one picture now.
    Snap,
    /// Begin a plan.
    Start(Box<PlanArguments>),
    /// Change the running plan; the interval counts from the last shot.
    #[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
    Change {
        /// The new interval.
        #[arg(long, value_name = "TIME", value_parser = parse_duration, group = "what")]
        interval: Option<Duration>,
        /// How many shots in all, or none to go on until it is stopped.
        #[arg(long, value_name = "N", value_parser = parse_end, group = "what")]
        count: Option<End>,
        /// The new bulb exposure, from the next shot on.
        #[arg(long, value_name = "TIME", value_parser = parse_duration, group = "what")]
        bulb: Option<Duration>,
    },
    /// Take no further picture until it is resumed.
    Pause,
    /// Go on.
    Resume,
    /// End the plan; an exposure that runs is ended at once.
    Stop,
    /// Print what each camera does.
    Status {
        /// One JSON object a camera.
        #[arg(long)]
        json: bool,
    },
    /// List the last pictures.
    History {
        /// One JSON object a picture.
        #[arg(long)]
        json: bool,
    },
    /// Plans, without a camera.
    #[command(subcommand)]
    Plan(PlanAction),
    /// List the cameras that are announced in the local network (mDNS).
    Discover {
        /// One JSON object a camera.
        #[arg(long)]
        json: bool,
        /// For so many seconds, 1 to 60, answers are waited for.
        #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=60))]
        seconds: u8,
    },
    /// Ask for a password and print what goes into the configuration of 'xshutter serve'.
    Passwd,
    /// Let go what a service that died may hold; systemd does this after it.
    Release(ReleaseArguments),
}

/// What to do with a plan.
#[derive(Debug, Subcommand)]
pub enum PlanAction {
    /// Print what a plan would do: its first shots, how long it takes, the film's length.
    Simulate {
        /// The plan.
        #[command(flatten)]
        plan: Box<PlanArguments>,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Print a plan as JSON, for --plan.
    Print(Box<PlanArguments>),
}

/// How the service runs; each has a key in [shutter.serve].
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArguments {
    /// What holds the camera's shutter: gpio:GPIO18, serial:/dev/ttyUSB0, none, … [default:
    /// gpio:GPIO18].
    #[arg(long, value_name = "RELEASE")]
    pub release: Option<String>,
    /// Where to listen; may be repeated [default: port 8318 of both loopback addresses].
    /// Off this machine only with a password.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Vec<std::net::SocketAddr>,
    /// The camera's name.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Where the running plan is kept, or none [default: $XDG_STATE_HOME/barpop/shutter.json].
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Watch over the service: start it anew and let go when it dies.
    #[arg(long)]
    pub supervised: bool,
}

/// What is let go.
#[derive(Debug, Clone, Args)]
pub struct ReleaseArguments {
    /// Let go.
    #[arg(long, required = true)]
    pub let_go: bool,
    /// What holds the camera's shutter [default: as 'xshutter serve' has it].
    #[arg(long, value_name = "RELEASE")]
    pub release: Option<String>,
}

/// How many shots a running plan has; a type of its own, as clap takes an inner option as one
/// that may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End(pub Option<u32>);

fn parse_end(text: &str) -> Result<End, Wrong> {
    parse_count(text).map(End)
}

fn parse_shots(text: &str) -> Result<u32, String> {
    let count = parse_count(text).map_err(|wrong| wrong.to_string())?;
    count.ok_or_else(|| "leave --count out to go on until it is stopped".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn wrong_values_are_refused_in_our_words() {
        let refused = |words: &[&str]| {
            let words = std::iter::once(&"xshutter").chain(words);
            Arguments::try_parse_from(words).unwrap_err().to_string()
        };
        assert!(refused(&["start", "--interval", "soon"]).contains("write it like 10s"));
        assert!(refused(&["start"]).contains("--interval"));
        assert!(refused(&["change"]).contains("--interval"));
        assert!(refused(&["start", "--interval", "1", "--count", "0"]).contains("0 pictures"));
        assert!(refused(&["start", "--interval", "1", "--window", "9"]).contains("9:00-17:30"));
        let taken = ["xshutter", "change", "--count", "none"];
        let Some(Action::Change { count, .. }) = Arguments::try_parse_from(taken).unwrap().action
        else {
            panic!("change");
        };
        assert_eq!(count, Some(End(None)));
    }
}
