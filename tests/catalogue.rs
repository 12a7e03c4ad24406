//! Every text in every language: the catalogue is held against the programs' own source.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use barpop::catalogue::Language;
use fluent_bundle::FluentResource;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

/// Identifier → its variables, of all rooms of a language.
fn texts(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut paths = Vec::new();
    files(
        &root().join("assets/words").join(language.tag()),
        "ftl",
        &mut paths,
    );
    let mut texts = BTreeMap::new();
    for path in paths {
        let room = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(&path).unwrap();
        if let Err((_, errors)) = FluentResource::try_new(source.clone()) {
            panic!("{} cannot be read: {errors:?}", path.display());
        }
        let mut id = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                assert!(
                    name.starts_with(&format!("{room}-")),
                    "'{name}' is not of the room {room}"
                );
                id = name.to_owned();
                assert!(
                    texts.insert(id.clone(), BTreeSet::new()).is_none(),
                    "'{id}' is there twice"
                );
            }
            let entry = texts.entry(id.clone()).or_default();
            for variable in line.split('$').skip(1) {
                let end = variable.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                entry.insert(variable[..end.unwrap_or(variable.len())].to_owned());
            }
        }
        texts.remove("");
    }
    texts
}

/// Identifiers that the programs ask for, with the place of the first call.
fn wanted() -> BTreeMap<String, PathBuf> {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    let mut wanted = BTreeMap::new();
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        for call in source.split("say!(").skip(1) {
            if let Some(rest) = call.trim_start().strip_prefix('"') {
                let id = rest.split('"').next().unwrap().to_owned();
                wanted.entry(id).or_insert_with(|| path.clone());
            }
        }
    }
    wanted
}

#[test]
fn every_text_is_there_in_every_language_with_the_same_variables() {
    let english = texts(Language::English);
    assert!(english.len() > 10);
    for language in Language::ALL {
        let there = texts(language);
        let missing: Vec<_> = english
            .keys()
            .filter(|id| !there.contains_key(*id))
            .collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        let strange: Vec<_> = there
            .keys()
            .filter(|id| !english.contains_key(*id))
            .collect();
        assert!(
            strange.is_empty(),
            "{language:?} has {strange:?}, which English has not"
        );
        for (id, variables) in &there {
            assert_eq!(
                variables, &english[id],
                "variables of '{id}' in {language:?}"
            );
        }
    }
}

#[test]
fn every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() {
    let english = texts(Language::English);
    let wanted = wanted();
    for (id, path) in wanted
        .iter()
        .filter(|(id, _)| id.contains('-') && *id != "net-join")
    {
        assert!(
            english.contains_key(id),
            "'{id}' of {} is in no catalogue",
            path.display()
        );
    }
    let mut sources = String::new();
    let mut paths = Vec::new();
    files(&root().join("assets/words/en"), "ftl", &mut paths);
    for path in paths {
        sources.push_str(&fs::read_to_string(path).unwrap());
    }
    for id in english.keys().filter(|id| !id.contains("-why-")) {
        let referred = sources.contains(&format!("{{ {id} }}"));
        assert!(
            wanted.contains_key(id) || referred,
            "nobody asks for '{id}'"
        );
    }
}

/// Such texts are recognised by their English words, see `src/catalogue/told.rs`.
#[test]
fn what_is_told_by_another_process_stands_in_the_source_as_in_the_english_catalogue() {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    let source: String = paths
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    // A literal over two lines is one.
    let mut joined = String::new();
    for part in source.split("\\\n") {
        joined.push_str(if joined.is_empty() {
            part
        } else {
            part.trim_start()
        });
    }
    let mut paths = Vec::new();
    files(&root().join("assets/words/en"), "ftl", &mut paths);
    let mut known = 0;
    for path in paths {
        let texts = fs::read_to_string(path).unwrap();
        for line in texts.lines().filter(|line| line.contains("-why-")) {
            let (id, text) = line.split_once(" = ").unwrap();
            assert!(!text.contains("->"), "'{id}' is not on one line");
            let words = text
                .split("{ $")
                .enumerate()
                .map(|(index, part)| match index {
                    0 => part,
                    _ => part.split_once(" }").unwrap().1,
                });
            for words in words.filter(|words| words.len() > 3) {
                assert!(joined.contains(words), "nobody says '{words}' of '{id}'");
            }
            known += 1;
        }
    }
    assert!(known > 50);
}

