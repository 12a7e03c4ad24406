//! Our lines in a real tmux: another tmux around it reads what it shows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/processes.rs"]
mod processes;
#[path = "support/stand_ins.rs"]
mod stand_ins;
mod support;

use std::path::Path;
use std::process::{Command, Stdio};

use barpop::bar::Output;
use stand_ins::StandIns;
use support::{Person, text, wait_until};

/// How wide the terminal is.
const COLUMNS: &str = "600";

/// A terminal that is a tmux of its own, with the tmux that is looked at inside.
struct Terminal {
    person: Person,
}

impl Terminal {
    fn start(configuration: &str) -> Self {
        Self::with(Person::new(), configuration)
    }

    fn with(person: Person, configuration: &str) -> Self {
        std::fs::write(person.path("tmux.conf"), configuration).unwrap();
        let terminal = Self { person };
        let inner = "tmux -L inner -f ~/tmux.conf new-session cat";
        let size = ["new-session", "-d", "-x", COLUMNS, "-y", "8", inner];
        terminal.tmux("outer", &[&["-f", "/dev/null"][..], &size].concat());
        wait_until("tmux is there", || {
            let mut command = terminal.program("tmux");
            let asked = command.args(["-L", "inner", "list-clients"]).output();
            asked.is_ok_and(|answer| answer.status.success() && !answer.stdout.is_empty())
        });
        terminal
    }

    fn tmux(&self, server: &str, words: &[&str]) -> String {
        let mut command = self.program("tmux");
        let done = command.args(["-L", server]).args(words).output();
        let done = done.expect("cannot start tmux: install the Debian package 'tmux'");
        assert!(done.status.success(), "tmux {words:?}: {done:?}");
        text(&done.stdout)
    }

    fn program(&self, program: &str) -> Command {
        let mut command = self.person.program(program);
        let path = std::env::var("PATH").unwrap_or_default();
        let own = self.person.path("bin");
        command
            .env("PATH", format!("{}:{path}", own.display()))
            .env("TMUX_TMPDIR", self.person.home())
            .env("TERM", "xterm-256color")
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::null());
        command
    }

    /// The rows that are shown, without what has no width.
    fn rows(&self) -> Vec<String> {
        let shown = self.tmux("outer", &["capture-pane", "-p"]);
        let rows = shown.lines().map(|row| row.replace('\u{200b}', ""));
        rows.map(|row| row.trim_end().to_owned()).collect()
    }

    /// A left click there, as a terminal tells it.
    fn click(&self, column: u16, row: u16) {
        for end in ['M', 'm'] {
            let told = format!("\u{1b}[<0;{column};{row}{end}");
            self.tmux("outer", &["send-keys", "-l", &told]);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        processes::end_all_in(self.person.home());
    }
}

#[test]
fn tmux_shows_every_text_as_it_is_and_runs_nothing_of_it() {
    let terminal =
        Terminal::start("set -g status 5\nset -g status-interval 0\nset -g window-size latest\n");
    let lines = hostile::lines();
    for (batch, five) in lines.chunks(5).enumerate() {
        for (row, line) in five.iter().enumerate() {
            let name = format!("line-{batch}-{row}");
            let written = hostile::written(line, Output::Tmux);
            std::fs::write(terminal.person.path(&name), format!("{written}\n")).unwrap();
            let format = format!("[#(cat ~/{name})]");
            let option = format!("status-format[{row}]");
            terminal.tmux("inner", &["set", "-g", &option, &format]);
        }
        for line in five {
            let wanted = format!("[{}]", hostile::seen(line).trim_end());
            wait_until(&format!("tmux shows {wanted:?}"), || {
                let rows = terminal.rows();
                rows.iter().any(|row| row.replace(" ]", "]") == wanted)
            });
        }
    }
    assert!(!terminal.person.path("theirs").exists(), "a command ran");
}

#[test]
fn the_tmux_of_this_test_does_read_styles_and_formats() {
    let terminal = Terminal::start("set -g status-interval 0\n");
    std::fs::write(terminal.person.path("line"), "#[fg=red]x #{session_name}\n").unwrap();
    terminal.tmux(
        "inner",
        &["set", "-g", "status-format[0]", "[#(cat ~/line)]"],
    );
    wait_until("it is read", || {
        terminal.rows().contains(&"[x 0]".to_owned())
    });
}

#[test]
fn the_tmux_conf_shows_our_lines_and_a_click_opens_the_popup() {
    let person = Person::new();
    let programs = StandIns::new(&person);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("xmobar/tmux.conf");
    let terminal = Terminal::with(person, &std::fs::read_to_string(file).unwrap());
    wait_until("all lines are shown", || {
        let rows = terminal.rows();
        let last = rows.last().cloned().unwrap_or_default();
        last.contains(" line of xsms line of xnm line of xgnss line of xds4 line of xshutter ")
    });
    let called = |name: &str| programs.called(name);
    assert_eq!(
        called("xsms"),
        "--follow --output tmux -d /dev/ttyACM0\n",
        "it stays, and is not asked again"
    );
    assert_eq!(called("xnm"), "--follow --output tmux\n");
    let column = COLUMNS.parse::<u16>().unwrap() - 3;
    terminal.click(column, 8);
    wait_until("the click is carried out", || {
        called("xnm").ends_with("\n-g\n")
    });
}
