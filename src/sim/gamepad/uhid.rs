//! The messages of `/dev/uhid` (include/uapi/linux/uhid.h): `struct uhid_event`, packed, in the
//! machine's own byte order. One write and one read is one message.

use super::model::Identity;

/// Room for the longest message.
pub const LONGEST: usize = 4380;

const DESTROY: u32 = 1;
const OUTPUT: u32 = 6;
const GET_REPORT: u32 = 9;
const GET_REPORT_REPLY: u32 = 10;
const CREATE2: u32 = 11;
const INPUT2: u32 = 12;
const SET_REPORT: u32 = 13;
const SET_REPORT_REPLY: u32 = 14;

const BUS_USB: u16 = 0x03;
const BUS_BLUETOOTH: u16 = 0x05;
const SONY: u32 = 0x054c;
/// `UHID_DATA_MAX`.
const DATA: usize = 4096;
const EIO: u16 = 5;

/// What the kernel says.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// A report for the device.
    Output(Vec<u8>),
    /// A question for a feature report.
    Get {
        /// To be given back with the answer.
        id: u32,
        /// The report's number.
        number: u8,
    },
    /// A report for the device, on the way of questions; it waits for an answer.
    Set {
        /// To be given back with the answer.
        id: u32,
        /// The report.
        report: Vec<u8>,
    },
    /// Opened, closed, started, stopped.
    Other,
}

/// Reads a message.
pub fn read(message: &[u8]) -> Told {
    let (kind, body) = message.split_first_chunk().unwrap_or((&[0; 4], &[]));
    let number = |at: usize| {
        body.get(at..)?
            .first_chunk()
            .copied()
            .map(u32::from_ne_bytes)
    };
    let length = |at: usize| {
        let bytes = body.get(at..).and_then(|rest| rest.first_chunk().copied());
        usize::from(u16::from_ne_bytes(bytes.unwrap_or_default()))
    };
    let bytes = |at: usize, length: usize| body.get(at..at + length).unwrap_or_default().to_vec();
    match (u32::from_ne_bytes(*kind), number(0)) {
        (OUTPUT, _) => Told::Output(bytes(0, length(DATA))),
        (GET_REPORT, Some(id)) => Told::Get {
            id,
            number: body.get(4).copied().unwrap_or_default(),
        },
        (SET_REPORT, Some(id)) => Told::Set {
            id,
            report: bytes(8, length(6)),
        },
        _ => Told::Other,
    }
}

/// Plugs a device in.
pub fn create(identity: &Identity, place: &str) -> Vec<u8> {
    let radio = identity.by_bluetooth();
    let mut message = CREATE2.to_ne_bytes().to_vec();
    push_text(&mut message, identity.name(), 128);
    push_text(&mut message, place, 64);
    // By cable the kernel asks for the address; by Bluetooth it has it from the link.
    let known = if radio { identity.mac() } else { String::new() };
    push_text(&mut message, &known, 64);
    let descriptor = identity.descriptor();
    push_length(&mut message, descriptor.len());
    let bus = if radio { BUS_BLUETOOTH } else { BUS_USB };
    message.extend(bus.to_ne_bytes());
    for number in [SONY, identity.model.product().into(), 0x0100, 0] {
        message.extend(number.to_ne_bytes());
    }
    message.extend(descriptor);
    message
}

/// Pulls it out.
pub fn destroy() -> Vec<u8> {
    DESTROY.to_ne_bytes().to_vec()
}

/// A report of the device.
pub fn input(report: &[u8]) -> Vec<u8> {
    let mut message = INPUT2.to_ne_bytes().to_vec();
    push_length(&mut message, report.len());
    message.extend(report);
    message
}

/// The answer to a question; `None` for "no such report".
pub fn get_reply(id: u32, report: Option<&[u8]>) -> Vec<u8> {
    let mut message = GET_REPORT_REPLY.to_ne_bytes().to_vec();
    message.extend(id.to_ne_bytes());
    message.extend(if report.is_some() { 0 } else { EIO }.to_ne_bytes());
    let report = report.unwrap_or_default();
    push_length(&mut message, report.len());
    message.extend(report);
    message
}

/// "Taken".
pub fn set_reply(id: u32) -> Vec<u8> {
    let mut message = SET_REPORT_REPLY.to_ne_bytes().to_vec();
    message.extend(id.to_ne_bytes());
    message.extend(0_u16.to_ne_bytes());
    message
}

fn push_length(message: &mut Vec<u8>, length: usize) {
    message.extend(u16::try_from(length).unwrap_or(u16::MAX).to_ne_bytes());
}

/// A text with NULs up to this length, one at least.
fn push_text(message: &mut Vec<u8>, text: &str, length: usize) {
    let end = message.len() + length;
    message.extend(text.bytes().take(length - 1));
    message.resize(end, 0);
}

#[cfg(test)]
mod tests {
    use super::super::model::{Model, Transport};
    use super::*;

    #[test]
    fn a_device_is_created_with_its_bus_and_ids_where_the_kernel_reads_them() {
        let pad = Identity::new(Model::DualSense, Transport::Bluetooth, 7);
        let message = create(&pad, "here");
        assert_eq!(message[..4], 11_u32.to_ne_bytes());
        assert_eq!(&message[4..31], b"DualSense Wireless Controll");
        assert_eq!(&message[196..213], b"02:ba:55:00:00:07");
        assert_eq!(message[260..262], 279_u16.to_ne_bytes());
        assert_eq!(message[262..264], 5_u16.to_ne_bytes());
        assert_eq!(message[268..272], 0x0ce6_u32.to_ne_bytes());
        assert_eq!(message.len(), 280 + 279);
    }

    #[test]
    fn the_kernels_messages_are_read_and_cut_ones_do_no_harm() {
        let mut output = 6_u32.to_ne_bytes().to_vec();
        output.extend([5, 7]);
        output.resize(4 + 4096, 0);
        output.extend(2_u16.to_ne_bytes());
        output.push(1);
        assert_eq!(read(&output), Told::Output(vec![5, 7]));
        let mut question = 9_u32.to_ne_bytes().to_vec();
        question.extend(77_u32.to_ne_bytes());
        question.extend([0x12, 0]);
        assert_eq!(
            read(&question),
            Told::Get {
                id: 77,
                number: 0x12
            }
        );
        for length in 0..question.len() {
            read(&question[..length]);
        }
        assert_eq!(read(&[]), Told::Other);
    }
}
