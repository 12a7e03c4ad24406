//! A long text cut into plain messages, for modems that cannot mark parts as one message.

use crate::sms::pdu::{Alphabet, measure};

/// The text in pieces that each fit into one message, with the alphabet that each needs.
#[must_use]
pub fn split_plain(text: &str) -> Vec<(String, Alphabet)> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for c in text.chars() {
        piece.push(c);
        if measure(&piece, false).segments > 1 {
            piece.pop();
            let alphabet = measure(&piece, false).alphabet;
            pieces.push((std::mem::take(&mut piece), alphabet));
            piece.push(c);
        }
    }
    let alphabet = measure(&piece, false).alphabet;
    pieces.push((piece, alphabet));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_fit_and_make_up_the_whole_text() {
        let text = "a".repeat(161) + &"€".repeat(90) + &"š".repeat(75);
        let pieces = split_plain(&text);
        assert_eq!(
            pieces
                .iter()
                .map(|(piece, _)| piece.as_str())
                .collect::<String>(),
            text
        );
        assert!(
            pieces
                .iter()
                .all(|(piece, _)| measure(piece, false).segments == 1)
        );
        // 160, the 161st with the 79 escape pairs that fit, 70, the last 16.
        assert_eq!(pieces.len(), 4);
    }
}
