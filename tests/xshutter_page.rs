//! The page of `xshutter serve` in a real browser.
#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/browser.rs"]
mod browser;
#[path = "support/shutter.rs"]
mod shutter;

use std::time::Duration;

use barpop::shutter::command::Command;
use barpop::shutter::plan::Plan;
use barpop::shutter::snapshot::State;
use browser::Browser;
use shutter::{PASSWORD, Served};

const PHONE: (u32, u32) = (320, 640);
const DESK: (u32, u32) = (1200, 800);

fn plan(interval: f64, count: u32) -> Plan {
    Plan {
        interval: Duration::from_secs_f64(interval),
        count: Some(count),
        ..Plan::default()
    }
}

/// Nothing is cut off at the right, and no rule of the page's policy was broken.
fn sound(browser: &Browser) {
    let width = browser.script("return [document.documentElement.scrollWidth, window.innerWidth]");
    assert!(
        width[0].as_u64() <= width[1].as_u64(),
        "wider than the window: {width}"
    );
    // That an answer had a status of its own is said there too.
    let mut said = browser.console();
    said.retain(|line| !line.contains("Failed to load resource"));
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_person_logs_in_starts_changes_and_stops_on_a_phone() {
    let served = Served::locked();
    let browser = Browser::start();
    browser.device(PHONE.0, PHONE.1, true);
    browser.open(&served.url());
    assert!(browser.url().ends_with("/login"), "{}", browser.url());
    browser.find("input[name=password]").write("wrong horse");
    browser.find("button").click();
    browser.until("#password-error", "This is not the password.");
    browser.picture("phone-login-wrong");
    browser.find("input[name=password]").write(PASSWORD);
    browser.find("button").click();
    browser.until("h1", "Ready");
    browser.picture("phone-ready");
    sound(&browser);

    browser.find("#f-interval").write("0:20");
    browser.find("#f-count").write("500");
    browser.find("#forms button").click();
    browser.until("h1", "Running: 1 of 500");
    let plan = served.handle.snapshot().plan.clone().unwrap();
    assert_eq!(
        (plan.interval, plan.count),
        (Duration::from_secs(20), Some(500))
    );
    browser.until("h1", "next in");
    let left = |browser: &Browser| {
        let text = browser.find("[role=timer]").text();
        text.trim_end_matches(" s")
            .parse::<u32>()
            .unwrap_or_else(|_| panic!("{text}"))
    };
    let before = left(&browser);
    assert!((1..=20).contains(&before), "{before}");
    // It counts down by itself.
    let end = std::time::Instant::now() + shutter::PATIENCE;
    while left(&browser) + 1 >= before {
        assert!(std::time::Instant::now() < end, "still {before} s");
        std::thread::sleep(Duration::from_millis(100));
    }
    browser.picture("phone-running");
    sound(&browser);

    assert_eq!(browser.find("#f-interval").value(), "20s");
    browser.find("#f-interval").write("1m30");
    browser.find("#f-count").write("");
    browser.find("#forms button").click();
    browser.until("h1", "Running: 1 picture");
    served.until("the new interval", |snapshot| {
        snapshot.interval == Some(Duration::from_secs(90)) && snapshot.count.is_none()
    });
    browser.find("#do-pause").click();
    browser.until("h1", "Paused");
    browser.find("#do-resume").click();
    browser.until("h1", "Running");
    browser.find("#do-stop").click();
    browser.until("h1", "Ready");
    browser.until("#progress", "The last plan was stopped after 1 picture.");
    assert_eq!(served.handle.snapshot().state, State::Idle);
    sound(&browser);

    browser.find("header button").click();
    browser.find("input[name=password]");
    assert!(browser.url().ends_with("/login"));
}

#[test]
fn a_wrong_value_comes_back_with_its_sentence_and_nothing_that_was_typed_is_lost() {
    let served = Served::open();
    for scripts in [true, false] {
        let browser = Browser::start();
        browser.device(PHONE.0, PHONE.1, false);
        if !scripts {
            browser.without_scripts();
        }
        browser.open(&served.url());
        browser.find("#f-interval").write("0");
        browser.find("#f-count").write("many");
        browser.find("#f-delay").write("5m");
        browser.find("summary").click();
        browser.find("#f-windows").write("dusk till dawn");
        browser.find("#forms button").click();
        browser.until("#e-interval", "at least 0.1 s");
        browser.until("#e-count", "'many' is no number");
        browser.until("#e-windows", "is no window");
        for (field, typed) in [
            ("interval", "0"),
            ("count", "many"),
            ("delay", "5m"),
            ("windows", "dusk till dawn"),
        ] {
            assert_eq!(
                browser.find(&format!("#f-{field}")).value(),
                typed,
                "{field}"
            );
        }
        assert!(
            browser.look("#e-delay").is_none(),
            "what is right is not complained about"
        );
        browser.picture(if scripts {
            "phone-wrong"
        } else {
            "phone-wrong-noscript"
        });
        browser.find("#f-interval").write("10");
        browser.find("#f-count").write("3");
        browser.find("#f-windows").write("");
        browser.find("#forms button").click();
        browser.until("h1", "Waiting for the first picture");
        let snapshot = served.handle.snapshot();
        let plan = snapshot.plan.as_ref().unwrap();
        assert_eq!(
            (plan.delay, plan.count),
            (Duration::from_secs(300), Some(3))
        );
        browser.find("#do-stop").click();
        browser.until("h1", "Ready");
    }
}

#[test]
fn without_javascript_everything_can_be_done_with_forms() {
    let served = Served::locked();
    let browser = Browser::start();
    browser.device(PHONE.0, PHONE.1, true);
    browser.without_scripts();
    browser.open(&served.url());
    browser.find("input[name=password]").write(PASSWORD);
    browser.find("button").click();
    browser.until("noscript", "Look again");
    browser.find("#f-interval").write("1h");
    browser.find("#forms button").click();
    browser.until("h1", "Running: ");
    browser.find("#do-snap").click();
    served.until("a picture by hand", |snapshot| {
        snapshot.total == 2 && snapshot.exposing_since.is_none()
    });
    browser.find("noscript a").click();
    browser.until("#history", "by hand");
    browser.find("#f-interval").write("2h");
    browser.find("#forms button").click();
    browser.until("#facts", "2 h");
    browser.find("#do-pause").click();
    browser.until("h1", "Paused");
    browser.find("#do-resume").click();
    browser.until("h1", "Running");
    browser.find("#do-stop").click();
    browser.until("h1", "Ready");
    browser.picture("phone-noscript");
    browser.find("header button").click();
    browser.find("input[name=password]");
}

#[test]
fn what_happens_elsewhere_is_seen_without_a_reload_and_typing_is_left_alone() {
    let served = Served::open();
    let browser = Browser::start();
    browser.device(DESK.0, DESK.1, true);
    browser.open(&served.url());
    browser.until("h1", "Ready");
    browser.script("window.same = true");
    served.handle.ask(Command::Start(plan(0.25, 5000))).unwrap();
    browser.until("h1", "Running");
    browser.until("#forms h2", "Change the plan");
    browser.find("#f-interval").write("12");
    served.until("some pictures", |snapshot| snapshot.shots > 40);
    let end = std::time::Instant::now() + shutter::PATIENCE;
    while browser
        .find("#history tbody th")
        .text()
        .parse::<u32>()
        .unwrap_or(0)
        < 40
    {
        assert!(std::time::Instant::now() < end, "the table stands still");
        std::thread::sleep(Duration::from_millis(100));
    }
    browser.find("svg.plot rect");
    assert_eq!(
        browser.find("#f-interval").value(),
        "12",
        "what is being typed stays"
    );
    browser.picture("desk-running");
    served.handle.ask(Command::Stop).unwrap();
    browser.until("h1", "Ready");
    browser.until("#forms h2", "New plan");
    assert_eq!(
        browser.script("return window.same"),
        true,
        "it is the same page"
    );
    sound(&browser);
}

#[test]
fn a_service_that_goes_is_missed_in_words() {
    let mut served = Served::open();
    let browser = Browser::start();
    browser.open(&served.url());
    browser.until("h1", "Ready");
    assert!(!browser.find("#offline").is_shown());
    served.end();
    browser.until("#offline", "No answer from the camera since");
    browser.picture("offline");
}

#[test]
fn a_release_that_is_not_there_is_told_first() {
    let served = Served::with(
        Default::default(),
        Some("the cable is not there; plug it in"),
    );
    let browser = Browser::start();
    browser.device(PHONE.0, PHONE.1, false);
    browser.open(&served.url());
    browser.until("h1", "Not ready");
    browser.until("#notices .bad", "plug it in");
    browser.picture("phone-problem");
    browser.find("#do-snap").click();
    browser.until("#answer", ".");
    sound(&browser);
}

#[test]
fn everything_has_a_name_for_who_hears_the_page_and_a_place_for_who_has_no_mouse() {
    let served = Served::open();
    let browser = Browser::start();
    browser.open(&served.url());
    browser.find("summary").click();
    for (css, label) in [
        ("#f-interval", "Interval"),
        ("#f-count", "Pictures"),
        ("#f-bulb", "Exposure (bulb)"),
        ("#f-windows", "Only between"),
        ("#do-snap", "One picture now"),
        ("#forms button", "Start"),
    ] {
        assert_eq!(browser.find(css).label(), label, "{css}");
    }
    let nameless = browser.script(
        "return [...document.querySelectorAll('input, select, button, summary')]
           .filter((e) => !(e.labels && e.labels.length) && !e.textContent.trim()).map((e) => e.outerHTML)",
    );
    assert_eq!(nameless.as_array().unwrap().len(), 0, "{nameless}");
    // From the field to the button with the keyboard alone, and sent with Enter.
    browser.find("#f-interval").write("1h");
    browser.find("#f-interval").press("\u{E007}");
    browser.until("h1", "Running");
    let small = browser.script(
        "return [...document.querySelectorAll('button, input, select, summary')]
           .filter((e) => e.getBoundingClientRect().height < 44 && e.offsetParent).map((e) => e.outerHTML)",
    );
    assert_eq!(
        small.as_array().unwrap().len(),
        0,
        "too small for a finger: {small}"
    );
}

#[test]
fn every_text_stands_out_from_what_is_behind_it() {
    let served = Served::with(Default::default(), None);
    served.handle.ask(Command::Start(plan(0.25, 12))).unwrap();
    served.until("it is done", |snapshot| snapshot.ended.is_some());
    let browser = Browser::start();
    for dark in [true, false] {
        browser.device(DESK.0, DESK.1, dark);
        browser.open(&served.url());
        browser.find("summary").click();
        let weak = browser.script(CONTRAST);
        assert_eq!(weak.as_array().unwrap().len(), 0, "{weak}");
        browser.picture(if dark {
            "desk-done-dark"
        } else {
            "desk-done-light"
        });
        sound(&browser);
    }
}

/// Texts with less than 4.5:1 to the nearest filled element around them.
const CONTRAST: &str = "
  const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
  return [...document.querySelectorAll('body *')]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length && e.tagName !== 'NOSCRIPT')
    .map((e) => { const svg = e.closest('svg'); const s = getComputedStyle(e);
      const [a, b] = [light(svg ? s.fill : s.color), light(behind(e))];
      return [e.outerHTML.slice(0, 80), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)]; })
    .filter(([, ratio]) => ratio < 4.5)";
