use super::*;

/// A turn about an axis by so many degrees, by the right hand.
fn turn([x, y, z]: Vector, degrees: f32) -> Quaternion {
    let (sin, w) = (degrees.to_radians() / 2.0).sin_cos();
    Quaternion {
        w,
        x: x * sin,
        y: y * sin,
        z: z * sin,
    }
}

fn face(all: &[Face; 6], side: Side) -> Face {
    *all.iter().find(|face| face.side == side).unwrap()
}

fn seen_sides(all: &[Face; 6]) -> Vec<Side> {
    all.iter()
        .filter(|face| face.is_seen())
        .map(|face| face.side)
        .collect()
}

#[test]
fn a_pad_on_the_table_shows_its_top_and_the_side_towards_the_person() {
    let all = faces(Quaternion::default(), 0.0);
    let seen = seen_sides(&all);
    assert!(
        seen.contains(&Side::Top) && seen.contains(&Side::Near),
        "{seen:?}"
    );
    assert!(!seen.contains(&Side::Bottom) && !seen.contains(&Side::Far));
    let top = seen_of(&face(&all, Side::Top));
    let near = seen_of(&face(&all, Side::Near));
    assert!(top.y < near.y, "the top is above on the screen");
}

fn seen_of(face: &Face) -> Vec2 {
    seen(face.centre())
}

#[test]
fn the_nearest_face_is_drawn_last_and_the_farthest_first() {
    for step in 0..200_u8 {
        let axis = unit([f32::from(step % 7) - 3.0, f32::from(step % 5) - 2.0, 1.0]);
        let all = faces(turn(axis, f32::from(step) * 11.0), f32::from(step));
        let sides: std::collections::BTreeSet<u8> = all.iter().map(|f| f.side as u8).collect();
        assert_eq!(sides.len(), 6);
        for pair in all.windows(2) {
            assert!(far(pair[0].centre()) >= far(pair[1].centre()));
        }
        // What is seen is drawn after all that is not, so nothing hidden covers it.
        let first_seen = all.iter().position(Face::is_seen).unwrap();
        assert!(all[first_seen..].iter().all(Face::is_seen), "{all:?}");
        assert!((1..=3).contains(&seen_sides(&all).len()));
    }
}

#[test]
fn a_pad_tilted_to_the_left_shows_a_cube_tilted_to_the_left() {
    // Its top tips over to the left hand: counterclockwise as the person sees it.
    let all = faces(turn([0.0, 0.0, 1.0], 40.0), 0.0);
    assert!(seen_of(&face(&all, Side::Top)).x < -0.3);
    assert!(seen_of(&face(&all, Side::Right)).y < seen_of(&face(&all, Side::Left)).y);
}

#[test]
fn a_pad_tipped_towards_the_person_shows_more_of_its_top() {
    let flat = seen_of(&face(&faces(Quaternion::default(), 0.0), Side::Top));
    // The right hand about x: the top goes towards z, the person.
    let all = faces(turn([1.0, 0.0, 0.0], 60.0), 0.0);
    let tipped = seen_of(&face(&all, Side::Top));
    assert!(tipped.y > flat.y, "{tipped:?} {flat:?}");
    assert!(seen_sides(&all).contains(&Side::Top));
    assert!(seen_sides(&faces(turn([1.0, 0.0, 0.0], -120.0), 0.0)).contains(&Side::Bottom));
}

#[test]
fn a_pad_turned_to_the_left_shows_its_left_side() {
    // Counterclockwise from above: its far side to the left, its left side to the person.
    let all = faces(turn([0.0, 1.0, 0.0], 45.0), 0.0);
    assert!(seen_of(&face(&all, Side::Near)).x > 0.3);
    assert!(seen_sides(&all).contains(&Side::Left));
}

#[test]
fn the_right_trigger_turns_it_clockwise() {
    let all = faces(Quaternion::default(), 90.0);
    assert!(seen_of(&face(&all, Side::Top)).x > 0.9);
}

#[test]
fn an_orientation_that_is_none_is_drawn_as_a_pad_at_rest() {
    let rest = faces(Quaternion::default(), 0.0);
    let nan = f32::NAN;
    for (w, x) in [
        (nan, 0.0),
        (0.0, 0.0),
        (f32::INFINITY, 1.0),
        (1.0, nan),
        (1e30, 1e30),
    ] {
        let q = Quaternion {
            w,
            x,
            y: 0.0,
            z: 0.0,
        };
        assert_eq!(faces(q, nan), rest);
    }
    // One that is too long is only shortened.
    let long = Quaternion {
        w: 3.0,
        x: 0.0,
        y: 0.0,
        z: 0.0,
    };
    assert_eq!(faces(long, 0.0), rest);
}

#[test]
fn no_corner_leaves_the_picture() {
    for step in 0..400_u16 {
        let axis = unit([
            f32::from(step % 13) - 6.0,
            f32::from(step % 11) - 5.0,
            f32::from(step % 3) - 1.0 + 0.1,
        ]);
        for face in faces(turn(axis, f32::from(step) * 7.0), 0.0) {
            for corner in face.corners {
                assert!(seen(corner).length() <= REACH, "{}", seen(corner).length());
            }
        }
    }
}

#[test]
fn the_marks_lie_on_their_faces() {
    for face in faces(turn(unit([1.0, 2.0, 3.0]), 77.0), 20.0) {
        for corner in face.mark.into_iter().flatten() {
            assert!((dot(corner, face.normal) - 1.0).abs() < 1e-4);
        }
    }
}

#[test]
fn a_face_towards_the_lamp_is_brighter_than_one_away_from_it() {
    let all = faces(Quaternion::default(), 0.0);
    let of = |side| {
        let face = face(&all, side);
        brightness(face.normal, face.centre())
    };
    assert!(of(Side::Top) > of(Side::Near));
    assert!(of(Side::Near) > of(Side::Bottom));
    assert!(of(Side::Left) > of(Side::Right));
}
