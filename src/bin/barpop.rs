//! `barpop`: the popups.

use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{self, ExitCode};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use barpop::arguments::{
    self, Arguments, ConfigAction, Doctor, Ds4, Gnss, Look, Net, Palette, Shutter, Sms, Topic,
};
use barpop::catalogue;
use barpop::config::{Config, Popup, command};
use barpop::doctor;
use barpop::ds4 as controllers;
use barpop::ds4::view::{Pace, Pads};
use barpop::gnss as position;
use barpop::gnss::clock::Moment;
use barpop::gnss::view::{Position, Setup};
use barpop::net as network;
use barpop::net::view::{Ask, Network as Networks, ask_size};
use barpop::net::visible::Rules;
use barpop::popup::clipboard;
use barpop::popup::colour;
use barpop::popup::compose;
use barpop::popup::memory;
use barpop::popup::shell::{self, End, Opening, Renderer};
use barpop::popup::theme::{Scheme, Theme};
use barpop::popup::when;
use barpop::shutter as timers;
use barpop::shutter::view::Timers;
use barpop::sim::{self, Simulated};
use barpop::sms::command::Command;
use barpop::sms::notify::Mode;
use barpop::sms::options::PinSource;
use barpop::sms::snapshot::Snapshot;
use barpop::sms::source::Source;
use barpop::sms::view::{Feed, Messages};
use barpop::sms::{Cleanup, Options};
use clap::{Parser, ValueEnum};

fn main() -> ExitCode {
    memory::give_back();
    let topic = Arguments::parse().topic;
    if !matches!(
        topic,
        Topic::Doctor(_) | Topic::Config(_) | Topic::KeepCopied
    ) {
        compose::keep();
    }
    let done = match topic {
        Topic::Sms(arguments) => sms(&arguments),
        Topic::Net(arguments) => net(&arguments),
        Topic::Gnss(arguments) => gnss(&arguments),
        Topic::Ds4(arguments) => ds4(&arguments),
        Topic::Shutter(arguments) => shutter(&arguments),
        Topic::Ask(look) => ask(look),
        Topic::Demo(look) => demo(look),
        Topic::KeepCopied => clipboard::keep().map(|()| End::Closed),
        Topic::Doctor(arguments) => return doctor(&arguments),
        Topic::Config(arguments) => return configuration(&arguments.action),
    };
    let error = match done {
        Ok(End::Closed) => return ExitCode::SUCCESS,
        Ok(End::Upgraded { program, wanted }) => become_program(&program, wanted).into(),
        Err(error) => error,
    };
    let _ = writeln!(std::io::stderr(), "barpop: {error}");
    ExitCode::FAILURE
}

/// Goes on as another program with the same arguments; comes back only where that cannot be.
fn become_program(program: &Path, wanted: bool) -> std::io::Error {
    let arguments = std::env::args_os().skip(1);
    process::Command::new(program)
        .args(arguments.filter(|argument| argument != "--wanted"))
        .args(wanted.then_some("--wanted"))
        .exec()
}

/// Exit status 1 also when nobody reads what was found: it is not known to be well.
fn doctor(arguments: &Doctor) -> ExitCode {
    let all = <doctor::Topic as ValueEnum>::value_variants();
    let topics = match arguments.topic.as_slice() {
        [] => all,
        named => named,
    };
    let found = doctor::examine(topics, &doctor::Around::new(arguments.config.clone()));
    let mut out = std::io::stdout().lock();
    let written = if arguments.json {
        writeln!(out, "{}", doctor::report::to_json(&found))
    } else {
        doctor::report::write(&found, &mut out)
    };
    let is_well = written.is_ok() && !found.iter().any(|finding| finding.verdict.is_wrong());
    ExitCode::from(u8::from(!is_well))
}

fn configuration(action: &ConfigAction) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let done = match action {
        ConfigAction::Check { file } => command::check(file.as_deref(), &mut out),
        ConfigAction::Show { file } => command::show(file.as_deref(), &mut out),
    };
    match done {
        Ok(is_good) => ExitCode::from(u8::from(!is_good)),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "barpop: {error}");
            ExitCode::from(2)
        }
    }
}

fn sms(arguments: &Sms) -> Result<End> {
    let config = configured(arguments.config.as_deref())?;
    let pin = PinSource::find(None, arguments.pin_file.clone(), &config.sms);
    let mut options = Options::new(arguments.device.clone(), arguments.baud, pin, &config.sms)?;
    if let Some(cleanup) = arguments.sim_cleanup {
        options.cleanup = cleanup;
    }
    messages(
        options,
        window("sms", [720.0, 520.0], arguments.look, &config.popup)?,
    )
}

