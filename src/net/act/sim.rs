//! Opening a SIM with its PIN or PUK, through ModemManager, and never one try too many.

use std::collections::BTreeMap;

use super::refusal::Doing;
use super::{Done, MODEM_MANAGER, get_property};
use crate::bus::{Bus, BusError, Object};
use crate::net::snapshot::{About, Failure, Id, Modem, Snapshot};
use crate::secret::Secret;

const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
const SIM: &str = "org.freedesktop.ModemManager1.Sim";

/// `MMModemLock`.
const SIM_PIN: u32 = 2;
const SIM_PUK: u32 = 4;

/// Sends the PIN to exactly this modem's SIM, once. The last try, and one of
/// which nobody knows whether it is the last, is only spent with `last_try`.
pub(super) async fn unlock(
    bus: &Bus,
    snapshot: &Snapshot,
    modem: &Id,
    pin: &Secret,
    last_try: bool,
) -> Result<Done, Failure> {
    let secrets = [pin];
    let doing = doing(modem, &secrets);
    let sim = sim_of(snapshot, modem, &doing)?;
    if !is_pin(pin) {
        return Err(doing.because("a PIN has 4 to 8 digits"));
    }
    let before = state(bus, modem).await.map_err(|e| doing.refused(&e))?;
    if before.lock == SIM_PUK {
        return Err(doing.because("it wants its PUK now; enter the PUK and a new PIN"));
    }
    if before.lock != SIM_PIN {
        return Err(doing.because("it does not ask for a PIN"));
    }
    match before.tries {
        Some(0) => return Err(doing.because("no try is left; enter the PUK and a new PIN")),
        Some(1) if !last_try => {
            return Err(doing.because(
                "only one try is left, and a wrong PIN would block the SIM; enter it again if \
                 you are sure",
            ));
        }
        None if !last_try => {
            return Err(doing.because(
                "the modem does not say how many tries are left, and a wrong PIN may block the \
                 SIM; enter it on a terminal or in the popup if you are sure",
            ));
        }
        _ => {}
    }
    let sent = bus.call(sim_object(sim), "SendPin", &(pin.reveal(),)).await;
    match sent {
        Ok(_) => Ok(Done::Done),
        Err(error) => Err(after(bus, modem, &doing, &error, "PIN").await),
    }
}

/// Sends the PUK and a new PIN to exactly this modem's SIM, once.
pub(super) async fn unblock(
    bus: &Bus,
    snapshot: &Snapshot,
    modem: &Id,
    puk: &Secret,
    pin: &Secret,
) -> Result<Done, Failure> {
    let secrets = [puk, pin];
    let doing = doing(modem, &secrets);
    let sim = sim_of(snapshot, modem, &doing)?;
    if puk.reveal().len() != 8 || !is_pin(puk) {
        return Err(doing.because("a PUK has 8 digits; it is on the card that the SIM came in"));
    }
    if !is_pin(pin) {
        return Err(doing.because("the new PIN needs 4 to 8 digits"));
    }
    let before = state(bus, modem).await.map_err(|e| doing.refused(&e))?;
    if before.lock != SIM_PUK {
        return Err(doing.because("it does not ask for a PUK"));
    }
    let body = (puk.reveal(), pin.reveal());
    match bus.call(sim_object(sim), "SendPuk", &body).await {
        Ok(_) => Ok(Done::Done),
        Err(error) => Err(after(bus, modem, &doing, &error, "PUK").await),
    }
}

fn doing<'a>(modem: &Id, secrets: &'a [&'a Secret]) -> Doing<'a> {
    let about = About::Modem(modem.clone());
    Doing::new(
        about,
        "Cannot open the SIM",
        "org.freedesktop.ModemManager1.Device.Control",
    )
    .with_secrets(secrets)
}

fn sim_of<'a>(snapshot: &'a Snapshot, modem: &Id, doing: &Doing<'_>) -> Result<&'a Id, Failure> {
    let modem: Option<&Modem> = snapshot.modem(modem);
    modem
        .and_then(|modem| modem.sim.as_ref())
        .ok_or_else(|| doing.because("the modem or its SIM is gone; plug it in again"))
}

/// 4 to 8 digits (3GPP TS 31.101, clause 9.5.1).
fn is_pin(pin: &Secret) -> bool {
    let digits = pin.reveal();
    (4..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the SIM says of itself now, asked for and not remembered.
struct State {
    lock: u32,
    tries: Option<u32>,
}

async fn state(bus: &Bus, modem: &Id) -> Result<State, BusError> {
    let object = Object {
        service: MODEM_MANAGER,
        path: modem.as_str(),
        interface: MODEM,
    };
    let garbled = |_| BusError::Garbled("UnlockRequired".to_owned());
    let lock = get_property(bus, object, "UnlockRequired").await?;
    let lock = u32::try_from(lock).map_err(garbled)?;
    let tries = get_property(bus, object, "UnlockRetries").await?;
    let tries = BTreeMap::<u32, u32>::try_from(tries).map_err(garbled)?;
    Ok(State {
        lock,
        tries: tries.get(&lock).copied(),
    })
}

fn sim_object(sim: &Id) -> Object<'_> {
    Object {
        service: MODEM_MANAGER,
        path: sim.as_str(),
        interface: SIM,
    }
}

/// A refused PIN or PUK, with how many tries are left now.
async fn after(bus: &Bus, modem: &Id, doing: &Doing<'_>, error: &BusError, what: &str) -> Failure {
    let name = match error {
        BusError::Refused { name, .. } => name,
        // It may still be on its way to the SIM: sent again, it would spend another try.
        BusError::Stalled(_) => {
            return doing.because("the modem has not answered yet; wait and see if it opens");
        }
        _ => return doing.refused(error),
    };
    // org.freedesktop.ModemManager1.Error.MobileEquipment.{IncorrectPassword, SimPuk, …}
    if !["IncorrectPassword", "SimPuk", "SimPin"]
        .iter()
        .any(|end| name.ends_with(end))
    {
        return doing.refused(error);
    }
    let left = match state(bus, modem).await {
        Ok(State { lock: SIM_PUK, .. }) if what == "PIN" => {
            return doing.because(
                "the PIN was wrong, and that was the last try; enter the PUK and a new PIN",
            );
        }
        Ok(state) => state.tries,
        Err(_) => None,
    };
    doing.because(&match left {
        Some(0) => format!("the {what} was wrong, and no try is left; ask your operator"),
        Some(1) => format!("the {what} was wrong; one try is left"),
        Some(left) => format!("the {what} was wrong; {left} tries are left"),
        None => format!("the {what} was wrong; nobody knows how many tries are left"),
    })
}
