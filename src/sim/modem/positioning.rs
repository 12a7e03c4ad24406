//! Intel's position requests, `+XLCSLSR` and `+XLSRSTOP`: the answer names the request, the
//! positions come as unsolicited lines until it is stopped.

use std::time::Duration;

use super::answer::{Answer, Piece, Refusal, line, ok};
use super::command::{Form, Values};
use super::{Event, Modem, pdu};

/// The requests.
#[derive(Debug, Default)]
pub(super) struct Positions {
    asked: u32,
    /// The request that runs; one at a time can.
    running: Option<u32>,
    period: Duration,
    /// Positions told so far.
    told: u32,
}

impl Positions {
    pub fn power_on(&mut self) {
        self.running = None;
    }
}

impl Modem {
    /// Whether a position request runs.
    #[must_use]
    pub fn is_locating(&self) -> bool {
        self.network.positions.running.is_some()
    }

    pub(super) fn request_command(&mut self, form: &Form) -> Answer {
        match form {
            Form::Test => line(
                "+XLCSLSR:(0-2),(0-3), (0,1),(0,1),(0,1),(0 -7200),(0-255),(0-1),(0-2),(1-256),(0,1)",
            ),
            Form::Set(values) => self.request_position(values),
            Form::Read | Form::Execute => Err(Refusal::Error),
        }
    }

    /// The seventh value is the pause between two positions in seconds; without one, one comes.
    fn request_position(&mut self, values: &Values) -> Answer {
        if self.is_locating() {
            return Err(Refusal::Cme(3));
        }
        let positions = &mut self.network.positions;
        positions.asked += 1;
        let id = positions.asked;
        let pause = values.number(6);
        positions.running = pause.map(|_| id);
        positions.period = self
            .options
            .position_period
            .unwrap_or(Duration::from_secs(pause.unwrap_or(1).max(1).into()));
        let position = self.position();
        self.after_answer(&position);
        if pause.is_some() {
            self.next_position(id);
        }
        line(format!("+XLCSLSR: request id {id}"))
    }

    pub(super) fn stop_command(&mut self, form: &Form) -> Answer {
        let Form::Set(values) = form else {
            return Err(Refusal::Error);
        };
        let id = values.number(1).unwrap_or(0);
        if self.network.positions.running == Some(id) {
            self.network.positions.running = None;
        }
        self.after_answer(&format!("+XLSRSTOP: 0,{id}"));
        ok()
    }

    fn next_position(&mut self, id: u32) {
        let due = self.now + self.faults.latency + self.network.positions.period;
        self.later(due, Event::Position(id));
    }

    pub(super) fn tell_position(&mut self, id: u32) {
        if self.network.positions.running == Some(id) {
            let position = self.position();
            let bytes = self.framed(&[Piece::line(position)], "");
            self.write_at(self.now, bytes);
            self.next_position(id);
        }
    }

    /// Each is a step further to the north.
    fn position(&mut self) -> String {
        let north = 49.195_669 + f64::from(self.network.positions.told % 1000) / 10_000.0;
        self.network.positions.told += 1;
        let time = pdu::local_time(self.clock(), 0)
            .strftime("%Y/%m/%d,%H:%M:%S")
            .to_string();
        format!(
            "+XLCSLSR: 2, {north:.6} N, 16.606075 E, 119.996932, 48.743179, 39.616302,143, \
             100.997169,67,{time},0,1,75.45,2.28,-0.25,2.20,0.64"
        )
    }
}
