//! A source to which nothing happens does nothing. In a process of its own: its thread is found
//! by name.

#![allow(clippy::unwrap_used, clippy::panic, reason = "it is a test")]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/fake_network.rs"]
mod fake_network;

use std::time::Duration;

use fake_network::Bed;

/// How often the source's threads have gone to sleep until now.
fn sleeps() -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for task in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
        let read = |name| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
        let name = read("comm").trim().to_owned();
        let status = read("status");
        let count = status
            .lines()
            .find_map(|l| l.strip_prefix("voluntary_ctxt_switches:"));
        if name == "barpop network" {
            found.push((name, count.unwrap().trim().parse().unwrap()));
        }
    }
    found
}

#[test]
fn an_idle_source_is_not_woken_at_all() {
    let bed = Bed::new("home");
    bed.running();
    bed.until("all is known", |s| {
        let sim = |m: &barpop::net::snapshot::Modem| m.sim_operator_code.is_some();
        s.permissions.is_some() && s.modems.iter().all(sim)
    });
    std::thread::sleep(Duration::from_millis(500));
    let (before, shown) = (sleeps(), bed.shown());
    assert_eq!(before.len(), 1, "{before:?}");
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(sleeps(), before);
    assert_eq!(bed.shown(), shown);
}
