//! A text on its way out: TPDUs (SMS-SUBMIT, 3GPP TS 23.040 clause 9.2.2.2).

use super::choose::{Plan, normalised};
use super::{Address, Alphabet, Concat, DataCoding, PduError, Validity, header, to_hex, validity};
use crate::sms::charset::{gsm7, ucs2};

/// TP-MTI of an SMS-SUBMIT.
const SUBMIT: u8 = 0x01;
/// TP-SRR.
const STATUS_REPORT: u8 = 0x20;
/// TP-UDHI.
const HAS_HEADER: u8 = 0x40;

/// What a message should be like, beside its text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EncodeOptions {
    /// The recipient: 1 to 20 digits with or without a leading `+`; white space, dots, dashes,
    /// slashes and parentheses between them are dropped; `*` and `#` are kept.
    pub address: String,
    /// The service centre; `None` leaves it to the modem (a length octet of 0).
    pub smsc: Option<String>,
    /// TP-MR of the first part; the following ones count on. Most modems set their own.
    pub reference: u8,
    /// The reference that the parts of a long message share (8-bit form).
    pub concat_reference: u8,
    /// How long the network may try; `None` leaves it to the service centre.
    pub validity: Option<Validity>,
    /// Message class 0..=3; `None` for an ordinary message.
    pub class: Option<u8>,
    /// Ask for a status report.
    pub status_report: bool,
    /// Whether national language tables may be used where they save segments. Off by default:
    /// some phones show such messages wrongly.
    pub national_languages: bool,
}

/// One message to hand to the modem with `AT+CMGS=tpdu_length`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedPart {
    /// SMSC information and TPDU.
    pub bytes: Vec<u8>,
    /// Octets of the TPDU alone, which is what `+CMGS` wants (3GPP TS 27.005 clause 4.3).
    pub tpdu_length: usize,
}

impl EncodedPart {
    /// The bytes as the hexadecimal digits that `+CMGS` takes.
    pub fn hex(&self) -> String {
        to_hex(&self.bytes)
    }
}

/// The messages that a text takes, in their order: always as many as
/// [`measure`](super::measure) tells, at least one. `\r\n` becomes `\n`.
///
/// # Errors
///
/// [`PduError::BadRecipient`] for a recipient or service centre that is no telephone number,
/// [`PduError::TooLong`] for a text of more than 255 parts.
pub fn encode(options: &EncodeOptions, text: &str) -> Result<Vec<EncodedPart>, PduError> {
    let address = Address::parse(&options.address)?;
    let smsc = smsc_information(options.smsc.as_deref())?;
    let text = normalised(text);
    let (plan, _) = Plan::choose(&text, options.national_languages);
    let ends = plan.ends(&text);
    let parts = u8::try_from(ends.len()).map_err(|_| PduError::TooLong(ends.len()))?;
    let mut start = 0;
    let mut encoded = Vec::with_capacity(ends.len());
    for (part, end) in (1..=parts).zip(ends) {
        let piece = text.get(start..end).unwrap_or_default();
        start = end;
        let concat = (parts > 1).then_some(Concat {
            reference: u16::from(options.concat_reference),
            reference_bits: 8,
            part,
            parts,
        });
        let tpdu = tpdu(options, &address, plan, concat, piece);
        let tpdu_length = tpdu.len();
        let bytes = [smsc.as_slice(), &tpdu].concat();
        encoded.push(EncodedPart { bytes, tpdu_length });
    }
    Ok(encoded)
}

fn tpdu(
    options: &EncodeOptions,
    address: &Address,
    plan: Plan,
    concat: Option<Concat>,
    piece: &str,
) -> Vec<u8> {
    let (validity_format, validity) = validity::to_raw(options.validity);
    let user_data_header = header::to_raw(concat, plan.language);
    let mut first = SUBMIT | validity_format;
    if options.status_report {
        first |= STATUS_REPORT;
    }
    if !user_data_header.is_empty() {
        first |= HAS_HEADER;
    }
    let nth = concat.map_or(0, |concat| concat.part - 1);
    let (digits, address) = address.to_raw();
    let coding = DataCoding::of_text(plan.alphabet, options.class);
    let (user_data_length, user_data) = user_data(plan, user_data_header, piece);

    let mut tpdu = vec![first, options.reference.wrapping_add(nth), digits as u8];
    tpdu.extend(address);
    // TP-PID 0: no telematic interworking.
    tpdu.extend([0, coding.octet]);
    tpdu.extend(validity);
    tpdu.push(user_data_length);
    tpdu.extend(user_data);
    tpdu
}

/// TP-UDL and TP-UD.
fn user_data(plan: Plan, mut octets: Vec<u8>, piece: &str) -> (u8, Vec<u8>) {
    if plan.alphabet == Alphabet::Gsm7 {
        let mut septets = Vec::with_capacity(piece.len());
        for c in piece.chars() {
            // The plan was chosen because its tables know every character.
            gsm7::encode_char(
                c,
                plan.language.locking.unwrap_or(0),
                plan.language.single.unwrap_or(0),
                &mut septets,
            );
        }
        let length = gsm7::septets_in(octets.len()) + septets.len();
        gsm7::pack_after(&mut octets, &septets);
        (length as u8, octets)
    } else {
        ucs2::encode(piece, &mut octets);
        (octets.len() as u8, octets)
    }
}