#[test]
fn what_is_counted_in_czech_has_the_plural_of_few() {
    let mut paths = Vec::new();
    files(&root().join("assets/words/cs"), "ftl", &mut paths);
    for path in paths {
        let texts = fs::read_to_string(&path).unwrap();
        for (one, _) in texts.match_indices("[one]") {
            let end = texts[one..].find("\n}").unwrap();
            assert!(
                texts[one..one + end].contains("[few]"),
                "{}: {}",
                path.display(),
                &texts[one..one + end]
            );
        }
    }
}

/// The rooms whose views speak through the catalogue alone.
const ROOMS: [&str; 6] = ["popup", "sms", "net", "gnss", "ds4", "shutter"];

/// Words that no person reads: names in protocols and of programs, and what goes to stderr.
const NO_TEXTS: [&str; 28] = [
    // A controller's keys, as they are printed on it; what a plan's error calls a duration.
    "Share",
    "Options",
    "a gap between frames",
    "the time before a ramp",
    // To stderr, after a panic.
    "the first picture could not be drawn",
    // The popup's own name for a font, window managers and what they are asked.
    "interface bold",
    "gnome shell",
    "window maker",
    "Xft.dpi:",
    // A zone without a name of its own.
    "Local",
    // Kinds of numbers in the address book, which the view translates; a reason's end.
    "home mobile",
    "work mobile",
    "; it may or may not",
    // Names of standards, programs and units, which are the same in every language.
    "Bluetooth",
    "Ethernet",
    "Hotspot",
    "Maidenhead",
    "Modem",
    "Modem ({})",
    "ModemManager",
    "OpenStreetMap",
    "TTLS, PAP",
    "WireGuard",
    "{mbps} Mbit/s",
    "{} Gbit/s",
    // Keys of a VPN's settings, and a thread's name.
    "IPSec secret",
    "Xauth password",
    "access points",
];

/// Keys are named as on an English keyboard; `popup::help::key_name` tells what they are called.
const KEYS: [&str; 16] = [
    "Alt", "Ctrl", "Del", "Delete", "Down", "End", "Enter", "Esc", "Home", "Left", "Letters",
    "Page", "Right", "Shift", "Space", "Tab",
];

/// What stands before a literal that is no text.
const BEFORE: [&str; 14] = [
    "#[error(",
    ".expect(",
    ".with(",
    ".with((",
    "Id::unique(",
    "debug!(",
    "id_salt(",
    "id_salt((",
    "load_texture(",
    "panic!(",
    "reason = ",
    "say!(",
    "unreachable!(",
    "warn!(",
];

