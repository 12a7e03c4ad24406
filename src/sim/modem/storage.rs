//! Where messages lie: `SM` and `ME`, and `+CPMS`, which chooses (27.005 clause 3.2.2).

use std::collections::BTreeMap;

use super::answer::{Answer, Refusal, line};
use super::command::{Command, Form};
use super::{Modem, Options, pdu};

/// What a stored message is (27.005 clause 3.1, `<stat>`); the order is its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// 0, `REC UNREAD`.
    ReceivedUnread,
    /// 1, `REC READ`.
    ReceivedRead,
    /// 2, `STO UNSENT`.
    StoredUnsent,
    /// 3, `STO SENT`.
    StoredSent,
}

impl Status {
    /// Its word in text mode.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ReceivedUnread => "REC UNREAD",
            Self::ReceivedRead => "REC READ",
            Self::StoredUnsent => "STO UNSENT",
            Self::StoredSent => "STO SENT",
        }
    }

    pub(super) fn from_number(number: u32) -> Option<Self> {
        [
            Self::ReceivedUnread,
            Self::ReceivedRead,
            Self::StoredUnsent,
            Self::StoredSent,
        ]
        .get(usize::try_from(number).ok()?)
        .copied()
    }
}

/// A stored message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Received or ours, read or not.
    pub status: Status,
    pub(super) content: Content,
}

/// What is stored of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// With the service centre part.
    Pdu(Vec<u8>),
    /// A record only a text-mode list shows: what follows the status, and the body.
    Text { head: String, body: String },
}

impl Record {
    /// The PDU in hexadecimal; empty for a text-mode record.
    #[must_use]
    pub fn pdu_hex(&self) -> String {
        match &self.content {
            Content::Pdu(octets) => pdu::to_hex(octets),
            Content::Text { .. } => String::new(),
        }
    }
}

#[derive(Debug)]
struct Storage {
    name: String,
    capacity: u32,
    records: BTreeMap<u32, Record>,
}

/// All storages, and which ones are chosen for reading, writing and receiving.
#[derive(Debug)]
pub(super) struct Storages {
    all: Vec<Storage>,
    chosen: [String; 3],
    first_index: u32,
    me_mirrors_sm: bool,
}

/// Which of the three chosen storages.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    Read = 0,
    Write = 1,
    Receive = 2,
}

impl Storages {
    pub fn new(options: &Options) -> Self {
        let all = options.storages.iter().map(|size| Storage {
            name: size.name.clone(),
            capacity: size.capacity,
            records: BTreeMap::new(),
        });
        let mut storages = Self {
            all: all.collect(),
            chosen: Default::default(),
            first_index: options.first_index,
            me_mirrors_sm: options.me_mirrors_sm,
        };
        storages.select_first();
        storages
    }

    /// What is chosen after power-on.
    pub fn select_first(&mut self) {
        let first = self
            .all
            .first()
            .map(|storage| storage.name.clone())
            .unwrap_or_default();
        self.chosen = [first.clone(), first.clone(), first];
    }

    pub fn chosen(&self, which: Use) -> &str {
        self.chosen.get(which as usize).map_or("", String::as_str)
    }

    fn knows(&self, name: &str) -> bool {
        self.all.iter().any(|storage| storage.name == name)
    }

    fn true_name<'a>(&self, name: &'a str) -> &'a str {
        if self.me_mirrors_sm && name == "ME" {
            "SM"
        } else {
            name
        }
    }

    /// What a storage holds, by index.
    pub fn records(&self, name: &str) -> Option<&BTreeMap<u32, Record>> {
        let name = self.true_name(name);
        self.all
            .iter()
            .find(|storage| storage.name == name)
            .map(|storage| &storage.records)
    }

    pub fn records_mut(&mut self, which: Use) -> Option<&mut BTreeMap<u32, Record>> {
        let chosen = self.chosen(which).to_owned();
        let name = self.true_name(&chosen);
        self.all
            .iter_mut()
            .find(|storage| storage.name == name)
            .map(|storage| &mut storage.records)
    }

    fn capacity(&self, name: &str) -> u32 {
        let name = self.true_name(name);
        self.all
            .iter()
            .find(|storage| storage.name == name)
            .map_or(0, |storage| storage.capacity)
    }

    /// Whether the index is one the read storage can have.
    pub fn in_range(&self, index: u32) -> bool {
        let capacity = self.capacity(self.chosen(Use::Read));
        (self.first_index..self.first_index + capacity).contains(&index)
    }

    /// Puts a record into the lowest free index; `None` when the storage is full.
    pub fn put(&mut self, which: Use, record: Record) -> Option<u32> {
        let first = self.first_index;
        let capacity = self.capacity(self.chosen(which));
        let records = self.records_mut(which)?;
        let index = (first..first + capacity).find(|index| !records.contains_key(index))?;
        records.insert(index, record);
        Some(index)
    }

    fn gauge(&self, name: &str) -> String {
        let used = self.records(name).map_or(0, BTreeMap::len);
        format!("{used},{}", self.capacity(name))
    }
}

impl Modem {
    /// What a storage (`SM`, `ME`) holds: index, status, PDU in hexadecimal.
    #[must_use]
    pub fn stored(&self, storage: &str) -> Vec<(u32, Status, String)> {
        let records = self.storages.records(storage);
        records
            .into_iter()
            .flatten()
            .map(|(index, record)| (*index, record.status, record.pdu_hex()))
            .collect()
    }

    /// Stores a PDU under a status, as if it had always been there: no line tells of it.
    /// Returns its index, or `None` when the storage is full or the PDU no hexadecimal.
    pub fn store(&mut self, status: Status, pdu_hex: &str) -> Option<u32> {
        let content = Content::Pdu(pdu::from_hex(pdu_hex)?);
        self.storages.put(Use::Receive, Record { status, content })
    }

    /// A storage name as this modem writes it.
    pub(super) fn written(&self, name: &str) -> String {
        if self.options.quoted_storage_names {
            format!("\"{name}\"")
        } else {
            name.to_owned()
        }
    }

    pub(super) fn answer_storage(&mut self, command: &Command) -> Option<Answer> {
        if command.name != "+CPMS" {
            return None;
        }
        if command.form == Form::Test {
            let names: Vec<String> = self
                .storages
                .all
                .iter()
                .map(|storage| self.written(&storage.name))
                .collect();
            let list = format!("({})", names.join(","));
            return Some(line(format!("+CPMS: {list},{list},{list}")));
        }
        if let Err(refusal) = self.message_service() {
            return Some(Err(refusal));
        }
        Some(match &command.form {
            Form::Read => {
                let three: Vec<String> = self
                    .storages
                    .chosen
                    .iter()
                    .map(|name| format!("{},{}", self.written(name), self.storages.gauge(name)))
                    .collect();
                line(format!("+CPMS: {}", three.join(",")))
            }
            Form::Set(values) => {
                let mut chosen = self.storages.chosen.clone();
                for (index, slot) in chosen.iter_mut().enumerate() {
                    if let Some(name) = values.text(index) {
                        let name = name.to_ascii_uppercase();
                        if !self.storages.knows(&name) {
                            return Some(Err(Refusal::Cms(302)));
                        }
                        *slot = name;
                    }
                }
                self.storages.chosen = chosen;
                let three: Vec<String> = self
                    .storages
                    .chosen
                    .iter()
                    .map(|name| self.storages.gauge(name))
                    .collect();
                line(format!("+CPMS: {}", three.join(",")))
            }
            _ => Err(Refusal::Error),
        })
    }
}
