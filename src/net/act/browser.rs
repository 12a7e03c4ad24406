//! Opening the network's sign-in page.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use super::Done;
use crate::net::snapshot::{About, Failure, Snapshot};

/// What is fetched where NetworkManager names nothing: plain HTTP, so that the network can put
/// its own page there.
const ANY_PAGE: &str = "http://detectportal.firefox.com/canonical.html";

/// Opens the page in the browser. A network that wants a sign-in answers with its own page,
/// whatever is asked for in plain HTTP.
pub(super) fn sign_in(snapshot: &Snapshot) -> Result<Done, Failure> {
    let uri = snapshot.connectivity_uri.as_deref().unwrap_or(ANY_PAGE);
    let uri = if is_page(uri) { uri } else { ANY_PAGE };
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
            return Ok(Done::Done);
        }
    }
    let about = snapshot
        .link()
        .and_then(|active| active.devices.first().cloned())
        .map_or(About::Radio, About::Device);
    Err(Failure {
        about,
        sentence: format!(
            "Cannot open the sign-in page: there is no browser; install xdg-open or set $BROWSER, \
             or open '{uri}' by hand."
        ),
    })
}

/// The web only, and nothing that a program could take for an option or a file.
fn is_page(uri: &str) -> bool {
    let web = uri.starts_with("http://") || uri.starts_with("https://");
    web && uri.bytes().all(|byte| byte.is_ascii_graphic())
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

    #[test]
    fn only_pages_of_the_web_are_opened() {
        assert!(is_page("http://nmcheck.gnome.org/check_network_status.txt"));
        for uri in [
            "file:///etc/passwd",
            "-help",
            "javascript:alert(1)",
            "http://a b",
            "",
        ] {
            assert!(!is_page(uri), "{uri}");
        }
    }
}
