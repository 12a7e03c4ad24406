//! Message storages: which there are, how full they are, freeing a place
//! (3GPP TS 27.005 clauses 3.2.2 and 3.5.4).

use super::SerialModem;
use crate::at::{AtError, Command, Port, fields::fields};

/// How full a storage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Messages in it.
    pub used: u32,
    /// Messages that fit.
    pub capacity: u32,
}

/// What came of [`SerialModem::select`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selected {
    /// The modem has no such storage.
    Missing,
    /// It is selected; how full it is, where the modem says.
    Selected(Option<Usage>),
}

/// The three memories as the modem had them before we changed the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Memories {
    /// Reading and deleting.
    first: String,
    /// Writing and sending.
    second: String,
    /// Where incoming messages go; never changed by us.
    third: Option<String>,
}

impl<P: Port> SerialModem<P> {
    /// Reads and deletes happen in `storage` from now on, if the modem has it. The memories for
    /// writing and for incoming messages stay as they are.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn select(&mut self, storage: &str) -> Result<Selected, AtError> {
        self.know_memories()?;
        let rest = match &self.memories {
            Some(Memories {
                second,
                third: Some(third),
                ..
            }) => format!(",\"{second}\",\"{third}\""),
            Some(Memories {
                second,
                third: None,
                ..
            }) if !second.is_empty() => {
                format!(",\"{second}\"")
            }
            _ => String::new(),
        };
        match self.patiently(&Command::new(format!("AT+CPMS=\"{storage}\"{rest}"))) {
            Ok(lines) => {
                self.selected = Some(storage.to_owned());
                let numbers: Vec<u32> = lines
                    .first()
                    .map(|response| fields(&response.line))
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|field| field.parse().ok())
                    .collect();
                Ok(Selected::Selected(match numbers.as_slice() {
                    [used, capacity, ..] => Some(Usage {
                        used: *used,
                        capacity: *capacity,
                    }),
                    _ => None,
                }))
            }
            // The SIM's own troubles are no word about the storage.
            Err(error) if matches!(error.number(), Some(10..=20 | 310..=320)) => Err(error),
            Err(AtError::Refused { .. }) => Ok(Selected::Missing),
            Err(error) => Err(error),
        }
    }

    /// Puts the memories back as they were before [`SerialModem::select`].
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn restore_storage(&mut self) -> Result<(), AtError> {
        let Some(Memories { first, .. }) = self.memories.clone() else {
            return Ok(());
        };
        if first.is_empty() || self.selected.as_ref() == Some(&first) {
            return Ok(());
        }
        self.select(&first).map(drop)
    }

    /// The storage that was in use for reading before we came, where the modem says.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn usual_storage(&mut self) -> Result<Option<&str>, AtError> {
        self.know_memories()?;
        let first = self.memories.as_ref().map(|m| m.first.as_str());
        Ok(first.filter(|name| !name.is_empty()))
    }

    /// Deletes one message of the selected storage, by its index.
    ///
    /// # Errors
    /// When the modem refuses (321: there is none), is silent, or the port fails.
    pub fn delete(&mut self, index: u32) -> Result<(), AtError> {
        let command = Command::new(format!("AT+CMGD={index}"));
        self.patiently(&command.within(std::time::Duration::from_secs(10)))
            .map(drop)
    }

    fn know_memories(&mut self) -> Result<(), AtError> {
        if self.memories.is_none() {
            self.memories = Some(self.read_memories()?);
        }
        Ok(())
    }

    fn read_memories(&mut self) -> Result<Memories, AtError> {
        let none = Memories {
            first: String::new(),
            second: String::new(),
            third: None,
        };
        match self.patiently(&Command::new("AT+CPMS?")) {
            Ok(lines) => {
                // +CPMS: "SM",3,50,"SM",3,50,"ME",0,100
                let fields = lines.first().map(|r| fields(&r.line)).unwrap_or_default();
                let mut names = fields
                    .into_iter()
                    .filter(|f| !f.is_empty() && f.chars().all(|c| c.is_ascii_alphabetic()));
                Ok(match (names.next(), names.next(), names.next()) {
                    (Some(first), second, third) => Memories {
                        first,
                        second: second.unwrap_or_default(),
                        third,
                    },
                    _ => none,
                })
            }
            Err(AtError::Refused { .. }) => Ok(none),
            Err(error) => Err(error),
        }
    }
}
