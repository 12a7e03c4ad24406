//! What a running process has used so far.

use std::fs;
use std::time::Duration;

/// Processor time of all its threads that live, to the nanosecond.
pub fn cpu(id: u32) -> Duration {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else {
        return Duration::ZERO;
    };
    threads
        .flatten()
        .filter_map(|thread| {
            let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse().ok()
        })
        .map(Duration::from_nanos)
        .sum()
}

/// How often its threads have gone to sleep.
pub fn sleeps(id: u32) -> u64 {
    let Ok(threads) = fs::read_dir(format!("/proc/{id}/task")) else {
        return 0;
    };
    threads
        .flatten()
        .filter_map(|thread| {
            let text = fs::read_to_string(thread.path().join("status")).ok()?;
            field(&text, "voluntary_ctxt_switches:")
        })
        .sum()
}

/// Its largest resident set, KiB.
pub fn peak_kib(id: u32) -> u64 {
    fs::read_to_string(format!("/proc/{id}/status"))
        .ok()
        .and_then(|text| field(&text, "VmHWM:"))
        .unwrap_or(0)
}

fn field(status: &str, key: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix(key))?;
    value.split_whitespace().next()?.parse().ok()
}
