//! The cameras as they are told: a thread for each service that listens to it, and one that asks
//! it for things.
//!
//! Nothing here is on a clock but the next try of a service that cannot be reached. What a
//! service tells is taken no faster than a screen can show it, so that one that never stops talking
//! waits for us and not we for it.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::cameras::{Camera, Errand, Link};
use super::client::{Client, ClientError, Server, keep_password};
use super::command::Command;
use crate::secret::Secret;

/// Between two states of one service that are taken.
const PACE: Duration = Duration::from_millis(15);
/// Before the first try after a loss; each further one waits twice as long, up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// A stream that lasted so long was a good one.
const GOOD: Duration = Duration::from_secs(2);

/// What a person wants of one camera.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Of its service.
    Command(Command),
    /// This is the password.
    Password {
        /// The password.
        password: Secret,
        /// Whether it is kept in a file.
        keep: bool,
    },
    /// It is tried again now.
    Retry,
}

/// What wakes a listener.
enum Poke {
    Retry,
    Stop,
}

/// Running threads; they end with it.
pub struct Source {
    board: Arc<Board>,
    desks: Vec<Desk>,
}

/// What the threads of one service share.
struct Desk {
    orders: Sender<Wish>,
    line: Arc<Line>,
    pokes: Sender<Poke>,
}

struct Line {
    server: Server,
    typed: Mutex<Option<Secret>>,
    /// The client that listens now, so that it can be broken off.
    listening: Mutex<Option<Client>>,
    ended: std::sync::atomic::AtomicBool,
}

struct Board {
    cameras: Mutex<Arc<Vec<Camera>>>,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Board {
    fn change(&self, index: usize, change: impl FnOnce(&mut Camera)) {
        {
            let mut cameras = self.cameras.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(camera) = Arc::make_mut(&mut cameras).get_mut(index) {
                change(camera);
            }
        }
        (self.wake)();
    }
}

/// What is known of services before they were heard.
fn unheard(servers: &[Server]) -> Vec<Camera> {
    let camera = |server: &Server| Camera {
        label: server.label(),
        address: server.address.to_string(),
        implied: server.implied,
        ..Camera::default()
    };
    servers.iter().map(camera).collect()
}

/// One look at all services at once.
#[must_use]
pub fn look(servers: &[Server]) -> Vec<Camera> {
    let mut cameras = unheard(servers);
    thread::scope(|scope| {
        for (camera, server) in cameras.iter_mut().zip(servers) {
            scope.spawn(move || match server.password() {
                Err(why) => camera.link = Link::Forbidden { wrong: false, why },
                Ok(password) => {
                    match Client::new(server.address.clone(), password).status() {
                        Ok(told) => {
                            camera.link = Link::Online;
                            camera.ahead = told.ahead;
                            camera.snapshot = Some(Arc::new(told.snapshot));
                        }
                        Err(error) => lose(camera, &error, Duration::ZERO),
                    };
                }
            });
        }
    });
    cameras
}

fn lose(camera: &mut Camera, error: &ClientError, pause: Duration) {
    let now = Timestamp::now();
    let why = error.to_string();
    camera.link = match (error, &camera.link) {
        (ClientError::Forbidden { wrong, .. }, _) => Link::Forbidden { wrong: *wrong, why },
        (_, former) => Link::Offline {
            since: match former {
                Link::Offline { since, .. } => *since,
                _ => now,
            },
            again: now.saturating_add(pause).unwrap_or(now),
            why,
            refused: matches!(error, ClientError::Unreachable { refused: true, .. }),
        },
    };
}

impl Source {
    /// Starts; returns at once. `wake` is called from other threads whenever there is something
    /// new to be seen.
    pub fn start(servers: Vec<Server>, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let board = Arc::new(Board {
            cameras: Mutex::new(Arc::new(unheard(&servers))),
            wake: Box::new(wake),
        });
        let desk = |(index, server): (usize, Server)| {
            let line = Arc::new(Line {
                server,
                typed: Mutex::new(None),
                listening: Mutex::new(None),
                ended: false.into(),
            });
            let (pokes, poked) = channel();
            let (orders, ordered) = channel();
            {
                let (board, line) = (Arc::clone(&board), Arc::clone(&line));
                thread::spawn(move || listen(&board, index, &line, &poked));
            }
            {
                let (board, line, pokes) = (Arc::clone(&board), Arc::clone(&line), pokes.clone());
                thread::spawn(move || ask(&board, index, &line, &ordered, &pokes));
            }
            Desk {
                orders,
                line,
                pokes,
            }
        };
        let desks = servers.into_iter().enumerate().map(desk).collect();
        Self { board, desks }
    }

