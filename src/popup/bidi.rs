//! Right-to-left text: egui shapes Arabic and Hebrew, but puts whole paragraphs in one order.
//!
//! So the lines are broken here, and each is cut into runs in the order in which they are seen
//! (Unicode Standard Annex #9). Each run, shaped by itself, then stands where it belongs.

use unicode_bidi::BidiInfo;

/// Whether a text has characters that are written from right to left.
#[must_use]
pub fn is_needed(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// Whether the text's first strong character is written from right to left.
#[must_use]
pub fn starts_right(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| is_needed(c.encode_utf8(&mut [0; 4])))
}

/// The lines of a text, each as its runs from left to right; `fits` tells whether a line, in
/// the order in which it is read, is short enough.
pub fn lines(text: &str, mut fits: impl FnMut(&str) -> bool) -> Vec<Vec<String>> {
    // Overrides could make a text seem to say what it does not.
    let text: String = text.chars().filter(|c| !is_control(*c)).collect();
    let info = BidiInfo::new(&text, None);
    let mut lines = Vec::new();
    for paragraph in &info.paragraphs {
        let whole = text.get(paragraph.range.clone()).unwrap_or_default();
        let whole = whole.trim_end_matches(['\n', '\r', '\u{2029}']);
        let base = paragraph.range.start;
        let (mut start, mut word) = (0, 0);
        for part in whole.split_inclusive(' ') {
            let end = word + part.len();
            let line = whole.get(start..end).unwrap_or_default();
            if word > start && !fits(line.trim_end()) {
                lines.push(runs(&info, paragraph, base + start..base + word));
                start = word;
            }
            word = end;
        }
        lines.push(runs(&info, paragraph, base + start..base + whole.len()));
    }
    lines
}

fn is_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn runs(
    info: &BidiInfo<'_>,
    paragraph: &unicode_bidi::ParagraphInfo,
    line: std::ops::Range<usize>,
) -> Vec<String> {
    if line.is_empty() {
        return Vec::new();
    }
    let (levels, runs) = info.visual_runs(paragraph, line);
    let text = |run: &std::ops::Range<usize>| {
        let text = info.text.get(run.clone()).unwrap_or_default();
        let right = levels
            .get(run.start)
            .is_some_and(unicode_bidi::Level::is_rtl);
        // A run with letters is turned around when it is shaped; one without is not.
        if right && !is_needed(text) {
            text.chars().rev().collect()
        } else {
            text.to_owned()
        }
    };
    runs.iter().map(text).collect()
}

/// As much of the beginning as fits, with an ellipsis where something is left out.
pub fn cut(text: &str, mut fits: impl FnMut(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
    let with_dots = |end: usize| format!("{}…", text.get(..end).unwrap_or_default());
    let most = ends.partition_point(|&end| fits(&with_dots(end)));
    with_dots(ends.get(most.saturating_sub(1)).copied().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_into_runs_as_they_are_seen() {
        // In a right-to-left line the beginning stands at the right, and numbers stay readable.
        let seen = lines("אבג 7:42 דהו", |_| true);
        assert_eq!(seen, [[" דהו", "7:42", "אבג "]]);
        assert_eq!(lines("see אבג now", |_| true), [["see ", "אבג", " now"]]);
    }

    #[test]
    fn numbers_after_arabic_are_not_turned_around() {
        assert_eq!(lines("الساعة 7:42.", |_| true), [[".", "7:42", "الساعة "]]);
    }

    #[test]
    fn lines_break_where_they_are_read_not_where_they_are_seen() {
        let seen = lines("אחת שתיים שלוש", |line| {
            line.chars().count() <= 10
        });
        assert_eq!(seen, [["אחת שתיים "], ["שלוש"]]);
        assert_eq!(lines("א\n\nב", |_| true).len(), 3);
        assert!(lines("", |_| true).is_empty());
    }

    #[test]
    fn overrides_are_left_out_and_long_lines_lose_their_end() {
        assert_eq!(lines("a\u{202e}bc", |_| true), [["abc"]]);
        assert_eq!(cut("abcdef", |text| text.chars().count() <= 4), "abc…");
        assert_eq!(cut("abc", |_| true), "abc");
        assert!(is_needed("x ש") && !is_needed("x é 日") && starts_right("3 ש a"));
    }
}
