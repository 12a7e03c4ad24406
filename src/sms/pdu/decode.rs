//! A PDU out of its octets: SMSC information, then the TPDU (3GPP TS 27.005 clause 4.3,
//! TS 23.040 clause 9.2.2).

use super::{
    Address, DataCoding, Deliver, Kind, Pdu, PduError, StatusReport, Submit, UserData, Validity,
    time, user_data, validity,
};

/// Reads what a modem lists: SMSC information and TPDU. Octets beyond the TPDU, as SIM records
/// have them, are ignored.
///
/// # Errors
///
/// [`PduError::Truncated`] with the field that the octets end in.
pub fn decode(bytes: &[u8]) -> Result<Pdu, PduError> {
    let mut reader = Reader(bytes);
    let smsc = smsc(&mut reader)?;
    let first = reader.octet("first octet")?;
    let kind = match first & 3 {
        1 => Kind::Submit(submit(first, &mut reader)?),
        2 => Kind::StatusReport(status_report(first, &mut reader)?),
        // 3 is reserved and to be read as SMS-DELIVER (clause 9.2.3.1).
        _ => Kind::Deliver(deliver(first, &mut reader)?),
    };
    Ok(Pdu { smsc, kind })
}

/// [`decode`] for hexadecimal digits of either case; white space around them is ignored.
///
/// # Errors
///
/// [`PduError::NotHex`] and those of [`decode`].
pub fn decode_hex(hex: &str) -> Result<Pdu, PduError> {
    let (pairs, odd) = hex.trim_ascii().as_bytes().as_chunks::<2>();
    if !odd.is_empty() {
        return Err(PduError::NotHex);
    }
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let octets: Option<Vec<u8>> = pairs
        .iter()
        .map(|&[high, low]| Some((digit(high)? << 4 | digit(low)?) as u8))
        .collect();
    decode(&octets.ok_or(PduError::NotHex)?)
}

fn smsc(reader: &mut Reader<'_>) -> Result<Option<Address>, PduError> {
    let field = "service centre address";
    let length = reader.octet(field)?;
    let octets = reader.take(usize::from(length), field)?;
    Ok(octets
        .split_first()
        .map(|(&kind, digits)| Address::from_raw(kind, digits.len() * 2, digits))
        .filter(|address| !address.text.is_empty()))
}

fn deliver(first: u8, reader: &mut Reader<'_>) -> Result<Deliver, PduError> {
    let address = reader.address("sender's address")?;
    let protocol = reader.octet("protocol identifier")?;
    let coding = DataCoding::from_octet(reader.octet("data coding scheme")?);
    let (time, offset_minutes) = time::from_raw(reader.array("time stamp")?);
    let user_data = reader.user_data(coding, first)?;
    Ok(Deliver {
        address,
        time,
        offset_minutes,
        protocol,
        coding,
        status_report: first & 0x20 != 0,
        reply_path: first & 0x80 != 0,
        user_data,
    })
}

fn submit(first: u8, reader: &mut Reader<'_>) -> Result<Submit, PduError> {
    let reference = reader.octet("message reference")?;
    let address = reader.address("recipient's address")?;
    let protocol = reader.octet("protocol identifier")?;
    let coding = DataCoding::from_octet(reader.octet("data coding scheme")?);
    let validity = validity(first, reader)?;
    let user_data = reader.user_data(coding, first)?;
    Ok(Submit {
        reference,
        address,
        protocol,
        coding,
        validity,
        reject_duplicates: first & 0x04 != 0,
        status_report: first & 0x20 != 0,
        reply_path: first & 0x80 != 0,
        user_data,
    })
}

/// TP-VPF is in bits 4 and 3 of the first octet.
fn validity(first: u8, reader: &mut Reader<'_>) -> Result<Option<Validity>, PduError> {
    let field = "validity period";
    Ok(match first & 0x18 {
        0x10 => Some(validity::from_relative(reader.octet(field)?)),
        0x18 => validity::from_absolute(reader.array(field)?),
        0x08 => Some(validity::from_enhanced(reader.array(field)?)),
        _ => None,
    })
}

fn status_report(first: u8, reader: &mut Reader<'_>) -> Result<StatusReport, PduError> {
    let reference = reader.octet("message reference")?;
    let address = reader.address("recipient's address")?;
    let (time, offset_minutes) = time::from_raw(reader.array("time stamp")?);
    let (discharge_time, discharge_offset_minutes) =
        time::from_raw(reader.array("discharge time")?);
    let status = reader.octet("status")?;
    // What follows is optional, and a SIM fills it with 0xFF: where it makes no sense it is not
    // there.
    let (coding, user_data) = optional_parts(first, reader).unwrap_or_default();
    Ok(StatusReport {
        reference,
        address,
        time,
        offset_minutes,
        discharge_time,
        discharge_offset_minutes,
        status,
        coding,
        user_data,
    })
}

