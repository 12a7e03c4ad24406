//! A country's way of writing numbers, and the spellings that are one number there.

use serde::Deserialize;

use super::regions::{PLANS, Plan};
use super::{SHORT_CODE, Shape};

/// A country with its numbering plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Region(&'static Plan);

/// Where several regions share a country code, these name it.
const MAIN: [&str; 12] = [
    "US", "RU", "GB", "IT", "NO", "AU", "MA", "RE", "SH", "FI", "GP", "CW",
];

/// Mobile country codes with their regions (ITU-T E.212).
const OPERATORS: &str = "202GR204NL206BE208FR212MC213AD214ES216HU218BA219HR220RS221XK222IT225VA\
226RO228CH230CZ231SK232AT234GB235GB238DK240SE242NO244FI246LT247LV248EE250RU255UA257BY259MD260PL\
262DE266GI268PT270LU272IE274IS276AL278MT280CY282GE283AM284BG286TR288FO290GL292SM293SI294MK295LI\
297ME302CA308PM310US311US312US313US314US315US316US330PR334MX338JM340GP342BB344AG346KY348VG350BM\
352GD354MS356KN358LC360VC362CW363AW364BS365AI366DM368CU370DO372HT374TT376TC400AZ401KZ402BT404IN\
405IN406IN410PK412AF413LK414MM415LB416JO417SY418IQ419KW420SA421YE422OM424AE425IL426BH427QA428MN\
429NP430AE431AE432IR434UZ436TJ437KG438TM440JP441JP450KR452VN454HK455MO456KH457LA460CN461CN466TW\
467KP470BD472MV502MY505AU510ID514TL515PH520TH525SG528BN530NZ536NR537PG539TO540SB541VU542FJ543WF\
544AS545KI546NC547PF548CK549WS550FM551MH552PW553TV554TK555NU602EG603DZ604MA605TN606LY607GM608SN\
609MR610ML611GN612CI613BF614NE615TG616BJ617MU618LR619SL620GH621NG622TD623CF624CM625CV626ST627GQ\
628GA629CG630CD631AO632GW633SC634SD635RW636ET637SO638DJ639KE640TZ641UG642BI643MZ645ZM646MG647RE\
648ZW649NA650MW651LS652BW653SZ654KM655ZA657ER658SH659SS702BZ704GT706SV708HN710NI712CR714PA716PE\
722AR724BR730CL732CO734VE736BO738GY740EC742GF744PY746SR748UY750FK";

impl TryFrom<String> for Region {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        Self::named(&id)
            .ok_or_else(|| "the region must be a country's code, like \"DE\"".to_owned())
    }
}

impl Region {
    /// By its ISO 3166 code, upper or lower case: `DE`.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        let plan = PLANS.iter().find(|plan| plan.0.eq_ignore_ascii_case(id))?;
        Some(Self(plan))
    }

    /// The country of a mobile network, by its operator's number or the SIM's IMSI: `26202`.
    #[must_use]
    pub fn of_operator(number: &str) -> Option<Self> {
        let country = number.get(..3)?;
        let entry = OPERATORS.as_bytes().chunks(5);
        let mut entries =
            entry.filter_map(|entry| std::str::from_utf8(entry).ok()?.split_at_checked(3));
        let (_, id) = entries.find(|(code, _)| *code == country)?;
        Self::named(id)
    }

    /// The country of an international number: the SIM's own, say.
    #[must_use]
    pub fn of_number(number: &str) -> Option<Self> {
        let Shape::International(digits) = Shape::of(number) else {
            return None;
        };
        let fits = |plan: &&Plan| digits.starts_with(&plan.1.to_string());
        let mut all = PLANS.iter().filter(fits);
        let first = all.next()?;
        Some(Self(
            all.find(|plan| MAIN.contains(&plan.0)).unwrap_or(first),
        ))
    }

    /// The country of the person's locale: `LC_ALL`, `LC_TELEPHONE`, `LANG`, as `de_DE.UTF-8`.
    #[must_use]
    pub fn of_locale() -> Option<Self> {
        let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_TELEPHONE", "LANG"].iter().find_map(set)?;
        Self::named(locale.split_once('_')?.1.get(..2)?)
    }

    /// The country that most of these numbers are of; `None` with fewer than three of them.
    #[must_use]
    pub fn most<'a>(numbers: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut counts: Vec<(Self, usize)> = Vec::new();
        for region in numbers.filter_map(Self::of_number) {
            match counts.iter_mut().find(|(known, _)| *known == region) {
                Some((_, count)) => *count += 1,
                None => counts.push((region, 1)),
            }
        }
        let (region, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (count >= 3).then_some(region)
    }

    /// Its ISO 3166 code.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.0.0
    }

    /// Whether a number without prefixes can be so long.
    fn can_be(self, digits: &str) -> bool {
        u32::try_from(digits.len()).is_ok_and(|length| length < 32 && self.0.4 & (1 << length) != 0)
    }
}

