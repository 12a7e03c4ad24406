//! Fewer points where there are more than pixels, with every peak kept.

use egui::Pos2;

use super::Point;

/// The lines that these points make, a new one behind each gap: in each column of pixels only the
/// first, the lowest, the highest and the last of many.
pub(super) fn thin(points: &[Point], place: impl Fn(&Point) -> Pos2) -> Vec<Vec<Pos2>> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    for point in points {
        if point.value.is_finite() && point.ago_secs.is_finite() {
            line.push(place(point));
        } else {
            lines.extend(line.end());
        }
    }
    lines.extend(line.end());
    lines
}

#[derive(Default)]
struct Line {
    done: Vec<Pos2>,
    column: Option<Column>,
}

struct Column {
    x: f32,
    lowest: Pos2,
    highest: Pos2,
    last: Pos2,
}

impl Line {
    fn push(&mut self, at: Pos2) {
        match &mut self.column {
            Some(column) if column.x == at.x.floor() => {
                if at.y > column.lowest.y {
                    column.lowest = at;
                }
                if at.y < column.highest.y {
                    column.highest = at;
                }
                column.last = at;
            }
            _ => {
                self.close();
                self.done.push(at);
                self.column = Some(Column {
                    x: at.x.floor(),
                    lowest: at,
                    highest: at,
                    last: at,
                });
            }
        }
    }

    fn close(&mut self) {
        let Some(column) = self.column.take() else {
            return;
        };
        let mut rest = [column.lowest, column.highest];
        if rest
            .first()
            .zip(rest.last())
            .is_some_and(|(a, b)| a.x > b.x)
        {
            rest.reverse();
        }
        for at in rest.into_iter().chain([column.last]) {
            if self.done.last() != Some(&at) {
                self.done.push(at);
            }
        }
    }

    fn end(&mut self) -> Option<Vec<Pos2>> {
        self.close();
        let done = std::mem::take(&mut self.done);
        (!done.is_empty()).then_some(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(point: &Point) -> Pos2 {
        Pos2::new((100.0 - point.ago_secs) as f32, -point.value as f32)
    }

    #[test]
    fn a_thousand_points_in_a_column_keep_their_peak() {
        let mut points: Vec<Point> = (0..1000_u32)
            .map(|n| Point {
                ago_secs: 50.9 - f64::from(n) / 2000.0,
                value: 0.0,
            })
            .collect();
        points[500].value = 7.0;
        let lines = thin(&points, place);
        let [line] = lines.as_slice() else {
            panic!("{lines:?}");
        };
        assert!(line.len() < 12, "{}", line.len());
        assert!(line.iter().any(|at| at.y == -7.0));
    }

    #[test]
    fn a_gap_ends_the_line() {
        let values = [1.0, 2.0, f64::NAN, f64::NAN, 3.0];
        let points: Vec<Point> = (0..)
            .zip(values)
            .map(|(n, value)| Point {
                ago_secs: 50.0 - f64::from(n) * 5.0,
                value,
            })
            .collect();
        let lengths: Vec<usize> = thin(&points, place).iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 1]);
    }
}
