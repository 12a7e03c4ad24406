use super::*;

#[test]
fn a_misspelt_key_is_named_with_its_line() {
    let (line, what) = Config::parse("output = \"xmobar\"\n[sms]\npinfile = \"/x\"\n").unwrap_err();
    assert_eq!(line, 3);
    assert!(
        what.contains("pinfile") && what.contains("pin_file"),
        "{what}"
    );
}

#[test]
fn a_language_that_is_not_there_is_refused_with_those_that_are() {
    let config = Config::parse("language = \"cs\"\n").unwrap();
    assert_eq!(config.language(), Language::Czech);
    let (line, what) = Config::parse("\nlanguage = \"fi\"\n").unwrap_err();
    assert_eq!(line, 2);
    assert_eq!(what, "language 'fi' is none of en, de, cs");
}

#[test]
fn a_pin_in_the_file_does_not_show_in_debug_output() {
    let config = Config::parse("[sms]\npin = \"8642\"\nbaud = 9600\n").unwrap();
    assert!(!format!("{config:?}").contains("8642"));
    let (_, what) = Config::parse("[sms]\npin = 8642\n").unwrap_err();
    assert!(
        what.contains("in quotes") && !what.contains("8642"),
        "{what}"
    );
    assert_eq!(config.sms.baud, Some(9600));
}
