//! `xds4`: the batteries of gamepads on a status bar, and their lights.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

use anyhow::Result;
use barpop::bar::{Colour, Output, Stream, Style};
use barpop::config::{Config, Ds4};
use barpop::ds4::arguments::{Arguments, LineArguments};
use barpop::ds4::snapshot::Snapshot;
use barpop::ds4::status::{Format, Look, Wishes};
use barpop::ds4::sysfs::Root;
use barpop::ds4::{Options, actions, follow, json};
use barpop::program::{Usage, is_broken_pipe, on_click, open_popup};
use clap::Parser;

fn main() -> ExitCode {
    // Rust ignores SIGPIPE; a bar that goes away is seen as an error of the write instead.
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be listening, and there is nobody else to tell.
            let _ = writeln!(io::stderr(), "xds4: {error}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let place = &arguments.place;
    let options = Options {
        root: place.root.as_deref().map_or_else(Root::default, Root::tree),
        ..Options::default()
    };
    if let Some(action) = &arguments.action {
        let mut out = io::BufWriter::new(io::stdout().lock());
        actions::run(action, &options, &mut out)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.line.gui {
        let config = place.config.as_deref();
        open_popup("ds4", config, |popup| {
            popup.args(config.map(|path| format!("--config={}", path.display())));
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::load(place.config.as_deref()).map_err(|e| Usage(e.to_string()))?;
    let mut printer = Printer::new(&arguments.line, &config)?;
    if arguments.line.print.follow {
        let stdout = io::stdout();
        let mut said = None;
        follow::follow(&options.root, stdout.as_fd(), &mut |snapshot| {
            if said != snapshot.error {
                said.clone_from(&snapshot.error);
                complain(snapshot);
            }
            printer.print(snapshot)
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let snapshot = follow::look(&options.root);
    printer.print(&snapshot)?;
    printer.stream.finish()?;
    complain(&snapshot);
    // xmobar drops the output of a program that fails.
    let fails = snapshot.error.is_some() && matches!(printer.output, Output::Plain | Output::Json);
    Ok(ExitCode::from(u8::from(fails)))
}

fn complain(snapshot: &Snapshot) {
    if let Some(error) = &snapshot.error {
        let _ = writeln!(io::stderr(), "xds4: {error}");
    }
}

struct Printer {
    stream: Stream<io::Stdout>,
    output: Output,
    format: Format,
}

impl Printer {
    fn new(line: &LineArguments, config: &Config) -> Result<Self> {
        let (output, icons) = line.print.languages(config)?;
        let own = &config.ds4;
        let click = line.click.as_deref().or(own.click.as_deref());
        let wishes = Wishes {
            template: line.format.as_deref().or(own.format.as_deref()),
            separator: line.separator.as_deref().or(own.separator.as_deref()),
            absent: line.absent.as_deref().or(own.absent.as_deref()),
            look: look(line, own)?,
            click: on_click(click.unwrap_or("xds4 -g"))?,
            hide_when_absent: line.hide_when_absent || own.hide_when_absent.unwrap_or(false),
        };
        Ok(Self {
            stream: Stream::new(io::stdout(), Style::from_env(output, icons))
                .with_clicks(line.print.follow),
            output,
            format: Format::new(wishes).map_err(|error| Usage(error.to_string()))?,
        })
    }

    fn print(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        if self.output == Output::Json {
            return self.stream.document(&json::snapshot(snapshot).to_string());
        }
        self.stream.line(&self.format.line(snapshot))
    }
}

fn look(line: &LineArguments, config: &Ds4) -> Result<Look, Usage> {
    let usual = Look::default();
    let colour = |flag: &Option<String>, key: &Option<String>, usual: Option<Colour>| match flag
        .as_deref()
        .or(key.as_deref())
    {
        None => Ok(usual),
        Some("") => Ok(None),
        Some(text) => text
            .parse()
            .map(Some)
            .map_err(|error: barpop::bar::Error| Usage(error.to_string())),
    };
    Ok(Look {
        low: line.low.or(config.low).unwrap_or(usual.low),
        high: line.high.or(config.high).unwrap_or(usual.high),
        low_colour: colour(&line.low_colour, &config.low_colour, usual.low_colour)?,
        normal_colour: colour(&line.normal_colour, &config.normal_colour, None)?,
        high_colour: colour(&line.high_colour, &config.high_colour, None)?,
        charging_colour: colour(&line.charging_colour, &config.charging_colour, None)?,
        steps: config.battery_icons.clone(),
    })
}
