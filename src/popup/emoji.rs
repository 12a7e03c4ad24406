//! Emoji in colour: egui takes the first font that has a character, and text fonts have many emoji
//! as outlines. It does not look at U+FE0F either, which asks for the picture.
//!
//! So emoji have a family of fonts of their own, [`theme::emoji`], the colour font first.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Galley, Ui};
use unicode_properties::{EmojiStatus, UnicodeEmoji as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::theme;

/// The first character that is an emoji by itself; U+FE0F comes after it.
const FIRST: char = '\u{231a}';

/// Appends a text, its emoji in colour; lines are as high as without them.
pub fn append(ui: &Ui, job: &mut LayoutJob, text: &str, format: &TextFormat) {
    let parts = parts(text);
    if parts.iter().all(|(_, is_emoji)| !is_emoji) {
        return job.append(text, 0.0, format.clone());
    }
    let mut coloured = format.clone();
    let line = || ui.fonts_mut(|fonts| fonts.row_height(&format.font_id));
    coloured.line_height = Some(format.line_height.unwrap_or_else(line));
    coloured.font_id = FontId::new(format.font_id.size, theme::emoji());
    for (part, is_emoji) in parts {
        let format = if is_emoji { &coloured } else { format };
        job.append(part, 0.0, format.clone());
    }
}

/// Lays out what is typed in a field, on lines of that width or on a single one: a field of egui's
/// own would have emoji as outlines.
pub fn typed(ui: &Ui, text: &str, format: &TextFormat, width: Option<f32>) -> Arc<Galley> {
    let mut job = LayoutJob::default();
    append(ui, &mut job, text, format);
    job.break_on_newline = width.is_some();
    job.wrap.max_width = width.unwrap_or(f32::INFINITY);
    job.keep_trailing_whitespace = true;
    ui.painter().layout_job(job)
}

/// The text in pieces, each with whether it is emoji.
fn parts(text: &str) -> Vec<(&str, bool)> {
    if text.chars().all(|c| c < FIRST) {
        return vec![(text, false)];
    }
    let mut parts = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, cluster) in text.grapheme_indices(true) {
        let is_emoji = Some(is_emoji(cluster));
        if let Some(before) = last
            && is_emoji != last
        {
            parts.push((text.get(start..at).unwrap_or_default(), before));
            start = at;
        }
        last = is_emoji;
    }
    parts.push((text.get(start..).unwrap_or_default(), last == Some(true)));
    parts
}

/// Whether what is seen as one character is to be an emoji (Unicode Technical Standard #51).
fn is_emoji(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let first = chars.next().unwrap_or_default();
    match chars.next() {
        // What asks for the picture, and colours of skin.
        Some('\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') => first.is_emoji_char(),
        // What asks for text.
        Some('\u{fe0e}') => false,
        _ => matches!(
            first.emoji_status(),
            EmojiStatus::EmojiPresentation
                | EmojiStatus::EmojiPresentationAndModifierBase
                | EmojiStatus::EmojiPresentationAndEmojiComponent
                | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_pictures_and_signs_of_text_are_text() {
        for emoji in [
            "😋",
            "👋",
            "👋🏽",
            "❤\u{fe0f}",
            "☎\u{fe0f}",
            "☝🏽",
            "⌚",
            "🇨🇿",
            "👩\u{200d}👧",
        ] {
            assert_eq!(parts(emoji), [(emoji, true)], "{emoji}");
        }
        for text in [
            "©",
            "™",
            "12",
            "#",
            "☎",
            "✓",
            "❤",
            "→",
            "😋\u{fe0e}",
            "日本",
            "",
        ] {
            assert_eq!(parts(text), [(text, false)], "{text}");
        }
        let mixed = parts("Klopse 😋👋 today ❤\u{fe0f}");
        let pieces = [
            ("Klopse ", false),
            ("😋👋", true),
            (" today ", false),
            ("❤\u{fe0f}", true),
        ];
        assert_eq!(mixed, pieces);
        // A key's cap, of a digit.
        assert_eq!(parts("1\u{fe0f}\u{20e3}"), [("1\u{fe0f}\u{20e3}", true)]);
    }
}
