//! Stores of any size, made through the library as if a SIM had brought them.

use std::path::Path;

use anyhow::Result;
use barpop::sms::store::{Content, Incoming, Listed, Store};
use jiff::{SignedDuration, Timestamp};

/// Senders besides the one who writes half of everything.
const SENDERS: u32 = 200;

/// Makes a store with so many messages, all unread, a minute apart; the newest is now. Half of
/// them are one long thread, the newest one.
pub fn fill(path: &Path, count: u32) -> Result<()> {
    let now = Timestamp::now();
    let listing = (0..count)
        .map(|number| {
            let sender = if number % 2 == 0 {
                0
            } else {
                1 + number / 2 % SENDERS
            };
            let age = SignedDuration::from_mins(i64::from(number));
            Ok(Listed {
                index: number,
                raw: format!("bench {number}").into_bytes(),
                content: Content::Deliver(Incoming {
                    address: format!("+49155502{sender:04}"),
                    time: Some(now.checked_sub(age)?),
                    text: format!("Message {number}: are you still coming? The soup gets cold."),
                    class: None,
                    concat: None,
                    replace_type: None,
                }),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Store::open(path)?.ingest("SM", &listing)?;
    Ok(())
}
