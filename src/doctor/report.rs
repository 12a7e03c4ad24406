//! Findings as a person pastes them into a bug report, and as JSON.

use std::env;
use std::fs;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Finding, Topic};
use crate::bar::clean;
use crate::secret::without_login;

/// More digits in a row than this are a number of somebody's (a phone, a SIM, a modem).
const DIGITS: usize = 6;

/// A text that may be shown to everybody: the home is `~`, long numbers and what stands between a
/// name and `@` in an address are `…`, nothing in it is a control character.
#[must_use]
pub fn fit(text: &str) -> String {
    let home = env::var("HOME").unwrap_or_default();
    fit_for(text, &home)
}

fn fit_for(text: &str, home: &str) -> String {
    let home = home.trim_end_matches('/');
    let mut text = clean(text);
    if !home.is_empty() {
        text = text.replace(home, "~");
    }
    without_numbers(&without_login(&text))
}

fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let end = |run: &mut String, out: &mut String| {
        if run.len() > DIGITS {
            out.push('…');
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if c.is_ascii_digit() {
            run.push(c);
        } else {
            end(&mut run, &mut out);
            out.push(c);
        }
    }
    end(&mut run, &mut out);
    out
}

/// This machine in a line: versions of barpop and the kernel, distribution, session.
#[must_use]
pub fn machine() -> String {
    let kernel = rustix::system::uname();
    let mut parts = vec![
        concat!("barpop ", env!("CARGO_PKG_VERSION")).to_owned(),
        format!(
            "{} {} {}",
            kernel.sysname().to_string_lossy(),
            kernel.release().to_string_lossy(),
            kernel.machine().to_string_lossy()
        ),
    ];
    parts.extend(distribution());
    let said = ["XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "LANG"];
    let said = said.iter().filter_map(|name| env::var(name).ok());
    parts.extend(said.filter(|value| !value.is_empty()));
    fit(&parts.join(", "))
}

fn distribution() -> Option<String> {
    let text = fs::read_to_string("/etc/os-release").ok()?;
    let name = text.lines().find_map(|l| l.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches('"').to_owned())
}

/// How many things are wrong, in words.
fn summary(findings: &[Finding]) -> String {
    let wrong = findings.iter().filter(|f| f.verdict.is_wrong());
    let wrong: Vec<String> = wrong
        .map(|finding| format!("{} {}", finding.topic.word(), finding.part))
        .collect();
    match wrong.as_slice() {
        [] => "nothing is wrong".to_owned(),
        [one] => format!("one thing is wrong: {one}"),
        more => format!("{} things are wrong: {}", more.len(), more.join(", ")),
    }
}

/// Writes findings as lines, a topic after the other.
///
/// # Errors
/// When nobody reads any more.
pub fn write(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", machine())?;
    let width = findings.iter().map(|f| f.part.chars().count()).max();
    let width = width.unwrap_or(0);
    let mut topic: Option<Topic> = None;
    for finding in findings {
        if topic != Some(finding.topic) {
            topic = Some(finding.topic);
            writeln!(out, "\n{}", finding.topic.word())?;
        }
        let (verdict, part) = (finding.verdict.word(), &finding.part);
        let sentence = fit(&finding.sentence);
        writeln!(out, "  {verdict:<8} {part:<width$}  {sentence}")?;
        if let Some(remedy) = &finding.remedy {
            writeln!(out, "  {:<8} {:<width$}  -> {}", "", "", fit(remedy))?;
        }
    }
    writeln!(out, "\n{}", summary(findings))
}

/// Findings for other programs.
#[must_use]
pub fn to_json(findings: &[Finding]) -> Value {
    let all = findings.iter().map(|finding| {
        json!({
            "topic": finding.topic.word(),
            "part": finding.part,
            "verdict": finding.verdict.word(),
            "sentence": fit(&finding.sentence),
            "remedy": finding.remedy.as_deref().map(fit),
        })
    });
    json!({
        "machine": machine(),
        "findings": all.collect::<Vec<_>>(),
        "wrong": findings.iter().filter(|f| f.verdict.is_wrong()).count(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    #[test]
    fn homes_numbers_and_logins_are_not_for_everybody() {
        let fit = |text: &str| fit_for(text, "/home/eve/");
        assert_eq!(fit("/home/eve/.xsms has mode 644"), "~/.xsms has mode 644");
        assert_eq!(fit("mm:353270040000005 and +491701234567"), "mm:… and +…");
        assert_eq!(fit("123456 stays, 1234567 goes"), "123456 stays, … goes");
        assert_eq!(
            fit("'http://eve:secret@roof:8318/x' is refused"),
            "'http://…@roof:8318/x' is refused"
        );
        assert_eq!(fit("no\u{1b}[31m colours\nhere"), "no[31m colours here");
    }

    #[test]
    fn what_is_wrong_is_counted_and_named_at_the_end() {
        let finding = |verdict, part: &str| Finding {
            topic: Topic::Net,
            part: part.to_owned(),
            verdict,
            sentence: "is so".to_owned(),
            remedy: verdict.is_wrong().then(|| "do this".to_owned()),
        };
        let found = [
            finding(Verdict::Ok, "NetworkManager"),
            finding(Verdict::Warn, "permissions"),
        ];
        let mut out = Vec::new();
        write(&found, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(
            out.ends_with(
                "\nnet\n  ok       NetworkManager  is so\n  warn     permissions     is so\n\
                 \x20                          -> do this\n\none thing is wrong: net permissions\n"
            ),
            "{out}"
        );
        assert_eq!(to_json(&found)["wrong"], 1);
        assert_eq!(to_json(&found)["findings"][1]["remedy"], "do this");
    }
}
