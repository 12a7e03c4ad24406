//! What is to be shown and what is to go: pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sms::message::{ConversationId, Message, MessageId};

/// More new messages than this at once become one summary.
pub const MOST_AT_ONCE: usize = 5;

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// One side's messages.
    Conversation(i64),
    /// A flash message, by itself.
    Flash(i64),
    /// Everything that came while nobody was there.
    Many,
}

/// A notification that is on the screen, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// What it is about.
    pub subject: Subject,
    /// The server's number for it.
    pub id: u32,
    /// The messages it tells of, with their conversations: oldest first.
    pub messages: Vec<(i64, i64)>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Show these messages, in place of the notification `replaces` where there is one.
    Show {
        /// What it is about.
        subject: Subject,
        /// The server's number of the one that is to be replaced.
        replaces: Option<u32>,
        /// What that one told of and is still unread.
        before: Vec<MessageId>,
        /// What is new, oldest first; never empty.
        messages: Vec<Message>,
    },
    /// Take this notification away.
    Close(u32),
}

/// What is to be done, given what is on the screen (`open`), what is new and was never announced
/// (`fresh`), which of the open ones' messages are `unread`, and the conversation that a person
/// looks at in the popup (`shown`).
///
/// - What was read elsewhere, and what is looked at, goes.
/// - A conversation has one notification, which grows; nothing is announced of the one that is
///   looked at.
/// - Many at once are one summary.
/// - A flash message (class 0) is always shown, by itself.
#[must_use]
pub fn plan(
    open: &[Open],
    fresh: Vec<Message>,
    unread: &[MessageId],
    shown: Option<ConversationId>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut left: BTreeMap<Subject, (&Open, Vec<MessageId>)> = BTreeMap::new();
    for open in open {
        let ids = open.messages.iter();
        let wanted = ids.filter(|(_, conversation)| shown != Some(ConversationId(*conversation)));
        let ids = wanted.map(|(id, _)| MessageId(*id));
        let ids: Vec<_> = ids.filter(|id| unread.contains(id)).collect();
        if ids.is_empty() {
            steps.push(Step::Close(open.id));
        } else {
            left.insert(open.subject, (open, ids));
        }
    }
    let mut show = |subject, messages| {
        let (replaces, before) = match left.remove(&subject) {
            Some((open, before)) => (Some(open.id), before),
            None => (None, Vec::new()),
        };
        steps.push(Step::Show {
            subject,
            replaces,
            before,
            messages,
        });
    };
    let (flash, rest): (Vec<_>, Vec<_>) = fresh.into_iter().partition(|m| m.class == Some(0));
    for message in flash {
        show(Subject::Flash(message.id.0), vec![message]);
    }
    let rest: Vec<_> = rest
        .into_iter()
        .filter(|m| shown != Some(m.conversation))
        .collect();
    if rest.len() > MOST_AT_ONCE {
        show(Subject::Many, rest);
        return steps;
    }
    let mut threads: Vec<(ConversationId, Vec<Message>)> = Vec::new();
    for message in rest {
        match threads
            .iter_mut()
            .find(|(id, _)| *id == message.conversation)
        {
            Some((_, messages)) => messages.push(message),
            None => threads.push((message.conversation, vec![message])),
        }
    }
    for (id, messages) in threads {
        show(Subject::Conversation(id.0), messages);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::message::{Direction, State};

    fn message(id: i64, conversation: i64) -> Message {
        Message {
            id: MessageId(id),
            conversation: ConversationId(conversation),
            direction: Direction::In,
            address: format!("+4917012345{conversation:02}"),
            name: None,
            time: jiff::Timestamp::UNIX_EPOCH,
            text: format!("text {id}"),
            read: false,
            state: State::Received,
            reason: None,
            parts: 1,
            parts_missing: 0,
            class: None,
            alert: None,
        }
    }

    fn open(subject: Subject, id: u32, messages: &[(i64, i64)]) -> Open {
        Open {
            subject,
            id,
            messages: messages.to_vec(),
        }
    }

    fn shows(steps: &[Step]) -> Vec<(Subject, Option<u32>, usize)> {
        let show = |step: &Step| match step {
            Step::Show {
                subject,
                replaces,
                messages,
                before,
            } => Some((*subject, *replaces, before.len() + messages.len())),
            Step::Close(_) => None,
        };
        steps.iter().filter_map(show).collect()
    }

    #[test]
    fn a_second_message_of_a_conversation_joins_the_first() {
        let on_screen = [open(Subject::Conversation(1), 7, &[(1, 1)])];
        let steps = plan(&on_screen, vec![message(2, 1)], &[MessageId(1)], None);
        assert_eq!(shows(&steps), [(Subject::Conversation(1), Some(7), 2)]);
    }

    #[test]
    fn what_is_read_or_looked_at_goes_and_nothing_of_it_is_announced() {
        let on_screen = [
            open(Subject::Conversation(1), 7, &[(1, 1)]),
            open(Subject::Conversation(2), 8, &[(2, 2)]),
        ];
        let fresh = vec![message(3, 2)];
        let steps = plan(&on_screen, fresh, &[MessageId(2)], Some(ConversationId(2)));
        assert_eq!(steps, [Step::Close(7), Step::Close(8)]);
    }

    #[test]
    fn many_at_once_are_one_summary_and_few_are_one_for_each_conversation() {
        let night: Vec<_> = (1..=6).map(|id| message(id, id % 2)).collect();
        assert_eq!(
            shows(&plan(&[], night.clone(), &[], None)),
            [(Subject::Many, None, 6)]
        );
        let few = night[..5].to_vec();
        let shown = shows(&plan(&[], few, &[], None));
        assert_eq!(
            shown,
            [
                (Subject::Conversation(1), None, 3),
                (Subject::Conversation(0), None, 2)
            ]
        );
    }

    #[test]
    fn a_flash_message_is_shown_by_itself_whatever_is_looked_at() {
        let mut flash = message(1, 1);
        flash.class = Some(0);
        let steps = plan(&[], vec![flash], &[], Some(ConversationId(1)));
        assert_eq!(shows(&steps), [(Subject::Flash(1), None, 1)]);
    }
}
