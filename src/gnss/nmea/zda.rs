//! ZDA: time and date.

use jiff::civil::Date;

use super::field::civil;
use super::{Fields, TimeOfDay};

/// `$--ZDA,hhmmss.ss,dd,mm,yyyy,zone hours,zone minutes*hh`
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Zda {
    /// UTC.
    pub time: Option<TimeOfDay>,
    /// UTC's date, with all digits of the year.
    pub date: Option<Date>,
}

impl Zda {
    pub(super) fn from_fields(fields: &mut Fields<'_>) -> Self {
        let time = fields.time();
        let (day, month, year) = (fields.integer(), fields.integer(), fields.integer());
        let date = year.zip(month).zip(day);
        Self {
            time,
            date: date.and_then(|((year, month), day)| civil(year, month, day)),
        }
    }
}
