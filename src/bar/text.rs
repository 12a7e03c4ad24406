//! Cleaning text from outside, before any bar's escaping.

/// The longest untrusted text in a line, in Unicode scalars.
pub(crate) const LONGEST: usize = 512;

/// Makes any text from outside one harmless line.
///
/// Line breaks and tabs become one space (a run of them one as well); control characters, the
/// marks that turn the direction of writing (Unicode TR 9, "Trojan Source"), and other format
/// characters that are there but cannot be seen are dropped; what is longer than 512 scalars is
/// cut and ends in `…`. The joiners U+200C and U+200D and the emoji selectors stay: scripts and
/// emoji need them, and they do no harm.
#[must_use]
pub fn clean(text: &str) -> String {
    clean_with(text, false, false)
}

/// [`clean`], with `ascii` writing `?` for what is not ASCII, and with `lines` keeping `\n`.
pub(crate) fn clean_with(text: &str, ascii: bool, lines: bool) -> String {
    let ellipsis = if ascii { "..." } else { "…" };
    let mut out = String::with_capacity(text.len().min(4 * LONGEST));
    let mut count = 0;
    let mut after_break = false;
    for c in text.chars() {
        let is_break = is_break(c);
        let shown = match c {
            '\n' if lines => '\n',
            _ if is_break && after_break => continue,
            _ if is_break => ' ',
            _ if is_dropped(c) => continue,
            _ if ascii && !c.is_ascii() => '?',
            _ => c,
        };
        if count == LONGEST {
            for _ in ellipsis.chars() {
                out.pop();
            }
            out.push_str(ellipsis);
            break;
        }
        out.push(shown);
        count += 1;
        after_break = is_break;
    }
    out
}

/// A JSON document as a terminal can show it: what [`clean`] would drop is escaped (`\\u009b`),
/// so that the document means the same. In JSON such characters stand in strings only.
#[must_use]
pub fn escape_json(document: &str) -> String {
    let mut out = String::with_capacity(document.len());
    for c in document.chars() {
        if is_break(c) && c != '\n' && c != '\r' && c != '\t' || !is_break(c) && is_dropped(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// A verbatim text on one line: every line break becomes a space, all else stays.
pub(crate) fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r'], " ")
}

/// What starts a new line or column somewhere (Unicode TR 14, classes BK, CR, LF, NL, and tab).
fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What is dropped: control characters, invisible format characters, and noncharacters.
fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            // Direction: ALM, LRM, RLM, the embeddings and overrides, the isolates.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Soft hyphen, grapheme joiner, fillers, vowel and variation selectors of scripts.
            | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}'
            // Zero width space, word joiner, invisible operators, deprecated format characters.
            | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
            // Byte order mark, interlinear annotation, shorthand and music controls.
            | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            // Tags and further variation selectors: text hidden in text.
            | '\u{e0000}'..='\u{e0fff}'
            | '\u{fdd0}'..='\u{fdef}'
        )
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_several_lines_becomes_one_line() {
        assert_eq!(clean("a\r\nb\tc\u{2028}\u{2029}d\n\ne"), "a b c d e");
        assert_eq!(clean("two  spaces stay"), "two  spaces stay");
    }

    #[test]
    fn escape_sequences_and_invisible_characters_are_gone() {
        assert_eq!(clean("\u{1b}[31mred\u{9b}0m\u{0}\u{7f}"), "[31mred0m");
        assert_eq!(clean("\u{202e}evil\u{202c}\u{2066}x\u{2069}"), "evilx");
        assert_eq!(clean("\u{feff}a\u{200b}b\u{ad}c\u{e0041}\u{fffe}"), "abc");
    }

    #[test]
    fn writing_that_people_use_stays_as_it_is() {
        for text in [
            "ČD-WiFi ☃",
            "שלום",
            "مرحبا",
            "می\u{200c}خواهم",
            "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}",
            "e\u{301}",
            "ก็",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn a_long_text_is_cut_to_512_characters_with_an_ellipsis() {
        assert_eq!(clean(&"é".repeat(512)), "é".repeat(512));
        assert_eq!(clean(&"é".repeat(513)), format!("{}…", "é".repeat(511)));
        assert_eq!(
            clean_with(&"é".repeat(9999), true, false),
            format!("{}...", "?".repeat(509))
        );
    }

    #[test]
    fn a_json_document_means_the_same_without_what_a_terminal_would_obey() {
        let value = serde_json::json!({ "ssid": "a\u{9b}2J\u{202e}\u{2028}\u{e0041}é\n😀" });
        let document = escape_json(&value.to_string());
        assert_eq!(
            document,
            r#"{"ssid":"a\u009b2J\u202e\u2028\udb40\udc41é\n😀"}"#
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&document).unwrap(),
            value
        );
    }

    #[test]
    fn a_tooltip_keeps_its_lines() {
        assert_eq!(clean_with("a\r\n\nb\tc", false, true), "a \n\nb c");
    }
}
