use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::*;

const LISTING: &str = "\
Model                          Port            \n\
----------------------------------------------------------\n\
Canon EOS 80D                  usb:001,004     \n\
Nikon DSC D750                 usb:001,007     \n";

fn chosen(wanted: Option<&str>) -> (String, String) {
    choose(LISTING, wanted).unwrap()
}

#[test]
fn the_first_camera_is_taken_or_the_one_at_the_port() {
    assert_eq!(
        chosen(None),
        ("Canon EOS 80D".to_owned(), "usb:001,004".to_owned())
    );
    assert_eq!(chosen(Some("usb:001,007")).0, "Nikon DSC D750");
    assert_eq!(chosen(Some("ptpip:192.168.1.1")).0, "ptpip:192.168.1.1");
    let none: String = LISTING.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(
        choose(&none, None).unwrap_err().to_string(),
        "a camera that gphoto2 knows is not there; plug it in and switch it on"
    );
}

#[test]
fn an_eos_is_pressed_by_the_words_that_it_has() {
    let new = "Label: Canon EOS Remote Release\nType: RADIO\nCurrent: None\n\
            Choice: 0 None\nChoice: 2 Press Full\nChoice: 4 Release Full\nChoice: 5 Immediate\n";
    assert_eq!(
        eos(new).commands(),
        Some((
            "set-config eosremoterelease=Immediate",
            "set-config eosremoterelease=\"Release Full\""
        ))
    );
    let old = "Choice: 0 Immediate\nChoice: 1 Off\n";
    assert_eq!(
        eos(old).commands(),
        Some((
            "set-config eosremoterelease=Immediate",
            "set-config eosremoterelease=Off"
        ))
    );
    assert_eq!(eos("Choice: 0 None\n"), Hold::Never);
}

/// A camera at a program that speaks as gphoto2's shell does, and writes down what it is told.
struct Camera {
    folder: tempfile::TempDir,
}

impl Camera {
    /// `settings` are what the camera has; `answers` is a shell's `case` that answers `$line`.
    fn with(settings: &str, answers: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let script = format!(
            "#!/bin/sh\n\
             if [ \"$1\" = --auto-detect ]; then\n\
             printf 'Model                          Port\\n----\\nCanon EOS 80D                  usb:001,004     \\n'\n\
             exit\nfi\n\
             echo \"$*\" >>{log}\n\
             printf 'gphoto2: {{/}} /> '\n\
             while read -r line; do\n\
             echo \"$line\"; echo \"$line\" >>{log}\n\
             case $line in list-config) printf '{settings}';; {answers} esac\n\
             printf 'gphoto2: {{/}} /> '\ndone\necho gone >>{log}\n",
            log = log.display(),
        );
        fs::write(folder.path().join("gphoto2"), script).unwrap();
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(folder.path().join("gphoto2"), mode).unwrap();
        Self { folder }
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("gphoto2")
    }

    fn start(&self) -> Gphoto2 {
        Gphoto2::start(&self.program(), None).unwrap()
    }

    fn told(&self) -> Vec<String> {
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap();
        log.lines().map(str::to_owned).collect()
    }
}

const BULB: &str = "/main/actions/bulb\\n/main/capturesettings/shutterspeed\\n";

#[test]
fn a_short_press_lets_the_camera_expose_and_a_long_one_holds_it() {
    let camera = Camera::with(BULB, "");
    let mut release = camera.start();
    assert_eq!(release.name(), "gphoto2: Canon EOS 80D");
    release.open(Duration::from_millis(100)).unwrap();
    release.close().unwrap();
    release.open(Duration::from_secs(30)).unwrap();
    release.close().unwrap();
    drop(release);
    assert_eq!(
        camera.told(),
        [
            "--port usb:001,004 --shell",
            "list-config",
            // One that a program before us left open.
            "set-config bulb=0",
            "trigger-capture",
            "set-config bulb=1",
            "set-config bulb=0",
            "gone",
        ]
    );
}

#[test]
fn an_exposure_is_ended_when_the_release_goes() {
    let camera = Camera::with(BULB, "");
    let mut release = camera.start();
    release.open(Duration::from_secs(30)).unwrap();
    drop(release);
    let told = camera.told();
    assert!(
        told.ends_with(&["set-config bulb=0".to_owned(), "gone".to_owned()]),
        "{told:?}"
    );
}

#[test]
fn a_refusal_is_said_in_the_cameras_words_and_the_next_shot_is_tried() {
    let camera = Camera::with(
        BULB,
        "trigger-capture) [ -e \"$0.once\" ] || { touch \"$0.once\"; printf '\\n*** Error ***              \\nCanon EOS Full-Press failed (0x2019: PTP Device Busy)\\nERROR: Could not trigger capture.\\n*** Error (-110: '\"'\"'I/O in progress'\"'\"') ***\\n'; };;",
    );
    let mut release = camera.start();
    let error = release.open(Duration::from_millis(100)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "gphoto2: Canon EOS 80D failed: canon EOS Full-Press failed (0x2019: PTP Device Busy)"
    );
    release.open(Duration::from_millis(100)).unwrap();
}

#[test]
fn a_camera_that_cannot_be_held_says_so() {
    let camera = Camera::with("/main/settings/capturetarget\\n", "");
    let mut release = camera.start();
    let error = release.open(Duration::from_secs(30)).unwrap_err();
    assert!(
        error.to_string().ends_with("use its remote jack"),
        "{error}"
    );
    release.open(Duration::from_millis(100)).unwrap();
}

#[test]
fn a_camera_that_is_unplugged_is_an_error_and_not_a_wait() {
    let camera = Camera::with(
        BULB,
        "trigger-capture) printf '*** Error (-52: '\"'\"'Could not find the requested device on the USB port'\"'\"') ***\\n'; exit 1;;",
    );
    let mut release = camera.start();
    let error = release.open(Duration::from_millis(100)).unwrap_err();
    assert!(
        error.to_string().ends_with("plug it in and switch it on"),
        "{error}"
    );
    // And stays one.
    assert!(release.open(Duration::from_millis(100)).is_err());
}

#[test]
fn a_machine_without_the_program_says_so() {
    let error = Gphoto2::start(Path::new("/nonexistent/gphoto2"), None).err();
    assert_eq!(
        error.unwrap().to_string(),
        "the program gphoto2 is not there; install it"
    );
}
