//! Opening the network's sign-in page.

use super::Done;
use crate::browser;
use crate::net::snapshot::{About, Failure, Snapshot};

/// What is fetched where NetworkManager names nothing: plain HTTP, so that the network can put
/// its own page there.
const ANY_PAGE: &str = "http://detectportal.firefox.com/canonical.html";

/// Opens the page in the browser. A network that wants a sign-in answers with its own page,
/// whatever is asked for in plain HTTP.
pub(super) fn sign_in(snapshot: &Snapshot) -> Result<Done, Failure> {
    let uri = snapshot.connectivity_uri.as_deref().unwrap_or(ANY_PAGE);
    let uri = if is_page(uri) { uri } else { ANY_PAGE };
    if browser::open(uri) {
        return Ok(Done::Done);
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

#[cfg(test)]
mod tests {
    use super::*;

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
