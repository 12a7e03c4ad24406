//! What is remembered of refused PINs, so that no try is wasted (`sms/pin.rs` has the rules).

use rusqlite::params;

use super::{Store, StoreError, notes};

/// The note that counts refusals since the SIM was last open.
const COUNT: &str = "pin_refusals";

/// A PIN that a SIM refused, salted and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Random bytes of its own.
    pub salt: Vec<u8>,
    /// SHA-256 of salt and PIN.
    pub hash: Vec<u8>,
}

impl Store {
    /// The PINs that a SIM refused, which must not be tried again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn refused_pins(&self) -> Result<Vec<Refused>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT salt, hash FROM refused_pin ORDER BY rowid")?
                .query_map([], |row| {
                    Ok(Refused {
                        salt: row.get(0)?,
                        hash: row.get(1)?,
                    })
                })?
                .collect()
        })
    }

    /// Forgets the refused PINs and how many there were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn clear_refused_pins(&mut self) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.execute("DELETE FROM refused_pin", [])?;
            notes::set(tx, COUNT, "0")
        })
    }

    /// How many PINs were refused since the SIM was last open.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn refused_pin_count(&self) -> Result<u32, StoreError> {
        let note = self.read(|conn| notes::get(conn, COUNT))?;
        Ok(note.and_then(|count| count.parse().ok()).unwrap_or(0))
    }

    /// The SIM is open: what is counted from now on starts at 0. What was refused stays so.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn restart_pin_count(&mut self) -> Result<(), StoreError> {
        self.write(|tx| notes::set(tx, COUNT, "0"))
    }

    /// Writes down that a PIN, salted and hashed, goes to the SIM now.
    ///
    /// # Errors
    /// When the file cannot be written; the PIN must not be sent then.
    pub fn claim_pin(&mut self, salt: &[u8], hash: &[u8]) -> Result<(), StoreError> {
        self.write(|tx| {
            let count = notes::get(tx, COUNT)?
                .and_then(|count| count.parse().ok())
                .unwrap_or(0_u32);
            let count = count.saturating_add(1);
            tx.execute(
                "INSERT INTO refused_pin(salt, hash) VALUES (?1, ?2)",
                params![salt, hash],
            )?;
            notes::set(tx, COUNT, &count.to_string())
        })
    }

    /// The PIN with this salt was right after all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn release_pin(&mut self, salt: &[u8]) -> Result<(), StoreError> {
        self.write(|tx| tx.execute("DELETE FROM refused_pin WHERE salt = ?1", params![salt]))?;
        Ok(())
    }
}
