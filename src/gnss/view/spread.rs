//! How far recent positions lie apart: circles that hold a share of them, and their ellipse.

use std::time::Duration;

use crate::gnss::fix::{Ellipse, Position};
use crate::gnss::snapshot::TrackPoint;

/// The newest points that are looked at: ten minutes of a receiver that tells one a second.
const POINTS: usize = 600;
/// Who is faster than this walks, and the spread is the way and not the error.
const WALKING_MPS: f64 = 0.7;

/// The spread of some positions around their mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// North and east of the mean in metres, oldest first.
    pub points: Vec<(f64, f64)>,
    /// Half of the points are within this of the mean (circular error probable), metres.
    pub half_m: f64,
    /// 95 % of them are.
    pub most_m: f64,
    /// What holds 95 % of points that spread like these, where it can be told.
    pub ellipse: Option<Ellipse>,
    /// How long it took.
    pub span: Duration,
    /// Whether they were on the move.
    pub moving: bool,
}

impl Spread {
    /// Of the newest points of a track; `None` with fewer than three.
    #[must_use]
    pub fn of(track: &[TrackPoint]) -> Option<Self> {
        let newest = track.get(track.len().saturating_sub(POINTS)..)?;
        let (first, last) = (newest.first()?, newest.last()?);
        if newest.len() < 3 {
            return None;
        }
        let count = newest.len() as f64;
        let offsets: Vec<(f64, f64)> = newest
            .iter()
            .map(|point| point.position.metres_from(last.position))
            .collect();
        let north = offsets.iter().map(|(north, _)| north).sum::<f64>() / count;
        let east = offsets.iter().map(|(_, east)| east).sum::<f64>() / count;
        let points: Vec<(f64, f64)> = offsets.iter().map(|(n, e)| (n - north, e - east)).collect();
        let mut far: Vec<f64> = points.iter().map(|(n, e)| n.hypot(*e)).collect();
        far.sort_by(f64::total_cmp);
        let speeds: Vec<f64> = newest.iter().filter_map(|point| point.speed_mps).collect();
        let mean = speeds.iter().sum::<f64>() / (speeds.len().max(1) as f64);
        let moving = mean > WALKING_MPS;
        Some(Self {
            half_m: quantile(&far, 0.5),
            most_m: quantile(&far, 0.95),
            ellipse: ellipse(&points).filter(|_| !moving),
            span: last.at.since(first.at),
            moving,
            points,
        })
    }
}

/// The smallest value that a share of them does not exceed.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// The ellipse that holds 95 % of normally spread points with this covariance: its half axes are
/// the square roots of 5.991 times the covariance's eigenvalues (chi-squared, two degrees of
/// freedom).
fn ellipse(points: &[(f64, f64)]) -> Option<Ellipse> {
    let count = points.len() as f64 - 1.0;
    if count < 4.0 {
        return None;
    }
    let sum = |value: fn(f64, f64) -> f64| points.iter().map(|(n, e)| value(*n, *e)).sum::<f64>();
    let (nn, ee, ne) = (
        sum(|n, _| n * n) / count,
        sum(|_, e| e * e) / count,
        sum(|n, e| n * e) / count,
    );
    let middle = (nn + ee) / 2.0;
    let apart = ((nn - ee) / 2.0).hypot(ne);
    let axis = |value: f64| (value.max(0.0) * 5.991).sqrt();
    let major_m = axis(middle + apart);
    (major_m > 0.0).then(|| Ellipse {
        major_m,
        minor_m: axis(middle - apart),
        angle_deg: (0.5 * (2.0 * ne).atan2(nn - ee))
            .to_degrees()
            .rem_euclid(180.0),
    })
}

/// The corners of an ellipse in metres north and east of its centre.
#[must_use]
pub fn outline(ellipse: Ellipse) -> Vec<(f64, f64)> {
    let turn = ellipse.angle_deg.to_radians();
    (0..=72_u32)
        .map(|step| {
            let at = f64::from(step) * std::f64::consts::TAU / 72.0;
            let (along, across) = (ellipse.major_m * at.cos(), ellipse.minor_m * at.sin());
            (
                along * turn.cos() - across * turn.sin(),
                along * turn.sin() + across * turn.cos(),
            )
        })
        .collect()
}

/// How far a track goes, metres; a gap of more than ten seconds is not a way.
#[must_use]
pub fn length_m(track: &[TrackPoint]) -> f64 {
    let step = |pair: &[TrackPoint]| match pair {
        [a, b] if b.at.since(a.at) <= GAP => {
            let (north, east) = b.position.metres_from(a.position);
            north.hypot(east)
        }
        _ => 0.0,
    };
    track.windows(2).map(step).sum()
}

/// Points that are further apart in time are not joined.
pub const GAP: Duration = Duration::from_secs(10);

/// The place to measure a track from: in its middle.
#[must_use]
pub fn middle(track: &[TrackPoint]) -> Option<Position> {
    track.get(track.len() / 2).map(|point| point.position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gnss::clock::Moment;

    fn point(second: u64, north_m: f64, east_m: f64) -> TrackPoint {
        let lat = 48.0 + north_m / 111_195.0;
        TrackPoint {
            at: Moment::at(Duration::from_secs(second)),
            position: Position::new(lat, 11.0 + east_m / 74_630.0).unwrap(),
            altitude_msl_m: None,
            speed_mps: Some(0.1),
        }
    }

    #[test]
    fn circles_hold_their_share_of_the_points() {
        // On a line to the northeast, evenly from -10 to 10 m.
        let track: Vec<_> = (0..201)
            .map(|n| {
                let along = (f64::from(n as u32) - 100.0) / 10.0;
                point(n, along * 0.5_f64.sqrt(), along * 0.5_f64.sqrt())
            })
            .collect();
        let spread = Spread::of(&track).unwrap();
        assert!((spread.half_m - 5.0).abs() < 0.1, "{}", spread.half_m);
        assert!((spread.most_m - 9.5).abs() < 0.1, "{}", spread.most_m);
        let ellipse = spread.ellipse.unwrap();
        assert!((ellipse.angle_deg - 45.0).abs() < 0.5, "{ellipse:?}");
        assert!(
            ellipse.minor_m < 0.2 && ellipse.major_m > 13.0,
            "{ellipse:?}"
        );
        assert!(!spread.moving && spread.span == Duration::from_secs(200));
        assert_eq!(Spread::of(&track[..2]), None);
    }

    #[test]
    fn a_way_has_no_length_where_nobody_knows_it() {
        let track = [
            point(0, 0.0, 0.0),
            point(1, 3.0, 4.0),
            point(60, 500.0, 0.0),
        ];
        assert!((length_m(&track) - 5.0).abs() < 0.02);
    }
}
