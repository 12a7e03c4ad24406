//! Who is sending: a process by its id and start time, since ids are used again.

use std::fs;

/// This process.
pub(super) fn own() -> String {
    identity(std::process::id()).unwrap_or_default()
}

/// Whether it is another process that still lives.
pub(super) fn is_another(identity_then: Option<&str>) -> bool {
    let Some((pid, _)) = identity_then.and_then(|text| text.split_once(':')) else {
        return false;
    };
    let Ok(pid) = pid.parse::<u32>() else {
        return false;
    };
    pid != std::process::id() && identity(pid).as_deref() == identity_then
}

/// `pid:start time`, the latter in clock ticks since boot (proc(5), `stat` field 22).
fn identity(pid: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the name in parentheses, which may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let start = fields.split_ascii_whitespace().nth(19)?;
    Some(format!("{pid}:{start}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_another_only_while_it_lives_and_is_the_same_one() {
        let mut child = std::process::Command::new("sleep")
            .arg("9")
            .spawn()
            .unwrap();
        let there = identity(child.id()).unwrap();
        assert!(is_another(Some(&there)));
        assert!(!is_another(Some(&format!("{}:1", child.id()))));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!is_another(Some(&there)));
        assert!(!is_another(Some(&own())));
        assert!(!is_another(None));
    }
}
