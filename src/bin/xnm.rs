//! `xnm`: the network on a status bar.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use barpop::bar::{Output, Stream, Style};
use barpop::config::Config;
use barpop::net::actions::{self, ActionError};
use barpop::net::arguments::{Action, Arguments, LineArguments};
use barpop::net::json::to_json;
use barpop::net::options::{Options, Wants};
use barpop::net::snapshot::{ConnectionKind, Snapshot};
use barpop::net::status::{Format, error};
use barpop::net::{follow, gui, once, rates, wishes};
use barpop::program::{Usage, is_broken_pipe};
use clap::Parser;

fn main() -> ExitCode {
    // Rust ignores SIGPIPE; a bar that goes away is seen as an error of the write instead.
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// Nobody may be listening (xmobar closes it), and there is nobody else to tell.
fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "xnm: {sentence}");
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let file = arguments.config.as_deref();
    let config = Config::load(file).map_err(|e| Usage(e.to_string()))?;
    if arguments.line.gui {
        gui::open(file)?;
        return Ok(ExitCode::SUCCESS);
    }
    match &arguments.action {
        Some(action) => act(action, &config),
        None => line(&arguments.line, &config, file),
    }
}

fn act(action: &Action, config: &Config) -> Result<ExitCode> {
    // Not buffered: a password prompt comes after what is said before it.
    let mut out = io::stdout().lock();
    match actions::run(action, &wishes::rules(&config.net), &mut out) {
        Ok(()) => {
            out.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        Err(ActionError::Usage(sentence)) => Err(Usage(sentence).into()),
        Err(error) => Err(error.into()),
    }
}

fn line(arguments: &LineArguments, config: &Config, file: Option<&Path>) -> Result<ExitCode> {
    let (output, icons) = arguments.print.languages(config)?;
    let wrong = |error: wishes::WishError| Usage(error.to_string());
    let format = wishes::format(arguments, &config.net, file).map_err(wrong)?;
    let options = wishes::options(arguments, &config.net, &format, output).map_err(wrong)?;
    let printer = Printer {
        stream: Stream::new(io::stdout(), Style::from_env(output, icons))
            .with_clicks(arguments.print.follow),
        output,
        format,
    };
    if arguments.print.follow {
        follow_lines(printer, options)
    } else {
        print_once(printer, &options)
    }
}

fn print_once(mut printer: Printer, options: &Options) -> Result<ExitCode> {
    let mut snapshot = once::look(&options.wants);
    if may_be_hotspot(&snapshot) && !options.wants.profiles {
        let wants = Wants {
            profiles: true,
            ..options.wants
        };
        snapshot = once::look(&wants);
    }
    if let Some(interval) = options.rates {
        measure(&mut snapshot, interval);
    }
    printer.print(&snapshot)?;
    printer.stream.finish()?;
    if let Some(sentence) = error(&snapshot) {
        say(&sentence);
        // xmobar drops the output of a program that fails.
        if matches!(printer.output, Output::Plain | Output::Json) {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Only the profile says whether Wi-Fi is a network or our own access point. No route leads
/// anywhere through the latter, so that the profiles need not be read for all others.
fn may_be_hotspot(snapshot: &Snapshot) -> bool {
    snapshot
        .link()
        .is_some_and(|link| link.kind == ConnectionKind::Wifi && !link.default4 && !link.default6)
}

/// Traffic is the difference of two looks.
fn measure(snapshot: &mut Snapshot, interval: std::time::Duration) {
    let root = Path::new(rates::INTERFACES);
    let interface = rates::interface(snapshot).map(str::to_owned);
    let counters = || {
        let name = interface.as_deref()?;
        Some((name, rates::counters(root, name)?))
    };
    let mut meter = rates::Meter::default();
    meter.look(counters(), Instant::now());
    std::thread::sleep(interval);
    snapshot.rates = meter.look(counters(), Instant::now());
}

fn follow_lines(mut printer: Printer, options: Options) -> Result<ExitCode> {
    let mut said = None;
    follow::follow(options, io::stdout().as_fd(), &mut |snapshot| {
        let sentence = error(snapshot);
        if sentence != said {
            if let Some(sentence) = &sentence {
                say(sentence);
            }
            said = sentence;
        }
        printer.print(snapshot)
    })?;
    // It ends by itself only when nobody reads any more.
    Ok(ExitCode::SUCCESS)
}

struct Printer {
    stream: Stream<io::Stdout>,
    output: Output,
    format: Format,
}

impl Printer {
    fn print(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        if self.output == Output::Json {
            return self.stream.document(&to_json(snapshot).to_string());
        }
        self.stream.line(&self.format.line(snapshot))
    }
}
