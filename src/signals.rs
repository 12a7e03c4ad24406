//! Which signals end a program in good order.

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// SIGTERM, SIGINT and SIGHUP; without SIGHUP where whoever started the program had it ignored, as
/// nohup(1) does. To be asked before any of them is caught.
#[must_use]
pub fn that_end() -> Vec<i32> {
    let ignored =
        std::fs::read_to_string("/proc/self/status").is_ok_and(|status| ignores(&status, SIGHUP));
    let hangup = (!ignored).then_some(SIGHUP);
    [SIGTERM, SIGINT].into_iter().chain(hangup).collect()
}

/// Whether a process of which the kernel tells this ignores a signal (proc(5), `SigIgn`).
fn ignores(status: &str, signal: i32) -> bool {
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let bit = u32::try_from(signal - 1)
        .ok()
        .and_then(|at| 1_u64.checked_shl(at));
    mask.zip(bit).is_some_and(|(mask, bit)| mask & bit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_ignored_is_read_of_the_kernels_mask() {
        let status = "Name:\tbarpop\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\n";
        assert!(ignores(status, SIGHUP));
        assert!(!ignores(status, SIGTERM) && !ignores(status, SIGINT));
        assert!(!ignores("", SIGHUP) && !ignores("SigIgn:\tno", SIGHUP));
    }
}
