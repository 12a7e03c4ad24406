//! How strengths and rates look: thresholds, colours, steps, units.

use crate::bar::{Colour, Icon, Segment};

/// The person's own wishes for strengths and rates.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Below this strength, 0..=100 %, the low colour is taken.
    pub low: u8,
    /// From this strength on, 0..=100 %, the high colour is taken.
    pub high: u8,
    /// The colour of a weak signal.
    pub low_colour: Option<Colour>,
    /// The colour of a signal between the two.
    pub normal_colour: Option<Colour>,
    /// The colour of a strong signal.
    pub high_colour: Option<Colour>,
    /// The colour of what is wrong.
    pub problem_colour: Option<Colour>,
    /// What is shown for a strength, from weak to strong, in place of our bars; the person's own
    /// text, markup and all.
    pub steps: Vec<String>,
    /// Rates in the fitting unit and with its name, instead of KB alone.
    pub suffix: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            low: 30,
            high: 60,
            low_colour: None,
            normal_colour: None,
            high_colour: None,
            problem_colour: None,
            steps: Vec::new(),
            suffix: false,
        }
    }
}

impl Look {
    /// The colour of a strength.
    #[must_use]
    pub fn colour(&self, percent: u8) -> Option<Colour> {
        if percent < self.low {
            self.low_colour
        } else if percent < self.high {
            self.normal_colour
        } else {
            self.high_colour
        }
    }

    /// The step of a strength, in its colour.
    #[must_use]
    pub fn bars(&self, percent: u8) -> Segment {
        let percent = percent.min(100);
        let count = self.steps.len();
        let at = count * usize::from(percent) / 101;
        let shown = match self.steps.get(at) {
            Some(text) => Segment::verbatim(text.as_str()),
            None => Segment::icon(Icon::bars(percent)),
        };
        shown.coloured(self.colour(percent))
    }
}
