//! In which order the three colours and the switch of a DualShock 4 are written, so that nothing
//! is seen between. Pure.

use crate::ds4::light::Rgb;

/// An LED of a DualShock 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// 0 to 255.
    Red,
    /// 0 to 255.
    Green,
    /// 0 to 255.
    Blue,
    /// 0 or 1: all of them.
    Global,
}

/// A jump of more than this in two channels has a mixture that is seen.
const SEEN: u8 = 40;

/// What to write: `before` is what the colours' files hold, if that is known; `is_dark` whether
/// the switch is off.
#[must_use]
pub fn writes(before: Option<Rgb>, is_dark: bool, colour: Rgb) -> Vec<(Channel, u8)> {
    let parts = [
        (Channel::Red, before.map(|c| c.red), colour.red),
        (Channel::Green, before.map(|c| c.green), colour.green),
        (Channel::Blue, before.map(|c| c.blue), colour.blue),
    ];
    let jumps = parts
        .iter()
        .filter(|(_, before, after)| before.is_none_or(|before| before.abs_diff(*after) > SEEN));
    let hide = !is_dark && jumps.count() > 1;
    let mut writes = Vec::new();
    if hide {
        writes.push((Channel::Global, 0));
    }
    for (channel, before, after) in parts {
        if before != Some(after) {
            writes.push((channel, after));
        }
    }
    if hide || is_dark || before.is_none() {
        writes.push((Channel::Global, 1));
    }
    writes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is seen after each write.
    fn seen(before: Rgb, is_dark: bool, writes: &[(Channel, u8)]) -> Vec<Rgb> {
        let (mut now, mut on) = (before, !is_dark);
        let step = |(channel, value): &(Channel, u8)| {
            match channel {
                Channel::Red => now.red = *value,
                Channel::Green => now.green = *value,
                Channel::Blue => now.blue = *value,
                Channel::Global => on = *value != 0,
            }
            if on { now } else { Rgb::BLACK }
        };
        writes.iter().map(step).collect()
    }

    #[test]
    fn red_becomes_blue_without_violet() {
        let (red, blue) = (Rgb::new(255, 0, 0), Rgb::new(0, 0, 255));
        let all = seen(red, false, &writes(Some(red), false, blue));
        assert_eq!(all, [Rgb::BLACK, Rgb::BLACK, Rgb::BLACK, blue]);
    }

    #[test]
    fn one_colour_brighter_is_one_write() {
        let (dim, bright) = (Rgb::new(0, 0, 64), Rgb::new(0, 0, 255));
        assert_eq!(writes(Some(dim), false, bright), [(Channel::Blue, 255)]);
        assert_eq!(writes(Some(dim), false, dim), []);
    }

    proptest! {
        #[test]
        fn no_mixture_is_seen_and_the_colour_is_there_at_the_end(
            before in any::<[u8; 3]>(),
            after in any::<[u8; 3]>(),
            is_dark in any::<bool>(),
            is_known in any::<bool>(),
        ) {
            let [before, after] = [before, after].map(|[r, g, b]| Rgb::new(r, g, b));
            let steps = writes(is_known.then_some(before), is_dark, after);
            let all = seen(before, is_dark, &steps);
            let near = |a: Rgb, b: Rgb| {
                let far = [
                    a.red.abs_diff(b.red) > SEEN,
                    a.green.abs_diff(b.green) > SEEN,
                    a.blue.abs_diff(b.blue) > SEEN,
                ];
                far.into_iter().filter(|far| *far).count() == 0
            };
            for colour in &all {
                prop_assert!(
                    *colour == Rgb::BLACK || near(*colour, before) || near(*colour, after),
                    "{before} to {after} by {colour}"
                );
            }
            let last = all.last().copied().unwrap_or(before);
            prop_assert_eq!(last, after);
        }
    }
}
