//! A fake NetworkManager with a ModemManager beside it, on any bus, speaking the real protocol
//! (NetworkManager 1.42, ModemManager 1.20).
//!
//! It is for what the real ones cannot be brought to: 300 access points, names that break bars,
//! reasons one never sees, a service that stalls; and for a demo without hardware. It shares no
//! code with the programs that it tests. `nmcli`, `busctl` and `mmcli` believe it
//! (`tests/sim_network.rs`).
//!
//! In a test, with a private bus of `tests/support/bus.rs`:
//!
//! ```ignore
//! let bus = Bus::start();
//! let network = Network::start(bus.address(), "home")?;      // scenes: barpop-sim network --list
//! let program = Command::new(xnm).env("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
//! network.control("strength \"Meisenweg 12\" 40")?;          // lines: control.rs
//! network.control("pace fast")?;                             // connecting takes no time
//! assert_eq!(network.log().total(), 3);                      // calls since the start
//! network.control("stop")?; network.control("start")?;       // the services leave and come back
//! ```
//!
//! From a shell: `barpop-sim network --scene home --control /tmp/control`, then lines like those
//! on standard input, or on the socket; each is answered with one line.
//!
//! What is where: `scene` (what stands around), `world` (state and time, without I/O), `tree`
//! (objects and their signals), `manager`, `device`, `wifi`, `settings`, `activation`, `agents`,
//! `modem` (an interface each), `faults`, `control`, `log`, `link` (the bus).

mod activation;
mod addresses;
mod agents;
mod call;
pub mod control;
mod device;
mod faults;
mod interfaces;
mod introspect;
mod link;
mod location;
mod log;
mod manager;
mod modem;
mod profile;
pub mod scene;
mod settings;
mod station;
mod tree;
mod value;
mod wifi;
mod world;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use zbus::message::Type;

use link::{FromBus, Link};
pub use log::Log;
use world::{Service, World};

/// Why there is no fake network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// No scene has this name.
    #[error("there is no scene '{0}'; see 'barpop-sim network --list'")]
    NoScene(String),
    /// The bus does not let us in.
    #[error("cannot connect to the bus at '{address}': {cause}")]
    NoBus {
        /// Its address.
        address: String,
        /// Why.
        cause: String,
    },
    /// There is a service of this name already.
    #[error("'{0}' is on that bus already: use a private bus")]
    NameTaken(&'static str),
    /// No thread.
    #[error("cannot start a thread: {0}")]
    Thread(String),
}

/// A fake network that is there until it is dropped.
pub struct Network {
    to: Sender<Input>,
    thread: Option<JoinHandle<()>>,
}

enum Input {
    Bus(FromBus),
    Act(Box<dyn FnOnce(&mut Runner) + Send>),
    End,
}

impl From<FromBus> for Input {
    fn from(from: FromBus) -> Self {
        Self::Bus(from)
    }
}

/// How long the fake waits before it looks for a lost bus again.
const RETRY: Duration = Duration::from_millis(50);

impl Network {
    /// Starts a scene on the bus at this address; both services have their names on return.
    ///
    /// # Errors
    /// See [`NetworkError`].
    pub fn start(address: &str, scene: &str) -> Result<Self, NetworkError> {
        let scene = scene::find(scene).ok_or_else(|| NetworkError::NoScene(scene.to_owned()))?;
        let mut world = World::new(clock_gettime(ClockId::Boottime).tv_sec);
        (scene.build)(&mut world);
        // A program that comes now has missed how it came to be.
        let _ = world.take_messages();
        let (to, inputs) = channel();
        let mut runner = Runner {
            world,
            address: address.to_owned(),
            started: Instant::now(),
            to: to.clone(),
            slots: [Service::NetworkManager, Service::ModemManager].map(Slot::new),
            links: 0,
        };
        for index in 0..2 {
            runner.connect(index)?;
        }
        let thread = std::thread::Builder::new()
            .name("simulated network".to_owned())
            .spawn(move || runner.run(&inputs))
            .map_err(|error| NetworkError::Thread(error.to_string()))?;
        Ok(Self {
            to,
            thread: Some(thread),
        })
    }

    /// Does what a control line says (see [`control::HELP`]), and gives its answer: `ok` or JSON.
    ///
    /// # Errors
    /// A sentence about what is wrong with the line.
    pub fn control(&self, line: &str) -> Result<String, String> {
        let line = line.to_owned();
        self.act(move |runner| runner.control(&line))
            .unwrap_or_else(|| Err("the network has ended".to_owned()))
    }

    /// The calls that came in since the start, or since `reset-calls`.
    #[must_use]
    pub fn log(&self) -> Log {
        self.act(|runner| runner.world.log.clone())
            .unwrap_or_default()
    }

    fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Runner) -> T + Send + 'static,
    ) -> Option<T> {
        let (to, from) = channel();
        let act = move |runner: &mut Runner| {
            let _ = to.send(act(runner));
        };
        self.to.send(Input::Act(Box::new(act))).ok()?;
        from.recv().ok()
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let _ = self.to.send(Input::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One service's place on the bus.
struct Slot {
    service: Service,
    /// Whether it is to be there.
    wanted: bool,
    link: Option<Link>,
}

impl Slot {
    fn new(service: Service) -> Self {
        Self {
            service,
            wanted: true,
            link: None,
        }
    }
}

/// The thread: a world, and its links to the bus.
struct Runner {
    world: World,
    address: String,
    started: Instant,
    to: Sender<Input>,
    slots: [Slot; 2],
    links: u64,
}

impl Runner {
    fn run(mut self, inputs: &Receiver<Input>) {
        loop {
            let input = match inputs.recv_timeout(self.patience()) {
                Ok(Input::End) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(input) => Some(input),
                Err(RecvTimeoutError::Timeout) => None,
            };
            self.world.tick(self.started.elapsed());
            self.flush();
            match input {
                Some(Input::Bus(FromBus::Message(service, message))) => {
                    self.take(service, &message);
                }
                Some(Input::Bus(FromBus::Lost(service, number))) => self.lost(service, number),
                Some(Input::Act(act)) => {
                    act(&mut self);
                    self.flush();
                }
                Some(Input::End) | None => {}
            }
            self.reconnect();
        }
        for slot in &mut self.slots {
            if let Some(link) = slot.link.take() {
                link.close();
            }
        }
    }

    fn patience(&self) -> Duration {
        let missing = self.slots.iter().any(|slot| self.is_missing(slot));
        let next = self.world.next_event().unwrap_or(Duration::from_secs(60));
        let wait = next.saturating_sub(self.started.elapsed());
        if missing { wait.min(RETRY) } else { wait }
    }

    /// ModemManager is there only where there is something for it to manage.
    fn is_missing(&self, slot: &Slot) -> bool {
        let needed = slot.service == Service::NetworkManager || !self.world.mm.objects().is_empty();
        slot.wanted && slot.link.is_none() && needed
    }

    fn connect(&mut self, index: usize) -> Result<(), NetworkError> {
        let Some(slot) = self.slots.get(index).filter(|slot| self.is_missing(slot)) else {
            return Ok(());
        };
        self.links += 1;
        let link = Link::open(&self.address, slot.service, self.links, self.to.clone())?;
        if let Some(slot) = self.slots.get_mut(index) {
            slot.link = Some(link);
        }
        Ok(())
    }

    fn reconnect(&mut self) {
        for index in 0..2 {
            // No bus now: it is tried again.
            let _ = self.connect(index);
        }
    }

    fn link(&self, service: Service) -> Option<&Link> {
        let slot = self.slots.iter().find(|slot| slot.service == service);
        slot.and_then(|slot| slot.link.as_ref())
    }

    fn flush(&mut self) {
        let (nm, mm) = self.world.take_messages();
        for (service, messages) in [(Service::NetworkManager, nm), (Service::ModemManager, mm)] {
            if let Some(link) = self.link(service) {
                link.send(&messages);
            }
        }
    }

    fn take(&mut self, service: Service, message: &zbus::Message) {
        match message.message_type() {
            Type::MethodCall => {
                let answer = self.world.call(service, message);
                self.flush();
                if let (Some(answer), Some(link)) = (answer, self.link(service)) {
                    link.send(&[answer]);
                }
            }
            Type::MethodReturn | Type::Error => agents::answered(&mut self.world, message),
            Type::Signal => self.somebody_left(message),
        }
        self.flush();
    }

    fn somebody_left(&mut self, message: &zbus::Message) {
        let header = message.header();
        if header
            .member()
            .is_none_or(|member| member != "NameOwnerChanged")
        {
            return;
        }
        if let Ok((name, _, new)) = message.body().deserialize::<(String, String, String)>()
            && new.is_empty()
        {
            agents::gone(&mut self.world, &name);
        }
    }

    fn lost(&mut self, service: Service, number: u64) {
        for slot in self.slots.iter_mut().filter(|slot| slot.service == service) {
            slot.link.take_if(|link| link.number == number);
        }
        if service == Service::NetworkManager {
            agents::forget_all(&mut self.world);
        }
    }

    fn control(&mut self, line: &str) -> Result<String, String> {
        let mut words = line.split_whitespace();
        let verb = words.next().unwrap_or_default();
        if verb != "stop" && verb != "start" {
            return control::carry_out(&mut self.world, line);
        }
        let which = match words.next() {
            None | Some("networkmanager") => Service::NetworkManager,
            Some("modemmanager") => Service::ModemManager,
            Some(other) => return Err(format!("'{other}' is no service")),
        };
        for slot in self.slots.iter_mut().filter(|slot| slot.service == which) {
            slot.wanted = verb == "start";
            if let Some(link) = slot.link.take_if(|_| verb == "stop") {
                link.close();
            }
        }
        if which == Service::NetworkManager {
            agents::forget_all(&mut self.world);
        }
        self.reconnect();
        Ok("ok".to_owned())
    }
}
