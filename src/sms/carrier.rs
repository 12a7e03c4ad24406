//! What carries messages to and fro: a modem on a serial port, or one that ModemManager holds.
//!
//! The two are told apart here and nowhere else: who serves a modem, looks at it once or sends
//! through it works with a [`Carrier`].

use std::os::fd::AsFd;
use std::time::Duration;

use super::Options;
use super::errand::Restart;
use super::lending::Line;
use super::modem_manager::{self, Session};
use super::options::Device;
use super::owner::{Key, Owner, Trouble};
use super::snapshot::Modem;
use super::store::{Store, StoreError};
use super::ussd;
use crate::at::OpenError;

/// A modem that is ours, and ready. Its descriptor is readable when something came by itself.
pub trait Carrier: AsFd {
    /// What is known of the modem.
    fn known(&self) -> &Modem;

    /// Whether the modem tells of new messages by itself.
    fn notifies(&self) -> bool;

    /// Whether something came by itself that [`Carrier::attend`] has not looked at yet.
    fn has_news(&self) -> bool;

    /// Asks to be told of new messages.
    ///
    /// # Errors
    /// When the modem is gone or silent.
    fn notify(&mut self) -> Result<(), Trouble>;

    /// Asks for operator and signal.
    ///
    /// # Errors
    /// When the modem is gone or silent.
    fn look_around(&mut self) -> Result<(), Trouble>;

    /// Takes in everything that lies in the modem, then frees the SIM where that is asked for.
    ///
    /// # Errors
    /// When the modem or the store fails; what was taken in until then stays.
    fn collect(&mut self, store: &mut Store) -> Result<(), Trouble>;

    /// Reads what came by itself and acts on it.
    ///
    /// # Errors
    /// When the modem is gone, its SIM has become locked, or the store fails.
    fn attend(&mut self, store: &mut Store) -> Result<(), Trouble>;

    /// Stores messages that the modem has handed over and that lie nowhere else. Asks nothing of
    /// the modem, so it also saves what came before the modem was lost.
    ///
    /// # Errors
    /// When the store fails.
    fn keep_news(&mut self, store: &mut Store) -> Result<(), StoreError>;

    /// Sends what is queued, oldest first, until nothing is left or the modem cannot send now.
    /// `go_on` is called after each step, so that it can be shown; when it says `false`, the
    /// message under way is sent to its end and no other is begun.
    ///
    /// # Errors
    /// When the modem is gone or silent, or the store fails; a message that was cut off is
    /// *unknown* then.
    fn send_queued(
        &mut self,
        store: &mut Store,
        go_on: &mut dyn FnMut(&mut Store) -> bool,
    ) -> Result<(), Trouble>;

    /// Whether the network has come back since the last call, so that what waits can go.
    fn network_returned(&mut self) -> bool {
        false
    }

    /// Gives a USSD request to the network; its answer comes later, by [`Carrier::take_ussd`].
    ///
    /// # Errors
    /// [`Trouble::Refused`] when this one cannot be; when the modem is gone or silent.
    fn ussd(&mut self, _request: &ussd::Request) -> Result<(), Trouble> {
        Err(Trouble::Refused(
            "this modem takes no USSD codes".to_owned(),
        ))
    }

    /// What the network said over USSD since the last call, asked or not, oldest first.
    fn take_ussd(&mut self) -> Vec<ussd::Reply> {
        Vec::new()
    }

    /// Gives a command for positions to the modem: the lines of its answer, or its final result
    /// where that is an error.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it has no answer; when the modem is gone.
    fn command(&mut self, _line: &Line) -> Result<Result<Vec<String>, String>, Trouble> {
        Err(Trouble::Refused(
            "this modem takes no AT commands here".to_owned(),
        ))
    }

    /// What the modem said about positions by itself since the last call, oldest first.
    fn take_positions(&mut self) -> Vec<String> {
        Vec::new()
    }

    /// Restarts the modem; it is lost after that, and has to be opened again.
    ///
    /// # Errors
    /// [`Trouble::Refused`] when it cannot be; when the modem is gone or silent.
    fn restart(&mut self, _how: Restart) -> Result<(), Trouble> {
        Err(Trouble::Refused(
            "this modem cannot be restarted by a program".to_owned(),
        ))
    }
}

/// Takes the wanted modem and opens its SIM: with `key`, which the person just entered, else
/// with the configured PIN, under the rules of [`super::pin`]. `None`: there is none, and none is
/// missed; only the store speaks.
///
/// # Errors
/// See [`Trouble`]; [`Trouble::Sibling`] when another process of ours has it.
pub fn open(
    options: &Options,
    store: &mut Store,
    key: Option<&Key>,
) -> Result<Option<Box<dyn Carrier>>, Trouble> {
    let session = match &options.device {
        Device::None => return Ok(None),
        Device::Serial(port) => return Ok(Some(Box::new(serial(options, port, store, key)?))),
        Device::Auto => match Session::connect() {
            Ok(session) => session,
            // Nobody has asked for ModemManager.
            Err(_) => return Ok(None),
        },
        Device::ModemManager(_) => modem_manager::connect()?,
    };
    let patience = modem_manager::STARTING;
    let owner = modem_manager::start(session, patience, options, store, key)?;
    Ok(owner.map(|owner| Box::new(owner) as Box<dyn Carrier>))
}

/// Like [`open`], for who tries again and again: the connection to ModemManager is made once and
/// tells when it is worth another try.
///
/// # Errors
/// Those of [`open`].
pub fn open_again<'a>(
    options: &Options,
    session: &'a mut Option<Session>,
    store: &mut Store,
    key: Option<&Key>,
) -> Result<Option<Box<dyn Carrier + 'a>>, Trouble> {
    if session.as_ref().is_some_and(Session::is_gone) {
        *session = None;
    }
    let session = match &options.device {
        Device::None => return Ok(None),
        Device::Serial(port) => return Ok(Some(Box::new(serial(options, port, store, key)?))),
        _ if session.is_some() => session.as_mut(),
        Device::Auto => match Session::connect() {
            Ok(made) => Some(session.insert(made)),
            Err(_) => None,
        },
        Device::ModemManager(_) => Some(session.insert(modem_manager::connect()?)),
    };
    let Some(session) = session else {
        return Ok(None);
    };
    // That it is ready is told, so it need not be waited for.
    let owner = modem_manager::start(session, Duration::ZERO, options, store, key)?;
    Ok(owner.map(|owner| Box::new(owner) as Box<dyn Carrier + 'a>))
}

fn serial(
    options: &Options,
    port: &std::path::Path,
    store: &mut Store,
    key: Option<&Key>,
) -> Result<Owner, Trouble> {
    Owner::start(options, port, store, key).map_err(|trouble| match trouble {
        Trouble::Open(OpenError::Busy {
            holder: Some(holder),
            ..
        }) if holder.is_barpop() => Trouble::Sibling(holder),
        other => other,
    })
}

/// Restarts the wanted modem without opening its SIM, so that it also helps a modem that fails.
///
/// # Errors
/// [`Trouble::Refused`] when it cannot be; those of [`open`].
pub fn restart(options: &Options, how: Restart) -> Result<(), Trouble> {
    match &options.device {
        Device::None => Err(Trouble::Refused(
            "no modem is configured that could be restarted; name its port with -d".to_owned(),
        )),
        Device::Auto | Device::ModemManager(_) => modem_manager::restart(options, how),
        Device::Serial(port) => super::owner::restart_port(port, options.baud, how),
    }
}
