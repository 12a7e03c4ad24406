//! Opening a page of the web in the person's browser.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

/// Starts the first browser there is with this address; `false` where there is none. It lives on
/// when we end.
#[must_use]
pub fn open(uri: &str) -> bool {
    let browser = std::env::var_os("BROWSER");
    for words in programs(browser, uri) {
        let Some((program, arguments)) = words.split_first() else {
            continue;
        };
        // Its own process group and no terminal: it lives on when the popup closes.
        let started = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        if let Ok(mut child) = started {
            std::thread::spawn(move || child.wait());
            return true;
        }
    }
    false
}

/// Programs to try: those of `$BROWSER` (a list with colons; `%s` stands for the address), then
/// `xdg-open`. They are started as they are, never by a shell.
fn programs(browser: Option<OsString>, uri: &str) -> Vec<Vec<String>> {
    let browser = browser.and_then(|text| text.into_string().ok());
    let mut all = Vec::new();
    for one in browser.iter().flat_map(|list| list.split(':')) {
        let mut words: Vec<String> = one.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            continue;
        }
        let mut named = false;
        for word in words.iter_mut().skip(1) {
            if word.contains("%s") {
                *word = word.replace("%s", uri);
                named = true;
            }
        }
        if !named {
            words.push(uri.to_owned());
        }
        all.push(words);
    }
    all.push(vec!["xdg-open".to_owned(), uri.to_owned()]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_gets_the_address_as_one_word() {
        let all = programs(
            Some("firefox --new-window %s:lynx".into()),
            "http://a/?b=`c`;d",
        );
        assert_eq!(
            all,
            [
                vec!["firefox", "--new-window", "http://a/?b=`c`;d"],
                vec!["lynx", "http://a/?b=`c`;d"],
                vec!["xdg-open", "http://a/?b=`c`;d"],
            ]
        );
    }
}
