//! Which rows the list shows, and in which order: one that does not change under the pointer.
//!
//! The order in which rows belong changes with every scan. What is on the screen does not: as
//! long as the person is at the list, rows that are gone stay as marked places, and new ones go
//! where they move nothing that can be seen. Afterwards the list settles.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::model::{Entry, Model, RowKey, Section};

/// Height of a row, in points.
pub const ROW: f32 = 32.0;
/// Height of a title, in points.
pub const TITLE: f32 = 26.0;
/// So many networks that are not saved are shown before the rest is folded away.
const STRONGEST: usize = 20;

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Words over a section.
    Title(Section),
    /// A row.
    Row(RowKey),
    /// Folded away: so many weaker networks in range.
    Weaker(usize),
    /// Folded away: so many saved networks out of range.
    Away(usize),
}

impl Item {
    fn height(&self) -> f32 {
        if matches!(self, Self::Title(_)) {
            TITLE
        } else {
            ROW
        }
    }
}

/// How free the list is to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Nobody is looking for a row: it takes the order in which rows belong.
    Free,
    /// The pointer rests on it: it settles if nothing under pointer or selection moves.
    Resting,
    /// Somebody is choosing: nothing moves.
    Firm,
}

/// What must not move: the rows under the pointer and the keyboard, and what is in sight.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    /// These rows.
    pub keys: Vec<RowKey>,
    /// The end of what can be seen, in points from the top of the list.
    pub bottom: f32,
}

/// The lines with their places.
#[derive(Default)]
pub struct Rows {
    /// What is shown.
    pub items: Vec<Item>,
    tops: Vec<f32>,
    height: f32,
    /// Rows that are shown although they are gone.
    gone: HashMap<RowKey, Entry>,
    /// Whether another order waits for the person to be elsewhere.
    pub waiting: bool,
}

/// What the person sees of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown<'a> {
    /// Only names with this in them, folded; empty for all.
    pub query: &'a str,
    /// Also the weaker networks.
    pub weaker: bool,
    /// Also those out of range.
    pub away: bool,
}

impl Rows {
    /// Brings the lines up to date, as far as `hold` lets them change.
    pub fn update(&mut self, model: &Model, shown: Shown<'_>, hold: Hold, anchors: &Anchors) {
        let wanted = wanted(model, shown);
        if self.items.is_empty() || hold == Hold::Free {
            self.take(wanted);
            return;
        }
        if hold == Hold::Resting && self.stays(&wanted, anchors) {
            self.take(wanted);
            return;
        }
        let there: HashSet<&RowKey> = self.items.iter().filter_map(key).collect();
        let old: HashSet<RowKey> = there.into_iter().cloned().collect();
        let new = wanted
            .iter()
            .filter(|item| key(item).is_some_and(|k| !old.contains(k)));
        let new: Vec<Item> = new.cloned().collect();
        for item in new {
            self.insert(item, model, anchors);
        }
        self.count_folded(&wanted);
        self.waiting = self.items != wanted;
    }

    /// Lays the lines out anew; `extra` tells how much stands below a row, in points.
    pub fn place(&mut self, extra: impl Fn(&RowKey) -> f32) {
        let mut top = 0.0;
        self.tops.clear();
        for item in &self.items {
            self.tops.push(top);
            top += item.height() + key(item).map_or(0.0, &extra);
        }
        self.height = top;
    }

    /// Remembers what is shown, for rows that go while they must stay in their place.
    pub fn remember(&mut self, before: &Model, now: &Model) {
        for item in &self.items {
            if let Some(key) = key(item)
                && now.entry(key).is_none()
                && let Some(entry) = before.entry(key)
            {
                self.gone.insert(key.clone(), entry.clone());
            }
        }
        self.gone.retain(|key, _| now.entry(key).is_none());
    }

    /// A row that is gone but still shown.
    pub fn gone(&self, key: &RowKey) -> Option<&Entry> {
        self.gone.get(key)
    }

    fn take(&mut self, wanted: Vec<Item>) {
        self.items = wanted;
        self.gone.clear();
        self.waiting = false;
    }

    /// Whether no anchor would move.
    fn stays(&self, wanted: &[Item], anchors: &Anchors) -> bool {
        anchors.keys.iter().all(|anchor| {
            let top = |items: &[Item]| {
                let at = items.iter().position(|item| key(item) == Some(anchor))?;
                Some(items.iter().take(at).map(Item::height).sum::<f32>())
            };
            top(&self.items) == top(wanted)
        })
    }

