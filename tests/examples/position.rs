//! Where a modem is, as em73xx's `getGPS()` said, and its receiver switched off again.
//!
//! ```text
//! cargo run --example position -- /dev/ttyACM0        without a port: a simulated modem
//! ```

mod at_port;

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use barpop::at::Session;
use barpop::gnss::fix::Position;
use barpop::gnss::modem::driver::{Driver, DriverError};

/// A receiver under the sky that was off for long needs a minute.
const PATIENCE: Duration = Duration::from_secs(120);

#[allow(dead_code)] // a test calls `position`
fn main() -> Result<(), Box<dyn Error>> {
    let (port, _simulated) = at_port::named_or_simulated()?;
    position(&port, &mut io::stdout())
}

/// Writes the first position that the modem tells, or that there was none in time.
pub fn position(port: &Path, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let mut driver = Driver::start(Session::new(at_port::open(port)?))?;
    let found = wait(|| {
        let mut reports = driver.listen()?;
        reports.extend(driver.ask()?);
        let fixes = reports.into_iter().filter_map(|report| report.fix);
        Ok(fixes.filter_map(|fix| fix.position).next())
    });
    // Whatever came of it, what we switched on is not left on.
    driver.stop()?;
    match found? {
        Some(place) => writeln!(out, "{:.6}, {:.6}", place.lat_deg(), place.lon_deg())?,
        None => writeln!(out, "no fix within {} seconds", PATIENCE.as_secs())?,
    }
    Ok(())
}

fn wait(
    mut look: impl FnMut() -> Result<Option<Position>, DriverError>,
) -> Result<Option<Position>, DriverError> {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if let Some(place) = look()? {
            return Ok(Some(place));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    Ok(None)
}