/// The international spellings that an address can stand for, the likeliest first; whatever has
/// one in common with another address is that one's number. Short codes and names stand for
/// themselves. Without a region only what is written internationally is understood.
#[must_use]
pub fn keys(address: &str, region: Option<Region>) -> Vec<String> {
    let digits = match (Shape::of(address), region) {
        (Shape::Name(name), _) => return vec![name],
        (Shape::International(digits), _) => return vec![international(&digits)],
        (Shape::Local(digits), None) => return vec![digits],
        (Shape::Local(digits), _) if digits.len() < SHORT_CODE => return vec![digits],
        (Shape::Local(digits), Some(region)) => (digits, region),
    };
    let (digits, region) = digits;
    let (_, code, trunks, abroad, _) = region.0;
    let code = code.to_string();
    let mut keys = Vec::new();
    let mut add = |national: &str| {
        let key = international(&format!("{code}{national}"));
        if region.can_be(national) && !keys.contains(&key) {
            keys.push(key);
        }
    };
    for trunk in trunks.split(' ').filter(|trunk| !trunk.is_empty()) {
        if let Some(national) = digits.strip_prefix(trunk) {
            add(national);
            for other in odd(region, national) {
                add(&other);
            }
        }
    }
    if !digits.starts_with('0') || !trunks.contains('0') {
        add(&digits);
        for other in odd(region, &digits) {
            add(&other);
        }
    }
    if let Some(national) = digits.strip_prefix(code.as_str()) {
        add(national);
    }
    if let Some(rest) = digits.strip_prefix(*abroad)
        && rest.len() >= SHORT_CODE
        && !rest.starts_with('0')
    {
        keys.push(international(rest));
    }
    if keys.is_empty() {
        keys.push(digits);
    }
    keys
}

/// What national spellings have in them that the international one has not: the `15` of
/// Argentina's mobile telephones behind the area code, Brazil's code of a carrier.
fn odd(region: Region, national: &str) -> Vec<String> {
    let without =
        |from: usize, to: usize| Some(format!("{}{}", national.get(..from)?, national.get(to..)?));
    match (region.id(), national.len()) {
        ("AR", 12) => (2..=4)
            .filter(|at| national.get(*at..at + 2) == Some("15"))
            .filter_map(|at| without(at, at + 2))
            .collect(),
        ("BR", 12 | 13) => without(0, 2).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// `+` and the digits, without the mark that Argentina and (until 2019) Mexico put before a
/// mobile number for callers from abroad: both spellings are in use.
fn international(digits: &str) -> String {
    let bare = match (digits.get(..3), digits.len()) {
        (Some("549"), 13) | (Some("521"), 13) => digits.get(3..),
        _ => None,
    };
    match (bare, digits.get(..2)) {
        (Some(bare), Some(code)) => format!("+{code}{bare}"),
        _ => format!("+{digits}"),
    }
}

#[cfg(test)]
mod tests;
