//! Sends a message, as em73xx's `sendSMS()` did, and says what the network said.
//!
//! ```text
//! cargo run --example send -- /dev/ttyACM0 +491701234567 "On my way"
//! ```

mod at_port;

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use barpop::sms::pdu::{EncodeOptions, encode};
use barpop::sms::serial::{SerialModem, SimState};

#[allow(dead_code)] // a test calls `send`
fn main() -> Result<(), Box<dyn Error>> {
    let (port, _simulated) = at_port::named_or_simulated()?;
    let mut words = std::env::args().skip(2);
    let number = words.next().unwrap_or_else(|| "+491701234567".to_owned());
    let text = words
        .next()
        .unwrap_or_else(|| "Hello from barpop!".to_owned());
    send(&port, &number, &text, &mut io::stdout())
}

/// Sends a text in as many parts as it takes. An error in the middle leaves open which arrived.
pub fn send(
    port: &Path,
    number: &str,
    text: &str,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    let options = EncodeOptions {
        address: number.to_owned(),
        ..EncodeOptions::default()
    };
    // What cannot be sent is refused before the modem hears of it.
    let parts = encode(&options, text)?;
    let mut modem = SerialModem::start(at_port::open(port)?)?;
    if let SimState::Locked(lock) = modem.sim_state()? {
        return Err(format!("the SIM is locked ({lock:?}): open it first").into());
    }
    modem.choose_mode()?;
    for (number, part) in (1..).zip(&parts) {
        let reference = modem.send_pdu(part)?;
        writeln!(
            out,
            "part {number} of {}: taken as {reference}",
            parts.len()
        )?;
    }
    Ok(())
}
