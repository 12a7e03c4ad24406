//! What kind of modem it is: the properties that a real one is built or bought with.

use std::time::Duration;

use jiff::Timestamp;

/// One message storage (3GPP TS 27.005 clause 3.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageSize {
    /// `SM` (SIM) or `ME` (modem), or another name of the standard.
    pub name: String,
    /// How many messages it can hold.
    pub capacity: u32,
}

/// How the modem says that there is no SIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSimAnswer {
    /// A bare `ERROR`, as the EM7345 does.
    BareError,
    /// `+CME ERROR: 10`.
    NotInserted,
}

/// The modem's properties. The default is an EM7345-like modem with an unlocked SIM, registered
/// at home, empty, with the echo on.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The SIM's PIN; `None` is a SIM that asks for none.
    pub pin: Option<String>,
    /// The SIM's unblocking key.
    pub puk: String,
    /// PIN tries at the start, 0..=3; 0 is a SIM that asks for its PUK.
    pub pin_tries: u8,
    /// PUK tries at the start, 0..=10.
    pub puk_tries: u8,
    /// Whether a SIM is in the slot.
    pub sim_present: bool,
    /// What `+CPIN?` says without a SIM.
    pub no_sim_answer: NoSimAnswer,
    /// Whether `+XPINCNT` (Intel: PIN1, PIN2, PUK1, PUK2 tries) is known.
    pub knows_xpincnt: bool,
    /// Whether `+CPINR` (3GPP TS 27.007 clause 8.65) is known.
    pub knows_cpinr: bool,
    /// How many SIM commands answer `+CME ERROR: 14` after the PIN was accepted.
    pub busy_after_unlock: u32,
    /// Echo after power-on and after `ATZ`.
    pub echo: bool,
    /// The storages; the first is the current one after power-on.
    pub storages: Vec<StorageSize>,
    /// Whether `ME` is only another name for what `SM` holds.
    pub me_mirrors_sm: bool,
    /// The storage name that `+CMTI` and `+CDSI` tell, whatever the true one is.
    pub announce_as: Option<String>,
    /// The first index of a storage: 1, or 0 on some modems.
    pub first_index: u32,
    /// Whether `+CPMS?` and `+CMTI` write storage names in quotes.
    pub quoted_storage_names: bool,
    /// Whether `+CMGF=0` is accepted.
    pub pdu_mode: bool,
    /// Whether `+CMGF=1` is accepted.
    pub text_mode: bool,
    /// Whether `+CMGL=4,1` and `+CMGR=n,1` (list without marking read) are known.
    pub knows_list_unchanged: bool,
    /// Whether the flag of `+CMGD=index,flag` is known.
    pub knows_delete_flag: bool,
    /// Character sets of `+CSCS`, out of `GSM`, `IRA` and `UCS2`; the first holds at power-on.
    pub charsets: Vec<String>,
    /// The values that each field of `+CNMI` may have (27.005 clause 3.4.1).
    pub cnmi: [Vec<u8>; 5],
    /// Whether `+CMS ERROR` becomes words under `+CMEE=2`.
    pub verbose_cms: bool,
    /// The service centre's number; empty when the SIM names none.
    pub smsc: String,
    /// The SIM's own number, as `+CNUM` tells it.
    pub own_number: String,
    /// The operator's long name.
    pub operator: String,
    /// The operator's MCC and MNC.
    pub operator_code: String,
    /// `+CSQ` signal, 0..=31, or 99 for unknown.
    pub signal: u8,
    /// Registration: 0 none, 1 home, 2 searching, 3 denied, 5 roaming.
    pub registration: u8,
    /// The time at power-on; it goes on with the `now` that the modem is given.
    pub clock: Timestamp,
    /// The network's offset from UTC in minutes, a multiple of 15.
    pub utc_offset_minutes: i16,
    /// Time that the network takes between two messages, so between the parts of a long one too.
    /// Zero brings them at once; ModemManager 1.20 needs some, as it loses all but the first
    /// `+CMTI` that it reads in one go.
    pub arrival_interval: Duration,
    /// How USSD strings are written.
    pub ussd_style: super::UssdStyle,
    /// Whether flash messages (class 0) are handed over at once and stored nowhere.
    pub flash_handed_over: bool,
    /// How long the modem boots after a restart, its port gone; `None` keeps the port.
    pub boots_in: Option<Duration>,
    /// What the network does with a data call (`ATD*99#`): a program and its arguments, which
    /// speaks PPP on its standard input and output (`pppd notty …`). `None` refuses it.
    pub data_call: Option<Vec<String>>,
    /// How often positions come while they are asked for; `None`: as often as was asked.
    pub position_period: Option<Duration>,
    /// `+CGMI`.
    pub manufacturer: String,
    /// `+CGMM`.
    pub model: String,
    /// `+CGMR`.
    pub revision: String,
    /// IMEI.
    pub imei: String,
    /// IMSI.
    pub imsi: String,
}

impl Default for Options {
    fn default() -> Self {
        let storage = |name: &str, capacity| StorageSize {
            name: name.to_owned(),
            capacity,
        };
        Self {
            pin: None,
            puk: "12345678".to_owned(),
            pin_tries: 3,
            puk_tries: 10,
            sim_present: true,
            no_sim_answer: NoSimAnswer::BareError,
            knows_xpincnt: true,
            knows_cpinr: false,
            busy_after_unlock: 0,
            echo: true,
            storages: vec![storage("SM", 30), storage("ME", 100)],
            me_mirrors_sm: false,
            announce_as: None,
            first_index: 1,
            quoted_storage_names: true,
            pdu_mode: true,
            text_mode: true,
            knows_list_unchanged: false,
            knows_delete_flag: true,
            charsets: ["IRA", "GSM", "UCS2"].map(str::to_owned).to_vec(),
            cnmi: [
                vec![0, 1, 2],
                vec![0, 1, 2, 3],
                vec![0, 2],
                vec![0, 1, 2],
                vec![0, 1],
            ],
            verbose_cms: false,
            smsc: "+491710760000".to_owned(),
            own_number: "+4915112345678".to_owned(),
            operator: "Lab Mobile".to_owned(),
            operator_code: "26201".to_owned(),
            signal: 22,
            registration: 1,
            // 2026-11-24 08:00:00 UTC: fixed, so that what tests print does not change.
            clock: Timestamp::constant(1_795_507_200, 0),
            utc_offset_minutes: 60,
            arrival_interval: Duration::ZERO,
            ussd_style: super::UssdStyle::Text,
            flash_handed_over: true,
            boots_in: Some(Duration::from_millis(1500)),
            data_call: None,
            position_period: None,
            manufacturer: "Sierra Wireless Inc.".to_owned(),
            model: "EM7345".to_owned(),
            revision: "V1.1,00".to_owned(),
            imei: "490154203237518".to_owned(),
            imsi: "262010123456789".to_owned(),
        }
    }
}
