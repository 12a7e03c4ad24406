use super::*;

#[test]
fn a_text_without_translation_is_shown_in_english_and_a_mistake_by_its_name() {
    speaking(Language::Czech, || {
        assert_eq!(text("popup-no-such-text", &[]), "popup-no-such-text");
        assert_eq!(text("nowhere", &[]), "nowhere");
    });
}

#[test]
fn numbers_are_written_as_the_language_does() {
    let written = |language| {
        speaking(language, || {
            [decimal(-1234.5, 1), decimal(54_321.25, 2), decimal(3.0, 0)]
        })
    };
    assert_eq!(written(Language::English), ["-1234.5", "54,321.25", "3"]);
    assert_eq!(written(Language::German), ["-1234,5", "54.321,25", "3"]);
    assert_eq!(written(Language::Czech), ["-1234,5", "54\u{a0}321,25", "3"]);
}

#[test]
fn plurals_follow_the_language() {
    let days =
        |language, count: i64| speaking(language, || crate::say!("popup-days-ago", days = count));
    assert_eq!(days(Language::English, 1), "1 day ago");
    assert_eq!(days(Language::English, 2), "2 days ago");
    assert_eq!(days(Language::German, 2), "vor 2 Tagen");
    assert_eq!(days(Language::Czech, 1), "před 1 dnem");
    assert_eq!(days(Language::Czech, 3), "před 3 dny");
}

#[test]
fn the_environment_chooses_as_with_gettext() {
    let chosen = |pairs: &[(&str, &str)]| {
        Language::from_environment(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(chosen(&[]), Language::English);
    assert_eq!(chosen(&[("LANG", "de_AT.UTF-8")]), Language::German);
    assert_eq!(
        chosen(&[("LANG", "de_DE"), ("LC_ALL", "cs_CZ")]),
        Language::Czech
    );
    assert_eq!(
        chosen(&[("LANG", "fi_FI"), ("LANGUAGE", "sk:cs:de")]),
        Language::Czech
    );
    assert_eq!(
        chosen(&[("LANG", "C"), ("LANGUAGE", "de")]),
        Language::English
    );
    assert_eq!(chosen(&[("LANG", "fi_FI")]), Language::English);
}