/// The network popup. It answers NetworkManager's questions for what it starts itself; the
/// follow process does so for everybody else.
fn net(arguments: &Net) -> Result<End> {
    let config = configured(arguments.config.as_deref())?;
    let options = network::Options {
        bus: None,
        wants: network::Wants::ALL,
        rates: None,
        permissions: true,
        to_act_on: false,
        agent: true,
        // The question is shown in this one.
        window: None,
    };
    let window = window("net", [360.0, 520.0], arguments.look, &config.popup)?;
    let rules = Rules {
        hide: config.net.hide,
        show: config.net.show,
    };
    Ok(shell::run(window, |wake| {
        let source = network::Source::start(options.clone(), move || wake.wake());
        Box::new(Networks::new(Arc::new(source), rules.clone()))
    })?)
}

/// The position popup, with the recent track.
fn gnss(arguments: &Gnss) -> Result<End> {
    let mut config = configured(arguments.config.as_deref())?;
    let window = window("gnss", [640.0, 480.0], arguments.look, &config.popup)?;
    let own = &mut config.gnss;
    own.stale_after_s = arguments.stale_after.or(own.stale_after_s);
    own.lost_after_s = arguments.lost_after.or(own.lost_after_s);
    own.baud = arguments.baud.or(own.baud);
    let options = position::Options {
        // An hour of a receiver that tells one position a second.
        track_points: 3600,
        ..position::Options::new(arguments.source.clone(), own).context("configuration")?
    };
    let tracks = xdg::BaseDirectories::with_prefix("barpop").get_data_file("tracks");
    let setup = Setup {
        limits: options.limits,
        units: arguments.units.or(own.units).unwrap_or_default(),
        notation: arguments.notation.or(own.notation).unwrap_or_default(),
        wanted: options.wanted.clone(),
        tracks: tracks.unwrap_or_else(|| std::env::temp_dir().join("barpop-tracks")),
        zone: when::local_zone(),
        clocks: (Moment::now(), jiff::Timestamp::now()),
    };
    Ok(shell::run(window, |wake| {
        let source = position::source::Source::start(options.clone(), move || wake.wake());
        let setup = Setup {
            clocks: (Moment::now(), jiff::Timestamp::now()),
            ..setup.clone()
        };
        Box::new(Position::new(source, setup))
    })?)
}

/// The popup of the game controllers. When it goes, their lights are as they were.
fn ds4(arguments: &Ds4) -> Result<End> {
    let config = configured(arguments.config.as_deref())?;
    let options = controllers::Options {
        watch_motion: true,
        ..controllers::Options::default()
    };
    let window = window("ds4", [640.0, 500.0], arguments.look, &config.popup)?;
    Ok(shell::run(window, |wake| {
        let pace = Arc::new(Pace::default());
        let paced = Arc::clone(&pace);
        let source = controllers::source::Source::start(options.clone(), move || {
            if let Some(after) = paced.ask(Instant::now()) {
                wake.wake_after(after);
            }
        });
        Box::new(Pads::new(source, pace).with_low(config.ds4.low))
    })?)
}

/// The popup of the cameras' timers, which run in services of their own.
fn shutter(arguments: &Shutter) -> Result<End> {
    let config = configured(arguments.config.as_deref())?;
    let servers = timers::client::servers(&arguments.server, &config.shutter)?;
    let window = window("shutter", [640.0, 520.0], arguments.look, &config.popup)?;
    Ok(shell::run(window, |wake| {
        let source = timers::source::Source::start(servers.clone(), move || wake.wake());
        Box::new(Timers::new(source, when::local_zone()))
    })?)
}

/// One question in a window of its own: the prompt comes in, the answer goes out. Without a window
/// nothing goes out: nobody was asked, and nobody has refused.
fn ask(look: Look) -> Result<End> {
    let prompt = network::ask::read_prompt(std::io::stdin().lock())
        .context("cannot read the question from standard input")?;
    // Whoever asked may be gone, killed perhaps: then nothing is to be typed any more.
    std::thread::spawn(|| {
        if network::ask::until_nobody_waits(std::io::stdout()).is_ok() {
            std::process::exit(1);
        }
    });
    let popup = configured(None)?.popup;
    let mut window = window("ask", ask_size(&prompt), look, &popup)?;
    window.single = false;
    window.resident = false;
    // The password may have to be looked up in another window.
    window.opening.close_on_focus_loss = false;
    let answer = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&answer);
    let shown = shell::run(window, |_| {
        Box::new(Ask::new(prompt.clone(), Arc::clone(&kept)))
    });
    let answer = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
    if answer.is_none() {
        shown?;
    }
    network::ask::write_answer(std::io::stdout().lock(), answer.as_deref())
        .context("nobody waits for the answer")?;
    Ok(End::Closed)
}

