//! `xsms`: unread text messages on a status bar.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

use anyhow::{Context, Result};
use barpop::bar::{Output, Stream, Style};
use barpop::config::Config;
use barpop::program::{Usage, choice, is_broken_pipe};
use barpop::sms::arguments::{Action, Arguments, LineArguments};
use barpop::sms::link::{Ask, Link, Report};
use barpop::sms::options::PinSource;
use barpop::sms::owner::Owner;
use barpop::sms::snapshot::Summary;
use barpop::sms::status::{Format, to_json};
use barpop::sms::store::Store;
use barpop::sms::{Options, actions, gui, once};
use clap::Parser;

fn main() -> ExitCode {
    // Rust ignores SIGPIPE; a bar that goes away is seen as an error of the write instead.
    match run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody may be listening, and there is nobody else to tell.
            let _ = writeln!(io::stderr(), "xsms: {error}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let config =
        Config::load(arguments.modem.config.as_deref()).map_err(|e| Usage(e.to_string()))?;
    let options = options(&arguments, &config)?;
    if arguments.line.gui {
        match gui::open(&arguments.modem)? {}
    }
    match &arguments.action {
        Some(action) => act(action, &options),
        None => line(&arguments.line, &config, &options),
    }
}

fn options(arguments: &Arguments, config: &Config) -> Result<Options> {
    let modem = &arguments.modem;
    if modem.pin.is_some() {
        let warning = "xsms: warning: a PIN on the command line can be seen by everybody on this \
                       machine; use --pin-file or BARPOP_PIN";
        let _ = writeln!(io::stderr(), "{warning}");
    }
    let pin = PinSource::find(modem.pin.clone(), modem.pin_file.clone(), &config.sms);
    let mut options = Options::new(modem.device.clone(), modem.baud, pin, &config.sms)?;
    if let Some(cleanup) = modem.sim_cleanup {
        options.cleanup = cleanup;
    }
    Ok(options)
}

fn act(action: &Action, options: &Options) -> Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = actions::run(action, options, &mut out)?;
    out.flush()?;
    Ok(if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn line(arguments: &LineArguments, config: &Config, options: &Options) -> Result<ExitCode> {
    let output = arguments
        .output
        .map_or_else(|| choice(config.output.as_deref()), Ok)?;
    let icons = arguments
        .icons
        .map_or_else(|| choice(config.icons.as_deref()), Ok)?;
    let format = format(arguments, config).map_err(|error| Usage(error.to_string()))?;
    let printer = Printer {
        stream: Stream::new(io::stdout(), Style::from_env(output, icons)),
        output,
        format,
    };
    if arguments.follow {
        follow(printer, options)
    } else {
        print_once(printer, options)
    }
}

fn print_once(mut printer: Printer, options: &Options) -> Result<ExitCode> {
    let network = printer.output == Output::Json || printer.format.wants_network();
    let mut store = options.open_store();
    let looked = match &mut store {
        Ok(store) => once::look(options, store, network).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let (summary, owner) = match looked {
        Ok(look) => (look.summary, look.owner),
        Err(error) => (broken(error), None),
    };
    printer.print(&summary)?;
    printer.stream.finish()?;
    if let (Ok(store), Some(mut owner)) = (store, owner) {
        // The bar has its line; sending may take minutes.
        finish(&mut owner, store);
    }
    if let Some(error) = &summary.error {
        let _ = writeln!(io::stderr(), "xsms: {error}");
        // xmobar drops the output of a program that fails.
        if matches!(printer.output, Output::Plain | Output::Json) {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Sends what is queued, and keeps what the modem hands over meanwhile.
fn finish(owner: &mut Owner, mut store: Store) {
    let sent = owner.send_queued(&mut store, &mut |_| true);
    let kept = owner.attend(&mut store);
    for trouble in [sent.err(), kept.err()].into_iter().flatten() {
        let _ = writeln!(io::stderr(), "xsms: {trouble}");
    }
}

fn follow(mut printer: Printer, options: &Options) -> Result<ExitCode> {
    let mut said = None;
    let mut store = loop {
        match options.open_store() {
            Ok(store) => break store,
            // A full disk or a locked folder is an error of the world: it becomes the line.
            Err(error) => printer.print(&broken(error.to_string()))?,
        }
        std::thread::sleep(std::time::Duration::from_secs(10));
    };
    let (mut link, remote) = Link::new(options.clone()).context("cannot wait for events")?;
    link.end_when_unread(io::stdout().as_fd())?;
    let mut ended = None;
    link.run(&mut store, &mut |store, report| {
        let summary = summary(store, report);
        if summary.error != said {
            if let Some(error) = &summary.error {
                let _ = writeln!(io::stderr(), "xsms: {error}");
            }
            said.clone_from(&summary.error);
        }
        if let Err(error) = printer.print(&summary) {
            ended = Some(error);
            remote.ask(Ask::Stop);
        }
    });
    // It ends by itself only when nobody reads any more.
    ended.map_or(Ok(ExitCode::SUCCESS), |error| Err(error.into()))
}

fn summary(store: &Store, report: &Report) -> Summary {
    match store.counts() {
        Ok(counts) => Summary {
            unread: counts.unread,
            total: counts.total,
            modem: report.modem.clone(),
            error: report.error.clone(),
        },
        Err(error) => broken(error.to_string()),
    }
}

fn broken(error: String) -> Summary {
    Summary {
        error: Some(error),
        ..Summary::default()
    }
}

struct Printer {
    stream: Stream<io::Stdout>,
    output: Output,
    format: Format,
}

impl Printer {
    fn print(&mut self, summary: &Summary) -> io::Result<()> {
        if self.output == Output::Json {
            return self.stream.document(&to_json(summary).to_string());
        }
        self.stream.line(&self.format.line(summary))
    }
}

fn format(arguments: &LineArguments, config: &Config) -> Result<Format, barpop::bar::Error> {
    let hide = arguments.hide_when_absent || config.sms.hide_when_absent.unwrap_or(false);
    let given = arguments.read_format.is_some() || arguments.unread_format.is_some();
    let template = arguments
        .format
        .as_ref()
        .or(config.sms.format.as_ref().filter(|_| !given));
    if let Some(template) = template {
        return Format::template(template, hide);
    }
    let pick = |given: &Option<String>, configured: &Option<String>, usual: &str| {
        given
            .as_ref()
            .or(configured.as_ref())
            .map_or(usual.to_owned(), Clone::clone)
    };
    Format::counted(
        &pick(&arguments.read_format, &config.sms.read_format, "(empty)"),
        &pick(&arguments.unread_format, &config.sms.unread_format, "%d"),
        hide,
    )
}
