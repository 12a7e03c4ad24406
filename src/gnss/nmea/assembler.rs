//! From sentences to fixes: what belongs to one epoch is put together.
//!
//! The sentences of an epoch carry the same time; the next time starts the next epoch. To wait
//! for it would make every fix a second old, so the assembler learns which sentence is the last
//! of an epoch, and ends it there. Until then a pause of the stream ends it
//! ([`Assembler::flush`]).

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::super::fix::{Dop, ErrorEstimate, Fix, Mode, Quality};
use super::super::report::Report;
use super::satellites::Satellites;
use super::{Gga, Gll, Gns, Gst, Rmc, Sentence, TimeOfDay, Vtg};

/// Which sentence of an epoch: its formatter, and the how manieth of them.
type Key = (usize, u8);

/// Formatters that mark the end of an epoch; GSV comes when it likes.
const KINDS: usize = 8;

/// A day.
const DAY_MS: u32 = 86_400_000;

/// Mode and DOPs of a GSA count for so many epochs without another.
const GSA_EPOCHS: u64 = 10;

/// Puts sentences together.
#[derive(Debug, Default)]
pub struct Assembler {
    epoch: Epoch,
    number: u64,
    satellites: Satellites,
    learner: Learner,
    /// The last date, and the time of day with it.
    date: Option<(Date, TimeOfDay)>,
    gsa: Option<(u64, Option<u32>, Dop)>,
    /// Altitude and time of the epoch before.
    before: Option<(f64, TimeOfDay)>,
}

/// What has been said of one epoch.
#[derive(Debug, Clone, Copy, Default)]
struct Epoch {
    time: Option<TimeOfDay>,
    date: Option<Date>,
    gga: Option<Gga>,
    gns: Option<Gns>,
    rmc: Option<Rmc>,
    gll: Option<Gll>,
    vtg: Option<Vtg>,
    gst: Option<Gst>,
    seen: [u8; KINDS],
    last: Option<Key>,
    /// It was told, and nothing with a time has come since.
    told: bool,
    /// Something came since it was told.
    news: bool,
}

/// Learns the last sentence of an epoch.
#[derive(Debug, Clone, Copy, Default)]
struct Learner {
    last: Option<Key>,
    candidate: Option<Key>,
    /// A pause says more than the next time does: the next epoch may begin with a GSA.
    by_pause: bool,
}

impl Learner {
    fn ended_with(&mut self, key: Option<Key>, by_pause: bool) {
        if self.by_pause && !by_pause {
            return;
        }
        self.by_pause |= by_pause;
        if self.candidate == key {
            self.last = key;
        }
        self.candidate = key;
    }
}

impl Assembler {
    /// Takes a sentence; a whole epoch is given to `emit`.
    pub fn take(&mut self, sentence: &Sentence, emit: &mut dyn FnMut(Report)) {
        let time = match sentence {
            Sentence::Gga(gga) => Some(gga.time),
            Sentence::Rmc(rmc) => Some(rmc.time),
            Sentence::Gll(gll) => Some(gll.time),
            Sentence::Zda(zda) => Some(zda.time),
            Sentence::Gst(gst) => Some(gst.time),
            Sentence::Gns(gns) => Some(gns.time),
            Sentence::Gsa(_) | Sentence::Gsv(_) | Sentence::Vtg(_) => None,
        };
        let kind = kind(sentence);
        if let Some(time) = time {
            let again = kind
                .and_then(|kind| self.epoch.seen.get(kind))
                .is_some_and(|count| *count > 0);
            let other = match (time, self.epoch.time) {
                (Some(time), Some(of_epoch)) => time != of_epoch,
                _ => again,
            };
            if other {
                self.end(emit);
            }
            self.epoch.time = self.epoch.time.or(time);
            self.epoch.told = false;
        }
        self.adopt(sentence);
        let Some(kind) = kind else {
            return;
        };
        self.epoch.news = true;
        if let Some(count) = self.epoch.seen.get_mut(kind) {
            *count = count.saturating_add(1);
            self.epoch.last = Some((kind, *count));
        }
        if self.epoch.last == self.learner.last {
            self.tell(emit);
        }
    }

