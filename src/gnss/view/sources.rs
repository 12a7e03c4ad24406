//! The choice of the source: what this machine has, and whatever else is typed.

use std::path::PathBuf;

use egui::{Id, Key, Role, Ui};

use super::over::{Row, row};
use super::{Focus, Scene, State, fact, words};
use crate::gnss::command::Command;
use crate::gnss::gpsd::Address;
use crate::gnss::options::{Wanted, WantedError};
use crate::popup::controls::{Weight, button, field, paragraph, put};
use crate::popup::theme::{size, space};
use crate::say;

/// What can be chosen, and what is being typed.
#[derive(Default)]
pub struct Offer {
    /// Whether the ports are to be looked up.
    pub wanted: bool,
    /// The serial ports there are, and what their devices call themselves.
    pub ports: Vec<(PathBuf, String)>,
    typed: String,
    /// What is wrong with what was typed.
    pub error: Option<String>,
    /// It was just refused: the keyboard stays in the field.
    refused: bool,
}

/// Draws a row for each source, and the field for any other.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let mut chosen = None;
    let mut rows: Vec<(Wanted, String, String)> = vec![
        (
            Wanted::Auto,
            say!("gnss-automatic"),
            say!("gnss-automatic-what"),
        ),
        (
            Wanted::Gpsd(Address::default()),
            "gpsd".to_owned(),
            say!("gnss-gpsd-what"),
        ),
        (
            Wanted::ModemManager,
            "ModemManager".to_owned(),
            say!("gnss-modem-manager-what"),
        ),
    ];
    for (path, device) in &state.offer.ports {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy();
        let device = |what: String| match device.as_str() {
            "" => what,
            device => format!("{what}: {device}"),
        };
        let receiver = Wanted::Nmea(path.clone());
        let what = device(say!("gnss-as-receiver"));
        rows.push((receiver, name.clone().into_owned(), what));
        if !name.starts_with("gps") && !name.starts_with("pps") {
            let modem = Wanted::Modem(path.clone());
            rows.push((modem, name.into_owned(), device(say!("gnss-as-modem"))));
        }
    }
    let listed = rows.iter().any(|(wanted, ..)| *wanted == state.wanted);
    if !listed {
        let (title, detail) = match &state.wanted {
            Wanted::File(path) => (say!("gnss-replay"), path.display().to_string()),
            Wanted::Nmea(path) => (say!("gnss-receiver"), path.display().to_string()),
            Wanted::Modem(path) => ("Modem".to_owned(), path.display().to_string()),
            Wanted::Gpsd(address) => ("gpsd".to_owned(), address.to_string()),
            Wanted::Auto | Wanted::ModemManager => (say!("gnss-another"), String::new()),
        };
        rows.push((state.wanted.clone(), title, detail));
    }
    for (wanted, title, detail) in &rows {
        let is_chosen = state.wanted == *wanted;
        let id = if is_chosen {
            Focus::Source.id()
        } else {
            Id::unique(("gnss source", wanted.to_string()))
        };
        let hint = if is_chosen {
            say!("gnss-in-use")
        } else {
            String::new()
        };
        let response = row(
            ui,
            &Row {
                id,
                title,
                detail,
                hint: &hint,
                chosen: is_chosen,
            },
            136.0,
        );
        if is_chosen && state.takes_focus(Focus::Source) {
            response.request_focus();
        }
        if response.clicked() {
            chosen = Some(wanted.clone());
        }
    }
    ui.add_space(space::M);
    chosen = other(ui, state, scene).or(chosen);
    if let Some(wanted) = chosen {
        state.wanted = wanted.clone();
        state.over = None;
        state.satellite = None;
        state.doubt_dismissed = false;
        state.waiting_since = None;
        state.refocus();
        scene.commands.push(Command::Choose(wanted));
    }
}

/// The field for a file or anything else that can be named.
fn other(ui: &mut Ui, state: &mut State, scene: &Scene<'_>) -> Option<Wanted> {
    let width = ui.available_width();
    fact::sentence(ui, &say!("gnss-another-what"), width);
    ui.add_space(space::XS);
    let id = Id::unique("gnss other source");
    let mut pressed = false;
    let hint = "/home/me/walk.nmea";
    ui.horizontal(|ui| {
        let room = width - 76.0;
        let label = say!("gnss-other-source");
        let typing = field(ui, id, &mut state.offer.typed, hint, &label, room);
        if typing.changed() {
            state.offer.error = None;
        }
        if std::mem::take(&mut state.offer.refused) {
            typing.request_focus();
        }
        let entered = typing.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        pressed = button(ui, None, &say!("gnss-use-it"), Weight::Plain).clicked() || entered;
    });
    if let Some(error) = &state.offer.error {
        let sentence = words::told(error);
        let font = egui::FontId::proportional(size::BODY);
        let galley = paragraph(ui, &sentence, font, scene.theme.error, width);
        let wanted = egui::vec2(width, galley.size().y + space::XS);
        let (rect, response) = ui.allocate_exact_size(wanted, egui::Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, &sentence));
        put(
            ui.painter(),
            galley,
            rect.left_bottom(),
            egui::Align2::LEFT_BOTTOM,
        );
    }
    if !pressed {
        return None;
    }
    match parse(state.offer.typed.trim()) {
        Ok(wanted) => Some(wanted),
        Err(error) => {
            state.offer.error = Some(error.to_string());
            state.offer.refused = true;
            ui.ctx().request_repaint();
            None
        }
    }
}

/// A source as on the command line; a bare path is a port below `/dev`, else a file.
fn parse(text: &str) -> Result<Wanted, WantedError> {
    if text.starts_with("/dev/") {
        return Ok(Wanted::Nmea(PathBuf::from(text)));
    }
    if text.starts_with('/') {
        return Ok(Wanted::File(PathBuf::from(text)));
    }
    text.parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_path_is_understood() {
        let read = |text| parse(text).map(|wanted| wanted.to_string());
        assert_eq!(read("/dev/ttyUSB0").as_deref(), Ok("nmea:/dev/ttyUSB0"));
        assert_eq!(
            read("/home/me/a b.nmea").as_deref(),
            Ok("file:/home/me/a b.nmea")
        );
        assert_eq!(read("mm").as_deref(), Ok("mm"));
        assert!(read("walk.nmea").is_err());
    }
}
