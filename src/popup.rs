//! Popups: what all of them share, and the shell that gives a topic its window.
//!
//! A view is a pure function of a snapshot; a [`Topic`] owns the view's state and the source
//! that feeds it; [`shell`] is the only part that knows windows.

pub mod banner;
pub mod bidi;
pub mod clipboard;
pub mod colour;
pub mod compose;
pub mod controls;
pub mod emoji;
pub mod focus;
pub mod fonts;
pub mod foot;
pub mod help;
pub mod icons;
pub mod input;
pub mod memory;
pub mod password;
pub mod placement;
pub mod plot;
pub mod raster;
pub mod scroll;
pub mod shell;
pub mod signal;
pub mod slider;
pub mod states;
pub mod tabs;
pub mod theme;
pub mod toggle;
pub mod typing;
pub mod when;

/// What a shell shows: one subject with its view, its state and its source. Its first picture is
/// drawn on a thread of its own, while another one opens the display.
pub trait Topic: Send {
    /// The window's title: the state in words.
    fn title(&self) -> String;

    /// Draws the current state into the whole window and sends on what the person wants.
    fn ui(&mut self, ui: &mut egui::Ui);

    /// Whether the person stepped back out of the last thing that was open.
    fn wants_close(&self) -> bool;

    /// The popup was called again while it was open.
    fn raised(&mut self) {}
}
