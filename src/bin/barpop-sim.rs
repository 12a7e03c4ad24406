//! `barpop-sim`: simulated devices for trying barpop, and other programs, without hardware.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use barpop::sim::control::Control;
use barpop::sim::gamepad::{self, Identity, Model, Transport};
use barpop::sim::modem::{Faults, Options, SentSms};
use barpop::sim::network::{self, Network};
use barpop::sim::{Port, Simulated, demo};
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use serde_json::json;

/// Simulated devices for trying barpop without hardware.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    device: Device,
}

#[derive(Subcommand)]
enum Device {
    Modem(ModemArgs),
    Network(NetworkArgs),
    Gamepad(GamepadArgs),
}

/// An LTE modem on a pseudo-terminal, a socket or a serial line.
///
/// The first line on standard output is the path that programs open. Every message that the
/// network took follows as one JSON object a line: {"event":"sent","number","text","concat",
/// "reference","pdu"}. Control lines are read from standard input: sms SENDER TEXT, pdu HEX,
/// urc LINE, unplug, replug, reset, signal N, register N, silent on|off, full on|off,
/// send ok|silence|lost|no-prompt|error N, quit.
#[derive(Args)]
struct ModemArgs {
    /// Keep a symbolic link of this name to the terminal
    #[arg(long, value_name = "PATH")]
    link: Option<PathBuf>,
    /// Listen on an abstract socket in place of a terminal, as ModemManager's test profiles want
    #[arg(long, value_name = "NAME", conflicts_with = "link")]
    abstract_socket: Option<String>,
    /// Be the modem at the end of this serial line, such as a USB gadget's /dev/ttyGS0
    #[arg(long, value_name = "DEVICE", conflicts_with_all = ["link", "abstract_socket"])]
    serial: Option<PathBuf>,
    /// The simulated SIM's PIN
    #[arg(long)]
    pin: Option<String>,
    /// The simulated SIM's PUK
    #[arg(long, default_value = "12345678")]
    puk: String,
    /// Do not echo commands after power-on
    #[arg(long)]
    no_echo: bool,
    /// Echo commands after power-on (the default)
    #[arg(long, conflicts_with = "no_echo")]
    echo: bool,
    /// Time between a command and its answer
    #[arg(long, value_name = "MS", default_value_t = 0)]
    latency_ms: u64,
    /// Start with so many short messages
    #[arg(long, value_name = "N", default_value_t = 0)]
    messages: u32,
    /// Start with a believable inbox
    #[arg(long)]
    demo: bool,
    /// No SIM in the slot
    #[arg(long)]
    no_sim: bool,
    /// The storages are full
    #[arg(long)]
    full: bool,
    /// Text mode only: PDU mode is refused
    #[arg(long)]
    no_pdu_mode: bool,
    /// Answer nothing at all
    #[arg(long)]
    silent: bool,
    /// Write one byte at a time with this pause between
    #[arg(long, value_name = "MS")]
    byte_by_byte_ms: Option<u64>,
    /// Bring asked-for status reports after this time
    #[arg(long, value_name = "MS", default_value_t = 2000)]
    report_after_ms: u64,
    /// Time between two messages that come in, and between the parts of a long one
    #[arg(long, value_name = "MS", default_value_t = 100)]
    arrival_interval_ms: u64,
    /// How many messages the SIM can hold
    #[arg(long, value_name = "N", default_value_t = 50)]
    sim_capacity: u32,
    /// End when standard input ends
    #[arg(long)]
    exit_on_eof: bool,
}

impl ModemArgs {
    fn options(&self) -> Options {
        let mut options = Options {
            pin: self.pin.clone(),
            puk: self.puk.clone(),
            echo: !self.no_echo,
            sim_present: !self.no_sim,
            pdu_mode: !self.no_pdu_mode,
            clock: Timestamp::now(),
            ..Options::default()
        };
        if let Some(sim) = options.storages.first_mut() {
            sim.capacity = self.sim_capacity;
        }
        options
    }

    fn faults(&self) -> Faults {
        Faults {
            latency: Duration::from_millis(self.latency_ms),
            silent: self.silent,
            byte_by_byte: self.byte_by_byte_ms.map(Duration::from_millis),
            memory_full: self.full,
            report_after: Some(Duration::from_millis(self.report_after_ms)),
            ..Faults::default()
        }
    }

    fn port(&self) -> Port {
        match (&self.abstract_socket, &self.serial) {
            (Some(name), _) => Port::AbstractSocket(name.clone()),
            (None, Some(device)) => Port::Serial(device.clone()),
            (None, None) => Port::Terminal(self.link.clone()),
        }
    }
}

/// A NetworkManager with a ModemManager beside it, on a private bus.
///
/// The bus is the one that DBUS_SYSTEM_BUS_ADDRESS names. The first line on standard output is
/// `ready`. Control lines are read from standard input and from the socket, and each is answered
/// with one line: `ok`, JSON, or {"error":"…"}.
#[derive(Args)]
#[command(after_long_help = format!("Control lines: {}", network::control::HELP))]
struct NetworkArgs {
    /// What stands around the machine
    #[arg(long, value_name = "NAME", default_value = "home")]
    scene: String,
    /// Name all scenes and end
    #[arg(long)]
    list: bool,
    /// Take control lines on this socket too
    #[arg(long, value_name = "PATH")]
    control: Option<PathBuf>,
    /// End when standard input ends
    #[arg(long)]
    exit_on_eof: bool,
}