/// What the parameter indicator (TP-PI, clause 9.2.3.27) announces.
fn optional_parts(
    first: u8,
    reader: &mut Reader<'_>,
) -> Result<(Option<DataCoding>, UserData), PduError> {
    let field = "parameter indicator";
    let indicator = reader.octet(field)?;
    let mut extension = indicator;
    while extension & 0x80 != 0 {
        extension = reader.octet(field)?;
    }
    if indicator & 1 != 0 {
        reader.octet("protocol identifier")?;
    }
    let coding = match indicator & 2 {
        0 => None,
        _ => Some(DataCoding::from_octet(reader.octet("data coding scheme")?)),
    };
    if indicator & 4 == 0 {
        return Ok((coding, UserData::default()));
    }
    let coding = coding.unwrap_or_else(|| DataCoding::from_octet(0));
    Ok((Some(coding), reader.user_data(coding, first)?))
}

/// What has not been read yet.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize, field: &'static str) -> Result<&'a [u8], PduError> {
        let (taken, rest) = self
            .0
            .split_at_checked(count)
            .ok_or(PduError::Truncated(field))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], PduError> {
        let (taken, rest) = self
            .0
            .split_first_chunk()
            .ok_or(PduError::Truncated(field))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn octet(&mut self, field: &'static str) -> Result<u8, PduError> {
        self.array(field).map(|[octet]| octet)
    }

    /// Length in semi-octets, type of address, value (clause 9.1.2.5).
    fn address(&mut self, field: &'static str) -> Result<Address, PduError> {
        let semi_octets = usize::from(self.octet(field)?);
        let kind = self.octet(field)?;
        Ok(Address::from_raw(
            kind,
            semi_octets,
            self.take(semi_octets.div_ceil(2), field)?,
        ))
    }

    /// Length and content; TP-UDHI is bit 6 of the TPDU's first octet.
    fn user_data(&mut self, coding: DataCoding, first: u8) -> Result<UserData, PduError> {
        let length = self.octet("user data length")?;
        let octets = self.take(user_data::octets(coding, length), "user data")?;
        Ok(user_data::from_raw(
            coding,
            first & 0x40 != 0,
            length,
            octets,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::pdu::json::to_json;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    /// PDUs of other people's documentation and test suites, each with the fields that the
    /// standard gives it; a field that is not named is null.
    const PUBLIC: &str = include_str!("../../../tests/data/pdu/public.expected");

    #[test]
    fn public_pdus_read_as_the_standard_says() {
        let lines: Vec<&str> = PUBLIC
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("# "))
            .collect();
        assert!(
            lines.len() >= 2 * 60,
            "the table has only {} lines",
            lines.len()
        );
        for pair in lines.chunks(2) {
            let expected: Map<String, Value> = serde_json::from_str(pair[1]).expect(pair[1]);
            if let Some(error) = expected.get("error") {
                let found = decode_hex(pair[0]).expect_err(pair[0]);
                assert_eq!(&Value::from(found.to_string()), error, "{}", pair[0]);
                continue;
            }
            let Value::Object(mut found) = to_json(&decode_hex(pair[0]).expect(pair[0])) else {
                unreachable!("JSON of a PDU is an object");
            };
            found.retain(|_, value| !value.is_null());
            assert_eq!(found, expected, "{}", pair[0]);
        }
    }

    #[test]
    fn hexadecimal_digits_may_be_of_either_case_and_nothing_else() {
        let hex = "0001000B914316565811F9000004E8373B0C";
        assert_eq!(
            decode_hex(hex),
            decode_hex(&format!(" {}\r\n", hex.to_lowercase()))
        );
        for wrong in ["0", "0x00", "zz", "00 01", "0é", "１２"] {
            assert_eq!(decode_hex(wrong), Err(PduError::NotHex), "{wrong}");
        }
    }

    #[test]
    fn what_the_pdu_ends_in_is_named() {
        let whole = "07911326040000F0040B911346610089F60000208062917314480CC8F71D14969741F977FD07";
        for (octets, field) in [
            (0, "service centre address"),
            (5, "service centre address"),
            (8, "first octet"),
            (9, "sender's address"),
            (14, "sender's address"),
            (17, "protocol identifier"),
            (18, "data coding scheme"),
            (22, "time stamp"),
            (26, "user data length"),
            (30, "user data"),
        ] {
            let error = decode_hex(&whole[..octets * 2]).unwrap_err();
            assert_eq!(error, PduError::Truncated(field), "{octets} octets");
        }
    }

    #[test]
    fn flags_and_protocol_identifier_are_kept() {
        let Kind::Deliver(deliver) = decode_hex("00A40481214341000021101010000000014100")
            .unwrap()
            .kind
        else {
            panic!("not an SMS-DELIVER");
        };
        assert_eq!(deliver.protocol, 0x41, "replace type 1");
        assert!(deliver.status_report && deliver.reply_path);
        let Kind::Submit(submit) = decode_hex("00250704812143000000").unwrap().kind else {
            panic!("not an SMS-SUBMIT");
        };
        assert!(submit.reject_duplicates && submit.status_report && !submit.reply_path);
        assert_eq!(submit.reference, 7);
    }

    #[test]
    fn each_flag_of_the_first_octet_is_told_for_itself() {
        // Of a message that came: a report was asked for (bit 5), answer by the same way (bit 7).
        let deliver = |first: u8| {
            let pdu = format!("00{first:02X}0481214300002110101000000000");
            let Kind::Deliver(deliver) = decode_hex(&pdu).unwrap().kind else {
                panic!("a message");
            };
            (deliver.status_report, deliver.reply_path)
        };
        assert_eq!(deliver(0x04), (false, false));
        assert_eq!(deliver(0x24), (true, false));
        assert_eq!(deliver(0x84), (false, true));
        assert_eq!(deliver(0xa4), (true, true));
        // Of one that goes out: and duplicates are refused (bit 2).
        let submit = |first: u8| {
            let pdu = format!("00{first:02X}0704812143000000");
            let Kind::Submit(submit) = decode_hex(&pdu).unwrap().kind else {
                panic!("a message");
            };
            (
                submit.reject_duplicates,
                submit.status_report,
                submit.reply_path,
            )
        };
        assert_eq!(submit(0x01), (false, false, false));
        assert_eq!(submit(0x05), (true, false, false));
        assert_eq!(submit(0x21), (false, true, false));
        assert_eq!(submit(0x81), (false, false, true));
    }

    #[test]
    fn what_a_report_announces_beyond_its_status_is_read_and_nothing_else() {
        let report = |rest: &str| {
            let pdu = format!("0002070481214362111010100000 6211101010000000{rest}");
            let Kind::StatusReport(report) = decode_hex(&pdu.replace(' ', "")).unwrap().kind else {
                panic!("a report");
            };
            (
                report.coding.map(|coding| coding.octet),
                report.user_data.text,
            )
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(report(""), (None, None));
        assert_eq!(report("0141"), (None, None), "a protocol identifier");
        assert_eq!(report("0208"), (Some(8), None), "a coding");
        assert_eq!(report("040141"), (Some(0), text("A")), "a text");
        assert_eq!(report("05410141"), (Some(0), text("A")));
        assert_eq!(report("0608020042"), (Some(8), text("B")));
        assert_eq!(report("074108020042"), (Some(8), text("B")));
        // An indicator may be continued.
        assert_eq!(report("84000141"), (Some(0), text("A")));
    }

    #[test]
    fn each_format_of_a_validity_is_read() {
        let validity = |first: &str, octets: &str| {
            let pdu = format!("00{first}07048121430000{octets}00");
            let Kind::Submit(submit) = decode_hex(&pdu).unwrap().kind else {
                panic!("a message");
            };
            submit.validity
        };
        assert_eq!(validity("01", ""), None);
        assert_eq!(validity("11", "0B"), Some(Validity::RelativeMinutes(60)));
        assert_eq!(
            validity("09", "020A0000000000"),
            Some(Validity::EnhancedSeconds(Some(10)))
        );
        let absolute = "2026-11-01T01:00:00Z".parse().unwrap();
        assert_eq!(
            validity("19", "62111010000000"),
            Some(Validity::Absolute(absolute))
        );
    }

    proptest! {
        #[test]
        fn any_octets_are_a_pdu_or_an_error(octets in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(pdu) = decode(&octets) {
                prop_assert!(to_json(&pdu).is_object());
            }
        }

        #[test]
        fn any_octets_after_a_sound_start_are_a_pdu_or_an_error(
            first in any::<u8>(), rest in prop::collection::vec(any::<u8>(), 0..200)
        ) {
            let mut octets = vec![0, first, 4, 0x81, 0x21, 0x43];
            octets.extend(rest);
            if let Ok(pdu) = decode(&octets) {
                prop_assert!(to_json(&pdu).is_object());
            }
        }

        #[test]
        fn surplus_octets_change_nothing(surplus in 0_usize..150) {
            let hex = "07911326040000F0040B911346610089F60000208062917314480CC8F71D14969741F977FD07";
            let padded = format!("{hex}{}", "FF".repeat(surplus));
            prop_assert_eq!(decode_hex(&padded), decode_hex(hex));
        }
    }
}
