//! A camera that speaks PTP over TCP (CIPA DC-005, ISO 15740) as a Nikon does, for the real gphoto2:
//! it can be triggered and held open.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

// Kinds of packets.
const INIT_COMMAND: u32 = 1;
const INIT_COMMAND_ACK: u32 = 2;
const INIT_EVENT: u32 = 3;
const INIT_EVENT_ACK: u32 = 4;
const REQUEST: u32 = 6;
const RESPONSE: u32 = 7;
const START_DATA: u32 = 9;
const END_DATA: u32 = 12;

// Operations.
const GET_DEVICE_INFO: u16 = 0x1001;
const OPEN_SESSION: u16 = 0x1002;
const CLOSE_SESSION: u16 = 0x1003;
const GET_STORAGE_IDS: u16 = 0x1004;
const GET_PROPERTY_DESCRIPTION: u16 = 0x1014;
const SET_PROPERTY: u16 = 0x1016;
const INITIATE_CAPTURE: u16 = 0x100e;
const NIKON_CHANGE_CAMERA_MODE: u16 = 0x90c2;
const NIKON_GET_EVENT: u16 = 0x90c7;
const NIKON_DEVICE_READY: u16 = 0x90c8;
const NIKON_CAPTURE: u16 = 0x9207;
const NIKON_TERMINATE_CAPTURE: u16 = 0x920c;

/// The property of the exposure time, and the value that means bulb.
const EXPOSURE_TIME: u32 = 0x500d;
const BULB: [u8; 4] = [0xff; 4];

const OK: u16 = 0x2001;
const UNKNOWN_OPERATION: u16 = 0x2005;
const NIKON_OUT_OF_FOCUS: u16 = 0xa002;

/// What has become of it.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Pictures that it exposed by itself.
    pub pictures: u32,
    /// The shutter is held open.
    pub exposing: bool,
    /// Exposures that were held and ended.
    pub exposures: u32,
    /// Sessions that are open.
    pub sessions: u32,
    /// It finds nothing to focus on.
    pub blind: bool,
    bulb: bool,
}

/// A camera in a network.
pub struct Camera {
    /// As `gphoto2 --port` wants it.
    pub port: String,
    state: Arc<Mutex<State>>,
}

impl Camera {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || {
                    let mut has_session = false;
                    let _ = serve(stream, &state, &mut has_session);
                    // The end of the connection is the end of the session.
                    state.lock().unwrap().sessions -= u32::from(has_session);
                });
            }
        });
        Self {
            // Commands and events at one port.
            port: format!("ptpip:127.0.0.1:{port}:{port}"),
            state,
        }
    }

    pub fn state(&self) -> State {
        self.state.lock().unwrap().clone()
    }

    pub fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>, has_session: &mut bool) -> io::Result<()> {
    loop {
        let (kind, body) = receive(&mut stream)?;
        match kind {
            INIT_COMMAND => {
                let name: Vec<u8> = "cam\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
                let number = 1_u32.to_le_bytes();
                let version = 0x10000_u32.to_le_bytes();
                let ack = [&number[..], &[7; 16], &name, &version].concat();
                send(&mut stream, INIT_COMMAND_ACK, &ack)?;
            }
            INIT_EVENT => send(&mut stream, INIT_EVENT_ACK, &[])?,
            REQUEST => answer(&mut stream, &body, state, has_session)?,
            _ => {}
        }
    }
}

