//! The comma-separated fields of a response line (V.250 clause 5.7.3).

/// The fields behind the first colon: quotes are taken off, commas inside quotes kept.
///
/// `+CPMS: "SM",3,50` gives `SM`, `3`, `50`; an empty field is an empty string.
#[must_use]
pub fn fields(line: &str) -> Vec<String> {
    let rest = line.split_once(':').map_or(line, |(_, rest)| rest).trim();
    if rest.is_empty() {
        return Vec::new();
    }
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut depth = 0_u32;
    for c in rest.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted && depth == 0 => fields.push(String::new()),
            _ => {
                if !quoted {
                    match c {
                        '(' => depth += 1,
                        ')' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                }
                if let Some(last) = fields.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    for field in &mut fields {
        let trimmed = field.trim();
        if trimmed.len() != field.len() {
            *field = trimmed.to_owned();
        }
    }
    fields
}

/// The numbers that a test command's answer allows in each field: `(0,1,2),(0-3)`.
#[must_use]
pub fn allowed(line: &str) -> Vec<Vec<u32>> {
    fields(line)
        .iter()
        .map(|field| {
            let inner = field.trim_matches(['(', ')']);
            inner.split(',').filter_map(range).flatten().collect()
        })
        .collect()
}

fn range(text: &str) -> Option<std::ops::RangeInclusive<u32>> {
    let text = text.trim();
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    // A modem's slip must not make us count to four billion.
    (first <= last && last - first < 256).then_some(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_lose_their_quotes_and_keep_commas_inside_them() {
        assert_eq!(fields("+CPMS: \"SM\",3,50"), ["SM", "3", "50"]);
        assert_eq!(
            fields("+CMGR: \"REC READ\",\"Doe, John\",,\"24/01/02,03:04:05+04\""),
            ["REC READ", "Doe, John", "", "24/01/02,03:04:05+04"]
        );
        assert_eq!(fields("+X:"), Vec::<String>::new());
    }

    #[test]
    fn allowed_values_come_as_lists_and_ranges() {
        assert_eq!(
            allowed("+CNMI: (0,1,2),(0-3),(0,2),(2),(0-1)"),
            [
                vec![0, 1, 2],
                vec![0, 1, 2, 3],
                vec![0, 2],
                vec![2],
                vec![0, 1]
            ]
        );
        assert_eq!(
            allowed("+X: (5-4),(0-99999999)"),
            [Vec::<u32>::new(), Vec::new()]
        );
    }

    #[test]
    fn spaces_around_a_field_are_none_of_it_and_a_modems_slip_is_no_range() {
        assert_eq!(fields("+CSQ:  22 , 99 "), ["22", "99"]);
        assert_eq!(fields("+CGMI: \" Quectel \" ,1"), ["Quectel", "1"]);
        let count = |line| allowed(line).first().map_or(0, Vec::len);
        assert_eq!(count("+X: (0-255)"), 256);
        assert_eq!(count("+X: (0-256)"), 0);
        assert_eq!(count("+X: (1000-1002)"), 3);
        assert_eq!(count("+X: (0-4294967295)"), 0);
        assert_eq!(count("+X: (3-1)"), 0);
    }
}
