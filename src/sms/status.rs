//! The line of `xsms`: a summary in a few words.

use serde_json::{Value, json};

use super::broadcast::Severity;
use super::snapshot::{Lock, Modem, ModemState, Registration, Summary, Waiting};
use crate::bar::{Error, Icon, Line, Segment, Template, format_count};

/// The fields of `--format`.
pub const FIELDS: [&str; 14] = [
    "icon",
    "sender",
    "unread",
    "total",
    "operator",
    "signal",
    "sim_used",
    "sim_capacity",
    "registration",
    "voicemail",
    "waiting",
    "alert",
    "state",
    "error",
];

/// How the person wants the line.
#[derive(Debug, Clone)]
pub struct Format {
    kind: Kind,
    hide_when_absent: bool,
}

#[derive(Debug, Clone)]
enum Kind {
    /// The original's two formats.
    Counted {
        read: String,
        unread: String,
    },
    Template(Template),
}

impl Format {
    /// The original's formats: `read` is printed as it is, `unread` is printf-style with one `%d`.
    ///
    /// # Errors
    /// When `unread` cannot print a count.
    pub fn counted(read: &str, unread: &str, hide_when_absent: bool) -> Result<Self, Error> {
        format_count(unread, 1)?;
        let kind = Kind::Counted {
            read: read.to_owned(),
            unread: unread.to_owned(),
        };
        Ok(Self {
            kind,
            hide_when_absent,
        })
    }

    /// A template with named fields.
    ///
    /// # Errors
    /// When it has a field that is not one of [`FIELDS`], or a stray brace.
    pub fn template(template: &str, hide_when_absent: bool) -> Result<Self, Error> {
        let kind = Kind::Template(Template::parse(template, &FIELDS)?);
        Ok(Self {
            kind,
            hide_when_absent,
        })
    }

    /// Whether it shows what only the network knows.
    #[must_use]
    pub fn wants_network(&self) -> bool {
        match &self.kind {
            Kind::Counted { .. } => false,
            Kind::Template(template) => template.uses("operator") || template.uses("signal"),
        }
    }

    /// Whether it shows the sender of the newest unread message, for which the address book is
    /// read.
    #[must_use]
    pub fn wants_sender(&self) -> bool {
        matches!(&self.kind, Kind::Template(template) if template.uses("sender"))
    }

    /// The line for this state.
    #[must_use]
    pub fn line(&self, summary: &Summary) -> Line {
        let problem = problem(summary);
        let absent = matches!(
            summary.modem.state,
            ModemState::Absent | ModemState::Unconfigured
        );
        let mut segments = match &self.kind {
            Kind::Template(template) => template.fill(|field| value(field, summary)),
            Kind::Counted { read, unread } => {
                let count = if summary.unread == 0 {
                    // A problem says more than "nothing unread".
                    (problem.is_none()).then(|| read.clone())
                } else {
                    // The format was checked when it was taken.
                    Some(
                        format_count(unread, summary.unread)
                            .unwrap_or_else(|_| summary.unread.to_string()),
                    )
                };
                count.map(Segment::verbatim).into_iter().collect()
            }
        };
        if matches!(self.kind, Kind::Counted { .. }) {
            for words in [problem, voice_mail(summary)].into_iter().flatten() {
                if !segments.is_empty() {
                    segments.push(Segment::verbatim(" "));
                }
                segments.push(Segment::untrusted(words));
            }
        }
        Line {
            segments,
            class: class(summary),
            tooltip: Some(tooltip(summary)),
            percentage: summary.modem.signal_percent,
            urgent: summary.unread > 0
                || warns(summary)
                || matches!(summary.modem.state, ModemState::Locked(_)),
            hidden: self.hide_when_absent && absent,
            click: None,
        }
    }
}

fn value(field: &str, summary: &Summary) -> Option<Segment> {
    let modem = &summary.modem;
    let number = |n: Option<u32>| n.map(|n| Segment::untrusted(n.to_string()));
    match field {
        "icon" => Some(Segment::icon(icon(summary))),
        "sender" => summary.sender.clone().map(Segment::untrusted),
        "unread" => number(Some(summary.unread)),
        "total" => number(Some(summary.total)),
        "operator" => modem.operator.clone().map(Segment::untrusted),
        "signal" => modem
            .signal_percent
            .map(|s| Segment::untrusted(s.to_string())),
        "sim_used" => number(modem.sim_used),
        "sim_capacity" => number(modem.sim_capacity),
        "registration" => modem.registration.map(|r| Segment::untrusted(r.word())),
        "voicemail" => voice_mail(summary).map(Segment::untrusted),
        "waiting" => {
            let words: Vec<String> = summary.waiting.iter().map(|w| w.words()).collect();
            (!words.is_empty()).then(|| Segment::untrusted(words.join(", ")))
        }
        "alert" => summary
            .alert
            .map(|severity| Segment::untrusted(severity.title())),
        "state" => problem(summary).map(Segment::untrusted),
        "error" => summary.error.clone().map(Segment::untrusted),
        _ => None,
    }
}

