//! `xgnss`: where this machine is, on a status bar.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use barpop::bar::{Click, Output, Stream, Style};
use barpop::config::Config;
use barpop::gnss::arguments::{Arguments, LineArguments};
use barpop::gnss::clock::Moment;
use barpop::gnss::snapshot::{Snapshot, State};
use barpop::gnss::status::Format;
use barpop::gnss::watcher::{Watcher, Woken};
use barpop::gnss::{Options, actions, gui, json};
use barpop::program::{self, Usage, is_broken_pipe};
use clap::Parser;

fn main() -> ExitCode {
    // Rust ignores SIGPIPE; a bar that goes away is seen as an error of the write instead.
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be listening, and there is nobody else to tell.
            let _ = writeln!(io::stderr(), "xgnss: {error}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let source = &arguments.source;
    if arguments.line.gui {
        gui::open(source)?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::load(source.config.as_deref()).map_err(|e| Usage(e.to_string()))?;
    let options = options(arguments, &config)?;
    let wait = source.wait.map(Duration::from_secs);
    if let Some(action) = &arguments.action {
        let notation = source.notation.or(config.gnss.notation).unwrap_or_default();
        let mut out = io::BufWriter::new(io::stdout().lock());
        let done = actions::run(action, &options, notation, wait, &mut out)?;
        out.flush()?;
        return Ok(if done {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    let printer = Printer::new(arguments, &config, &options)?;
    if arguments.line.print.follow {
        follow(printer, options)
    } else {
        print_once(printer, &options, wait.unwrap_or(PATIENCE))
    }
}

/// How long a line waits for a fix: receivers tell theirs every second.
const PATIENCE: Duration = Duration::from_secs(3);

fn options(arguments: &Arguments, config: &Config) -> Result<Options> {
    let source = &arguments.source;
    let mut config = config.gnss.clone();
    config.stale_after_s = source.stale_after.or(config.stale_after_s);
    config.lost_after_s = source.lost_after.or(config.lost_after_s);
    config.baud = source.baud.or(config.baud);
    let wanted = source.source.clone();
    let options =
        Options::new(wanted, &config).map_err(|error| Usage(format!("configuration: {error}")))?;
    Ok(Options {
        fast: source.fast,
        ..options
    })
}

fn print_once(mut printer: Printer, options: &Options, wait: Duration) -> Result<ExitCode> {
    let sky = printer.output == Output::Json || printer.format.wants_sky();
    let snapshot = actions::look(options, wait, sky, |_, state| state == State::Fix)
        .context("cannot wait for events")?;
    printer.print(&snapshot)?;
    printer.stream.finish()?;
    if let Some(error) = &snapshot.error {
        let _ = writeln!(io::stderr(), "xgnss: {error}");
        // xmobar drops the output of a program that fails.
        if matches!(printer.output, Output::Plain | Output::Json) {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn follow(mut printer: Printer, options: Options) -> Result<ExitCode> {
    let limits = options.limits;
    let watcher = Watcher::start(options).context("cannot wait for events")?;
    let stdout = io::stdout();
    let mut said = None;
    loop {
        let snapshot = watcher.latest();
        if snapshot.error != said {
            if let Some(error) = &snapshot.error {
                let _ = writeln!(io::stderr(), "xgnss: {error}");
            }
            said.clone_from(&snapshot.error);
        }
        printer.print(&snapshot)?;
        let next = printer.next_change(&snapshot, limits);
        match watcher.wait(next, Some(stdout.as_fd()))? {
            Woken::Unread | Woken::Stopped => return Ok(ExitCode::SUCCESS),
            Woken::News | Woken::Time => {}
        }
    }
}

struct Printer {
    stream: Stream<io::Stdout>,
    output: Output,
    format: Format,
    click: Option<Click>,
    limits: barpop::gnss::snapshot::Limits,
}

impl Printer {
    fn new(arguments: &Arguments, config: &Config, options: &Options) -> Result<Self> {
        let line: &LineArguments = &arguments.line;
        let (output, icons) = line.print.languages(config)?;
        let own = &config.gnss;
        let format = Format::new(
            line.format.as_deref().or(own.format.as_deref()),
            arguments
                .source
                .notation
                .or(own.notation)
                .unwrap_or_default(),
            arguments.source.units.or(own.units).unwrap_or_default(),
            line.hide_when_absent || own.hide_when_absent.unwrap_or(false),
        )
        .map_err(|error| Usage(error.to_string()))?;
        let wanted = line.click.as_deref().or(own.click.as_deref());
        Ok(Self {
            click: program::click(output, wanted, || gui::click(&arguments.source))?,
            stream: Stream::new(io::stdout(), Style::from_env(output, icons))
                .with_clicks(line.print.follow),
            output,
            format,
            limits: options.limits,
        })
    }

    fn print(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        let now = Moment::now();
        if self.output == Output::Json {
            let value = json::snapshot(snapshot, now, self.limits);
            return self.stream.document(&value.to_string());
        }
        let mut line = self.format.line(snapshot, now, self.limits);
        line.click.clone_from(&self.click);
        self.stream.line(&line)
    }

    /// JSON has an age in it, which is of the moment when it is printed: it does not tick.
    fn next_change(
        &self,
        snapshot: &Snapshot,
        limits: barpop::gnss::snapshot::Limits,
    ) -> Option<Moment> {
        let now = Moment::now();
        if self.output == Output::Json {
            return snapshot.next_change(now, limits);
        }
        self.format.next_change(snapshot, now, limits)
    }
}