#[test]
fn no_view_has_words_of_its_own() {
    let mut paths = Vec::new();
    for room in ROOMS {
        let folder = match room {
            "popup" => root().join("src/popup"),
            room => root().join("src").join(room).join("view"),
        };
        let view = root().join("src").join(room).join("view.rs");
        paths.extend(Some(view).filter(|view| view.exists()));
        files(&folder, "rs", &mut paths);
    }
    assert!(paths.len() > 50);
    let mut found = Vec::new();
    // Tests, and what is said to a bus and to a shell.
    let told = ["tests.rs", "popup/shell/activation.rs", "ds4/view/rule.rs"];
    let is_view = |path: &&PathBuf| !told.iter().any(|end| path.ends_with(end));
    for path in paths.iter().filter(is_view) {
        let source = fs::read_to_string(path).unwrap();
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (before, literal) in literals(source) {
            // A widget's identifier is its room and a word.
            let (first, rest) = literal.split_once(' ').unwrap_or_default();
            let is_id = ROOMS.contains(&first) && rest.bytes().all(|b| b.is_ascii_lowercase());
            let no_text = is_id || NO_TEXTS.contains(&literal.as_str());
            if is_words(&literal) && !no_text && !BEFORE.iter().any(|end| before.ends_with(end)) {
                found.push(format!("{}: \"{literal}\"", path.display()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "to be said by the catalogue:\n{}",
        found.join("\n")
    );
}

#[test]
fn words_are_told_from_what_is_none() {
    for words in ["Hidden network", "Off", "{n} tries left", "not sent"] {
        assert!(is_words(words), "{words}");
    }
    for none in [
        "sms-new-message",
        "{who}: {text}",
        "Ctrl+Enter",
        "↑  ↓",
        "ok",
        "PIN",
        "UTC",
    ] {
        assert!(!is_words(none), "{none}");
    }
    let source =
        "let a = '\"'; // \"no\"\nf::<'a>(\"one\\\" two\", r#\"thr\"ee\"#); /* \"x\" */ g(\"y\")";
    let texts: Vec<_> = literals(source).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["one\\\" two", "thr\"ee", "y"]);
}

/// Whether a person would read it: two words, or one that begins with a capital.
fn is_words(literal: &str) -> bool {
    let mut text = String::new();
    let mut depth = 0;
    for c in literal.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let is_key = |word: &str| KEYS.contains(&word);
    let words: Vec<_> = text
        .split([' ', '+'])
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !is_key(word))
        .collect();
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    let starts_large = |word: &&str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
    };
    words
        .windows(2)
        .any(|pair| is_word(pair[0]) && is_word(pair[1]))
        || words.iter().any(starts_large)
}

/// The string literals of a source, each with the code before it.
fn literals(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skip = |text: &str, end: &str| {
            let at = text.find(end).map_or(text.len(), |at| at + end.len());
            text.split_at(at).1.to_owned().len()
        };
        if rest.starts_with("//") {
            rest = &rest[rest.len() - skip(rest, "\n")..];
        } else if rest.starts_with("/*") {
            rest = &rest[rest.len() - skip(rest, "*/")..];
        } else if let Some(raw) = raw_literal(rest) {
            found.push((tail(&code), raw.0.to_owned()));
            rest = &rest[raw.1..];
            code.push('_');
        } else if c == '"' {
            let end = end_of_literal(&rest[1..]) + 1;
            found.push((tail(&code), rest[1..end].to_owned()));
            rest = &rest[end + 1..];
            code.push('_');
        } else if rest.starts_with("'\\") || (c == '\'' && rest.chars().nth(2) == Some('\'')) {
            // A character; a lifetime has no second quote there.
            let start = if rest.starts_with("'\\") { 3 } else { 1 };
            let inner: usize = rest.chars().take(start).map(char::len_utf8).sum();
            let close = rest[inner..].find('\'').unwrap_or(0);
            rest = &rest[inner + close + 1..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

fn end_of_literal(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// The text of a raw literal at the start, and where it ends.
fn raw_literal(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('r')?;
    let inner = rest.trim_start_matches('#');
    let hashes = rest.len() - inner.len();
    let body = inner.strip_prefix('"')?;
    let end = body.find(&format!("\"{}", "#".repeat(hashes)))?;
    Some((&body[..end], 1 + hashes + 1 + end + 1 + hashes))
}

fn tail(code: &str) -> String {
    let kept = code.trim_end_matches(['\n', '\t']).trim_end_matches("    ");
    let start = kept.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let tail = &kept[start..];
    // Where the literal has a line of its own.
    match tail.ends_with(' ') && !tail.ends_with("= ") {
        true => tail.trim_end().to_owned(),
        false => tail.to_owned(),
    }
}
