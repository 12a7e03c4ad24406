//! What is wrong with what was typed: in English here, in the person's language in the popup.

/// Why a text is not what it should be; it is quoted as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No duration.
    #[error("'{0}' is no duration: write it like 10s, 1m30s, 1:30, 0.5 or 1h")]
    Duration(String),
    /// A duration of more than 99:59:59.
    #[error("'{0}' is too long: 99:59:59 is the longest that can be kept")]
    Long(String),
    /// No moment.
    #[error("'{0}' is no time: write it like 22:30, '2026-12-24 22:30' or in RFC 3339")]
    Moment(String),
    /// No part of a day.
    #[error(
        "'{0}' is no window: write two times, or sunrise, sunset, civil-dawn, civil-dusk, \
         astronomical-dawn or astronomical-dusk with minutes, like 9:00-17:30 or \
         sunset+20-sunrise"
    )]
    Window(String),
    /// A window without a time in it.
    #[error("'{0}' begins where it ends")]
    EmptyWindow(String),
    /// No bracket.
    #[error("'{0}' is no bracket: write frames and exposure values, like 3:1 or 5:0.7:2s")]
    Bracket(String),
    /// Not 2 to 9.
    #[error("a bracket has 2 to 9 frames, not {0}")]
    Frames(u8),
    /// Nothing, too much, or no number.
    #[error("the steps of a bracket are more than 0 and at most 5 exposure values, not {0}")]
    Step(String),
    /// No ramp.
    #[error(
        "'{0}' is no ramp: write the last exposure and how long it takes to get there, like 30s:2h"
    )]
    Ramp(String),
    /// No end is written otherwise.
    #[error("0 pictures are none: leave it out to go on until it is stopped")]
    NoPictures,
    /// No number.
    #[error("'{0}' is no number of pictures")]
    Count(String),
}
