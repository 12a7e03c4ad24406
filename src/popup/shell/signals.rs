//! SIGTERM, SIGINT and SIGHUP close the window as the person does, so that a receiver is switched
//! off, a light is as it was, and a message is sent to its end.

use std::io::Read;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use signal_hook::low_level::pipe;

use super::Wake;
use crate::signals;

/// At the end of a session a program may get several signals at once, which are one wish.
const SAME_WISH: Duration = Duration::from_secs(2);

/// Closes the window at the first signal; one that comes while that is being done ends the program
/// at once. A SIGHUP that was ignored at the start stays ignored.
///
/// Where that cannot be had, signals do what they do to any program.
pub fn close_on(wake: Wake) {
    let Ok((mut told, teller)) = UnixStream::pair() else {
        return;
    };
    let wait = move || {
        let mut byte = [0];
        if told.read_exact(&mut byte).is_err() {
            return;
        }
        wake.end();
        let first = Instant::now();
        while told.read_exact(&mut byte).is_ok() {
            if first.elapsed() > SAME_WISH {
                std::process::exit(1);
            }
        }
    };
    let thread = std::thread::Builder::new().name("signals".into());
    if thread.spawn(wait).is_err() {
        return;
    }
    for signal in signals::that_end() {
        if let Ok(teller) = teller.try_clone() {
            let _ = pipe::register(signal, teller);
        }
    }
}
