//! `xshutter serve`: the release, the engine and the service put together, and taken apart again
//! however it ends.
//!
//! The release comes first and goes last. The service may fail to listen, the broker may be gone:
//! a plan that runs goes on all the same, so what cannot be had after the engine has begun is told
//! and done without; what is configured wrongly is told before it begins.

mod company;
mod options;
mod passwd;
mod watchdog;

pub use options::{Options, ServeOptionsError, release};
pub use passwd::{PasswdError, run as passwd};

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;

use super::engine::{self, EngineError};
use super::server::{ServeError, Server, Stopper};
use super::{release as driver, safe};
use company::Company;

/// Why the timer does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The engine cannot begin.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Nobody could reach it.
    #[error(transparent)]
    Server(#[from] ServeError),
    /// Another service has the plan.
    #[error("the plan '{}' is kept by another 'xshutter serve'; end that one, or name another file with --state", .0.display())]
    Taken(PathBuf),
    /// No pipe, no thread.
    #[error("the timer cannot be started: {0}")]
    System(#[from] io::Error),
}

/// Runs until a signal ends it; the shutter is let go then, and the plan is kept.
///
/// # Errors
/// See [`RunError`].
pub fn run(options: Options) -> Result<(), RunError> {
    safe::begin();
    let release = safe::guard(driver::open(&options.release));
    let name = options.engine.name.clone();
    let _lock = match options.engine.state.as_deref().map(lock) {
        Some(Err(taken @ RunError::Taken(_))) => return Err(taken),
        Some(Ok(lock)) => Some(lock),
        // The engine says that nothing can be written there, and goes on.
        Some(Err(_)) | None => None,
    };
    let engine = engine::start(release, options.engine)?;
    let stopper: Arc<OnceLock<Stopper>> = Arc::default();
    let (shutter, stops) = (engine.clone(), Arc::clone(&stopper));
    safe::on_end_signal(move |_| {
        // The shutter is let go before the last pages are answered.
        shutter.end();
        match stops.get() {
            Some(stopper) => stopper.stop(),
            None => std::process::exit(0),
        }
    })?;
    let server = match Server::bind(engine.clone(), options.server, Box::new(say)) {
        Ok(server) => server,
        Err(error) => {
            engine.end();
            return Err(error.into());
        }
    };
    let _ = stopper.set(server.stopper());
    for address in server.addresses() {
        say(&format!("'{name}' is at http://{address}/"));
    }
    let problem = engine.snapshot().release.problem.clone();
    if let Some(problem) = problem {
        say(&problem);
    }
    let company = Company::join(&engine, &server, options.broker, options.announce);
    watchdog::start(engine.clone())?;
    let served = serve(server);
    watchdog::ending();
    // The shutter first: a broker may take its time.
    engine.end();
    drop(company);
    served
}

/// Two services with one plan would both take its pictures.
fn lock(state: &Path) -> Result<File, RunError> {
    if let Some(folder) = state.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(state.with_extension("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(RunError::Taken(state.to_owned())),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The service in a thread of its own, whose priority it lowers.
fn serve(server: Server) -> Result<(), RunError> {
    let thread = thread::Builder::new()
        .name("http".to_owned())
        .spawn(move || server.run())?;
    match thread.join() {
        Ok(served) => Ok(served?),
        // The panic's hook has ended the process before that.
        Err(_) => Err(io::Error::other("the service's thread is gone").into()),
    }
}

/// To whoever reads standard error: the journal, as a rule.
fn say(what: &str) {
    let _ = writeln!(io::stderr(), "xshutter: {what}");
}
