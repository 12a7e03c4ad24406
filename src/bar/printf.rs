//! The printf-style count formats of the original (`xsms -u '%d'`).
//!
//! They mean what Python's `format % count` meant, down to the byte
//! (<https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting>): flags
//! `-+ 0#`, width, precision, one length modifier that changes nothing, and the conversions
//! that print a count as an integer or as text.

use std::iter::Peekable;
use std::str::Chars;

use crate::bar::Error;

/// A number in a status line is never wider than this; a larger width is a slip of the finger.
const WIDEST: usize = 512;

#[derive(Default)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    zero: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
}

/// Formats a count like Python's `format % count`.
///
/// # Errors
/// Where Python raised an exception: no conversion or several, an unknown or unfinished one
/// (and a mapping key or `*`, for which there is no value). Also for conversions to a character
/// or a floating-point number, and a width above 512. The error names the format.
pub fn format_count(format: &str, count: u32) -> Result<String, Error> {
    let mut out = String::new();
    let mut converted = false;
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
        } else if chars.next_if_eq(&'%').is_some() {
            out.push('%');
        } else {
            let (spec, conversion) = parse(&mut chars, format)?;
            let text = convert(&spec, conversion, count).ok_or_else(|| Error::Unsupported {
                conversion: format!("%{conversion}"),
                format: format.to_owned(),
            })?;
            if converted {
                return Err(Error::TwoConversions {
                    format: format.to_owned(),
                });
            }
            converted = true;
            out.push_str(&text);
        }
    }
    if converted {
        Ok(out)
    } else {
        Err(Error::NoConversion {
            format: format.to_owned(),
        })
    }
}

/// Reads flags, width, precision and length modifier; returns the conversion character as well.
fn parse(chars: &mut Peekable<Chars<'_>>, format: &str) -> Result<(Spec, char), Error> {
    let too_wide = || Error::TooWide {
        format: format.to_owned(),
    };
    let mut spec = Spec::default();
    while let Some(flag) = chars.next_if(|c| "-+ 0#".contains(*c)) {
        match flag {
            '-' => spec.left = true,
            '+' => spec.plus = true,
            ' ' => spec.space = true,
            '0' => spec.zero = true,
            _ => spec.alternate = true,
        }
    }
    spec.width = number(chars).ok_or_else(too_wide)?;
    if chars.next_if_eq(&'.').is_some() {
        spec.precision = Some(number(chars).ok_or_else(too_wide)?);
    }
    chars.next_if(|c| "hlL".contains(*c));
    let conversion = chars.next().ok_or_else(|| Error::Incomplete {
        format: format.to_owned(),
    })?;
    Ok((spec, conversion))
}

/// Reads a decimal number, 0 where there is none; `None` when it is above [`WIDEST`].
fn number(chars: &mut Peekable<Chars<'_>>) -> Option<usize> {
    let mut value = 0;
    while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
        chars.next();
        value = value * 10 + digit as usize;
        if value > WIDEST {
            return None;
        }
    }
    Some(value)
}

/// The count in one conversion; `None` for one that prints no count.
fn convert(spec: &Spec, conversion: char, count: u32) -> Option<String> {
    let digits = match conversion {
        'd' | 'i' | 'u' => count.to_string(),
        'x' => format!("{count:x}"),
        'X' => format!("{count:X}"),
        'o' => format!("{count:o}"),
        's' | 'r' | 'a' => {
            let mut text = count.to_string();
            text.truncate(spec.precision.unwrap_or(text.len()));
            return Some(pad(spec, "", &text, false));
        }
        _ => return None,
    };
    let digits = format!("{digits:0>width$}", width = spec.precision.unwrap_or(0));
    let sign = match (spec.plus, spec.space) {
        (true, _) => "+",
        (_, true) => " ",
        _ => "",
    };
    let base = match conversion {
        'x' if spec.alternate => "0x",
        'X' if spec.alternate => "0X",
        'o' if spec.alternate => "0o",
        _ => "",
    };
    Some(pad(spec, &format!("{sign}{base}"), &digits, spec.zero))
}

