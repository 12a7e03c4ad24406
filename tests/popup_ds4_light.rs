//! The popup of the game controllers, driven without a window: the light bar and the player LEDs.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/popup_ds4.rs"]
mod support;

use barpop::ds4::command::Command;
use barpop::ds4::light::{LightMode, PlayerLeds, Rgb};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use support::ds4_samples::{dualsense, dualshock};
use support::{Window, click, commands, named, press, shows, tell, type_text};

fn page(name: &str) -> Window {
    let mut window = named(name);
    type_text(&mut window, "3");
    commands(&mut window);
    window
}

fn light(mode: LightMode) -> Vec<Command> {
    vec![Command::Light(dualshock().id, mode)]
}

#[test]
fn every_effect_is_one_press_away() {
    let mut window = page("rest");
    let blue = Rgb::new(0, 0, 64);
    for (name, mode) in [
        ("Steady", LightMode::Colour(blue)),
        ("Blink", LightMode::blink(blue)),
        ("Breathe", LightMode::breathe(blue)),
        ("Police", LightMode::Police),
        ("Battery", LightMode::Battery),
        ("Buttons", LightMode::Buttons),
        ("Off", LightMode::Off),
    ] {
        click(&mut window, name);
        assert_eq!(commands(&mut window), light(mode), "{name}");
        tell(&mut window, |pad| pad.light.mode = Some(mode));
    }
}

#[test]
fn a_named_colour_is_taken_and_goes_on_blinking() {
    let mut window = page("square");
    click(&mut window, "Green");
    let green = Rgb::new(0, 255, 0);
    assert_eq!(commands(&mut window), light(LightMode::blink(green)));
    tell(&mut window, |pad| pad.light.mode = Some(LightMode::Police));
    click(&mut window, "Red");
    let red = Rgb::new(255, 0, 0);
    assert_eq!(commands(&mut window), light(LightMode::Colour(red)));
}

#[test]
fn the_sliders_work_by_arrow_keys() {
    let mut window = page("rest");
    window.get_by_label("Brightness").focus();
    window.run_steps(2);
    press(&mut window, Key::End);
    assert_eq!(
        commands(&mut window),
        light(LightMode::Colour(Rgb::new(0, 0, 255)))
    );
    press(&mut window, Key::Home);
    assert_eq!(commands(&mut window), light(LightMode::Colour(Rgb::BLACK)));
    press(&mut window, Key::End);
    commands(&mut window);
    window.get_by_label("Hue").focus();
    window.run_steps(2);
    press(&mut window, Key::ArrowRight);
    let sent = commands(&mut window);
    let [Command::Light(_, LightMode::Colour(colour))] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert!(
        colour.red > 0 && colour.blue == 255,
        "a step from blue to violet: {colour}"
    );
}

#[test]
fn a_dragged_slider_does_not_flood_the_radio() {
    let mut window = page("rest");
    let rect = window.get_by_label("Hue").rect();
    let at = |share: f32| egui::pos2(rect.left() + rect.width() * share, rect.center().y);
    window.event(egui::Event::PointerMoved(at(0.1)));
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.event(button(at(0.1), true));
    window.run_steps(1);
    for step in 0..30_u8 {
        window.event(egui::Event::PointerMoved(at(0.1 + f32::from(step) * 0.02)));
        window.run_steps(1);
    }
    window.event(button(at(0.68), false));
    window.run_steps(6);
    let sent = commands(&mut window);
    assert!((5..=18).contains(&sent.len()), "{} in a second", sent.len());
    // The last colour is the one under the pointer: blue.
    let Some(Command::Light(_, LightMode::Colour(last))) = sent.last() else {
        panic!("{sent:?}");
    };
    assert!(
        last.blue == 64 && last.red < 16 && last.green < 16,
        "{last}"
    );
}

#[test]
fn a_colour_can_be_typed_and_letters_then_press_nothing() {
    let mut window = page("rest");
    window.get_by_label("Colour, like #ff8000 or red").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    type_text(&mut window, "#ff80");
    assert_eq!(commands(&mut window), [], "not whole yet");
    type_text(&mut window, "0s");
    assert_eq!(commands(&mut window), [], "no rumble, and no colour");
    press(&mut window, Key::Backspace);
    type_text(&mut window, "0");
    let orange = Rgb::new(255, 128, 0);
    assert_eq!(commands(&mut window), light(LightMode::Colour(orange)));
    press(&mut window, Key::Escape);
    assert!(shows(&window, "What it does"), "Esc left the field only");
}

#[test]
fn the_former_colour_comes_back_and_off_is_a_key() {
    let mut window = page("square");
    type_text(&mut window, "o");
    assert_eq!(commands(&mut window), light(LightMode::Off));
    type_text(&mut window, "b");
    let back = [Command::RestoreLight(dualshock().id)];
    assert_eq!(commands(&mut window), back);
    click(&mut window, "Former colour back");
    assert_eq!(commands(&mut window), back);
}

#[test]
fn a_rhythm_can_be_set_where_there_is_one() {
    let mut window = page("rest");
    assert!(!shows(&window, "One turn lasts"));
    tell(&mut window, |pad| {
        pad.light.mode = Some(LightMode::breathe(Rgb::new(0, 0, 64)));
    });
    window.get_by_label("One turn lasts").focus();
    window.run_steps(2);
    press(&mut window, Key::Home);
    let sent = commands(&mut window);
    let [Command::Light(_, LightMode::Breathe { period, .. })] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(period.as_millis(), 1_000);
}

#[test]
fn player_leds_are_there_where_the_pad_has_some() {
    let mut window = page("rest");
    assert!(!shows(&window, "Player"));
    window = page("dualsense");
    click(&mut window, "Player: 3");
    let three = PlayerLeds::for_player(3);
    assert_eq!(
        commands(&mut window),
        [Command::Players(dualsense().id, three)]
    );
}

#[test]
fn a_light_bar_that_cannot_be_set_says_why() {
    assert!(shows(&page("forbidden"), "may not be changed"));
    assert!(shows(&page("generic"), "shows no light bar"));
    let mut window = page("forbidden");
    type_text(&mut window, "o");
    assert_eq!(commands(&mut window), []);
}

#[test]
fn the_light_bar_is_told_in_words() {
    assert!(shows(&named("square"), "Light bar: #ff5a00"));
    let mut window = named("rest");
    tell(&mut window, |pad| pad.light.colour = Some(Rgb::BLACK));
    assert!(shows(&window, "Light bar: dark"));
}
