//! What stands in the air, and an attempt that is told what NetworkManager says.

use jiff::Timestamp;

use super::super::*;
use crate::net::command::{Credentials, Join};
use crate::net::snapshot::{
    AccessPoint, ActiveConnection, ActiveState, ConnectionKind, Device, DeviceKind, DeviceState,
    Profile, Uuid,
};
use crate::net::{Security, Ssid};
use crate::secret::Secret;

pub(super) fn id(path: &str) -> Id {
    Id::new(path)
}

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

/// A Wi-Fi device `/d`, with `Café` in sight.
pub(super) fn air(security: Security) -> Snapshot {
    Snapshot {
        devices: vec![device("/d", DeviceKind::Wifi)],
        access_points: vec![AccessPoint {
            id: id("/ap"),
            device: id("/d"),
            ssid: Ssid::from("Café"),
            bssid: "02:00:00:00:00:01".into(),
            strength_percent: 70,
            frequency_mhz: 2412,
            max_bitrate_kbps: 54_000,
            security,
            last_seen_s: None,
        }],
        ..Snapshot::default()
    }
}

pub(super) fn device(path: &str, kind: DeviceKind) -> Device {
    Device {
        id: id(path),
        kind,
        interface: "wlan0".into(),
        state: DeviceState::Disconnected,
        reason: 0,
        autoconnect: true,
        active: None,
        hardware_address: String::new(),
        driver: "iwlwifi".into(),
        speed_mbps: None,
        carrier: None,
        access_point: None,
        last_scan_ms: None,
        can_hotspot: true,
        modem: None,
        metered: None,
        bytes: None,
    }
}

pub(super) fn profile() -> Profile {
    Profile {
        uuid: Uuid("u".into()),
        id: id("/p"),
        name: "Café".into(),
        kind: ConnectionKind::Wifi,
        interface: None,
        ssid: Some(Ssid::from("Café")),
        security: Some(Security::Wpa),
        hidden: false,
        hotspot: false,
        autoconnect: true,
        priority: 0,
        metered: crate::net::snapshot::Metered::Automatic,
        apn: None,
        home_only: false,
        last_used_s: 0,
        saved: true,
    }
}

pub(super) fn join(security: Security) -> Command {
    Command::Join(Join {
        ssid: Ssid::from("Café"),
        security,
        hidden: false,
        device: Some(id("/d")),
        access_point: None,
        credentials: if security.wants_password() {
            Credentials::Password(Secret::new("canary-typed"))
        } else {
            Credentials::None
        },
    })
}

pub(super) fn started(keep: Keep) -> Started {
    Started {
        connection: id("/a"),
        profile: id("/p"),
        uuid: Uuid("u".into()),
        device: Some(id("/d")),
        keep,
    }
}

pub(super) fn active(state: ActiveState) -> ActiveConnection {
    ActiveConnection {
        id: id("/a"),
        uuid: Uuid("u".into()),
        profile: Some(id("/p")),
        name: "Café".into(),
        kind: ConnectionKind::Wifi,
        state,
        devices: vec![id("/d")],
        vpn: false,
        vpn_state: 0,
        default4: false,
        default6: false,
        access_point: None,
        addresses: crate::net::snapshot::Addresses::default(),
    }
}

/// What was done and what is shown at the end.
pub(super) struct Told {
    pub(super) attempts: Attempts,
    pub(super) snapshot: Snapshot,
    pub(super) todo: Vec<FollowUp>,
}

impl Told {
    pub(super) fn new(command: &Command, keep: Keep, snapshot: Snapshot) -> Self {
        let mut attempts = Attempts::default();
        let wish = attempts.wish(command, &snapshot, at(0));
        assert_eq!(wish.attempt, Some(1));
        let todo = attempts.started(1, started(keep), &snapshot, at(0));
        Self {
            attempts,
            snapshot,
            todo,
        }
    }

    pub(super) fn joining(security: Security) -> Self {
        Self::new(&join(security), Keep::IfItWorks, air(security))
    }

    pub(super) fn activating(security: Security) -> Self {
        let mut snapshot = air(security);
        snapshot.profiles = vec![Profile {
            security: Some(security),
            ..profile()
        }];
        let command = Command::Activate {
            profile: Uuid("u".into()),
            device: None,
            access_point: None,
        };
        Self::new(&command, Keep::AsItIs, snapshot)
    }

    pub(super) fn event(&mut self, seconds: i64, event: Event<'_>) -> &mut Self {
        self.todo
            .extend(self.attempts.on(event, &self.snapshot, at(seconds)));
        self
    }

    pub(super) fn device(&mut self, seconds: i64, old: u32, new: u32, reason: u32) -> &mut Self {
        self.event(
            seconds,
            Event::Device {
                device: &id("/d"),
                new,
                old,
                reason,
            },
        )
    }

    pub(super) fn active(&mut self, seconds: i64, state: u32, reason: u32) -> &mut Self {
        let connection = &id("/a");
        self.event(
            seconds,
            Event::Active {
                connection,
                state,
                reason,
            },
        )
    }

    /// Prepare, then Config: on its way.
    pub(super) fn associating(&mut self) -> &mut Self {
        self.device(0, 30, 40, 0).device(0, 40, 50, 0)
    }

    pub(super) fn tick(&mut self, seconds: i64) -> &mut Self {
        self.todo
            .extend(self.attempts.tick(&self.snapshot, at(seconds)));
        self
    }

    pub(super) fn stage(&self) -> Stage {
        self.attempts.list().last().unwrap().stage.clone()
    }

    pub(super) fn problem(&self) -> (Why, String) {
        match self.stage() {
            Stage::Failed(problem) => (problem.why, problem.sentence),
            other => panic!("{other:?}"),
        }
    }
}

pub(super) fn nothing_left() -> Vec<FollowUp> {
    vec![FollowUp::Stop(id("/a")), FollowUp::Remove(id("/p"))]
}
