use super::*;

fn chip(name: &str, label: &str, names: &[(usize, &str)]) -> Known {
    let mut lines = vec![String::new(); 54];
    for (line, name) in names {
        lines[*line] = (*name).to_owned();
    }
    Known {
        path: Path::new("/dev").join(name),
        label: label.to_owned(),
        lines,
    }
}

fn found(chips: &[Known], place: &str) -> String {
    let super::super::Wish::Gpio { shutter, .. } = format!("gpio:{place}").parse().unwrap() else {
        panic!("a gpio")
    };
    match find(chips, &shutter) {
        Ok(line) => format!("{} {}", line.chip_name(), line.offset),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_line_is_found_by_its_name_whatever_the_chips_number() {
    for number in ["gpiochip0", "gpiochip4"] {
        let chips = [
            chip("gpiochip1", "raspberrypi-exp-gpio", &[(0, "BT_ON")]),
            chip(number, "pinctrl-rp1", &[(18, "GPIO18")]),
        ];
        assert_eq!(found(&chips, "GPIO18"), format!("{number} 18"));
    }
}

#[test]
fn early_kernels_of_the_pi_5_call_it_by_its_pin() {
    let chips = [chip("gpiochip4", "pinctrl-rp1", &[(18, "PIN12")])];
    assert_eq!(found(&chips, "GPIO18"), "gpiochip4 18");
}

#[test]
fn the_header_is_meant_before_an_adapter() {
    let chips = [
        chip("gpiochip0", "cp2102n", &[(3, "GPIO18")]),
        chip("gpiochip1", "pinctrl-bcm2711", &[(18, "GPIO18")]),
    ];
    assert_eq!(found(&chips, "GPIO18"), "gpiochip1 18");
}

#[test]
fn a_header_without_names_is_counted() {
    let chips = [
        chip("gpiochip0", "gpio-sim", &[]),
        chip("gpiochip2", "pinctrl-bcm2835", &[]),
    ];
    assert_eq!(found(&chips, "GPIO18"), "gpiochip2 18");
    // A line that is not on the header may be anything, such as the power of a USB port.
    assert_eq!(
        found(&chips, "GPIO44"),
        "a GPIO line GPIO44 is not there; gpioinfo shows the lines of gpiochip0 (gpio-sim), gpiochip2 (pinctrl-bcm2835)"
    );
}

#[test]
fn a_name_that_two_chips_have_is_asked_back() {
    let chips = [
        chip("gpiochip0", "one", &[(3, "SHUTTER")]),
        chip("gpiochip1", "two", &[(4, "SHUTTER")]),
    ];
    assert_eq!(
        found(&chips, "SHUTTER"),
        "SHUTTER failed: gpiochip0 and gpiochip1 both have such a line; write which one is meant, as gpiochip0:NUMBER"
    );
    assert_eq!(found(&chips, "gpiochip1:4"), "gpiochip1 4");
    assert_eq!(found(&chips, "two:4"), "gpiochip1 4");
}

#[test]
fn a_line_that_cannot_be_says_what_there_is() {
    let chips = [chip("gpiochip0", "one", &[])];
    assert_eq!(
        found(&chips, "two:4"),
        "the GPIO chip two is not there; there is gpiochip0 (one)"
    );
    assert_eq!(
        found(&chips, "one:54"),
        "line 54 of one is not there; it has 54 lines, from 0"
    );
}
