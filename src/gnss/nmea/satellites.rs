//! The satellites of an NMEA stream: gathered from GSV cycles, marked by GSA.
//!
//! Each talker and each signal has a cycle of its own. A cycle replaces the one before it when
//! it is whole; a satellite that is heard on several signals is one satellite, with its best.

use super::super::fix::Dop;
use super::super::satellite::{Constellation, Id, Satellite, Sky};
use super::{Gsa, Gsv, InView, TimeOfDay, numbering};

/// A cycle that has not come again for so many epochs is of a constellation that is off.
const OLD_EPOCHS: u64 = 100;
/// The same by the receiver's clock, in milliseconds.
const OLD_MS: u32 = 15_000;

/// What is known of the sky.
#[derive(Debug, Default)]
pub(super) struct Satellites {
    groups: Vec<Group>,
    used: Used,
    /// Of the epoch being gathered; taken over when the first GSA of the next one comes.
    gathering: Used,
    gathered_in: Option<u64>,
    dop: Dop,
    changed: bool,
}

/// The cycles of one talker and one signal.
#[derive(Debug)]
struct Group {
    talker: Option<Constellation>,
    signal: Option<u8>,
    /// The number of the sentence that must come next.
    next: u32,
    building: Vec<InView>,
    whole: Vec<InView>,
    epoch: u64,
    time: Option<TimeOfDay>,
}

/// A set of satellites, a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Used {
    masks: [u64; Constellation::ALL.len()],
    told: bool,
    sentences: u32,
}

impl Used {
    fn place(id: Id) -> Option<(usize, u32)> {
        let system = Constellation::ALL
            .iter()
            .position(|c| *c == id.constellation)?;
        let number = match id.constellation {
            Constellation::Sbas => id.prn.checked_sub(120)?,
            _ => id.prn,
        };
        (number < 64).then_some((system, u32::from(number)))
    }

    fn add(&mut self, id: Id) {
        if let Some((system, bit)) = Self::place(id)
            && let Some(mask) = self.masks.get_mut(system)
        {
            *mask |= 1 << bit;
        }
    }

    fn has(&self, id: Id) -> bool {
        let place = Self::place(id);
        place.is_some_and(|(system, bit)| {
            self.masks
                .get(system)
                .is_some_and(|mask| mask >> bit & 1 == 1)
        })
    }

    fn any_of(&self, constellation: Constellation) -> bool {
        let system = Constellation::ALL.iter().position(|c| *c == constellation);
        system.is_some_and(|at| self.masks.get(at).is_some_and(|mask| *mask != 0))
    }
}

impl Satellites {
    /// Takes a part of a cycle.
    pub(super) fn gsv(&mut self, gsv: &Gsv, epoch: u64, time: Option<TimeOfDay>) {
        let known = self
            .groups
            .iter()
            .position(|group| group.talker == gsv.constellation && group.signal == gsv.signal);
        let at = known.unwrap_or_else(|| {
            self.groups.push(Group {
                talker: gsv.constellation,
                signal: gsv.signal,
                next: 1,
                building: Vec::new(),
                whole: Vec::new(),
                epoch,
                time,
            });
            self.groups.len() - 1
        });
        let Some(group) = self.groups.get_mut(at) else {
            return;
        };
        if gsv.number == 1 {
            group.building.clear();
        } else if gsv.number != group.next {
            // One was lost: the rest of this cycle is of no use.
            group.next = 0;
            return;
        }
        group.building.extend(gsv.satellites.iter().flatten());
        group.next = gsv.number + 1;
        if gsv.number == gsv.total {
            std::mem::swap(&mut group.whole, &mut group.building);
            group.next = 1;
            group.epoch = epoch;
            group.time = time;
            self.changed = true;
        }
    }

    /// Takes what the fix was made with.
    pub(super) fn gsa(&mut self, gsa: &Gsa, epoch: u64) {
        if self.gathered_in != Some(epoch) {
            self.gathered_in = Some(epoch);
            self.gathering = Used::default();
        }
        let constellation = gsa.constellation.or_else(|| self.whose(gsa));
        for number in gsa.satellites {
            if let Some(id) = numbering::id(constellation, number) {
                self.gathering.add(id);
            }
        }
        self.gathering.told = true;
        self.gathering.sentences += 1;
        self.changed |= self.dop != gsa.dop;
        self.dop = gsa.dop;
    }

    /// Whose satellites a GSA of talker GN without a system id means. Receivers tell one
    /// constellation after the other, GPS first: of those not told yet in this epoch it is the
    /// one of whose satellites in view most have these numbers.
    fn whose(&self, gsa: &Gsa) -> Option<Constellation> {
        let numbers = || gsa.satellites.iter().filter(|n| **n != 0);
        if numbers().any(|number| !numbering::is_ambiguous(*number)) {
            return None;
        }
        if self.gathering.sentences == 0 {
            return Some(Constellation::Gps);
        }
        let count = |constellation| {
            let seen = |number: &u16| {
                numbering::id(Some(constellation), *number).is_some_and(|id| {
                    let mut whole = self.groups.iter().flat_map(|group| &group.whole);
                    whole.any(|satellite| satellite.id == id)
                })
            };
            numbers().filter(|number| seen(number)).count()
        };
        use Constellation as C;
        [C::Gps, C::Glonass, C::Galileo, C::BeiDou, C::Qzss, C::NavIc]
            .into_iter()
            .filter(|constellation| !self.gathering.any_of(*constellation))
            .map(|constellation| (count(constellation), constellation))
            .rev()
            .max_by_key(|(count, _)| *count)
            .map(|(_, constellation)| constellation)
    }

    /// The sky, when it is another than before and no cycle is half told.
    pub(super) fn take_changed(&mut self, epoch: u64, time: Option<TimeOfDay>) -> Option<Sky> {
        if self.used != self.gathering {
            self.used = self.gathering;
            self.changed = true;
        }
        if !self.changed || self.groups.iter().any(|group| group.next > 1) {
            return None;
        }
        self.changed = false;
        self.groups.retain(|group| !group.is_old(epoch, time));
        let all = self.groups.iter().flat_map(|group| &group.whole);
        let satellites = all.map(|seen| Satellite {
            id: seen.id,
            elevation_deg: seen.elevation_deg.map(f64::from),
            azimuth_deg: seen.azimuth_deg.map(f64::from),
            cn0_dbhz: seen.cn0_dbhz.map(f64::from),
            used: self.used.told.then(|| self.used.has(seen.id)),
        });
        Some(Sky::new(satellites.collect(), self.dop))
    }
}

impl Group {
    fn is_old(&self, epoch: u64, time: Option<TimeOfDay>) -> bool {
        let by_clock = self.time.zip(time).is_some_and(|(then, now)| {
            // Over midnight the difference is as good as a day, which only costs a cycle.
            now.0.abs_diff(then.0) > OLD_MS
        });
        by_clock || epoch.saturating_sub(self.epoch) > OLD_EPOCHS
    }
}
