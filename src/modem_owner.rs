//! The process that has the modem, as the session bus knows it: what who serves there
//! (`src/sms/bus.rs`) and who asks there (`src/gnss/source/lent.rs`) have in common, so that the
//! two topics need not know each other. `assets/dbus/org.barpop.Sms1.xml` describes the interface.

use std::path::Path;

/// The owner's well-known name.
pub const NAME: &str = "org.barpop.Sms";
/// The only object.
pub const PATH: &str = "/org/barpop/Sms";
/// Its interface; a change that breaks callers gets another number.
pub const INTERFACE: &str = "org.barpop.Sms1";

/// The method that gives a positioning command to the modem.
pub const COMMAND: &str = "Command";
/// The signal of a line that the modem says by itself.
pub const UNSOLICITED: &str = "Unsolicited";
/// The signal that the modem is not lent any more.
pub const LENT_NO_MORE: &str = "LentNoMore";
/// The error of a command that the modem refused; its text is the modem's final result.
pub const REFUSED: &str = "org.barpop.Sms1.Error.Refused";

/// The address of the session bus: `DBUS_SESSION_BUS_ADDRESS`, else the socket that systemd makes
/// in `XDG_RUNTIME_DIR`, be it there yet or not. `None`: there is no session bus here, and there will
/// be none.
#[must_use]
pub fn address() -> Option<String> {
    let given = std::env::var("DBUS_SESSION_BUS_ADDRESS").ok();
    if let Some(given) = given.filter(|address| !address.is_empty()) {
        return Some(given);
    }
    let folder = std::env::var_os("XDG_RUNTIME_DIR").filter(|folder| !folder.is_empty())?;
    let socket = Path::new(&folder).join("bus");
    Some(format!("unix:path={}", socket.to_str()?))
}

/// The socket that such an address leads to, where it names one that is a file.
#[must_use]
pub fn socket(address: &str) -> Option<&Path> {
    let path = address.strip_prefix("unix:path=")?;
    // Several addresses, or more about this one.
    (!path.contains([',', ';', '%'])).then(|| Path::new(path))
}

/// Whether there can be a bus at this address now.
#[must_use]
pub fn may_be_there(address: &str) -> bool {
    socket(address).is_none_or(Path::exists)
}
