use super::*;

fn wish(text: &str) -> Wish {
    text.parse().unwrap()
}

fn refused(text: &str) -> String {
    text.parse::<Wish>().unwrap_err().to_string()
}

#[test]
fn gpio_alone_is_the_line_of_the_original() {
    assert_eq!(wish("gpio"), Wish::default());
    assert_eq!(wish("gpio:GPIO18"), Wish::default());
    assert_eq!(wish(" gpio: "), Wish::default());
}

#[test]
fn lines_are_named_or_numbered_on_a_chip() {
    let full = wish("gpio:pinctrl-rp1:18,focus=/dev/gpiochip0:23,active=low");
    let on = |chip: &str, offset| Place::On {
        chip: chip.to_owned(),
        offset,
    };
    assert_eq!(
        full,
        Wish::Gpio {
            shutter: on("pinctrl-rp1", 18),
            focus: Some(on("gpiochip0", 23)),
            active_low: true,
        }
    );
    // A label may have colons itself; a name that ends in none is a name.
    let odd = wish("gpio:1000000.gpio:bank:4,active=high");
    assert_eq!(odd.to_string(), "1000000.gpio:bank:4");
    let Wish::Gpio { shutter, .. } = odd else {
        panic!("a gpio")
    };
    assert_eq!(shutter, on("1000000.gpio:bank", 4));
}

#[test]
fn the_lines_of_a_port_can_be_swapped_and_inverted() {
    assert_eq!(
        wish("serial:/dev/ttyUSB0"),
        Wish::Serial {
            port: "/dev/ttyUSB0".into(),
            shutter: Signal::Rts,
            focus: None,
            active_low: false,
        }
    );
    assert_eq!(
        wish("serial:/dev/ttyS1,shutter=dtr,focus=rts,active=low"),
        Wish::Serial {
            port: "/dev/ttyS1".into(),
            shutter: Signal::Dtr,
            focus: Some(Signal::Rts),
            active_low: true,
        }
    );
}

#[test]
fn a_port_of_gphoto2_may_have_any_character() {
    assert_eq!(wish("gphoto2"), Wish::Gphoto2 { port: None });
    let Wish::Gphoto2 { port: Some(port) } = wish("gphoto2:usb:001,004") else {
        panic!("a port")
    };
    assert_eq!(port, "usb:001,004");
}

#[test]
fn an_arduino_says_its_display_and_its_patience() {
    assert_eq!(
        wish("arduino:/dev/ttyACM0,display=32,silence=10"),
        Wish::Arduino {
            port: "/dev/ttyACM0".into(),
            display: Display::Low,
            silence: Duration::from_secs(10),
        }
    );
    assert!(refused("arduino:/dev/ttyACM0,silence=0").contains("2 to 60"));
    assert!(refused("arduino:/dev/ttyACM0,silence=61").contains("2 to 60"));
}

#[test]
fn what_is_none_is_said_with_what_could_be() {
    assert_eq!(
        refused("usb"),
        "'usb' is no release; write gpio[:LINE], serial:PORT, arduino:PORT, gphoto2[:PORT] or none"
    );
    assert_eq!(
        refused("serial"),
        "a release 'serial' needs a port, such as serial:/dev/ttyUSB0"
    );
    assert_eq!(
        refused("gpio:GPIO18,aktive=low"),
        "'aktive=low' is no option of a release 'gpio'; it has focus=LINE and active=low|high"
    );
    assert!(refused("gpio:GPIO18,active=on").starts_with("'active=on'"));
    assert!(refused("gpio:GPIO18,GPIO19").starts_with("'GPIO19'"));
    assert!(refused("serial:/dev/ttyS0,focus=cts").starts_with("'focus=cts'"));
    assert!(refused("none:x").starts_with("'none:x'"));
    assert_eq!(
        refused("gpio:GPIO18,focus=GPIO18"),
        "the shutter and the focus cannot both be at GPIO18"
    );
    assert_eq!(
        refused("serial:/dev/ttyS0,focus=rts"),
        "the shutter and the focus cannot both be at RTS"
    );
}
