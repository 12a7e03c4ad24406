//! The icons of the status lines.

/// An icon, by what it says.
///
/// The code points are those that Font Awesome 4.7 (Debian's `fonts-font-awesome`) and 6 share;
/// only [`Icon::Bars`] is made of ordinary characters, that every font has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Messages wait to be read (`envelope`).
    Envelope,
    /// Everything is read (`envelope-open`).
    EnvelopeOpen,
    /// Something is wrong (`exclamation-triangle`).
    Warning,
    /// A PIN or PUK is wanted (`lock`).
    Lock,
    /// The mobile network (`signal`).
    Signal,
    /// The device is not there (`plug`).
    Plug,
    /// Wi-Fi (`wifi`).
    Wifi,
    /// A cable, or an interface that works like one (`sitemap`).
    Ethernet,
    /// A phone's network over Bluetooth (`bluetooth-b`).
    Bluetooth,
    /// A VPN (`shield`).
    Vpn,
    /// This machine is an access point itself (`rss`).
    Hotspot,
    /// No network (`unlink`).
    Offline,
    /// All radios are off (`plane`).
    Airplane,
    /// A radio is off (`ban`).
    RadioOff,
    /// Networking sleeps (`moon`).
    Asleep,
    /// How strong a signal is, in [`Icon::STEPS`] steps and none: `0..=4`, as on a phone.
    Bars(u8),
    /// A position with altitude (`map-marker`).
    Fix3d,
    /// A position without altitude (`map-pin`).
    Fix2d,
    /// A position is being looked for (`crosshairs`).
    Searching,
    /// A position that is no longer of now (`clock`).
    Stale,
    /// A gamepad (`gamepad`).
    Gamepad,
    /// How full a battery is, from empty 0 to full 4 (`battery-empty` to `battery-full`).
    Battery(u8),
    /// A battery is being filled (`bolt`).
    Charging,
    /// A camera's remote timer (`camera`).
    Camera,
    /// It waits to be resumed (`pause`).
    Paused,
    /// The shutter is open (`circle`).
    Exposing,
}

impl Icon {
    /// How many steps [`Icon::Bars`] has above none.
    pub const STEPS: u8 = 4;

    /// The bars of a signal of 0..=100 %, in the steps that nm-applet has.
    #[must_use]
    pub fn bars(percent: u8) -> Self {
        Self::Bars(match percent {
            0..=5 => 0,
            6..=30 => 1,
            31..=55 => 2,
            56..=80 => 3,
            81.. => 4,
        })
    }

    /// The battery at 0..=100 %, in five steps.
    #[must_use]
    pub fn battery(percent: u8) -> Self {
        Self::Battery(match percent {
            0..=10 => 0,
            11..=35 => 1,
            36..=60 => 2,
            61..=85 => 3,
            86.. => 4,
        })
    }

    /// The character in Font Awesome, or the ordinary one.
    #[must_use]
    pub fn code_point(self) -> char {
        match self {
            Self::Envelope => '\u{f0e0}',
            Self::EnvelopeOpen => '\u{f2b6}',
            Self::Warning => '\u{f071}',
            Self::Lock => '\u{f023}',
            Self::Signal => '\u{f012}',
            Self::Plug => '\u{f1e6}',
            Self::Wifi => '\u{f1eb}',
            Self::Ethernet => '\u{f0e8}',
            Self::Bluetooth => '\u{f294}',
            Self::Vpn => '\u{f132}',
            Self::Hotspot => '\u{f09e}',
            Self::Offline => '\u{f127}',
            Self::Airplane => '\u{f072}',
            Self::RadioOff => '\u{f05e}',
            Self::Asleep => '\u{f186}',
            Self::Bars(0) => '▁',
            Self::Bars(1) => '▂',
            Self::Bars(2) => '▄',
            Self::Bars(3) => '▆',
            Self::Bars(4..) => '█',
            Self::Fix3d => '\u{f041}',
            Self::Fix2d => '\u{f276}',
            Self::Searching => '\u{f05b}',
            Self::Stale => '\u{f017}',
            Self::Gamepad => '\u{f11b}',
            Self::Battery(0) => '\u{f244}',
            Self::Battery(1) => '\u{f243}',
            Self::Battery(2) => '\u{f242}',
            Self::Battery(3) => '\u{f241}',
            Self::Battery(4..) => '\u{f240}',
            Self::Charging => '\u{f0e7}',
            Self::Camera => '\u{f030}',
            Self::Paused => '\u{f04c}',
            Self::Exposing => '\u{f111}',
        }
    }

    /// Whether the character is one of the icon font's.
    #[must_use]
    pub fn is_in_icon_font(self) -> bool {
        !matches!(self, Self::Bars(_))
    }

    /// The word for it where there is no icon font: short ASCII without any bar's markup.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Envelope | Self::EnvelopeOpen => "SMS",
            Self::Warning => "!",
            Self::Lock => "LOCK",
            Self::Signal => "SIG",
            Self::Plug => "OFF",
            Self::Wifi => "WIFI",
            Self::Ethernet => "LAN",
            Self::Bluetooth => "BT",
            Self::Vpn => "VPN",
            Self::Hotspot => "AP",
            Self::Offline | Self::Airplane | Self::RadioOff | Self::Asleep => "NET",
            Self::Bars(0) => "0/4",
            Self::Bars(1) => "1/4",
            Self::Bars(2) => "2/4",
            Self::Bars(3) => "3/4",
            Self::Bars(4..) => "4/4",
            Self::Fix3d => "3D",
            Self::Fix2d => "2D",
            Self::Searching => "GPS",
            Self::Stale => "OLD",
            Self::Gamepad => "PAD",
            Self::Battery(_) => "BAT",
            Self::Charging => "+",
            Self::Camera => "CAM",
            Self::Paused => "PAUSE",
            Self::Exposing => "EXP",
        }
    }
}