    /// The stream pauses: what is there is all that comes for this epoch.
    pub fn flush(&mut self, emit: &mut dyn FnMut(Report)) {
        if self.epoch.last.is_some() {
            self.learner.ended_with(self.epoch.last, true);
        }
        if self.epoch.news {
            self.tell(emit);
        } else if let Some(sky) = self.satellites.take_changed(self.number, self.epoch.time) {
            emit(Report {
                fix: None,
                sky: Some(sky),
            });
        }
    }

    fn adopt(&mut self, sentence: &Sentence) {
        match sentence {
            Sentence::Gga(gga) => self.epoch.gga = Some(*gga),
            Sentence::Gns(gns) => self.epoch.gns = Some(*gns),
            Sentence::Gll(gll) => self.epoch.gll = Some(*gll),
            Sentence::Vtg(vtg) => self.epoch.vtg = Some(*vtg),
            Sentence::Gst(gst) => self.epoch.gst = Some(*gst),
            Sentence::Rmc(rmc) => {
                self.epoch.rmc = Some(*rmc);
                self.epoch.date = rmc.date.or(self.epoch.date);
            }
            // It has all digits of the year.
            Sentence::Zda(zda) => self.epoch.date = zda.date.or(self.epoch.date),
            Sentence::Gsa(gsa) => {
                self.satellites.gsa(gsa, self.number);
                let mode = match self.gsa {
                    // Each constellation has its own; one that is not used says "no fix".
                    Some((epoch, mode, _)) if epoch == self.number => mode.max(gsa.mode),
                    _ => gsa.mode,
                };
                self.gsa = Some((self.number, mode, gsa.dop));
            }
            Sentence::Gsv(gsv) => self.satellites.gsv(gsv, self.number, self.epoch.time),
        }
    }

    fn end(&mut self, emit: &mut dyn FnMut(Report)) {
        if self.epoch.last.is_none() {
            return;
        }
        self.learner.ended_with(self.epoch.last, false);
        if self.epoch.news && !self.epoch.told {
            self.tell(emit);
        }
        let altitude = self.epoch.altitude();
        self.before = altitude.map(|(msl, _)| msl).zip(self.epoch.time);
        self.epoch = Epoch::default();
        self.number += 1;
    }

    fn tell(&mut self, emit: &mut dyn FnMut(Report)) {
        self.epoch.told = true;
        self.epoch.news = false;
        let report = Report {
            fix: Some(self.fix()),
            sky: self.satellites.take_changed(self.number, self.epoch.time),
        };
        emit(report);
    }

    fn fix(&mut self) -> Fix {
        let epoch = self.epoch;
        let time = self.time();
        let of_gsa = self
            .gsa
            .filter(|(then, _, _)| self.number - then <= GSA_EPOCHS);
        let position = epoch.position();
        let quality = epoch.quality();
        if position.is_none() {
            return Fix {
                time,
                quality,
                ..Fix::default()
            };
        }
        let altitude = epoch.altitude();
        let mode = match of_gsa.and_then(|(_, mode, _)| mode) {
            Some(2) => Mode::TwoD,
            Some(3) => Mode::ThreeD,
            _ if altitude.is_some() => Mode::ThreeD,
            _ => Mode::TwoD,
        };
        let hdop = epoch
            .gga
            .and_then(|gga| gga.hdop)
            .or(epoch.gns.and_then(|gns| gns.hdop))
            .filter(|hdop| *hdop > 0.0 && *hdop < 99.0);
        let dop = of_gsa.map(|(_, _, dop)| dop).unwrap_or_default().or(Dop {
            hdop,
            ..Dop::default()
        });
        let msl = altitude.map(|(msl, _)| msl);
        let climb_mps = self
            .before
            .zip(msl.zip(epoch.time))
            .and_then(|(then, now)| {
                // Over midnight too.
                let millis = (now.1.0 + DAY_MS).saturating_sub(then.1.0) % DAY_MS;
                let seconds = f64::from(millis) / 1000.0;
                // A gap says nothing about now.
                (seconds > 0.0 && seconds <= 5.0).then(|| (now.0 - then.0) / seconds)
            });
        Fix {
            mode,
            position,
            time,
            altitude_msl_m: msl,
            altitude_ellipsoid_m: altitude.and_then(|(msl, geoid)| geoid.map(|geoid| msl + geoid)),
            speed_mps: epoch
                .rmc
                .and_then(|rmc| rmc.speed_mps)
                .or(epoch.vtg.and_then(|vtg| vtg.speed_mps)),
            track_deg: epoch
                .rmc
                .and_then(|rmc| rmc.track_deg)
                .or(epoch.vtg.and_then(|vtg| vtg.track_deg)),
            climb_mps: climb_mps.filter(|_| mode == Mode::ThreeD),
            dop,
            error: epoch.error(dop, mode, quality),
            quality,
            used: epoch
                .gga
                .and_then(|gga| gga.used)
                .or(epoch.gns.and_then(|gns| gns.used)),
        }
    }