/// The length octet, and type and digits where there is a number (3GPP TS 24.011 clause 8.2.5.2).
fn smsc_information(number: Option<&str>) -> Result<Vec<u8>, PduError> {
    let Some(number) = number else {
        return Ok(vec![0]);
    };
    let (_, octets) = Address::parse(number)?.to_raw();
    let mut information = vec![octets.len() as u8];
    information.extend(octets);
    Ok(information)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::pdu::{Encoding, Kind, Submit, decode, join_texts, measure};
    use proptest::prelude::*;

    fn options(address: &str) -> EncodeOptions {
        EncodeOptions {
            address: address.into(),
            ..EncodeOptions::default()
        }
    }

    fn hex(options: &EncodeOptions, text: &str) -> Vec<String> {
        encode(options, text)
            .unwrap()
            .iter()
            .map(EncodedPart::hex)
            .collect()
    }

    fn submits(parts: &[EncodedPart]) -> Vec<Submit> {
        let submit = |part: &EncodedPart| match decode(&part.bytes).unwrap().kind {
            Kind::Submit(submit) => submit,
            other => panic!("not an SMS-SUBMIT: {other:?}"),
        };
        parts.iter().map(submit).collect()
    }

    #[test]
    fn messages_are_those_that_other_programs_make() {
        // python-messaging (test_sms.py), checked there with pduspy.
        let plain = options("+34616585119");
        assert_eq!(
            hex(&plain, "hola"),
            ["0001000B914316565811F9000004E8373B0C"]
        );
        let smsc = EncodeOptions {
            smsc: Some("+34646456456".into()),
            ..plain.clone()
        };
        assert_eq!(
            hex(&smsc, "hola"),
            ["07914346466554F601000B914316565811F9000004E8373B0C"]
        );
        assert_eq!(
            hex(&smsc, "あ叶葉"),
            ["07914346466554F601000B914316565811F9000806304253F68449"]
        );
        let days = Some(Validity::RelativeMinutes(4 * 24 * 60));
        let four_days = EncodeOptions {
            validity: days,
            ..plain.clone()
        };
        assert_eq!(
            hex(&four_days, "hola"),
            ["0011000B914316565811F90000AA04E8373B0C"]
        );
        let when = Some(Validity::Absolute("2010-07-25T20:15:39Z".parse().unwrap()));
        let until = EncodeOptions {
            validity: when,
            ..plain
        };
        assert_eq!(
            hex(&until, "hola"),
            ["0019000B914316565811F900000170520251930004E8373B0C"]
        );
        let class = EncodeOptions {
            class: Some(2),
            ..options("+34654123456")
        };
        assert_eq!(
            hex(&class, "hey yo"),
            ["0001000B914356143254F6001206E8721E947F03"]
        );
        let report = EncodeOptions {
            status_report: true,
            ..options("+34654123456")
        };
        assert_eq!(
            hex(&report, "hey yo"),
            ["0021000B914356143254F6000006E8721E947F03"]
        );
        assert_eq!(
            hex(&options("+34654123456"), "BÄRÇA äñ@"),
            ["0001000B914356143254F6000009C2AD341104EDFB00"]
        );
        // ModemManager (test-sms-part-3gpp.c): the last septet has an octet for itself.
        assert_eq!(
            hex(&options("+15556661234"), "This is really cool ΔΔΔΔΔ"),
            ["0001000B915155661632F400001954747A0E4ACF41F27298CDCE83C6EF371B0481402010"]
        );
    }

    #[test]
    fn a_long_message_is_cut_where_other_programs_cut_it() {
        // python-messaging (test_sms.py), made there with umts-tools.
        let text = "Or walk with Kings - nor lose the common touch, if neither foes nor loving \
                    friends can hurt you, If all men count with you, but none too much; If you \
                    can fill the unforgiving minute With sixty seconds' worth of distance run, \
                    Yours is the Earth and everything thats in it, And - which is more - you \
                    will be a Man, my son";
        let options = EncodeOptions {
            concat_reference: 136,
            validity: Some(Validity::RelativeMinutes(4 * 24 * 60)),
            ..options("655345678")
        };
        let parts = hex(&options, text);
        assert_eq!(parts.len(), 3);
        assert!(parts[0].starts_with("005100098156355476F80000AAA00500038803019E72D03DCC5E83EE"));
        assert!(parts[1].starts_with("005101098156355476F80000AAA005000388030240E6349B0DA2A3CB"));
        assert_eq!(
            parts[2],
            "005102098156355476F80000AA14050003880303C2A066D8CD02B5F3A0F9DB0D"
        );
    }

    #[test]
    fn neither_an_escape_pair_nor_an_emoji_is_cut_in_two() {
        for (text, first) in [
            ("x".repeat(152) + "€€€€€", "x".repeat(152)),
            ("😀".repeat(40), "😀".repeat(33)),
        ] {
            let parts = submits(&encode(&options("1"), &text).unwrap());
            assert_eq!(parts[0].user_data.text, Some(first));
            assert_eq!(parts.len(), 2);
        }
    }

    #[test]
    fn line_ends_become_those_of_phones() {
        let parts = encode(&options("1"), "a\r\nb\rc\n").unwrap();
        assert_eq!(
            submits(&parts)[0].user_data.text.as_deref(),
            Some("a\nb\rc\n")
        );
    }

    #[test]
    fn an_empty_text_is_one_empty_message() {
        assert_eq!(hex(&options("1"), ""), ["0001000181F1000000"]);
    }

    #[test]
    fn what_cannot_be_sent_is_refused_with_the_reason() {
        let error = |options: &EncodeOptions, text: &str| encode(options, text).unwrap_err();
        assert_eq!(
            error(&options("Mum"), ""),
            PduError::BadRecipient("Mum".into())
        );
        let smsc = EncodeOptions {
            smsc: Some("x".into()),
            ..options("1")
        };
        assert_eq!(error(&smsc, ""), PduError::BadRecipient("x".into()));
        assert!(encode(&options("1"), &"x".repeat(255 * 153)).is_ok());
        assert_eq!(
            error(&options("1"), &"x".repeat(255 * 153 + 1)),
            PduError::TooLong(256)
        );
    }

    #[test]
    fn references_count_on_from_part_to_part() {
        let options = EncodeOptions {
            reference: 255,
            concat_reference: 7,
            ..options("1")
        };
        let parts = submits(&encode(&options, &"x".repeat(161)).unwrap());
        let references: Vec<u8> = parts.iter().map(|part| part.reference).collect();
        assert_eq!(references, [255, 0]);
        let concat = parts[1].user_data.concat().unwrap();
        assert_eq!((concat.reference, concat.part, concat.parts), (7, 2, 2));
    }

    /// Texts that go into every alphabet, long enough for a few segments.
    fn texts() -> impl Strategy<Value = String> {
        let sorts = "[a-z ]{0,200}|[ -~€\\n£¥]{0,400}|[a-zçğışöüĞİŞ]{0,400}|[a-zãõâêç€{}~]{0,400}|\
                     [\u{905}-\u{939}\u{958}-\u{95f} ]{0,300}|[a-z\u{c85}-\u{cb9}]{0,200}|\
                     [😀-😎x]{0,150}|[a-z日本]{0,200}|\\PC{0,100}";
        sorts.prop_filter("a genuine U+10Dxxx at an edge", |text| {
            !text
                .chars()
                .any(|c| ('\u{10d800}'..='\u{10dfff}').contains(&c))
        })
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_costs_what_was_told(
            text in texts(), national_languages in any::<bool>()
        ) {
            let options = EncodeOptions { national_languages, ..options("+491701234567") };
            let parts = encode(&options, &text).unwrap();
            let cost = measure(&text, national_languages);
            prop_assert_eq!(parts.len(), cost.segments);
            prop_assert!(parts.iter().all(|part| part.tpdu_length + 1 == part.bytes.len()));
            let submits = submits(&parts);
            let texts: Vec<String> =
                submits.iter().map(|submit| submit.user_data.text.clone().unwrap()).collect();
            prop_assert_eq!(texts.concat(), text.clone());
            prop_assert_eq!(join_texts(&texts), text);
            for (number, submit) in (1..).zip(&submits) {
                prop_assert_eq!(submit.coding.alphabet, cost.alphabet);
                prop_assert_eq!(submit.user_data.language(), cost.language);
                let part = submit.user_data.concat().map(|concat| usize::from(concat.part));
                prop_assert_eq!(part, (parts.len() > 1).then_some(number));
            }
        }

        #[test]
        fn as_many_more_characters_fit_as_were_told(
            text in texts(), national_languages in any::<bool>()
        ) {
            let cost = measure(&text, national_languages);
            let more = |count: usize| measure(&(text.clone() + &"e".repeat(count)), national_languages);
            let filled = more(cost.characters_left);
            prop_assert_eq!(filled.segments, cost.segments);
            let over = more(cost.characters_left + 1);
            // Another alphabet may come to be the better one while a person types.
            let same = |other: &Encoding| {
                (other.alphabet, other.language) == (cost.alphabet, cost.language)
            };
            prop_assert!(!same(&filled) || filled.characters_left == 0);
            prop_assert!(!same(&over) || over.segments == cost.segments + 1);
            prop_assert!(national_languages || same(&filled) && same(&over));
        }

        #[test]
        fn national_tables_never_cost_more(text in texts()) {
            prop_assert!(measure(&text, true).segments <= measure(&text, false).segments);
        }

        #[test]
        fn no_user_data_exceeds_140_octets(text in texts(), national_languages in any::<bool>()) {
            let options = EncodeOptions { national_languages, ..options("1") };
            for part in encode(&options, &text).unwrap() {
                // First octet, reference, address of one digit, identifiers, length.
                prop_assert!(part.tpdu_length <= 2 + 3 + 2 + 1 + 140);
            }
        }
    }
}