/// Pads to the width: zeros go between prefix and digits, spaces outside.
fn pad(spec: &Spec, prefix: &str, digits: &str, zero: bool) -> String {
    let width = spec.width;
    if spec.left {
        format!("{:<width$}", format!("{prefix}{digits}"))
    } else if zero {
        format!(
            "{prefix}{digits:0>width$}",
            width = width.saturating_sub(prefix.len())
        )
    } else {
        format!("{:>width$}", format!("{prefix}{digits}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by `python3 -c 'print(format % 42)'`.
    const PYTHON: &[(&str, &str)] = &[
        ("%d", "42"),
        ("%i", "42"),
        ("%u", "42"),
        ("%5d", "   42"),
        ("%-5d|", "42   |"),
        ("%05d", "00042"),
        ("%-05d|", "42   |"),
        ("%+d", "+42"),
        ("% d", " 42"),
        ("%+ d", "+42"),
        ("%.3d", "042"),
        ("%05.3d", "00042"),
        ("%8.3d", "     042"),
        ("%-8.3d|", "042     |"),
        ("%+05d", "+0042"),
        ("% 05d", " 0042"),
        ("%#d", "42"),
        ("%.d", "42"),
        ("%.0d", "42"),
        ("%x", "2a"),
        ("%X", "2A"),
        ("%#X", "0X2A"),
        ("%o", "52"),
        ("%#o", "0o52"),
        ("%#06x", "0x002a"),
        ("%-#6x|", "0x2a  |"),
        ("%#.3x", "0x02a"),
        ("% #08.5x", " 0x0002a"),
        ("%+#08.5o", "+0o00052"),
        ("%s", "42"),
        ("%05s", "   42"),
        ("%-5s|", "42   |"),
        ("%+s", "42"),
        ("%.1s", "4"),
        ("%.0s|", "|"),
        ("%r", "42"),
        ("%ld", "42"),
        ("%hd", "42"),
        ("%Ld", "42"),
        ("100%% %d", "100% 42"),
        ("%d%%", "42%"),
        ("<fn=1>\u{f0e0}</fn> %d", "<fn=1>\u{f0e0}</fn> 42"),
    ];

    #[test]
    fn a_count_is_formatted_to_the_byte_like_in_python() {
        for (format, wanted) in PYTHON {
            assert_eq!(format_count(format, 42).as_deref(), Ok(*wanted), "{format}");
        }
        assert_eq!(format_count("%.0d", 0).as_deref(), Ok("0"));
    }

    #[test]
    fn a_format_that_crashed_the_original_gives_an_error_that_names_it() {
        let error = |format: &str| format_count(format, 3).unwrap_err().to_string();
        assert_eq!(
            error("new"),
            "the format 'new' has no place for the number: put one '%d' into it"
        );
        assert_eq!(
            error("%d of %d"),
            "the format '%d of %d' has more than one conversion: keep one '%d', write '%%' for %"
        );
        assert_eq!(
            error("%q"),
            "the format '%q' has '%q', which does not print a count: use '%d'"
        );
        assert_eq!(
            error("%d %"),
            "the format '%d %' ends in the middle of a conversion: write '%%' for %"
        );
        for format in [
            "", "%%", "%%d", "%lld", "%5%", "%(n)d", "%*d", "%c", "%f", "%é",
        ] {
            assert!(error(format).contains(&format!("'{format}'")), "{format}");
        }
    }

    #[test]
    fn an_absurd_width_is_an_error_and_takes_no_memory() {
        let wide = Err(Error::TooWide {
            format: "%99999999999999999999d".to_owned(),
        });
        assert_eq!(format_count("%99999999999999999999d", 3), wide);
        assert!(format_count("%.513d", 3).is_err());
        assert_eq!(format_count("%512d", 3).map(|text| text.len()), Ok(512));
    }
}
