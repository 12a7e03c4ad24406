//! Pictures of every popup in every state, drawn by our own rasterizer and held against those in
//! `assets/gallery`, which `docs/gallery.md` shows. `make gallery` takes both anew.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

mod ask;
mod ds4;
mod gnss;
mod gnss_walk;
mod net;
mod page;
mod picture;
mod shutter;
mod sms;
mod stage;

// Only its samples are of use here: the windows are made by `stage`.
#[path = "../support/ds4_samples.rs"]
mod ds4_samples;
#[path = "../support/net_samples.rs"]
mod net_samples;
#[path = "../support/popup_gnss.rs"]
mod popup_gnss;
#[path = "../support/shutter_samples.rs"]
mod shutter_samples;
#[path = "../support/sms_samples.rs"]
mod sms_samples;

#[test]
fn the_messages_look_as_in_the_gallery() {
    stage::compare::<sms::Sms>();
}

#[test]
fn the_network_looks_as_in_the_gallery() {
    stage::compare::<net::Net>();
}

#[test]
fn the_position_looks_as_in_the_gallery() {
    stage::compare::<gnss::Gnss>();
}

#[test]
fn the_game_controllers_look_as_in_the_gallery() {
    stage::compare::<ds4::Ds4>();
}

#[test]
fn the_timers_look_as_in_the_gallery() {
    stage::compare::<shutter::Shutter>();
}

#[test]
fn the_question_of_the_agent_looks_as_in_the_gallery() {
    stage::compare::<ask::Asking>();
}

#[test]
fn the_gallerys_page_names_exactly_the_pictures_that_are_there() {
    page::compare();
}