/// An operation: its data, if any, then its response.
fn answer(
    stream: &mut TcpStream,
    request: &[u8],
    state: &Mutex<State>,
    has_session: &mut bool,
) -> io::Result<()> {
    let word = |at: usize| u32::from_le_bytes(request[at..at + 4].try_into().unwrap());
    let operation = u16::from_le_bytes([request[4], request[5]]);
    let transaction = &request[6..10];
    let mut sent: Vec<u8> = Vec::new();
    if word(0) == 2 {
        loop {
            let (kind, body) = receive(stream)?;
            if kind != START_DATA {
                sent.extend(&body[4..]);
            }
            if kind == END_DATA {
                break;
            }
        }
    }
    let mut state = state.lock().unwrap();
    let mut code = OK;
    let mut data = None;
    match operation {
        OPEN_SESSION => {
            state.sessions += 1;
            *has_session = true;
        }
        CLOSE_SESSION => {
            state.sessions -= 1;
            *has_session = false;
        }
        GET_DEVICE_INFO => data = Some(device_info()),
        GET_STORAGE_IDS => data = Some([1_u32, 0x0001_0001].map(u32::to_le_bytes).concat()),
        NIKON_GET_EVENT => data = Some(vec![0, 0]),
        GET_PROPERTY_DESCRIPTION => {
            let property = u16::try_from(word(10)).unwrap().to_le_bytes();
            // A number of 32 bits that can be set; 100 at first and now; no list of values.
            let value = 100_u32.to_le_bytes();
            data = Some([&property[..], &[6, 0, 1], &value, &value, &[0]].concat());
        }
        SET_PROPERTY if word(10) == EXPOSURE_TIME => state.bulb = sent == BULB,
        SET_PROPERTY | NIKON_CHANGE_CAMERA_MODE | NIKON_DEVICE_READY => {}
        INITIATE_CAPTURE | NIKON_CAPTURE if state.blind => code = NIKON_OUT_OF_FOCUS,
        INITIATE_CAPTURE | NIKON_CAPTURE if state.bulb => state.exposing = true,
        INITIATE_CAPTURE | NIKON_CAPTURE => state.pictures += 1,
        NIKON_TERMINATE_CAPTURE => {
            state.exposures += u32::from(state.exposing);
            state.exposing = false;
            state.bulb = false;
        }
        _ => code = UNKNOWN_OPERATION,
    }
    drop(state);
    if let Some(data) = data {
        let length = (data.len() as u64).to_le_bytes();
        send(stream, START_DATA, &[transaction, &length].concat())?;
        send(stream, END_DATA, &[transaction, &data].concat())?;
    }
    send(
        stream,
        RESPONSE,
        &[&code.to_le_bytes(), transaction].concat(),
    )
}

fn device_info() -> Vec<u8> {
    const NIKON: u32 = 10;
    let text = |text: &str| {
        let units: Vec<u16> = text.encode_utf16().chain([0]).collect();
        let count = u8::try_from(units.len()).unwrap();
        let bytes = units.into_iter().flat_map(u16::to_le_bytes);
        std::iter::once(count).chain(bytes).collect::<Vec<u8>>()
    };
    let list = |codes: &[u16]| {
        let count = u32::try_from(codes.len()).unwrap().to_le_bytes();
        let bytes = codes.iter().flat_map(|code| code.to_le_bytes());
        count.into_iter().chain(bytes).collect::<Vec<u8>>()
    };
    let operations = [
        GET_DEVICE_INFO,
        OPEN_SESSION,
        CLOSE_SESSION,
        GET_STORAGE_IDS,
        GET_PROPERTY_DESCRIPTION,
        SET_PROPERTY,
        INITIATE_CAPTURE,
        NIKON_CHANGE_CAMERA_MODE,
        NIKON_GET_EVENT,
        NIKON_DEVICE_READY,
        NIKON_CAPTURE,
        NIKON_TERMINATE_CAPTURE,
    ];
    [
        100_u16.to_le_bytes().to_vec(),
        NIKON.to_le_bytes().to_vec(),
        100_u16.to_le_bytes().to_vec(),
        vec![0],
        vec![0, 0],
        list(&operations),
        list(&[0x4002]),
        list(&[0x500d]),
        list(&[0x3801]),
        list(&[0x3801]),
        text("Nikon Corporation"),
        text("D750"),
        text("1"),
        text("1"),
    ]
    .concat()
}

fn receive(stream: &mut TcpStream) -> io::Result<(u32, Vec<u8>)> {
    let mut head = [0; 8];
    stream.read_exact(&mut head)?;
    let word = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap());
    let mut body = vec![0; word(0) as usize - head.len()];
    stream.read_exact(&mut body)?;
    Ok((word(4), body))
}

fn send(stream: &mut TcpStream, kind: u32, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(8 + body.len()).unwrap();
    stream.write_all(&[&length.to_le_bytes(), &kind.to_le_bytes(), body].concat())
}
