//! Everything that is known, in numbers with their units; a click copies one.

use egui::{Align, Layout, Rect, Ui, UiBuilder, Vec2};
use jiff::Timestamp;

use super::fact::{fact, group, lasting, sentence};
use super::words::number;
use super::{Scene, State, table, words};
use crate::bar::clean;
use crate::gnss::coordinates::Notation;
use crate::gnss::fix::Quality;
use crate::gnss::snapshot::{Counts, Link};
use crate::gnss::units::{duration, until_next};
use crate::popup::theme::space;
use crate::say;

/// From this width on there are two columns.
pub const WIDE: f32 = 520.0;

/// Draws the page into a width of `room`.
pub fn ui(ui: &mut Ui, room: Vec2, state: &mut State, scene: &mut Scene<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    if room.x < WIDE {
        first(ui, state, scene);
        second(ui, state, scene);
        satellites(ui, room.x, state, scene);
        return;
    }
    let origin = ui.cursor().min;
    let width = (room.x - space::XL) / 2.0;
    let mut lowest = origin.y;
    for (index, name) in ["first", "second"].into_iter().enumerate() {
        let at = egui::pos2(origin.x + index as f32 * (width + space::XL), origin.y);
        let place = Rect::from_min_size(at, Vec2::new(width, room.y));
        let layout = Layout::top_down(Align::Min);
        let builder = UiBuilder::new()
            .id_salt(name)
            .max_rect(place)
            .layout(layout);
        let mut column = ui.new_child(builder);
        match index {
            0 => first(&mut column, state, scene),
            _ => second(&mut column, state, scene),
        }
        lowest = lowest.max(column.min_rect().bottom());
    }
    let used = Rect::from_min_max(origin, egui::pos2(origin.x + room.x, lowest));
    ui.allocate_rect(used, egui::Sense::hover());
    satellites(ui, room.x, state, scene);
}

fn satellites(ui: &mut Ui, width: f32, state: &State, scene: &Scene<'_>) {
    let sky = scene.snapshot.sky(scene.now, state.setup.limits);
    if let Some(sky) = sky.filter(|sky| !sky.satellites.is_empty()) {
        ui.add_space(space::M);
        table::ui(ui, width, sky, state, scene);
    }
}

fn first(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let units = scene.units;
    let fix = scene.fix().copied();
    group(ui, &say!("gnss-position"));
    let Some(fix) = fix else {
        ui.add_space(space::XS);
        sentence(ui, &say!("gnss-was-no-position"), ui.available_width());
        return;
    };
    let dd = words::position(&fix, Notation::Dd);
    let (lat, lon) = match dd.as_deref().and_then(|dd| dd.split_once(", ")) {
        Some((lat, lon)) => (Some(format!("{lat}°")), Some(format!("{lon}°"))),
        None => (None, None),
    };
    fact(ui, &say!("gnss-latitude"), lat, state, scene);
    fact(ui, &say!("gnss-longitude"), lon, state, scene);
    let height = |m: f64| words::length(units, m, 1);
    fact(
        ui,
        &say!("gnss-above-sea"),
        fix.altitude_msl_m.map(height),
        state,
        scene,
    );
    let above = fix.altitude_ellipsoid_m.map(height);
    fact(ui, &say!("gnss-above-ellipsoid"), above, state, scene);
    let geoid = fix.altitude_ellipsoid_m.zip(fix.altitude_msl_m);
    let geoid = geoid.map(|(e, m)| height(e - m));
    fact(ui, &say!("gnss-geoid"), geoid, state, scene);
    ui.add_space(space::S);
    group(ui, &say!("gnss-motion"));
    let speed = fix.speed_mps.map(|speed| {
        let error = fix.error.speed_mps.map(|error| words::speed(units, error));
        with_error(words::speed(units, speed), error)
    });
    fact(ui, &say!("gnss-speed"), speed, state, scene);
    let course = fix
        .track_deg
        .map(|course| format!("{}° {}", number(course, 1), words::compass(course)));
    fact(ui, &say!("gnss-course"), course, state, scene);
    let climb = fix.climb_mps.map(|climb| words::climb(units, climb));
    fact(ui, &say!("gnss-climb"), climb, state, scene);
    if fix.speed_mps.is_none() && fix.track_deg.is_none() && fix.climb_mps.is_none() {
        ui.add_space(space::XS);
        sentence(ui, &say!("gnss-motion-untold"), ui.available_width());
    }
    ui.add_space(space::S);
    group(ui, &say!("gnss-time"));
    let time = scene.snapshot.time();
    fact(ui, "UTC", time.map(utc), state, scene);
    let local = time.map(|time| {
        let zoned = time.to_zoned_datetime(state.setup.zone.clone());
        zoned.strftime("%Y-%m-%d %H:%M:%S").to_string()
    });
    fact(ui, &say!("gnss-local-time"), local, state, scene);
    if scene.snapshot.doubt.is_some() {
        let said = fix.time.map(utc);
        fact(ui, &say!("gnss-receiver-says"), said, state, scene);
    }
    let age = scene.snapshot.age(scene.now);
    let age = age.map(|age| old(age, scene));
    lasting(ui, &say!("gnss-position-age"), age, state);
    let sky = scene
        .snapshot
        .sky
        .as_ref()
        .map(|sky| scene.now.since(sky.at));
    let sky = sky.map(|age| old(age, scene));
    lasting(ui, &say!("gnss-sky-age"), sky, state);
}