    /// The newest state; never waits for I/O.
    #[must_use]
    pub fn latest(&self) -> Arc<Vec<Camera>> {
        let cameras = self.board.cameras.lock();
        Arc::clone(&cameras.unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks for something of the camera at this place; the answer is in a later state.
    pub fn send(&self, camera: usize, wish: Wish) {
        if let Some(desk) = self.desks.get(camera) {
            let _ = desk.orders.send(wish);
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        for desk in &self.desks {
            desk.line
                .ended
                .store(true, std::sync::atomic::Ordering::Relaxed);
            let _ = desk.pokes.send(Poke::Stop);
            desk.line.break_off();
        }
    }
}

impl Line {
    fn has_ended(&self) -> bool {
        self.ended.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// A client with the password that was typed, or is kept.
    fn client(&self) -> Result<Client, String> {
        let typed = self.typed.lock();
        let typed = typed.unwrap_or_else(PoisonError::into_inner).clone();
        let password = match typed {
            Some(typed) => Some(typed),
            None => self.server.password()?,
        };
        Ok(Client::new(self.server.address.clone(), password))
    }

    fn break_off(&self) {
        let listening = self.listening.lock();
        if let Some(client) = listening.unwrap_or_else(PoisonError::into_inner).take() {
            client.shutdown();
        }
    }
}

fn listen(board: &Board, index: usize, line: &Line, poked: &Receiver<Poke>) {
    let mut pause = FIRST;
    let mut quiet = true;
    while !line.has_ended() {
        let (mut heard, began) = (false, Instant::now());
        let error = match line.client() {
            Err(why) => {
                board.change(index, |camera| {
                    camera.link = Link::Forbidden { wrong: false, why };
                });
                None
            }
            Ok(client) => {
                *line
                    .listening
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner) = Some(client.clone());
                hear(board, index, line, &client, quiet, &mut heard).err()
            }
        };
        if line.has_ended() {
            return;
        }
        if heard {
            pause = FIRST;
            // There may be a proxy that ends what is silent.
            quiet = matches!(error, Some(ClientError::Ended(_)));
            // A service ends streams that are old; whether it is still there, the next try says.
            if matches!(error, Some(ClientError::Ended(_))) && began.elapsed() > GOOD {
                continue;
            }
        }
        if let Some(error) = &error {
            board.change(index, |camera| lose(camera, error, pause));
        }
        // A password that is missing does not come by itself, but its file may be mended.
        match poked.recv_timeout(pause) {
            Ok(Poke::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(Poke::Retry) => pause = FIRST,
            Err(RecvTimeoutError::Timeout) => pause = (pause * 2).min(LONGEST),
        }
    }
}

fn hear(
    board: &Board,
    index: usize,
    line: &Line,
    client: &Client,
    quiet: bool,
    heard: &mut bool,
) -> Result<(), ClientError> {
    let mut last = None;
    client.events(quiet, &mut |told| {
        if line.has_ended() {
            return ControlFlow::Break(());
        }
        *heard = true;
        board.change(index, |camera| {
            camera.link = Link::Online;
            camera.ahead = told.ahead;
            camera.snapshot = Some(Arc::new(told.snapshot));
        });
        let now = Instant::now();
        if let Some(last) = last.replace(now) {
            thread::sleep(PACE.saturating_sub(now - last));
        }
        ControlFlow::Continue(())
    })
}

fn ask(board: &Board, index: usize, line: &Line, ordered: &Receiver<Wish>, pokes: &Sender<Poke>) {
    while let Ok(wish) = ordered.recv() {
        match wish {
            Wish::Retry => {
                let _ = pokes.send(Poke::Retry);
            }
            Wish::Password { password, keep } => {
                *line.typed.lock().unwrap_or_else(PoisonError::into_inner) = Some(password.clone());
                board.change(index, |camera| camera.link = Link::Connecting);
                if keep && let Err(sentence) = keep_password(&line.server, &password) {
                    board.change(index, |camera| {
                        camera.refusal = Some((Errand::Keep, sentence));
                    });
                }
                line.break_off();
                let _ = pokes.send(Poke::Retry);
            }
            Wish::Command(command) => {
                let errand = Errand::from(&command);
                board.change(index, |camera| {
                    camera.errand = Some((errand, Timestamp::now()));
                    camera.refusal = None;
                });
                let done = line
                    .client()
                    .and_then(|client| client.send(&command).map_err(|e| e.to_string()));
                board.change(index, |camera| {
                    camera.errand = None;
                    camera.refusal = done.err().map(|sentence| (errand, sentence));
                });
            }
        }
    }
}
