//! Reads the messages that lie on a SIM, as em73xx's `getSMS()` did, and leaves them there; a long one is there in
//! parts, which `barpop::sms::store` puts together.
//!
//! ```text
//! cargo run --example read -- /dev/ttyACM0        without a port: a simulated modem
//! ```

mod at_port;

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use barpop::sms::pdu::{self, Kind};
use barpop::sms::serial::{Record, SerialModem};

#[allow(dead_code)] // a test calls `read`
fn main() -> Result<(), Box<dyn Error>> {
    let (port, _simulated) = at_port::named_or_simulated()?;
    read(&port, &mut io::stdout())
}

/// Writes sender and text of each message, a line each.
pub fn read(port: &Path, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut modem = SerialModem::start(at_port::open(port)?)?;
    modem.choose_mode()?;
    modem.select("SM")?;
    for entry in modem.list()? {
        let (sender, text) = match entry.record {
            Record::Pdu(bytes) => match pdu::decode(&bytes)?.kind {
                Kind::Deliver(message) => (message.address.text, message.user_data.text),
                // Ours that are kept there, and reports.
                Kind::Submit(_) | Kind::StatusReport(_) => continue,
            },
            Record::Text { address, text, .. } => (address, Some(text)),
            Record::Unreadable(line) => ("?".to_owned(), Some(line)),
        };
        let text = pdu::join_texts(&[text.unwrap_or_default()]);
        writeln!(out, "{sender}: {}", text.replace('\n', " "))?;
    }
    // Other programs find it as it was.
    modem.restore_storage()?;
    Ok(())
}