fn second(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let units = scene.units;
    let length = |m: f64| words::precise(units, m);
    if let Some(fix) = scene.fix().copied() {
        group(ui, &say!("gnss-accuracy"));
        let error = fix.error;
        let plus = |m: f64| format!("±{}", length(m));
        let (across, up) = (error.horizontal_m.map(plus), error.vertical_m.map(plus));
        fact(ui, &say!("gnss-horizontal"), across, state, scene);
        fact(ui, &say!("gnss-vertical"), up, state, scene);
        let ellipse = error.ellipse.map(|e| {
            let (major, minor) = (length(e.major_m), length(e.minor_m));
            format!("{major} × {minor}, {}°", number(e.angle_deg, 0))
        });
        fact(ui, &say!("gnss-error-ellipse"), ellipse, state, scene);
        let sure = error
            .confidence_percent
            .map(|p| format!("{} %", number(p, 0)));
        fact(ui, &say!("gnss-confidence"), sure, state, scene);
        let dop = scene.snapshot.dop();
        let all = [("P", dop.pdop), ("H", dop.hdop), ("V", dop.vdop)];
        let told: Vec<String> = all
            .into_iter()
            .filter_map(|(name, dop)| Some(format!("{name} {}", number(dop?, 1))))
            .collect();
        let told = Some(told.join("   "));
        fact(ui, &say!("gnss-dilution"), told, state, scene);
        let quality = quality(fix.quality);
        fact(ui, &say!("gnss-improved-by"), quality, state, scene);
        let used = scene.snapshot.used().map(|used| used.to_string());
        fact(ui, &say!("gnss-satellites-used-name"), used, state, scene);
    } else {
        group(ui, &say!("gnss-satellites"));
    }
    let sky = scene.snapshot.sky(scene.now, state.setup.limits);
    let seen = sky.map(|sky| {
        say!(
            "gnss-in-view-heard",
            count = sky.satellites.len(),
            heard = sky.heard()
        )
    });
    lasting(ui, &say!("gnss-in-view"), seen, state);
    ui.add_space(space::S);
    group(ui, &say!("gnss-source"));
    let snapshot = scene.snapshot;
    let source = snapshot.source.as_deref().map(clean);
    lasting(ui, &say!("gnss-from"), source, state);
    let receiver = snapshot.receiver.as_deref().map(clean);
    lasting(ui, &say!("gnss-receiver"), receiver, state);
    let link = match snapshot.link {
        Link::NoSource => say!("gnss-link-missing"),
        Link::Connecting => say!("gnss-link-connecting"),
        Link::Connected { since } => {
            let time = scene.now.since(since);
            scene.again_in(until_next(time));
            say!("gnss-link-answers", time = duration(time))
        }
        Link::Ended => say!("gnss-link-ended"),
    };
    lasting(ui, &say!("gnss-state"), Some(link), state);
    let counts = snapshot.counts.map(counts);
    lasting(ui, &say!("gnss-sentences"), counts, state);
}

fn old(age: std::time::Duration, scene: &mut Scene<'_>) -> String {
    scene.again_in(until_next(age));
    say!("gnss-is-old", age = duration(age))
}

fn with_error(value: String, error: Option<String>) -> String {
    match error {
        Some(error) => format!("{value} ±{error}"),
        None => value,
    }
}

fn utc(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn quality(quality: Quality) -> Option<String> {
    Some(match quality {
        Quality::Unknown => return None,
        Quality::Autonomous => say!("gnss-by-nothing"),
        Quality::Differential => say!("gnss-by-corrections"),
        Quality::FloatRtk => say!("gnss-rtk-float"),
        Quality::FixedRtk => say!("gnss-rtk-fixed"),
        Quality::Estimated => say!("gnss-by-reckoning"),
        Quality::Manual => say!("gnss-by-hand"),
        Quality::Simulated => say!("gnss-by-simulator"),
    })
}

fn counts(counts: Counts) -> String {
    let (useless, damaged, broken) = (counts.ignored, counts.bad_checksum, counts.broken);
    let mut said = vec![say!("gnss-sentences-good", count = counts.good)];
    said.extend((useless > 0).then(|| say!("gnss-sentences-useless", count = useless)));
    said.extend((damaged > 0).then(|| say!("gnss-sentences-damaged", count = damaged)));
    said.extend((broken > 0).then(|| say!("gnss-sentences-broken", count = broken)));
    said.join(", ")
}
