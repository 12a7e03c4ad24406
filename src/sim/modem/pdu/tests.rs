//! The simulator's PDUs against published ones, so that it is no second guess at the standard.

use jiff::Timestamp;

use super::*;

const TIME: Timestamp = Timestamp::constant(1_795_507_200, 0);

#[test]
fn a_published_submit_is_read() {
    // The "hellohello" example that is quoted everywhere (0011000B916407281553F80000AA0AE8329BFD4697D9EC37).
    let pdu = from_hex("0011000B916407281553F80000AA0AE8329BFD4697D9EC37").unwrap();
    let submit = read_submit(&pdu).unwrap();
    assert_eq!(submit.number, "+46708251358");
    assert_eq!(submit.text, "hellohello");
    assert_eq!(submit.concat, None);
    assert_eq!(tpdu_length(&pdu), 23);
}

#[test]
fn a_deliver_is_built_as_the_standard_says() {
    let pdus = deliver("+27381000015", "+27838890001", "hellohello", TIME, 120, 1);
    assert_eq!(
        pdus.iter().map(|pdu| to_hex(pdu)).collect::<Vec<_>>(),
        ["07917283010010F5040B917238880900F10000621142010000800AE8329BFD4697D9EC37"]
    );
}

#[test]
fn a_long_text_is_cut_at_153_septets_and_at_67_ucs2_characters() {
    let pdus = deliver("", "+491701", &"a".repeat(161), TIME, 0, 7);
    assert_eq!(pdus.len(), 2);
    assert_eq!(
        deliver("", "+491701", &"a".repeat(160), TIME, 0, 7).len(),
        1
    );
    assert_eq!(deliver("", "+491701", &"ж".repeat(70), TIME, 0, 7).len(), 1);
    assert_eq!(deliver("", "+491701", &"ж".repeat(71), TIME, 0, 7).len(), 2);
    let texts: Vec<String> = deliver("", "Bank", &"😀".repeat(40), TIME, -90, 7)
        .iter()
        .map(|pdu| read_listed(pdu).unwrap().text)
        .collect();
    // 33 surrogate pairs fit into 134 octets; a pair is never cut.
    assert_eq!(texts, ["😀".repeat(33), "😀".repeat(7)]);
}

#[test]
fn an_alphanumeric_sender_and_a_negative_offset_are_listed() {
    let pdus = deliver("+49171", "Sparkasse", "Guthaben: 5 €", TIME, -90, 1);
    let listed = read_listed(&pdus[0]).unwrap();
    assert_eq!(listed.number, "Sparkasse");
    assert_eq!(listed.time, "26/11/24,06:30:00-06");
    assert_eq!(listed.text, "Guthaben: 5 €");
}

#[test]
fn cut_or_wrong_pdus_are_refused() {
    let pdu = from_hex("0011000B916407281553F80000AA0AE8329BFD4697D9EC37").unwrap();
    for end in 0..pdu.len() {
        assert_eq!(read_submit(&pdu[..end]), None, "{end}");
    }
    assert_eq!(from_hex("0G"), None);
    assert_eq!(from_hex("ABC"), None);
    assert_eq!(read_submit(&deliver("", "1", "x", TIME, 0, 1)[0]), None);
}
