//! The port of the examples: the one that is named, or that of a simulated modem.

use std::error::Error;
use std::path::{Path, PathBuf};

use barpop::at::SerialPort;
use barpop::sim::modem::Options;
use barpop::sim::{Simulated, demo};

/// The EM7345's; USB modems take any.
const BAUD: u32 = 460_800;

/// What the command line names first, else a simulated modem, which is there as long as it is kept.
#[allow(dead_code)] // who calls an example's function has a port
pub fn named_or_simulated() -> Result<(PathBuf, Option<Simulated>), Box<dyn Error>> {
    if let Some(named) = std::env::args_os().nth(1) {
        return Ok((named.into(), None));
    }
    let modem = Simulated::with(Options::default())?;
    modem.modem(|modem| demo::fill(modem, jiff::Timestamp::now()));
    Ok((modem.path(), Some(modem)))
}

/// Takes a port for this program alone; whoever has it is named in the error.
pub fn open(path: &Path) -> Result<SerialPort, Box<dyn Error>> {
    Ok(SerialPort::open(path, BAUD)?)
}
