//! `docs/configuration.md`, made of the keys.

use std::fmt::Write;

use super::keys::{Key, SECTIONS, Section};

const HEAD: &str = "# The configuration

<!-- Made by barpop-docs from src/config/keys: change it there. -->

All programs of barpop read one file, `$XDG_CONFIG_HOME/barpop/config.toml` (usually
`~/.config/barpop/config.toml`), or the one that `--config` names. It is [TOML](https://toml.io).
No key is needed, and a flag wins over its key. A key that is not known is an error, so that a
misspelt one is not silently without effect:

```
barpop config check [FILE]      every mistake, with its line and what to write instead
barpop config show              what holds, and where it comes from; secrets are hidden
```

A program that runs reads the file when it starts.
";

const TAIL: &str = "
## The environment

| variable | |
|---|---|
| `BARPOP_PIN` | The SIM's PIN, where neither a flag nor a file names one. |
| `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_STATE_HOME`, `XDG_CACHE_HOME` | Where files are, each in its folder `barpop`. |
| `DBUS_SESSION_BUS_ADDRESS`, `DBUS_SYSTEM_BUS_ADDRESS` | Which buses are used. |
| `DISPLAY`, `WAYLAND_DISPLAY` | Where popups open. |
";

/// The page.
#[must_use]
pub fn markdown() -> String {
    let mut out = HEAD.to_owned();
    for section in SECTIONS {
        write_section(&mut out, section);
    }
    out.push_str(TAIL);
    out
}

/// The table as somebody might write it: every key with its example.
#[must_use]
pub fn example(section: &Section) -> String {
    let mut out = String::new();
    if !section.path.is_empty() {
        let _ = writeln!(out, "{}", section.header());
    }
    for key in section.keys {
        let _ = writeln!(out, "{} = {}", key.name, key.example);
    }
    out
}

fn write_section(out: &mut String, section: &Section) {
    let title = match section.header().as_str() {
        "" => "Above all tables".to_owned(),
        header => format!("`{header}`"),
    };
    let _ = write!(out, "\n## {title}\n\n{}\n\n", section.says);
    out.push_str("| key | what it does | value | without it |\n|---|---|---|---|\n");
    for key in section.keys {
        let name = match key.alias {
            Some(alias) => format!("`{}` (or `{alias}`)", key.name),
            None => format!("`{}`", key.name),
        };
        let _ = writeln!(
            out,
            "| {name} | {}. | {} | {} |",
            cell(key.says),
            cell(&key.kind.words()),
            default(key)
        );
    }
    let _ = write!(out, "\n```toml\n{}```\n", example(section));
}

fn default(key: &Key) -> String {
    match key.default {
        "" | "[]" => String::new(),
        default => format!("`{}`", cell(default)),
    }
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
