//! `xsms`: unread text messages on a status bar.

use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use barpop::bar::{Click, Output, Stream, Style, clean};
use barpop::catalogue;
use barpop::config::Config;
use barpop::program::{self, Usage, is_broken_pipe};
use barpop::sms::arguments::{Action, Arguments, LineArguments, ModemArguments};
use barpop::sms::carrier::Carrier;
use barpop::sms::link::{Ask, Link, Remote, Report};
use barpop::sms::notify::{self, Notices};
use barpop::sms::once::Asked;
use barpop::sms::options::PinSource;
use barpop::sms::owner::Trouble;
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
            let _ = writeln!(io::stderr(), "xsms: {}", spoken(&error));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// What a modem or the network said is in it, and must not reach a terminal as it is. An error of
/// the configuration keeps its lines.
fn spoken(error: &anyhow::Error) -> String {
    let sentence = error.to_string();
    if error.is::<Usage>() {
        sentence
    } else {
        clean(&sentence)
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let config =
        Config::load(arguments.modem.config.as_deref()).map_err(|e| Usage(e.to_string()))?;
    // Of notifications; lines and lists are read by programs, too.
    catalogue::choose(config.language());
    let options = options(&arguments, &config)?;
    if arguments.line.gui {
        gui::open(&arguments.modem)?;
        return Ok(ExitCode::SUCCESS);
    }
    match &arguments.action {
        Some(Action::Daemon) => daemon(&arguments.modem, &options),
        Some(action) => act(action, &options),
        None => line(&arguments, &config, &options),
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

fn line(arguments: &Arguments, config: &Config, options: &Options) -> Result<ExitCode> {
    let (modem, arguments) = (&arguments.modem, &arguments.line);
    let (output, icons) = arguments.print.languages(config)?;
    let format = format(arguments, config).map_err(|error| Usage(error.to_string()))?;
    let click = program::click(
        output,
        arguments.click.as_deref().or(config.sms.click.as_deref()),
        || gui::click(modem),
    )?;
    let printer = Printer {
        click,
        stream: Stream::new(io::stdout(), Style::from_env(output, icons))
            .with_clicks(arguments.print.follow),
        output,
        format,
    };
    if arguments.print.follow {
        follow(printer, modem, options)
    } else {
        print_once(printer, options)
    }
}

fn print_once(mut printer: Printer, options: &Options) -> Result<ExitCode> {
    match once::ask(options) {
        Asked::Answer(mut summary) => {
            if printer.format.wants_sender()
                && let Ok(store) = options.open_store()
            {
                summary.sender = options.book(&store).newest_sender(&store);
            }
            return print_last(printer, &summary);
        }
        Asked::Silent => {
            let store = options.open_store().map_err(|error| error.to_string());
            let summary = store.and_then(|s| once::look_in_store(&s).map_err(|e| e.to_string()));
            return print_last(printer, &summary.unwrap_or_else(broken));
        }
        Asked::Nobody => {}
    }
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
    let mut summary = summary;
    if let (true, Ok(store)) = (printer.format.wants_sender(), &store) {
        summary.sender = options.book(store).newest_sender(store);
    }
    printer.print(&summary)?;
    printer.stream.finish()?;
    if let (Ok(store), Some(mut owner)) = (store, owner) {
        // The bar has its line; sending may take minutes.
        finish(&mut *owner, store);
    }
    Ok(exit_code(printer.output, &summary))
}

fn print_last(mut printer: Printer, summary: &Summary) -> Result<ExitCode> {
    printer.print(summary)?;
    printer.stream.finish()?;
    Ok(exit_code(printer.output, summary))
}

/// Says what is wrong, to people and to programs.
fn exit_code(output: Output, summary: &Summary) -> ExitCode {
    if let Some(error) = &summary.error {
        let _ = writeln!(io::stderr(), "xsms: {}", clean(error));
        // xmobar drops the output of a program that fails.
        if matches!(output, Output::Plain | Output::Json) {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Sends what is queued, and keeps what the modem hands over meanwhile.
fn finish(owner: &mut dyn Carrier, mut store: Store) {
    let sent = owner.send_queued(&mut store, &mut |_| true);
    let attended = owner.attend(&mut store);
    // Also what a modem handed over that is lost now: it lies nowhere else.
    let kept = owner.keep_news(&mut store).map_err(Trouble::from);
    for trouble in [sent.err(), attended.err(), kept.err()]
        .into_iter()
        .flatten()
    {
        let _ = writeln!(io::stderr(), "xsms: {}", clean(&trouble.to_string()));
    }
}

fn follow(mut printer: Printer, modem: &ModemArguments, options: &Options) -> Result<ExitCode> {
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
    let mut book = options.book(&store);
    let mut notices = notices(modem, options);
    link.run(&mut store, &mut |store, report| {
        notices.told(report.owner, &report.modem.state);
        let mut summary = summary(store, report);
        if printer.format.wants_sender() {
            summary.sender = book.newest_sender(store);
        }
        if summary.error != said {
            if let Some(error) = &summary.error {
                let _ = writeln!(io::stderr(), "xsms: {}", clean(error));
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

/// Notifications, for as long as this process has the modem.
fn notices(modem: &ModemArguments, options: &Options) -> Notices {
    let modem = modem.clone();
    Notices::new(notify::Options {
        popup: Arc::new(move || gui::command(&modem)),
        ..notify::Options::of(options)
    })
}

/// Has the modem, without a line.
fn daemon(modem: &ModemArguments, options: &Options) -> Result<ExitCode> {
    let bus = options.session_bus.as_deref();
    if !bus.is_some_and(barpop::modem_owner::may_be_there) {
        let sentence = "there is no session bus, so other programs cannot ask; messages are taken \
                        in all the same";
        let _ = writeln!(io::stderr(), "xsms: {sentence}");
    }
    let mut store = options.open_store()?;
    let (link, remote) = Link::new(options.clone()).context("cannot wait for events")?;
    end_on_signal(remote)?;
    let mut said = None;
    let mut notices = notices(modem, options);
    link.run(&mut store, &mut |_, report| {
        notices.told(report.owner, &report.modem.state);
        if report.error != said {
            if let Some(error) = &report.error {
                let _ = writeln!(io::stderr(), "xsms: {}", clean(error));
            }
            said.clone_from(&report.error);
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// A service that is stopped sends what is on its way to its end: cut off, nobody could say
/// whether the network has it.
fn end_on_signal(remote: Remote) -> Result<()> {
    let (told, teller) = std::os::unix::net::UnixStream::pair()?;
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
        signal_hook::low_level::pipe::register(signal, teller.try_clone()?)?;
    }
    std::thread::spawn(move || {
        let _ = io::Read::read(&mut &told, &mut [0]);
        remote.ask(Ask::Stop);
    });
    Ok(())
}

fn summary(store: &Store, report: &Report) -> Summary {
    match store.counts() {
        Ok(counts) => Summary::new(counts, report.modem.clone(), report.error.clone()),
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
    click: Option<Click>,
}

impl Printer {
    fn print(&mut self, summary: &Summary) -> io::Result<()> {
        if self.output == Output::Json {
            return self.stream.document(&to_json(summary).to_string());
        }
        let mut line = self.format.line(summary);
        line.click.clone_from(&self.click);
        self.stream.line(&line)
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