/// A PlayStation controller that the kernel takes for a real one (as root, where there is /dev/uhid).
///
/// All its controls move by themselves until a control line moves one. The first line on standard
/// output is the controller's address. Every output report that the kernel sends follows as one
/// JSON object a line: {"event":"output","rumble":{"strong","weak"},"colour","blink":{"on_ms",
/// "off_ms"},"players","mute"}. Control lines are read from standard input.
#[derive(Args)]
#[command(after_long_help = format!("Control lines: {}", gamepad::control::HELP))]
struct GamepadArgs {
    /// Which controller
    #[arg(long, value_enum, default_value = "ds4")]
    model: Model,
    /// The way of its reports
    #[arg(long, value_enum, default_value = "usb")]
    transport: Transport,
    /// Which one of several, by the last byte of its address
    #[arg(long, value_name = "N", default_value_t = 1)]
    number: u8,
    /// Reports a second; 0 for one at every change
    #[arg(long, value_name = "HZ", default_value_t = 250)]
    rate: u16,
    /// Move only what control lines move
    #[arg(long)]
    still: bool,
    /// End when standard input ends
    #[arg(long)]
    exit_on_eof: bool,
}

fn main() -> ExitCode {
    let done = match Cli::parse().device {
        Device::Modem(args) => run_modem(&args),
        Device::Network(args) => run_network(&args),
        Device::Gamepad(args) => run_gamepad(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "barpop-sim: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run_modem(args: &ModemArgs) -> anyhow::Result<()> {
    let simulated = Simulated::start(args.options(), args.faults(), args.port())
        .context("cannot start the modem")?;
    let now = Timestamp::now();
    simulated.modem(|modem| {
        demo::fill_plain(modem, now, args.messages);
        if args.demo {
            demo::fill(modem, now);
        }
        modem.options.arrival_interval = Duration::from_millis(args.arrival_interval_ms);
    });
    say(&simulated.path().display().to_string());
    let simulated = Arc::new(simulated);
    let told = Arc::clone(&simulated);
    std::thread::spawn(move || tell_sent(&told));

    for line in std::io::stdin().lock().lines() {
        let line = line.context("cannot read standard input")?;
        let done = match Control::parse(&line) {
            Ok(Control::Quit) => {
                // Takes the link away.
                simulated.unplug();
                return Ok(());
            }
            Ok(control) => control.carry_out(&simulated),
            Err(error) => Err(error.to_string()),
        };
        if let Err(reason) = done {
            say(&json!({"event": "error", "reason": reason}).to_string());
        }
    }
    if !args.exit_on_eof {
        loop {
            std::thread::park();
        }
    }
    simulated.unplug();
    Ok(())
}

fn run_network(args: &NetworkArgs) -> anyhow::Result<()> {
    if args.list {
        for scene in network::scene::SCENES {
            say(&format!("{:14} {}", scene.name, scene.about));
        }
        return Ok(());
    }
    let address = std::env::var("DBUS_SYSTEM_BUS_ADDRESS")
        .context("DBUS_SYSTEM_BUS_ADDRESS must name a private bus")?;
    let network = Arc::new(Network::start(&address, &args.scene)?);
    if let Some(path) = &args.control {
        let _ = std::fs::remove_file(path);
        let listener = UnixListener::bind(path)
            .with_context(|| format!("cannot listen on '{}'", path.display()))?;
        let network = Arc::clone(&network);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let network = Arc::clone(&network);
                std::thread::spawn(move || {
                    let lines = BufReader::new(&stream).lines();
                    for line in lines.map_while(Result::ok) {
                        let _ = writeln!(&stream, "{}", answer(&network, &line));
                    }
                });
            }
        });
    }
    say("ready");
    for line in std::io::stdin().lock().lines() {
        let line = line.context("cannot read standard input")?;
        if line.trim() == "quit" {
            return Ok(());
        }
        say(&answer(&network, &line));
    }
    if !args.exit_on_eof {
        loop {
            std::thread::park();
        }
    }
    Ok(())
}

fn run_gamepad(args: &GamepadArgs) -> anyhow::Result<()> {
    let how = gamepad::run::Play {
        identity: Identity::new(args.model, args.transport, args.number),
        interval: (args.rate > 0).then(|| Duration::from_secs(1) / u32::from(args.rate)),
        by_itself: !args.still,
        exit_on_eof: args.exit_on_eof,
    };
    Ok(gamepad::run::run(how, std::io::stdin().lock(), say)?)
}

fn answer(network: &Network, line: &str) -> String {
    let error = |reason: String| json!({ "error": reason }).to_string();
    network.control(line).unwrap_or_else(error)
}

/// A line on standard output; nobody reading it is no reason to stop.
fn say(line: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
}

fn tell_sent(simulated: &Simulated) {
    let mut told = 0;
    loop {
        let more = simulated.wait_until(Duration::from_mins(1), |modem| modem.sent().len() > told);
        if more {
            for sms in simulated.sent().iter().skip(told) {
                say(&sent_line(sms));
                told += 1;
            }
        }
    }
}

fn sent_line(sms: &SentSms) -> String {
    let concat = sms.concat.map(
        |(reference, part, parts)| json!({"reference": reference, "part": part, "parts": parts}),
    );
    json!({
        "event": "sent",
        "number": sms.number,
        "text": sms.text,
        "concat": concat,
        "reference": sms.reference,
        "pdu": sms.pdu_hex,
    })
    .to_string()
}
