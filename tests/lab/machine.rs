//! The two machines that a guest can be: a User-Mode Linux kernel of our own, which is a process
//! of the host, or one of Debian's own kernels in QEMU, which is slow.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Needs, Time};

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lab");

/// Set by `make lab-stock`: scenarios run on Debian's own kernels.
pub fn is_stock() -> bool {
    std::env::var_os("BARPOP_LAB_STOCK").is_some()
}

/// The command that is the guest, which writes to `folder`; its output is the guest's console.
pub fn command(folder: &Path, needs: &Needs) -> Command {
    let kernel = kernel(needs);
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]);
    if is_stock() {
        qemu(&mut command, &kernel, folder, needs);
    } else {
        user_mode(&mut command, &kernel, folder, needs);
    }
    command
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    command
}

/// The kernel, from the cache; built or fetched now if a person runs the tests without `make`.
fn kernel(needs: &Needs) -> PathBuf {
    let script = if is_stock() { "stock.sh" } else { "kernel.sh" };
    let output = Command::new(format!("{HERE}/{script}"))
        .args(["--cached", needs.kernel.series()])
        .stderr(Stdio::inherit())
        .output()
        .expect("the kernel's script runs");
    assert!(output.status.success(), "no kernel for the lab");
    PathBuf::from(String::from_utf8(output.stdout).expect("a path").trim())
}

/// What both kernels are told.
fn common(folder: &Path, needs: &Needs) -> [String; 6] {
    [
        format!("LAB_OUT={}", folder.display()),
        format!("mac80211_hwsim.radios={}", needs.radios),
        "quiet".to_owned(),
        "panic=-1".to_owned(),
        "net.ifnames=0".to_owned(),
        "random.trust_cpu=1".to_owned(),
    ]
}

fn user_mode(command: &mut Command, kernel: &Path, folder: &Path, needs: &Needs) {
    command
        .arg(format!("{HERE}/boot-uml.sh"))
        .arg(memory_folder(needs, folder))
        .arg(kernel)
        .arg(format!("mem={}M", needs.megabytes))
        .args(["rootfstype=hostfs", "rootflags=/", "ro"])
        .arg(format!("init={HERE}/init.sh"))
        .args(common(folder, needs))
        .args(["con=null", "con0=null,fd:1"]);
    match needs.time {
        Time::Free => command.arg("time-travel=inf-cpu"),
        Time::Skipped => command.arg("time-travel"),
        Time::Plain => command,
    };
}

/// Where the guest's memory is to be: in the host's memory where that has the room (in a
/// container it often has not), else in the results' folder.
fn memory_folder(needs: &Needs, folder: &Path) -> PathBuf {
    let wanted = u64::from(needs.megabytes) << 20;
    let room = rustix::fs::statvfs("/dev/shm").map_or(0, |shm| shm.f_bavail * shm.f_frsize);
    if room > 2 * wanted {
        PathBuf::from("/dev/shm")
    } else {
        folder.to_owned()
    }
}

fn qemu(command: &mut Command, kernel: &Path, folder: &Path, needs: &Needs) {
    let [image, initrd, modules] =
        ["vmlinuz", "initrd", "modules"].map(|name| kernel.join(name).display().to_string());
    let share = |name: &str, path: &Path, more: &str| {
        let path = path.display();
        [
            "-fsdev".to_owned(),
            format!("local,id={name},path={path},security_model=none,multidevs=remap{more}"),
            "-device".to_owned(),
            format!("virtio-9p-pci,fsdev={name},mount_tag={name}"),
        ]
    };
    let words = [
        common(folder, needs).join(" "),
        // On a busy host the timer's first ticks come later than the kernel takes for right, and
        // without this it would not start.
        format!("no_timer_check console=ttyS0 LAB_INIT={HERE}/init.sh LAB_MODULES={modules}"),
    ];
    command
        .arg("qemu-system-x86_64")
        // Emulated on every machine, so that it is the same on every machine. While it computes, its
        // time goes by what it has computed: on a busy host the kernel's Wi-Fi would give up an
        // access point that has not answered for 0.2 s, and join it twice.
        .args(["-accel", "tcg,thread=single", "-icount", "shift=1"])
        .args(["-M", "q35", "-cpu", "max", "-m"])
        // The guest's files are in its memory, and its modules.
        .arg(format!("{}M", needs.megabytes + 512))
        .args(["-nodefaults", "-no-user-config", "-no-reboot"])
        .args(["-display", "none", "-serial", "stdio"])
        .args(["-device", "virtio-rng-pci"])
        .args(share("host", Path::new("/"), ",readonly=on"))
        .args(share("lab", folder, ""))
        .args(["-kernel", &image, "-initrd", &initrd])
        .args(["-append", &words.join(" ")]);
}
