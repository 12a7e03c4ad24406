//! A real browser without a screen: Chromium, driven over WebDriver.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;

/// Long enough for a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// How WebDriver marks an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with one window.
pub struct Browser {
    driver: Child,
    agent: Agent,
    session: String,
    /// What the browser keeps, in a folder that goes with it.
    _profile: tempfile::TempDir,
}

/// An element of the page that is shown.
pub struct Element<'a> {
    browser: &'a Browser,
    id: String,
}

impl Browser {
    pub fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver (tests/setup.sh installs it)");
        let said = BufReader::new(driver.stdout.take().expect("its output"));
        let port: u16 = said
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_once("successfully on port ")?
                    .1
                    .trim_end_matches('.')
                    .parse()
                    .ok()
            })
            .expect("chromedriver says its port");
        let profile = tempfile::tempdir().expect("a temporary folder");
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE));
        let mut browser = Self {
            driver,
            agent: config.build().into(),
            session: format!("http://127.0.0.1:{port}/session"),
            _profile: profile,
        };
        let folder = format!("--user-data-dir={}", browser._profile.path().display());
        let options = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--no-first-run", "--disable-background-networking", "--no-proxy-server",
                "--force-prefers-reduced-motion", folder,
            ] },
        }}});
        let session = browser.send("", options);
        let id = session["sessionId"].as_str().expect("a session").to_owned();
        browser.session = format!("{}/{id}", browser.session);
        browser
    }

    pub fn open(&self, url: &str) {
        self.send("/url", json!({ "url": url }));
    }

    pub fn url(&self) -> String {
        self.get("/url").as_str().unwrap_or_default().to_owned()
    }

    pub fn title(&self) -> String {
        self.get("/title").as_str().unwrap_or_default().to_owned()
    }

    /// The window as a device has it: its size in CSS pixels, and whether it is dark there.
    pub fn device(&self, width: u32, height: u32, dark: bool) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 600,
            }),
        );
        let scheme = if dark { "dark" } else { "light" };
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({
                "features": [{ "name": "prefers-color-scheme", "value": scheme }],
            }),
        );
    }

    /// As a person who has switched scripts off.
    pub fn without_scripts(&self) {
        self.devtools(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": true }),
        );
    }

    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.send(
            "/goog/cdp/execute",
            json!({ "cmd": command, "params": parameters }),
        )
    }

    /// What a function's body returns in the page.
    pub fn script(&self, body: &str) -> Value {
        self.send("/execute/sync", json!({ "script": body, "args": [] }))
    }

    /// What the page said on the browser's console, also what its policy forbade.
    pub fn console(&self) -> Vec<String> {
        let said = self.send("/se/log", json!({ "type": "browser" }));
        let lines = said.as_array().cloned().unwrap_or_default();
        lines
            .iter()
            .map(|line| line["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The first element that matches, as soon as there is one.
    pub fn find(&self, css: &str) -> Element<'_> {
        self.wait(css, || self.look(css))
    }

    /// The first element that matches, where there is one now.
    pub fn look(&self, css: &str) -> Option<Element<'_>> {
        let all = self.send(
            "/elements",
            json!({ "using": "css selector", "value": css }),
        );
        let id = all.as_array()?.first()?[ELEMENT].as_str()?.to_owned();
        Some(Element { browser: self, id })
    }

    /// Whether the text that can be seen of an element has these words.
    pub fn shows(&self, css: &str, words: &str) -> bool {
        self.try_text(css).is_some_and(|text| text.contains(words))
    }

    /// Waits until it has.
    pub fn until(&self, css: &str, words: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.shows(css, words) {
            assert!(
                Instant::now() < end,
                "no '{words}' in {css}, but {:?}",
                self.try_text(css)
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn try_text(&self, css: &str) -> Option<String> {
        let element = self.look(css)?;
        // It may be replaced just now.
        let path = format!("{}/element/{}/text", self.session, element.id);
        self.answer(self.agent.get(path).call())
            .ok()?
            .as_str()
            .map(str::to_owned)
    }

    fn wait<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(
                Instant::now() < end,
                "not within {PATIENCE:?}: {what} on {}",
                self.url()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Keeps a picture of the whole page as `target/NAME.png`.
    pub fn picture(&self, name: &str) -> PathBuf {
        let whole = self.devtools(
            "Page.captureScreenshot",
            json!({ "format": "png", "captureBeyondViewport": true }),
        );
        let bytes = base64(whole["data"].as_str().expect("a picture"));
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("target/screens")
            .join(format!("{name}.png"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.agent.get(format!("{}{path}", self.session)).call();
        self.answer(answer)
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn send(&self, path: &str, body: Value) -> Value {
        let request = self
            .agent
            .post(format!("{}{path}", self.session))
            .content_type("application/json");
        let answer = self.answer(request.send(body.to_string()));
        answer.unwrap_or_else(|error| panic!("{path} {body}: {error}"))
    }

    fn answer(
        &self,
        answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Value, String> {
        let mut answer = answer.map_err(|error| error.to_string())?;
        let limit = answer
            .body_mut()
            .with_config()
            .limit(64 << 20)
            .read_to_string();
        let text = limit.map_err(|error| error.to_string())?;
        let mut value: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        match value["value"]["error"].is_string() {
            true => Err(text),
            false => Ok(value["value"].take()),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Element<'_> {
    pub fn click(&self) {
        self.browser
            .send(&format!("/element/{}/click", self.id), json!({}));
    }

    /// Types this in place of what is there.
    pub fn write(&self, text: &str) {
        self.browser
            .send(&format!("/element/{}/clear", self.id), json!({}));
        if !text.is_empty() {
            self.press(text);
        }
    }

    /// Presses these keys.
    pub fn press(&self, text: &str) {
        self.browser.send(
            &format!("/element/{}/value", self.id),
            json!({ "text": text }),
        );
    }

    pub fn text(&self) -> String {
        self.browser
            .get(&format!("/element/{}/text", self.id))
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What a field holds.
    pub fn value(&self) -> String {
        let value = self
            .browser
            .get(&format!("/element/{}/property/value", self.id));
        value.as_str().unwrap_or_default().to_owned()
    }

    pub fn is_shown(&self) -> bool {
        self.browser.get(&format!("/element/{}/displayed", self.id)) == json!(true)
    }

    /// What a screen reader says of it.
    pub fn label(&self) -> String {
        let label = self
            .browser
            .get(&format!("/element/{}/computedlabel", self.id));
        label.as_str().unwrap_or_default().to_owned()
    }
}

fn base64(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.bytes().filter_map(digit).map(u32::from).collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for four in digits.chunks(4) {
        let bits = four.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - four.len()));
        bytes.extend(bits.to_be_bytes()[1..].iter().take(four.len() - 1));
    }
    bytes
}
