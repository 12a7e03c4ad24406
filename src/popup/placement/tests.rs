use super::*;

const ROOT: Area = Area {
    x: 0,
    y: 0,
    width: 3200,
    height: 1200,
};
const LEFT: Area = Area {
    x: 0,
    y: 0,
    width: 1280,
    height: 800,
};
const RIGHT: Area = Area {
    x: 1280,
    y: 0,
    width: 1920,
    height: 1200,
};

fn top_bar(height: i32, from: i32, to: i32) -> Strut {
    let none = (0, 0);
    Strut {
        edges: [0, 0, height, 0],
        spans: [none, none, (from, to), none],
    }
}

#[test]
fn a_click_on_the_bar_opens_the_popup_below_it() {
    let work = work_area((1200, 10), &[LEFT, RIGHT], ROOT, &[top_bar(24, 0, 1279)]);
    assert_eq!(
        work,
        Area {
            x: 0,
            y: 24,
            width: 1280,
            height: 776
        }
    );
    let at = place((1200, 10), work, (720, 520));
    assert_eq!(
        at,
        Area {
            x: 1280 - 4 - 720,
            y: 28,
            width: 720,
            height: 520
        }
    );
}

#[test]
fn a_bar_at_the_bottom_is_kept_clear_on_its_own_monitor_only() {
    let none = (0, 0);
    // A bar at the foot of the left monitor, whose foot is 400 pixels above the root's.
    let bar = Strut {
        edges: [0, 0, 0, 430],
        spans: [none, none, none, (0, 1279)],
    };
    let left = work_area((640, 790), &[LEFT, RIGHT], ROOT, &[bar]);
    assert_eq!(left.height, 770);
    assert_eq!(place((640, 790), left, (720, 520)).y, 770 - 4 - 520);
    assert_eq!(work_area((2000, 600), &[LEFT, RIGHT], ROOT, &[bar]), RIGHT);
}

#[test]
fn a_popup_larger_than_the_monitor_is_made_to_fit() {
    let small = Area {
        x: 0,
        y: 0,
        width: 640,
        height: 480,
    };
    let at = place((0, 0), small, (1440, 1040));
    assert_eq!(
        at,
        Area {
            x: 4,
            y: 4,
            width: 632,
            height: 472
        }
    );
}

#[test]
fn a_pointer_between_monitors_belongs_to_the_nearest() {
    assert_eq!(work_area((100, 900), &[LEFT, RIGHT], ROOT, &[]), LEFT);
    assert_eq!(work_area((5, 5), &[], ROOT, &[]), ROOT);
}

#[test]
fn a_strut_that_would_take_most_of_the_screen_is_not_believed() {
    assert_eq!(
        work_area((5, 5), &[LEFT], LEFT, &[top_bar(700, 0, 1279)]),
        LEFT
    );
}

/// Two monitors, each with a bar of its own: one at the top, one at the foot.
fn scene(pointer: (i32, i32), focus: Option<(i32, i32)>) -> Scene {
    let none = (0, 0);
    let foot = Strut {
        edges: [0, 0, 0, 30],
        spans: [none, none, none, (1280, 3199)],
    };
    Scene {
        pointer,
        focus,
        monitors: vec![LEFT, RIGHT],
        root: ROOT,
        struts: vec![top_bar(24, 0, 1279), foot],
    }
}

const SIZE: (i32, i32) = (400, 300);

fn corner(scene: &Scene, at: At) -> (i32, i32) {
    let place = scene.place(at, SIZE);
    assert_eq!((place.width, place.height), SIZE);
    (place.x, place.y)
}

#[test]
fn after_a_click_on_a_bar_it_is_at_that_bar_wherever_the_keyboard_is() {
    let top = scene((700, 10), Some((2000, 600)));
    assert_eq!(corner(&top, At::Bar), (500, 28));
    assert_eq!(corner(&top, At::Pointer), (500, 28));
    let foot = scene((2000, 1190), Some((100, 100)));
    assert_eq!(corner(&foot, At::Bar), (1800, 1200 - 30 - 4 - 300));
    assert_eq!(
        corner(&foot, At::Center),
        (1280 + 760, (1200 - 30 - 300) / 2)
    );
}

#[test]
fn after_a_key_it_is_at_the_end_of_the_bar_of_the_monitor_that_is_typed_on() {
    let on_right = scene((300, 400), Some((2000, 600)));
    assert_eq!(
        corner(&on_right, At::Bar),
        (3200 - 4 - 400, 1200 - 30 - 4 - 300)
    );
    let on_left = scene((2000, 500), Some((100, 100)));
    assert_eq!(corner(&on_left, At::Bar), (1280 - 4 - 400, 28));
    assert_eq!(corner(&on_left, At::Center), (440, 24 + (776 - 300) / 2));
    assert_eq!(corner(&on_left, At::Pointer), (1800, 508));
    // Nothing has the keyboard: the pointer is all that is known.
    let nothing = scene((2000, 500), None);
    assert_eq!(corner(&nothing, At::Center).0, 1280 + 760);
}

#[test]
fn a_bar_at_the_side_has_it_beside_its_field() {
    let none = (0, 0);
    let side = Strut {
        edges: [60, 0, 0, 0],
        spans: [(0, 1199), none, none, none],
    };
    let scene = Scene {
        struts: vec![side],
        ..scene((20, 500), None)
    };
    assert_eq!(corner(&scene, At::Bar), (64, 350));
}

#[test]
fn a_bar_that_keeps_nothing_is_taken_to_be_at_the_nearer_edge() {
    let free = |pointer| Scene {
        struts: Vec::new(),
        ..scene(pointer, None)
    };
    assert_eq!(corner(&free((700, 10)), At::Bar), (500, 4));
    assert_eq!(corner(&free((700, 790)), At::Bar), (500, 800 - 4 - 300));
}

#[test]
fn monitors_above_each_other_keep_their_own_bars() {
    let area = |y, width, height| Area {
        x: 0,
        y,
        width,
        height,
    };
    let (upper, lower) = (area(0, 1024, 600), area(600, 1280, 700));
    let none = (0, 0);
    let strut = |edges, spans| Strut { edges, spans };
    // The upper one's bar is at its foot, the lower one's at its top: both inside of the root.
    let struts = vec![
        strut([0, 0, 0, 724], [none, none, none, (0, 1023)]),
        strut([0, 0, 620, 0], [none, none, (0, 1279), none]),
    ];
    let root = area(0, 1280, 1300);
    let monitors = [upper, lower];
    assert_eq!(
        work_area((5, 5), &monitors, root, &struts),
        area(0, 1024, 576)
    );
    assert_eq!(
        work_area((5, 1000), &monitors, root, &struts),
        area(620, 1280, 680)
    );
}