/// The message popup on a modem that is not there, with a store that is gone afterwards.
fn demo(look: Look) -> Result<End> {
    let folder = std::env::temp_dir().join(format!("barpop-demo-{}", std::process::id()));
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .with_context(|| format!("cannot make '{}'", folder.display()))?;
    // Empty, and there: that of the person would be read otherwise, or one be missed.
    let contacts = folder.join("contacts");
    std::fs::create_dir(&contacts)
        .with_context(|| format!("cannot make '{}'", contacts.display()))?;
    let modem = Simulated::with(sim::modem::Options::default())?;
    modem.modem(|modem| sim::demo::fill(modem, jiff::Timestamp::now()));
    let options = Options {
        device: modem.path().into(),
        pin: PinSource::None,
        cleanup: Cleanup::default(),
        delivery_reports: true,
        broadcasts: barpop::sms::broadcast::CHANNELS.to_owned(),
        keep_deleted_days: 30,
        baud: 460_800,
        store: folder.join("messages.sqlite3"),
        original: None,
        contacts: vec![contacts],
        region: None,
        notifications: Mode::Off,
        session_bus: None,
        start_daemon: false,
    };
    let popup = configured(None)?.popup;
    let done = messages(options, window("demo", [720.0, 520.0], look, &popup)?);
    let _ = std::fs::remove_dir_all(&folder);
    done
}

fn messages(options: Options, window: shell::Options) -> Result<End> {
    // A source goes beyond its window: what is being sent when it closes is sent to its end,
    // which takes longer than the next click on a popup that stays.
    let (part, parted) = mpsc::channel::<Source>();
    let parting = std::thread::spawn(move || parted.into_iter().for_each(drop));
    let shown = shell::run(window, |wake| {
        let source = Source::start(options.clone(), move || wake.wake());
        Box::new(Messages::new(Feeding(Some(source), part.clone())))
    });
    drop(part);
    let _ = parting.join();
    Ok(shown?)
}

/// A source of messages, and where it goes with its window.
struct Feeding(Option<Source>, mpsc::Sender<Source>);

impl Feed for Feeding {
    fn latest(&self) -> Arc<Snapshot> {
        self.0.as_ref().map(Source::latest).unwrap_or_default()
    }

    fn send(&self, command: Command) {
        if let Some(source) = &self.0 {
            source.send(command);
        }
    }
}

impl Drop for Feeding {
    fn drop(&mut self) {
        if let Some(source) = self.0.take() {
            let _ = self.1.send(source);
        }
    }
}

/// The configuration, whose language the popup speaks from here on.
fn configured(named: Option<&Path>) -> Result<Config> {
    let config = Config::load(named)?;
    catalogue::choose(config.language());
    Ok(config)
}

/// The window of a topic, of that size in points, as it was asked for.
fn window(
    name: &'static str,
    size: [f32; 2],
    look: Look,
    config: &Popup,
) -> Result<shell::Options> {
    Ok(shell::Options {
        name,
        single: true,
        size: size.into(),
        theme: theme(look, config)?,
        renderer: match look.renderer.or(config.renderer).unwrap_or_default() {
            arguments::Renderer::Software => Renderer::Software,
            arguments::Renderer::Gpu => Renderer::Gpu,
        },
        opening: Opening {
            at: look.at.or(config.at).unwrap_or_default(),
            again: look.again.or(config.again).unwrap_or_default(),
            close_on_focus_loss: config.close_on_focus_loss.unwrap_or(false),
        },
        resident: look.resident,
        wanted: look.wanted,
    })
}

/// The theme that was asked for, with the person's own colours where they are configured.
fn theme(look: Look, config: &Popup) -> Result<Theme> {
    let scheme = match (look.theme, &config.theme) {
        (Some(scheme), _) => scheme,
        (None, Some(name)) => <Palette as ValueEnum>::from_str(name, false).map_err(|_| {
            anyhow!("configuration: theme '{name}' is none of dark, light, high-contrast")
        })?,
        (None, None) => Palette::default(),
    };
    let (scheme, contrast) = match scheme {
        Palette::Dark => (Scheme::Dark, 4.5),
        Palette::Light => (Scheme::Light, 4.5),
        Palette::HighContrast => (Scheme::HighContrast, 7.0),
    };
    let usual = Theme::of_scheme(scheme);
    let colour = |key: &str, text: &Option<String>, usual| match text {
        None => Ok(usual),
        Some(text) => colour::parse(text)
            .ok_or_else(|| anyhow!("configuration: {key} '{text}' is no colour like #rrggbb")),
    };
    let mut theme =
        if config.background.is_some() || config.foreground.is_some() || config.accent.is_some() {
            Theme::derive(
                colour("background", &config.background, usual.ground)?,
                colour("foreground", &config.foreground, usual.text)?,
                colour("accent", &config.accent, usual.accent)?,
                contrast,
            )
        } else {
            usual
        };
    theme.reduced_motion = config.reduced_motion.unwrap_or(false);
    Ok(theme)
}