/// Whether there is a warning that must be seen at once.
fn warns(summary: &Summary) -> bool {
    summary.alert.is_some_and(Severity::is_urgent)
}

/// `voice mail`, with the count where it is told.
fn voice_mail(summary: &Summary) -> Option<String> {
    let voice = summary.waiting.iter().find(|w| w.kind == Waiting::VOICE);
    voice.map(|waiting| waiting.words())
}

fn icon(summary: &Summary) -> Icon {
    match summary.modem.state {
        _ if warns(summary) => Icon::Warning,
        ModemState::Locked(_) => Icon::Lock,
        ModemState::Failed(_) | ModemState::Busy { .. } => Icon::Warning,
        ModemState::Absent => Icon::Plug,
        _ if summary.unread > 0 => Icon::Envelope,
        _ => Icon::EnvelopeOpen,
    }
}

/// What is wrong, in the few words that fit on a bar.
fn problem(summary: &Summary) -> Option<String> {
    if warns(summary) {
        return Some("ALERT".to_owned());
    }
    let offline = summary.modem.registration.filter(|r| !r.serves());
    Some(match &summary.modem.state {
        ModemState::Ready if summary.error.is_none() && offline.is_some() => {
            if offline == Some(Registration::Denied) {
                "network refuses SIM".to_owned()
            } else {
                "no network".to_owned()
            }
        }
        ModemState::Restarting => "modem restarts".to_owned(),
        ModemState::Ready | ModemState::Starting | ModemState::Unconfigured => {
            return summary.error.as_ref().map(|_| "SMS error".to_owned());
        }
        ModemState::Absent => "no modem".to_owned(),
        ModemState::Busy {
            holder: Some(holder),
        } => {
            format!("held by {}", holder.split(" (").next().unwrap_or(holder))
        }
        ModemState::Busy { holder: None } => "port busy".to_owned(),
        ModemState::Locked(Lock::SimPin) => "SIM PIN".to_owned(),
        ModemState::Locked(Lock::SimPuk) => "SIM PUK".to_owned(),
        ModemState::Locked(Lock::NoSim) => "no SIM".to_owned(),
        ModemState::Locked(Lock::Other(name)) => name.clone(),
        ModemState::Failed(_) => "modem error".to_owned(),
    })
}

fn class(summary: &Summary) -> &'static str {
    match &summary.modem.state {
        _ if warns(summary) => "alert",
        ModemState::Locked(_) => "locked",
        ModemState::Failed(_) | ModemState::Busy { .. } => "error",
        ModemState::Absent => "absent",
        _ if summary.error.is_some() => "error",
        _ if summary.unread > 0 => "unread",
        _ => "read",
    }
}

fn tooltip(summary: &Summary) -> String {
    let mut lines = vec![format!(
        "{} unread, {} in all",
        summary.unread, summary.total
    )];
    let modem = &summary.modem;
    match (&modem.operator, modem.signal_percent) {
        (Some(operator), Some(signal)) => lines.push(format!("{operator}, {signal} %")),
        (Some(operator), None) => lines.push(operator.clone()),
        (None, Some(signal)) => lines.push(format!("signal {signal} %")),
        (None, None) => {}
    }
    if let (Some(used), Some(capacity)) = (modem.sim_used, modem.sim_capacity) {
        lines.push(format!("SIM {used} of {capacity}"));
    }
    lines.extend(summary.alert.map(|severity| severity.title().to_owned()));
    lines.extend(summary.waiting.iter().map(|waiting| waiting.words()));
    lines.extend(summary.error.clone());
    lines.join("\n")
}

/// The state of a modem in one word, for other programs.
#[must_use]
pub fn state_word(modem: &Modem) -> String {
    match &modem.state {
        ModemState::Unconfigured => "none".to_owned(),
        ModemState::Absent => "absent".to_owned(),
        ModemState::Busy { .. } => "busy".to_owned(),
        ModemState::Starting => "starting".to_owned(),
        ModemState::Restarting => "restarting".to_owned(),
        ModemState::Locked(Lock::SimPin) => "sim-pin".to_owned(),
        ModemState::Locked(Lock::SimPuk) => "sim-puk".to_owned(),
        ModemState::Locked(Lock::NoSim) => "no-sim".to_owned(),
        ModemState::Locked(Lock::Other(name)) => name.to_lowercase().replace(' ', "-"),
        ModemState::Ready => "ready".to_owned(),
        ModemState::Failed(_) => "failed".to_owned(),
    }
}

