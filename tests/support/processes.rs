//! Ending all that was started in a home, whoever started it: a bar, a shell of the bar's, a
//! window manager.
#![allow(dead_code)] // each test file uses its part

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Ends every process whose environment names this home, and returns when they are gone.
pub fn end_all_in(home: &Path) {
    let mark = format!("HOME={}", home.display());
    let started = Instant::now();
    let mut known = BTreeSet::new();
    let mut looked_in_vain = 0;
    // A process that is just becoming another program has no environment for a moment.
    while looked_in_vain < 3 && started.elapsed() < Duration::from_secs(15) {
        let running = running();
        known.extend(running.iter().filter(|id| has_in_environment(**id, &mark)));
        // One that is ending has no environment any more, but its files are still open.
        known.retain(|id| running.contains(id));
        looked_in_vain = if known.is_empty() {
            looked_in_vain + 1
        } else {
            0
        };
        // Asked first: an X server that is killed leaves its lock and socket behind.
        let patient = started.elapsed() < Duration::from_secs(1);
        let signal = if patient { Signal::TERM } else { Signal::KILL };
        for id in known.iter().filter_map(|id| Pid::from_raw(*id)) {
            let _ = kill_process(id, signal);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Every process that has not ended, though its parent may not have asked how.
fn running() -> BTreeSet<i32> {
    let all = std::fs::read_dir("/proc").into_iter().flatten();
    all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|id| {
            let about = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            // The name before the state is in brackets and may have any character.
            let state = about.rsplit_once(") ").map_or("", |(_, rest)| rest);
            // The first thread may have ended before the others, which have files open.
            let threads = std::fs::read_dir(format!("/proc/{id}/task")).map_or(0, Iterator::count);
            !state.is_empty() && (!state.starts_with(['Z', 'X']) || threads > 1)
        })
        .collect()
}

/// How many processes of a home have this argument.
pub fn with_argument(home: &Path, argument: &str) -> usize {
    let mark = format!("HOME={}", home.display());
    let has = |id: &i32| {
        let arguments = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        arguments
            .split(|byte| *byte == 0)
            .any(|word| word == argument.as_bytes())
    };
    let running = running();
    let ours = running.iter().filter(|id| has_in_environment(**id, &mark));
    ours.filter(|id| has(id)).count()
}

fn has_in_environment(id: i32, mark: &str) -> bool {
    let environment = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
    environment
        .split(|byte| *byte == 0)
        .any(|word| word == mark.as_bytes())
}