    /// Puts a new row behind the last one of its section, unless that moves what is seen.
    fn insert(&mut self, item: Item, model: &Model, anchors: &Anchors) {
        let Some(section) = key(&item).and_then(|key| Some(model.entry(key)?.section)) else {
            return;
        };
        // What belongs above the neighbours has its place where something is seen.
        let section = section.max(Section::Wifi);
        let of = |item: &Item| match item {
            Item::Title(section) => *section,
            Item::Row(key) => model
                .entry(key)
                .or(self.gone.get(key))
                .map_or(Section::Current, |entry| entry.section),
            Item::Weaker(_) => Section::Wifi,
            Item::Away(_) => Section::Away,
        };
        let last = self.items.iter().rposition(|item| of(item) <= section);
        let mut at = last.map_or(0, |last| last + 1);
        while at > 0
            && matches!(
                self.items.get(at - 1),
                Some(Item::Weaker(_) | Item::Away(_))
            )
        {
            at -= 1;
        }
        let anchored = self
            .items
            .iter()
            .skip(at)
            .any(|item| key(item).is_some_and(|key| anchors.keys.contains(key)));
        let (top, _) = self.span(at);
        let at_end = at >= self.items.len();
        if at_end || (!anchored && top >= anchors.bottom) {
            self.items.insert(at, item);
            self.place(|_| 0.0);
        }
    }

    /// The numbers in the folds change in place.
    fn count_folded(&mut self, wanted: &[Item]) {
        for item in &mut self.items {
            let new = wanted.iter().find(|new| {
                matches!(
                    (&*item, new),
                    (Item::Away(_), Item::Away(_)) | (Item::Weaker(_), Item::Weaker(_))
                )
            });
            if let Some(new) = new {
                item.clone_from(new);
            }
        }
    }

    /// Height of all lines, in points.
    pub fn height(&self) -> f32 {
        self.height
    }

    /// Top and bottom of a line.
    pub fn span(&self, line: usize) -> (f32, f32) {
        let top = self.tops.get(line).copied().unwrap_or(self.height);
        (top, self.tops.get(line + 1).copied().unwrap_or(self.height))
    }

    /// The lines that touch the span from `top` to `bottom`.
    pub fn visible(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.tops.partition_point(|&t| t <= top).saturating_sub(1);
        let end = self.tops.partition_point(|&t| t < bottom);
        first..end.max(first)
    }

    /// The next line from `line` on, in steps of `step`, that can be chosen.
    pub fn choose(&self, line: usize, step: isize) -> Option<usize> {
        let mut at = line;
        loop {
            match self.items.get(at)? {
                Item::Title(_) if step == 0 => return None,
                Item::Title(_) => at = at.checked_add_signed(step)?,
                _ => return Some(at),
            }
        }
    }
}

/// The row that a line is.
pub fn key(item: &Item) -> Option<&RowKey> {
    match item {
        Item::Row(key) => Some(key),
        _ => None,
    }
}

/// The lines as they belong.
fn wanted(model: &Model, shown: Shown<'_>) -> Vec<Item> {
    let found = |entry: &&Entry| shown.query.is_empty() || entry.folded.contains(shown.query);
    let all: Vec<&Entry> = model.entries.iter().filter(found).collect();
    let titles = shown.query.is_empty()
        && all.iter().any(|entry| {
            !matches!(
                entry.section,
                Section::Current | Section::Known | Section::Wifi | Section::Away
            )
        });
    let folds = shown.query.is_empty();
    let mut items = Vec::with_capacity(all.len() + 6);
    let mut section = Section::Current;
    let (mut strangers, mut weaker, mut away) = (0, 0, 0);
    for entry in &all {
        if entry.section == Section::Wifi {
            strangers += 1;
            if folds && !shown.weaker && strangers > STRONGEST {
                weaker += 1;
                continue;
            }
        } else if weaker > 0 && entry.section > Section::Wifi {
            items.push(Item::Weaker(std::mem::take(&mut weaker)));
        }
        if entry.section == Section::Away && folds && !shown.away {
            away += 1;
            continue;
        }
        if entry.section != section {
            section = entry.section;
            if titles && section.title().is_some() {
                items.push(Item::Title(section));
            }
        }
        items.push(Item::Row(entry.key.clone()));
    }
    if weaker > 0 {
        items.push(Item::Weaker(weaker));
    }
    if away > 0 {
        items.push(Item::Away(away));
    }
    items
}

#[cfg(test)]
#[path = "order/tests.rs"]
mod tests;
