//! Fuzz target: any text in place of a modem's answer is a report or an error, and no panic.
#![no_main]

use barpop::gnss::modem;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(said) = modem::xlcslsr(&text) {
        let sky = said.report.sky.unwrap_or_default();
        assert!(sky.satellites.len() <= 64);
    }
    for read in [
        modem::gpsacp,
        modem::qgpsloc,
        modem::cgpsinfo,
        modem::cgnsinf,
        modem::uuloc,
    ] {
        let _ = read(&text);
    }
    let _ = (modem::gpsloc(text.lines()), modem::gpssatinfo(text.lines()));
});