/// The whole summary as other programs may rely on it.
#[must_use]
pub fn to_json(summary: &Summary) -> Value {
    let modem = &summary.modem;
    json!({
        "unread": summary.unread,
        "total": summary.total,
        "modem": {
            "state": state_word(modem),
            "operator": modem.operator,
            "signal_percent": modem.signal_percent,
            "sim_used": modem.sim_used,
            "sim_capacity": modem.sim_capacity,
            "pin_tries": modem.pin_tries,
            "registration": modem.registration.map(Registration::word),
            "ussd_asks": modem.ussd_asks,
        },
        "waiting": summary.waiting.iter().map(|waiting| json!({
            "kind": waiting.word(),
            "count": waiting.count,
        })).collect::<Vec<_>>(),
        "alert": summary.alert.map(Severity::word),
        "error": summary.error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bar::{Icons, Output, Style};

    fn summary(unread: u32, state: ModemState) -> Summary {
        Summary {
            unread,
            total: 9,
            modem: Modem {
                state,
                ..Modem::default()
            },
            ..Summary::default()
        }
    }

    fn shown(format: &Format, summary: &Summary) -> String {
        let style = Style {
            output: Output::Xmobar,
            icons: Icons::Font,
            ascii: false,
        };
        style.render(&format.line(summary))
    }

    #[test]
    fn the_originals_output_comes_back_to_the_byte() {
        let table = [
            (0, "%d", "(empty)"),
            (3, "%d", "3"),
            (3, "<fn=1>X</fn> %d", "<fn=1>X</fn> 3"),
            (3, "%5d|100%%", "    3|100%"),
        ];
        for (unread, format, line) in table {
            let format = Format::counted("(empty)", format, false).unwrap();
            assert_eq!(shown(&format, &summary(unread, ModemState::Ready)), line);
        }
    }

    #[test]
    fn the_bar_says_in_a_few_words_what_is_wrong_and_keeps_the_count() {
        let format = Format::counted("(empty)", "%d", false).unwrap();
        let holder = Some("ModemManager (812)".to_owned());
        let table = [
            (0, ModemState::Locked(Lock::SimPin), "SIM PIN"),
            (0, ModemState::Locked(Lock::SimPuk), "SIM PUK"),
            (0, ModemState::Locked(Lock::NoSim), "no SIM"),
            (2, ModemState::Locked(Lock::SimPin), "2 SIM PIN"),
            (0, ModemState::Absent, "no modem"),
            (0, ModemState::Busy { holder }, "held by ModemManager"),
            (0, ModemState::Busy { holder: None }, "port busy"),
            (1, ModemState::Unconfigured, "1"),
            (0, ModemState::Unconfigured, "(empty)"),
        ];
        for (unread, state, line) in table {
            assert_eq!(shown(&format, &summary(unread, state)), line);
        }
    }

    #[test]
    fn a_template_shows_its_fields_and_escapes_what_the_network_says() {
        let format = Format::template("<fc=#f00>{unread}</fc> {operator}", false).unwrap();
        let mut summary = summary(3, ModemState::Ready);
        summary.modem.operator = Some("<action=`id`>".to_owned());
        assert_eq!(
            shown(&format, &summary),
            "<fc=#f00>3</fc> <raw=13:<action=`id`>/>"
        );
        assert!(format.wants_network());
    }

    #[test]
    fn voice_mail_a_warning_and_a_missing_network_are_on_the_line() {
        let format = Format::counted("(empty)", "%d", false).unwrap();
        let mut summary = summary(0, ModemState::Ready);
        let voice = Waiting {
            kind: Waiting::VOICE,
            count: Some(2),
        };
        summary.waiting = vec![voice];
        assert_eq!(shown(&format, &summary), "(empty) 2 voice mails");
        summary.modem.registration = Some(Registration::Searching);
        assert_eq!(shown(&format, &summary), "no network 2 voice mails");
        summary.alert = Some(Severity::Extreme);
        summary.unread = 1;
        assert_eq!(shown(&format, &summary), "1 ALERT 2 voice mails");
        assert_eq!(format.line(&summary).class, "alert");
        let template = Format::template("{voicemail}|{alert}|{registration}", false).unwrap();
        assert_eq!(
            shown(&template, &summary),
            "2 voice mails|Emergency alert: extreme danger|searching"
        );
        // A test of the alert is a message like any other.
        summary.alert = Some(Severity::Test);
        summary.modem.registration = Some(Registration::Roaming);
        assert_eq!(shown(&format, &summary), "1 2 voice mails");
    }

    #[test]
    fn the_line_is_empty_when_hidden() {
        let format = Format::counted("(empty)", "%d", true).unwrap();
        assert_eq!(shown(&format, &summary(0, ModemState::Absent)), "");
        assert_eq!(shown(&format, &summary(0, ModemState::Ready)), "(empty)");
    }

    #[test]
    fn json_has_the_shape_that_other_programs_rely_on() {
        insta::assert_snapshot!(to_json(&summary(3, ModemState::Locked(Lock::SimPin))), @r#"{"alert":null,"error":null,"modem":{"operator":null,"pin_tries":null,"registration":null,"signal_percent":null,"sim_capacity":null,"sim_used":null,"state":"sim-pin","ussd_asks":null},"total":9,"unread":3,"waiting":[]}"#);
    }
}
