//! Real-time priority for the timing thread, and memory that stays in memory, where the system
//! allows it (`CAP_SYS_NICE` or `LimitRTPRIO=`; `LimitMEMLOCK=infinity`).

use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{Resource, getrlimit};

/// Above other programs, below the kernel's own threads.
const PRIORITY: libc::c_int = 20;

/// Asks for both for the calling thread; whether it has the priority now.
pub fn ask_for() -> bool {
    // With a limit, memory that is asked for later would be refused instead of locked.
    if getrlimit(Resource::Memlock).current.is_none() {
        let _ = mlockall(MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT);
    }
    // A program that a release starts must not inherit it.
    let policy = libc::SCHED_FIFO | libc::SCHED_RESET_ON_FORK;
    let parameter = libc::sched_param {
        sched_priority: PRIORITY,
    };
    // SAFETY: the call reads one `sched_param`, which lives until it returns; 0 is this thread.
    #[allow(unsafe_code)]
    let result = unsafe { libc::sched_setscheduler(0, policy, &raw const parameter) };
    result == 0
}
