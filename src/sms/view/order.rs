//! Which rows the list has: all conversations, or what a search found.

use std::collections::HashMap;
use std::sync::Arc;

use crate::say;
use crate::sms::message::{Conversation, ConversationId, Message};
use crate::sms::snapshot::Search;

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Words between groups of rows.
    Title(String),
    /// An index into the conversations.
    Conversation(usize),
    /// An index into the hits.
    Hit(usize),
}

/// Height of a row, in points.
pub const ROW: f32 = 56.0;
/// Height of a title, in points.
pub const TITLE: f32 = 28.0;

impl Item {
    fn height(&self) -> f32 {
        if matches!(self, Self::Title(_)) {
            TITLE
        } else {
            ROW
        }
    }
}

/// The rows with their places; made anew only when what they come from changes.
#[derive(Default)]
pub struct Rows {
    /// What the rows show.
    pub items: Vec<Item>,
    tops: Vec<f32>,
    height: f32,
    conversations: Option<Arc<Vec<Conversation>>>,
    hits: Option<Arc<Vec<Message>>>,
    query: String,
}

impl Rows {
    /// Brings the rows up to date. While `hold` is set (the pointer is on the list), rows keep
    /// their order, so that the pointer never finds another one under it.
    pub fn update(
        &mut self,
        conversations: &Arc<Vec<Conversation>>,
        search: Option<&Search>,
        query: &str,
        hold: bool,
    ) -> bool {
        let hits = search
            .filter(|search| search.query == query)
            .map(|search| &search.hits);
        let same = |a: Option<&Arc<Vec<Message>>>, b: Option<&Arc<Vec<Message>>>| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        let known = self
            .conversations
            .as_ref()
            .is_some_and(|old| Arc::ptr_eq(old, conversations));
        if known && same(self.hits.as_ref(), hits) && self.query == query {
            return false;
        }
        let held = hold && self.query == query && query.is_empty();
        self.items = match (&self.conversations, held) {
            (Some(old), true) => kept(&self.items, old, conversations),
            _ if query.is_empty() => (0..conversations.len()).map(Item::Conversation).collect(),
            _ => found(conversations, search.filter(|s| s.query == query), query),
        };
        self.conversations = Some(Arc::clone(conversations));
        self.hits = hits.map(Arc::clone);
        query.clone_into(&mut self.query);
        self.place();
        true
    }

    fn place(&mut self) {
        let mut top = 0.0;
        self.tops.clear();
        for item in &self.items {
            self.tops.push(top);
            top += item.height();
        }
        self.height = top;
    }

    /// Whether the rows stand in another order than the conversations do.
    pub fn is_held(&self) -> bool {
        self.query.is_empty()
            && self
                .items
                .iter()
                .enumerate()
                .any(|(n, item)| *item != Item::Conversation(n))
    }

    /// Forgets the order, so that the next update sorts anew.
    pub fn release(&mut self) {
        self.conversations = None;
    }

    /// Height of all rows, in points.
    pub fn height(&self) -> f32 {
        self.height
    }

    /// Top and bottom of a row.
    pub fn span(&self, row: usize) -> (f32, f32) {
        let top = self.tops.get(row).copied().unwrap_or(self.height);
        (top, self.tops.get(row + 1).copied().unwrap_or(self.height))
    }

    /// The rows that touch the span from `top` to `bottom`.
    pub fn visible(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        let first = self.tops.partition_point(|&t| t <= top).saturating_sub(1);
        let end = self.tops.partition_point(|&t| t < bottom);
        first..end.max(first)
    }

    /// The next row from `row` on, in steps of `step`, that can be chosen.
    pub fn choose(&self, row: usize, step: isize) -> Option<usize> {
        let mut at = row;
        loop {
            match self.items.get(at)? {
                Item::Title(_) if step == 0 => return None,
                Item::Title(_) => at = at.checked_add_signed(step)?,
                _ => return Some(at),
            }
        }
    }
}

/// The old order with new content; conversations that came since stand at the end.
fn kept(items: &[Item], old: &[Conversation], new: &[Conversation]) -> Vec<Item> {
    let mut places: HashMap<ConversationId, usize> = new
        .iter()
        .enumerate()
        .map(|(index, c)| (c.id, index))
        .collect();
    let mut kept: Vec<Item> = items
        .iter()
        .filter_map(|item| match item {
            Item::Conversation(index) => places.remove(&old.get(*index)?.id),
            _ => None,
        })
        .map(Item::Conversation)
        .collect();
    let mut rest: Vec<usize> = places.into_values().collect();
    rest.sort_unstable();
    kept.extend(rest.into_iter().map(Item::Conversation));
    kept
}

/// Conversations whose name or number has the query in it, then the messages that were found.
fn found(conversations: &[Conversation], search: Option<&Search>, query: &str) -> Vec<Item> {
    let query = query.to_lowercase();
    let mut items: Vec<Item> = conversations
        .iter()
        .enumerate()
        .filter(|(_, c)| {
            c.address.to_lowercase().contains(&query)
                || c.name
                    .as_ref()
                    .is_some_and(|name| name.to_lowercase().contains(&query))
        })
        .take(50)
        .map(|(index, _)| Item::Conversation(index))
        .collect();
    if !items.is_empty() {
        items.insert(0, Item::Title(say!("sms-conversations")));
    }
    if let Some(search) = search.filter(|search| !search.hits.is_empty()) {
        let shown = search.hits.len();
        let words = if search.total as usize > shown {
            say!("sms-found-newest", shown = shown, total = search.total)
        } else {
            say!("sms-found", total = search.total)
        };
        items.push(Item::Title(words));
        items.extend((0..shown).map(Item::Hit));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(id: i64, address: &str) -> Conversation {
        Conversation {
            id: ConversationId(id),
            address: address.to_owned(),
            name: None,
            preview: String::new(),
            last: None,
            time: jiff::Timestamp::UNIX_EPOCH,
            unread: 0,
            total: 1,
            draft: None,
        }
    }

    #[test]
    fn rows_keep_their_order_while_the_pointer_is_on_them() {
        let before = Arc::new(vec![conversation(1, "a"), conversation(2, "b")]);
        let after = Arc::new(vec![
            conversation(3, "c"),
            conversation(2, "b"),
            conversation(1, "a"),
        ]);
        let mut rows = Rows::default();
        rows.update(&before, None, "", false);
        rows.update(&after, None, "", true);
        let order = |rows: &Rows| {
            let id = |item: &Item| match item {
                Item::Conversation(index) => after[*index].id.0,
                _ => 0,
            };
            rows.items.iter().map(id).collect::<Vec<_>>()
        };
        assert_eq!(order(&rows), [1, 2, 3]);
        assert!(rows.is_held());
        rows.release();
        rows.update(&after, None, "", false);
        assert_eq!(order(&rows), [3, 2, 1]);
    }

    #[test]
    fn a_query_finds_numbers_before_messages_come() {
        let all = Arc::new(vec![
            conversation(1, "+491701"),
            conversation(2, "Vodafone"),
        ]);
        let mut rows = Rows::default();
        rows.update(&all, None, "vOda", false);
        assert_eq!(
            rows.items,
            [Item::Title("Conversations".into()), Item::Conversation(1)]
        );
        assert_eq!(rows.choose(0, 1), Some(1));
        assert_eq!(rows.choose(0, -1), None);
        assert_eq!(rows.visible(0.0, 30.0), 0..2);
        assert!((rows.height() - (ROW + TITLE)).abs() < 0.1);
    }
}
