//! Where things are, and homes for the programs that are measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// The programs, and a folder to work in.
pub struct Lab {
    /// `target/bench`, for everything that is written.
    pub folder: PathBuf,
    release: PathBuf,
    benches: PathBuf,
}

impl Lab {
    pub fn new() -> Result<Self> {
        let own = std::env::current_exe().context("where is this program?")?;
        let target = own
            .ancestors()
            .nth(2)
            .context("this program is not in a target folder")?;
        let folder = target.join("bench");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self {
            folder,
            release: target.join("release"),
            benches: Path::new(env!("CARGO_MANIFEST_DIR")).join("benches"),
        })
    }

    /// A program of ours, as `make build` makes it.
    pub fn ours(&self, name: &str) -> Result<PathBuf> {
        let program = self.release.join(name);
        ensure!(
            program.exists(),
            "{} is not there; run 'make build'",
            program.display()
        );
        Ok(program)
    }

    /// A script beside this source.
    pub fn script(&self, name: &str) -> PathBuf {
        self.benches.join(name)
    }

    /// An empty home of this name.
    pub fn home(&self, name: &str) -> Result<PathBuf> {
        let home = self.folder.join("home").join(name);
        if home.exists() {
            fs::remove_dir_all(&home)?;
        }
        fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
        Ok(home)
    }

    /// The interpreter itself, and not a script of a version switcher in front of it, which
    /// would be measured too. It must have pyserial and Tkinter.
    pub fn python(&self) -> Result<PathBuf> {
        let given = std::env::var_os("BENCH_PYTHON").map(PathBuf::from);
        let usual = ["/usr/bin/python3", "python3"].map(PathBuf::from);
        for python in given.into_iter().chain(usual) {
            let asked = Command::new(&python)
                .args(["-c", "import serial, sys, tkinter; print(sys.executable)"])
                .stderr(Stdio::null())
                .output();
            if let Ok(answer) = asked
                && answer.status.success()
            {
                return Ok(PathBuf::from(String::from_utf8(answer.stdout)?.trim()));
            }
        }
        anyhow::bail!(
            "no Python 3 with pyserial and Tkinter; run 'tests/setup.sh bench', or name one in \
             BENCH_PYTHON"
        )
    }
}

/// Where a home has its store.
pub fn store_path(home: &Path) -> PathBuf {
    home.join(".local/share/barpop/messages.sqlite3")
}

/// A program in a home, with nothing of the environment but the path.
pub fn command(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home)
        .env("LANG", "C.UTF-8")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .stdin(Stdio::null());
    command
}
