use std::sync::mpsc;

use super::*;

fn request(wants: Again) -> Request {
    Request {
        wants,
        born: talk::now(),
    }
}

fn first(directory: &Path, topic: &str) -> Instance {
    match start_in(directory, topic, request(Again::Close)).unwrap() {
        Start::First(first) => first,
        Start::Done(answer) => panic!("somebody else was first: {answer:?}"),
    }
}

fn answer(directory: &Path, wants: Again) -> Answer {
    match start_in(directory, "sms", request(wants)).unwrap() {
        Start::First(_) => panic!("nobody was first"),
        Start::Done(answer) => answer,
    }
}

#[test]
fn a_second_start_gets_the_answer_of_the_first() {
    let directory = tempfile::tempdir().unwrap();
    let instance = first(directory.path(), "sms");
    let socket = directory.path().join("popup-sms.sock");
    assert_eq!(fs::metadata(&socket).unwrap().mode() & 0o777, 0o600);
    let (tell, told) = mpsc::channel();
    instance.listen(move |request| {
        tell.send(request.wants).unwrap();
        match request.wants {
            Again::Close => Answer::Closed,
            Again::Raise => Answer::Raised,
        }
    });
    assert_eq!(answer(directory.path(), Again::Raise), Answer::Raised);
    assert_eq!(answer(directory.path(), Again::Close), Answer::Closed);
    let heard: Vec<Again> = told.try_iter().collect();
    assert_eq!(heard, [Again::Raise, Again::Close]);
    // Another topic has a popup of its own.
    first(directory.path(), "net");
}

#[test]
fn a_start_while_the_first_is_still_starting_is_answered_when_it_is_there() {
    let directory = tempfile::tempdir().unwrap();
    let instance = first(directory.path(), "sms");
    let path = directory.path().to_owned();
    let second = std::thread::spawn(move || answer(&path, Again::Close));
    // The first one's window takes its time; the other has asked meanwhile.
    std::thread::sleep(Duration::from_millis(100));
    instance.listen(|_| Answer::Raised);
    assert_eq!(second.join().unwrap(), Answer::Raised);
}

#[test]
fn a_start_while_the_first_is_ending_opens_a_new_one() {
    let directory = tempfile::tempdir().unwrap();
    let instance = first(directory.path(), "sms");
    let path = directory.path().to_owned();
    let second = std::thread::spawn(move || {
        matches!(
            start_in(&path, "sms", request(Again::Close)).unwrap(),
            Start::First(_)
        )
    });
    std::thread::sleep(Duration::from_millis(100));
    drop(instance);
    assert!(second.join().unwrap(), "the click was lost");
}

#[test]
fn one_that_gives_way_is_followed_by_the_one_that_asked() {
    let directory = tempfile::tempdir().unwrap();
    let instance = first(directory.path(), "sms");
    let (tell, told) = mpsc::channel();
    instance.listen(move |_| {
        let _ = tell.send(());
        Answer::GivesWay
    });
    let ending = std::thread::spawn(move || {
        told.recv().unwrap();
        drop(instance);
    });
    first(directory.path(), "sms");
    ending.join().unwrap();
}

#[test]
fn what_closed_because_of_a_click_is_not_opened_by_it_but_by_the_next() {
    let directory = tempfile::tempdir().unwrap();
    let instance = first(directory.path(), "sms");
    instance.left(talk::now());
    drop(instance);
    assert_eq!(answer(directory.path(), Again::Close), Answer::Closed);
    let instance = first(directory.path(), "sms");
    instance.left(talk::now());
    drop(instance);
    let raised = start_in(directory.path(), "sms", request(Again::Raise)).unwrap();
    assert!(matches!(raised, Start::First(_)));
}

#[test]
fn a_person_at_two_displays_has_a_popup_at_each() {
    let named = |wayland: &str, x11: &str| {
        let given = |name: &str| (!name.is_empty()).then(|| OsString::from(name));
        display(given(wayland), given(x11))
    };
    assert_ne!(named("", ":0"), named("", ":1"));
    assert_ne!(named("wayland-0", ":0"), named("wayland-1", ":0"));
    assert_ne!(named("", "localhost:10.0"), named("", "localhost:11.0"));
    // Two screens of one server, and two ways to name it.
    assert_eq!(named("", ":0.1"), named("", ":0"));
    // A terminal in a Wayland session may know the X server or not.
    assert_eq!(named("wayland-0", ":0"), named("wayland-0", ""));
    assert_eq!(named("", ""), "");
    let long = named(&format!("/{}/wayland-1", "d/".repeat(200)), "");
    assert!(long.len() <= 33 && long.ends_with("_wayland-1") && !long.contains('/'));
}

#[test]
fn a_socket_that_was_left_behind_is_no_obstacle() {
    let directory = tempfile::tempdir().unwrap();
    drop(UnixListener::bind(directory.path().join("popup-sms.sock")).unwrap());
    first(directory.path(), "sms");
}

#[test]
fn a_directory_that_others_can_enter_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("barpop");
    private(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o700);
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    assert!(matches!(private(&path), Err(InstanceError::NotPrivate(_))));
    let link = directory.path().join("link");
    std::os::unix::fs::symlink(directory.path(), &link).unwrap();
    assert!(matches!(private(&link), Err(InstanceError::NotPrivate(_))));
}
