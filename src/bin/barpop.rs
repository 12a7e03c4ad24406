//! `barpop`: the popups.

use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow};
use barpop::arguments::{Arguments, Look, Net, Palette, Sms, Topic};
use barpop::config::{Config, Popup};
use barpop::net as network;
use barpop::net::view::{Ask, Network as Networks};
use barpop::net::visible::Rules;
use barpop::popup::colour;
use barpop::popup::shell;
use barpop::popup::theme::{Scheme, Theme};
use barpop::sim::{self, Simulated};
use barpop::sms::options::PinSource;
use barpop::sms::source::Source;
use barpop::sms::view::Messages;
use barpop::sms::{Cleanup, Options};
use clap::{Parser, ValueEnum};

fn main() -> ExitCode {
    let done = match Arguments::parse().topic {
        Topic::Sms(arguments) => sms(&arguments),
        Topic::Net(arguments) => net(&arguments),
        Topic::Ask(look) => ask(look),
        Topic::Demo(look) => demo(look),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "barpop: {error}");
            ExitCode::FAILURE
        }
    }
}

fn sms(arguments: &Sms) -> Result<()> {
    let config = Config::load(arguments.config.as_deref())?;
    let pin = PinSource::find(None, arguments.pin_file.clone(), &config.sms);
    let mut options = Options::new(arguments.device.clone(), arguments.baud, pin, &config.sms)?;
    if let Some(cleanup) = arguments.sim_cleanup {
        options.cleanup = cleanup;
    }
    messages("sms", options, theme(arguments.look, &config.popup)?)
}

/// The network popup. It answers NetworkManager's questions for what it starts itself; the
/// follow process does so for everybody else.
fn net(arguments: &Net) -> Result<()> {
    let config = Config::load(arguments.config.as_deref())?;
    let options = network::Options {
        bus: None,
        wants: network::Wants::ALL,
        rates: None,
        permissions: true,
        agent: true,
        // The question is shown in this one.
        window: None,
    };
    let window = shell::Options {
        name: "net",
        single: true,
        size: egui::vec2(360.0, 520.0),
        theme: theme(arguments.look, &config.popup)?,
    };
    let rules = Rules {
        hide: config.net.hide,
        show: config.net.show,
    };
    shell::run(window, |wake| {
        let source = network::Source::start(options, move || wake.wake());
        Box::new(Networks::new(Arc::new(source), rules))
    })?;
    Ok(())
}

/// One question in a window of its own: the prompt comes in, the answer goes out. Without a window
/// nothing goes out: nobody was asked, and nobody has refused.
fn ask(look: Look) -> Result<()> {
    let prompt = network::ask::read_prompt(std::io::stdin().lock())
        .context("cannot read the question from standard input")?;
    // Whoever asked may be gone, killed perhaps: then nothing is to be typed any more.
    std::thread::spawn(|| {
        if network::ask::until_nobody_waits(std::io::stdout()).is_ok() {
            std::process::exit(1);
        }
    });
    let window = shell::Options {
        name: "ask",
        single: false,
        size: egui::vec2(360.0, 220.0),
        theme: theme(look, &Config::load(None)?.popup)?,
    };
    let answer = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&answer);
    let shown = shell::run(window, |_| Box::new(Ask::new(prompt, kept)));
    let answer = answer.lock().unwrap_or_else(PoisonError::into_inner).take();
    if answer.is_none() {
        shown?;
    }
    network::ask::write_answer(std::io::stdout().lock(), answer.as_deref())
        .context("nobody waits for the answer")
}

/// The message popup on a modem that is not there, with a store that is gone afterwards.
fn demo(look: Look) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("barpop-demo-{}", std::process::id()));
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .with_context(|| format!("cannot make '{}'", folder.display()))?;
    let modem = Simulated::with(sim::modem::Options::default())?;
    modem.modem(|modem| sim::demo::fill(modem, jiff::Timestamp::now()));
    let options = Options {
        device: Some(modem.path()),
        pin: PinSource::None,
        cleanup: Cleanup::default(),
        delivery_reports: true,
        baud: 460_800,
        store: folder.join("messages.sqlite3"),
        original: None,
    };
    let done = messages("demo", options, theme(look, &Config::load(None)?.popup)?);
    let _ = std::fs::remove_dir_all(&folder);
    done
}

fn messages(name: &'static str, options: Options, theme: Theme) -> Result<()> {
    let window = shell::Options {
        name,
        single: true,
        size: egui::vec2(720.0, 520.0),
        theme,
    };
    // Kept beyond the window: what is being sent when it closes is sent to its end.
    let mut kept = None;
    shell::run(window, |wake| {
        let source = Arc::new(Source::start(options, move || wake.wake()));
        kept = Some(Arc::clone(&source));
        Box::new(Messages::new(source))
    })?;
    Ok(())
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
