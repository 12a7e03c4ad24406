//! What is remembered of PINs that went to the SIM, so that no try is wasted (`sms/pin.rs` has
//! the rules).

use rusqlite::{Connection, Result, params};

use super::{Store, StoreError, notes};

/// The note that counts refusals since the SIM was last open.
const COUNT: &str = "pin_refusals";

/// A PIN that went to the SIM and was not accepted, salted and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Random bytes of its own.
    pub salt: Vec<u8>,
    /// SHA-256 of salt and PIN.
    pub hash: Vec<u8>,
    /// The tries that were left before, while it is not known that this one was spent.
    pub tries: Option<u8>,
}

fn count(conn: &Connection) -> Result<u32> {
    let note = notes::get(conn, COUNT)?;
    Ok(note.and_then(|count| count.parse().ok()).unwrap_or(0))
}

impl Store {
    /// The PINs that were not accepted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn refused_pins(&self) -> std::result::Result<Vec<Refused>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT salt, hash, tries FROM refused_pin ORDER BY rowid")?
                .query_map([], |row| {
                    Ok(Refused {
                        salt: row.get(0)?,
                        hash: row.get(1)?,
                        tries: row.get(2)?,
                    })
                })?
                .collect()
        })
    }

    /// How many PINs were refused since the SIM was last open.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn refused_pin_count(&self) -> std::result::Result<u32, StoreError> {
        self.read(count)
    }

    /// Writes down that a PIN goes to the SIM now.
    ///
    /// # Errors
    /// When the file cannot be written; the PIN must not be sent then.
    pub fn claim_pin(&mut self, pin: &Refused) -> std::result::Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "INSERT INTO refused_pin(salt, hash, tries) VALUES (?1, ?2, ?3)",
                params![pin.salt, pin.hash, pin.tries],
            )?;
            notes::set(tx, COUNT, &count(tx)?.saturating_add(1).to_string())
        })
    }

    /// It is known now that the SIM refused the PIN with this salt.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn confirm_refused_pin(&mut self, salt: &[u8]) -> std::result::Result<(), StoreError> {
        self.write(|tx| {
            tx.execute(
                "UPDATE refused_pin SET tries = NULL WHERE salt = ?1",
                params![salt],
            )
        })?;
        Ok(())
    }

    /// The PIN with this salt was right, or was not tried at all: it is as if it had never been
    /// written down.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn release_pin(&mut self, salt: &[u8]) -> std::result::Result<(), StoreError> {
        self.write(|tx| {
            let known = tx.execute("DELETE FROM refused_pin WHERE salt = ?1", params![salt])?;
            let left = count(tx)?.saturating_sub(u32::try_from(known).unwrap_or(0));
            notes::set(tx, COUNT, &left.to_string())
        })
    }

    /// The SIM is open: what is counted from now on starts at 0. What was refused stays so.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn restart_pin_count(&mut self) -> std::result::Result<(), StoreError> {
        self.write(|tx| notes::set(tx, COUNT, "0"))
    }

    /// Forgets the refused PINs and how many there were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn clear_refused_pins(&mut self) -> std::result::Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("DELETE FROM refused_pin", [])?;
            notes::set(tx, COUNT, "0")
        })
    }
}
