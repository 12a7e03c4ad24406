use std::collections::BTreeSet;

use super::super::reference::example;
use super::*;
use crate::config::Config;

/// The names that serde knows in a table: its error for one that it does not know lists them.
fn known_to_serde(section: &Section) -> BTreeSet<String> {
    let header = section.header();
    let text = format!("{header}\nno-such-key = 1\n");
    let (_, said) = Config::parse(&text).unwrap_err();
    let listed = said
        .split_once("expected one of")
        .unwrap_or_else(|| panic!("{said}"))
        .1;
    let names = listed.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

#[test]
fn the_keys_that_are_explained_are_those_that_are_read() {
    for section in SECTIONS {
        let mut explained: BTreeSet<String> = BTreeSet::new();
        for key in section.keys {
            explained.insert(key.name.to_owned());
            explained.extend(key.alias.map(str::to_owned));
        }
        explained.extend(section.tables().map(|(name, _)| name.to_owned()));
        assert_eq!(explained, known_to_serde(section), "[{}]", section.path);
    }
}

#[test]
fn every_example_and_every_default_is_read_and_is_what_it_may_be() {
    for section in SECTIONS {
        let text = example(section);
        Config::parse(&text).unwrap_or_else(|error| panic!("{error:?}: {text}"));
        for key in section.keys {
            assert!(!key.example.is_empty(), "{} has no example", key.name);
            for literal in [key.default, key.example] {
                if literal.is_empty() {
                    continue;
                }
                let table: toml::Table = toml::from_str(&format!("value = {literal}")).unwrap();
                let fits = key.kind.check(&table["value"]);
                assert_eq!(fits, Ok(()), "{} = {literal}", key.name);
            }
        }
    }
}

#[test]
fn what_a_value_must_not_be_is_refused_by_serde_or_by_its_program_too() {
    // A kind that is stricter than what reads the value would call a good file bad; one of the
    // same words cannot be.
    for section in SECTIONS {
        for key in section.keys {
            if let Kind::OneOf(words) = key.kind {
                for word in words {
                    let text = format!("{}\n{} = \"{word}\"\n", section.header(), key.name);
                    Config::parse(&text).unwrap_or_else(|error| panic!("{error:?}: {text}"));
                }
            }
        }
    }
}

/// All defaults written out.
fn defaults() -> Config {
    let mut text = String::new();
    for section in SECTIONS {
        if section.repeated || section.path == "shutter.mqtt" {
            continue;
        }
        text.push_str(&format!("{}\n", section.header()));
        for key in section.keys.iter().filter(|key| !key.default.is_empty()) {
            text.push_str(&format!("{} = {}\n", key.name, key.default));
        }
    }
    Config::parse(&text).unwrap()
}

#[test]
fn the_defaults_that_are_told_are_those_of_the_programs() {
    let (told, real) = (defaults(), Config::default());
    let sms = |config: &Config| {
        let pin = crate::sms::options::PinSource::None;
        crate::sms::Options::new(None, None, pin, &config.sms).unwrap()
    };
    assert_eq!(sms(&told), sms(&real));
    let gnss = |config: &Config| {
        let own = &config.gnss;
        let options = crate::gnss::Options::new(None, own).unwrap();
        (
            options,
            own.notation.unwrap_or_default(),
            own.units.unwrap_or_default(),
        )
    };
    assert_eq!(gnss(&told), gnss(&real));
    let popup = |config: &Config| {
        let own = &config.popup;
        (
            own.at.unwrap_or_default(),
            own.again.unwrap_or_default(),
            own.renderer.unwrap_or_default(),
            own.close_on_focus_loss.unwrap_or(false),
            own.reduced_motion.unwrap_or(false),
        )
    };
    assert_eq!(popup(&told), popup(&real));
    let net = |config: &Config| {
        use clap::Parser;
        let arguments = crate::net::arguments::Arguments::parse_from(["xnm"]);
        let format = crate::net::wishes::format(&arguments.line, &config.net, None).unwrap();
        let output = crate::bar::Output::default();
        let options =
            crate::net::wishes::options(&arguments.line, &config.net, &format, output).unwrap();
        format!("{format:?} {options:?}")
    };
    assert_eq!(net(&told), net(&real));
    let look = crate::ds4::status::Look::default();
    assert_eq!(
        (told.ds4.low, told.ds4.high),
        (Some(look.low), Some(look.high))
    );
    let usual = crate::shutter::engine::Options::default();
    let serve = &told.shutter.serve;
    assert_eq!(serve.pulse_s, Some(usual.limits.pulse.as_secs_f64()));
    assert_eq!(
        serve.longest_bulb_s,
        Some(usual.limits.longest_bulb.as_secs_f64())
    );
    assert_eq!(serve.half_press_s, Some(usual.half_press.as_secs_f64()));
    assert_eq!(serve.realtime, Some(usual.realtime));
    assert_eq!(serve.after_restart, Some(usual.after_restart));
    let wish: crate::shutter::release::Wish = serve.release.as_deref().unwrap().parse().unwrap();
    assert_eq!(wish, crate::shutter::release::Wish::default());
}