    /// UTC: the time of day with its date, or with the date that was told last.
    fn time(&mut self) -> Option<Timestamp> {
        let time = self.epoch.time?;
        let date = match (self.epoch.date, self.date) {
            (Some(date), _) => date,
            // Half a day back is midnight passed.
            (None, Some((date, then))) if then.0 > time.0 + 43_200_000 => {
                date.checked_add(1.day()).ok()?
            }
            (None, Some((date, _))) => date,
            (None, None) => return None,
        };
        self.date = Some((date, time));
        time.on(date)
    }
}

impl Epoch {
    /// The position, unless one of the sentences says that there is none.
    fn position(&self) -> Option<super::super::fix::Position> {
        let denied = self.gga.is_some_and(|gga| gga.quality.is_none())
            || self.rmc.is_some_and(|rmc| !rmc.valid)
            || (self.gns.is_some_and(|gns| gns.quality.is_none()) && self.gga.is_none());
        if denied {
            return None;
        }
        self.gns
            .and_then(|gns| gns.position)
            .or(self.gga.and_then(|gga| gga.position))
            .or(self.rmc.and_then(|rmc| rmc.position))
            .or(self
                .gll
                .filter(|gll| gll.valid)
                .and_then(|gll| gll.position))
    }

    /// Above mean sea level, and the geoid's height where it is told.
    fn altitude(&self) -> Option<(f64, Option<f64>)> {
        let gga = self
            .gga
            .and_then(|gga| Some((gga.altitude_msl_m?, gga.geoid_m)));
        gga.or(self
            .gns
            .and_then(|gns| Some((gns.altitude_msl_m?, gns.geoid_m))))
    }

    fn quality(&self) -> Quality {
        let all = [
            self.gga.and_then(|gga| gga.quality),
            self.gns.and_then(|gns| gns.quality),
            self.rmc.and_then(|rmc| rmc.quality),
        ];
        let told = all.into_iter().flatten();
        told.reduce(|first, other| {
            if first == Quality::Unknown {
                other
            } else {
                first
            }
        })
        .unwrap_or_default()
    }

    /// GST's, else the geometry times the range errors (95 %) that gpsd assumes for it.
    fn error(&self, dop: Dop, mode: Mode, quality: Quality) -> ErrorEstimate {
        if let Some(gst) = self.gst {
            let horizontal_m = gst.lat_m.zip(gst.lon_m).map(|(lat, lon)| lat.hypot(lon));
            if horizontal_m.is_some() {
                return ErrorEstimate {
                    horizontal_m,
                    vertical_m: gst.alt_m,
                    ellipse: gst.ellipse,
                    // Of an ellipse of one standard deviation: 1 - exp(-1/2).
                    confidence_percent: gst.ellipse.map(|_| 39.35),
                    ..ErrorEstimate::default()
                };
            }
        }
        let (horizontal, vertical) = match quality {
            Quality::Differential | Quality::FloatRtk | Quality::FixedRtk => (4.75, 5.75),
            _ => (19.0, 23.0),
        };
        let horizontal_m = dop.hdop.map(|hdop| hdop * horizontal);
        ErrorEstimate {
            horizontal_m,
            vertical_m: dop
                .vdop
                .filter(|_| mode == Mode::ThreeD)
                .map(|vdop| vdop * vertical),
            confidence_percent: horizontal_m.map(|_| 95.0),
            ..ErrorEstimate::default()
        }
    }
}

/// Which of the formatters that can end an epoch it is.
fn kind(sentence: &Sentence) -> Option<usize> {
    Some(match sentence {
        Sentence::Gga(_) => 0,
        Sentence::Rmc(_) => 1,
        Sentence::Gsa(_) => 2,
        Sentence::Vtg(_) => 3,
        Sentence::Gll(_) => 4,
        Sentence::Zda(_) => 5,
        Sentence::Gst(_) => 6,
        Sentence::Gns(_) => 7,
        Sentence::Gsv(_) => return None,
    })
}
