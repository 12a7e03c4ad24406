//! A camera that is announced in the network (here: on loopback alone) is found.

#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use barpop::shutter::server::mdns::{announce_anywhere, browse_at};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[test]
fn an_announced_camera_is_found_until_it_says_goodbye() {
    // The machine may have others that are tested at the same time.
    let name = format!("Küche {}", std::process::id());
    let of_ours = |time| {
        let mut found = browse_at(HERE, Duration::from_secs(time)).expect("mDNS on loopback");
        found.retain(|camera| camera.name == name);
        found
    };
    let announcement = announce_anywhere(&name, SocketAddr::new(HERE, 8318)).expect("mDNS");
    let mut found = of_ours(3);
    for _ in 0..4 {
        if found.is_empty() {
            found = of_ours(3);
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].url(), "http://127.0.0.1:8318");
    assert_eq!(found[0].version.as_deref(), Some(env!("CARGO_PKG_VERSION")));
    drop(announcement);
    assert_eq!(of_ours(2), []);
}
