//! Every key of the configuration file, with what it may be, what holds without it, and what it
//! does: from this `barpop config check` explains a mistake, and `docs/configuration.md` is made.
//!
//! The structs in `config.rs` are what is read. That both have the same keys, that every example
//! is read, and that the defaults named here are those of the programs, is held by tests.

mod ds4;
mod general;
mod gnss;
mod kind;
mod net;
mod popup;
mod shutter;
mod sms;

pub use kind::Kind;

/// A table of the file.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// `sms`, `shutter.serve`; empty for what stands above all tables.
    pub path: &'static str,
    /// Whether it may be written several times, as `[[shutter.server]]`.
    pub repeated: bool,
    /// Whose it is; one sentence.
    pub says: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Another spelling that is read, too.
    pub alias: Option<&'static str>,
    /// What it may be.
    pub kind: Kind,
    /// What holds without it, as TOML; empty where that is no single value.
    pub default: &'static str,
    /// As somebody might write it, as TOML.
    pub example: &'static str,
    /// What it does; one sentence without a full stop.
    pub says: &'static str,
}

/// All tables, in the order in which people meet them.
pub const SECTIONS: &[Section] = &[
    general::SECTION,
    sms::SECTION,
    net::SECTION,
    gnss::SECTION,
    ds4::SECTION,
    shutter::SECTION,
    shutter::SERVER,
    shutter::SERVE,
    shutter::MQTT,
    popup::SECTION,
];

/// A key whose default is also its example.
const fn key(name: &'static str, kind: Kind, default: &'static str, says: &'static str) -> Key {
    Key {
        name,
        alias: None,
        kind,
        default,
        example: default,
        says,
    }
}

impl Key {
    /// With another example than the default.
    const fn like(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// With another spelling.
    const fn or(mut self, alias: &'static str) -> Self {
        self.alias = Some(alias);
        self
    }
}

impl Section {
    /// The key of that name or spelling.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        let mut keys = self.keys.iter();
        keys.find(|key| key.name == name || key.alias == Some(name))
    }

    /// How it is written: `[sms]`, `[[shutter.server]]`; empty for what stands above all tables.
    #[must_use]
    pub fn header(&self) -> String {
        match (self.path, self.repeated) {
            ("", _) => String::new(),
            (path, false) => format!("[{path}]"),
            (path, true) => format!("[[{path}]]"),
        }
    }

    /// The tables within it, by the names that they have there.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &'static Section)> {
        let outer = self.path;
        SECTIONS.iter().filter_map(move |section| {
            let inner = match outer {
                "" => section.path,
                outer => section.path.strip_prefix(outer)?.strip_prefix('.')?,
            };
            (!inner.is_empty() && !inner.contains('.')).then_some((inner, section))
        })
    }
}

#[cfg(test)]
mod tests;
