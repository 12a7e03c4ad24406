//! Quectel: `AT+QGPSLOC=<mode>`.

use super::super::fix::Position;
use super::super::report::Report;
use super::telit::{minutes_form, with_rest};
use super::{number, with_hemisphere};
use crate::at::fields::fields;

/// `+QGPSLOC: utc,latitude,longitude,hdop,altitude,fix,cog,km/h,knots,date,nsat` in any of its
/// modes: 0 has `ddmm.mmmmN`, 1 has `ddmm.mmmmmm,N` in two fields, 2 has signed degrees.
#[must_use]
pub fn qgpsloc(line: &str) -> Report {
    let fields = fields(line);
    let field = |at: usize| fields.get(at).map_or("", |field| field.trim());
    let fix = if matches!(field(2), "N" | "S") {
        let position = with_hemisphere(&format!("{}{}", field(1), field(2)))
            .zip(with_hemisphere(&format!("{}{}", field(3), field(4))))
            .and_then(|(lat, lon)| Position::new(lat, lon));
        with_rest(position, field(0), fields.get(5..).unwrap_or_default())
    } else if let Some((lat, lon)) = number(field(1)).zip(number(field(2))) {
        with_rest(
            Position::new(lat, lon),
            field(0),
            fields.get(3..).unwrap_or_default(),
        )
    } else {
        minutes_form(&fields)
    };
    Report {
        fix: Some(fix),
        sky: None,
    }
}
