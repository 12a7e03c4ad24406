//! Fuzz target: any line of a modem's is a USSD answer or none, whatever its octets are said to be, and the
//! answer has no more than a screen takes. Any code a person types is one line to the modem, or refused.
#![no_main]

use barpop::sms::ussd::{Reply, Request, Spelling};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for ucs2 in [false, true] {
        for line in [text.to_owned(), format!("+CUSD: {text}")] {
            if let Some(reply) = Reply::parse(&line, ucs2) {
                assert!(reply.text.chars().count() <= 2000);
            }
        }
    }
    for request in [Request::code(text), Request::answer(text)]
        .into_iter()
        .flatten()
    {
        for spelling in [Spelling::Plain, Spelling::Ucs2, Spelling::Packed] {
            if let Some(command) = request.command(spelling) {
                assert!(
                    !command.contains(['\r', '\n', '\u{1a}', '\u{1b}']),
                    "{command:?}"
                );
                assert_eq!(command.matches('"').count(), 2, "{command:?}");
            }
        }
    }
});
