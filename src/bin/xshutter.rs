//! `xshutter`: a camera's remote timer on a status bar, and the service that runs it.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

use anyhow::Result;
use barpop::bar::{Colour, Output, Stream, Style};
use barpop::config::{Config, Shutter};
use barpop::program::{Usage, is_broken_pipe, on_click, open_popup};
use barpop::shutter::actions::{self, ActionError};
use barpop::shutter::arguments::{Action, Arguments, LineArguments};
use barpop::shutter::cameras::Camera;
use barpop::shutter::client;
use barpop::shutter::status::{Format, Look, Wishes};
use barpop::shutter::{follow, json, source, words};
use clap::Parser;
use jiff::Timestamp;

fn main() -> ExitCode {
    // Rust ignores SIGPIPE; a bar that goes away is seen as an error of the write instead.
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be listening, and there is nobody else to tell.
            for line in error.to_string().lines() {
                let _ = writeln!(io::stderr(), "xshutter: {line}");
            }
            let is_usage =
                error.is::<Usage>() || matches!(error.downcast_ref(), Some(ActionError::Usage(_)));
            ExitCode::from(if is_usage { 2 } else { 1 })
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode> {
    let place = &arguments.place;
    let usage = |error: &dyn std::error::Error| Usage(error.to_string());
    if arguments.line.gui && arguments.action.is_none() {
        open_popup("shutter", place.config.as_deref(), |popup| {
            popup.args(
                place
                    .config
                    .iter()
                    .map(|p| format!("--config={}", p.display())),
            );
            popup.args(place.server.iter().map(|s| format!("--server={s}")));
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::load(place.config.as_deref()).map_err(|e| usage(&e))?;
    match &arguments.action {
        Some(Action::Serve(flags)) => return host::serve(flags, &config.shutter),
        Some(Action::Release(flags)) => return host::let_go(flags, &config.shutter),
        Some(Action::Passwd) => return host::passwd(),
        Some(Action::Discover { json, seconds }) => return host::discover(*json, *seconds),
        _ => {}
    }
    let servers = client::servers(&place.server, &config.shutter).map_err(|e| usage(&e))?;
    if let Some(action) = &arguments.action {
        return act(action, &servers, &config.shutter);
    }
    let mut printer = Printer::new(&arguments.line, &config)?;
    if arguments.line.print.follow {
        let stdout = io::stdout();
        let mut said = Vec::new();
        let ticking = printer.output != Output::Json && printer.format.is_ticking();
        follow::follow(servers, ticking, stdout.as_fd(), &mut |cameras, now| {
            let remarks = remarks(cameras);
            if said != remarks {
                complain(&remarks);
                said = remarks;
            }
            printer.print(cameras, now)
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let cameras = source::look(&servers);
    printer.print(&cameras, Timestamp::now())?;
    printer.stream.finish()?;
    complain(&remarks(&cameras));
    // xmobar drops the output of a program that fails.
    let fails = cameras.iter().any(|camera| !camera.is_online())
        && matches!(printer.output, Output::Plain | Output::Json);
    Ok(ExitCode::from(u8::from(fails)))
}

fn act(action: &Action, servers: &[client::Server], config: &Shutter) -> Result<ExitCode> {
    let place = config.serve.place().map_err(Usage)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    actions::run(action, servers, place, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// What is done where the camera is.
#[cfg(feature = "shutter-server")]
mod host {
    use std::io::{self, Write};
    use std::process::ExitCode;
    use std::time::Duration;

    use anyhow::{Context, Result, ensure};
    use barpop::config::Shutter;
    use barpop::program::Usage;
    use barpop::shutter::arguments::{ReleaseArguments, ServeArguments};
    use barpop::shutter::safe::{self, supervisor};
    use barpop::shutter::serve;
    use barpop::shutter::server::mdns;

    /// How long a service that still ends is waited for.
    const PATIENCE: Duration = Duration::from_secs(2);

    pub fn serve(flags: &ServeArguments, config: &Shutter) -> Result<ExitCode> {
        let options = serve::Options::new(flags, config).map_err(|e| Usage(e.to_string()))?;
        if flags.supervised {
            let service = supervisor::Service {
                program: std::env::current_exe().context("cannot find this program")?,
                arguments: std::env::args_os()
                    .skip(1)
                    .filter(|argument| argument != "--supervised")
                    .collect(),
                wish: options.release,
            };
            let code = supervisor::run(&service).context("cannot watch over the timer")?;
            return Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)));
        }
        serve::run(options)?;
        Ok(ExitCode::SUCCESS)
    }

    pub fn let_go(flags: &ReleaseArguments, config: &Shutter) -> Result<ExitCode> {
        let wish = serve::release(flags.release.as_deref(), &config.serve);
        let wish = wish.map_err(|e| Usage(e.to_string()))?;
        safe::let_go(&wish, PATIENCE)?;
        Ok(ExitCode::SUCCESS)
    }

    pub fn discover(json: bool, seconds: u8) -> Result<ExitCode> {
        let found = mdns::browse(Duration::from_secs(seconds.into()))?;
        ensure!(
            !found.is_empty(),
            "no camera is announced in this network; set announce = true where one is"
        );
        let mut out = io::stdout().lock();
        for camera in &found {
            if json {
                writeln!(out, "{}", serde_json::to_string(camera)?)?;
            } else {
                writeln!(out, "{}  {}  ({})", camera.name, camera.url(), camera.host)?;
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }

    pub fn passwd() -> Result<ExitCode> {
        let mut out = io::stdout().lock();
        serve::passwd(&mut out)?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A build without the service says so.
#[cfg(not(feature = "shutter-server"))]
mod host {
    use std::process::ExitCode;

    use anyhow::{Result, bail};
    use barpop::config::Shutter;
    use barpop::shutter::arguments::{ReleaseArguments, ServeArguments};

    const WITHOUT: &str = "this xshutter was built without its service; build it with \
                           --features shutter-server";

    pub fn serve(_: &ServeArguments, _: &Shutter) -> Result<ExitCode> {
        bail!(WITHOUT)
    }

    pub fn let_go(_: &ReleaseArguments, _: &Shutter) -> Result<ExitCode> {
        bail!(WITHOUT)
    }

    pub fn discover(_: bool, _: u8) -> Result<ExitCode> {
        bail!(WITHOUT)
    }

    pub fn passwd() -> Result<ExitCode> {
        bail!(WITHOUT)
    }
}

fn remarks(cameras: &[Camera]) -> Vec<String> {
    cameras.iter().flat_map(words::remarks).collect()
}

fn complain(remarks: &[String]) {
    for remark in remarks {
        let _ = writeln!(io::stderr(), "xshutter: {remark}");
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
        let own = &config.shutter;
        let click = line.click.as_deref().or(own.click.as_deref());
        let wishes = Wishes {
            template: line.format.as_deref().or(own.format.as_deref()),
            separator: line.separator.as_deref().or(own.separator.as_deref()),
            absent: line.absent.as_deref().or(own.absent.as_deref()),
            look: look(line, own)?,
            click: on_click(click.unwrap_or("xshutter -g"))?,
            hide_when_absent: line.hide_when_absent || own.hide_when_absent.unwrap_or(false),
        };
        Ok(Self {
            stream: Stream::new(io::stdout(), Style::from_env(output, icons))
                .with_clicks(line.print.follow),
            output,
            format: Format::new(wishes).map_err(|error| Usage(error.to_string()))?,
        })
    }

    fn print(&mut self, cameras: &[Camera], now: Timestamp) -> io::Result<()> {
        if self.output == Output::Json {
            return self.stream.document(&json::cameras(cameras).to_string());
        }
        let with_tooltip = self.output == Output::Waybar;
        let line = self.format.line(cameras, now, with_tooltip);
        self.stream.line(&line)
    }
}

fn look(line: &LineArguments, config: &Shutter) -> Result<Look, Usage> {
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
        running: colour(&line.running_colour, &config.running_colour, usual.running)?,
        paused: colour(&line.paused_colour, &config.paused_colour, usual.paused)?,
        problem: colour(&line.problem_colour, &config.problem_colour, usual.problem)?,
    })
}
