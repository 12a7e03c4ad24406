//! The position: where it comes from, and whether that answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use serde_json::Value;

use super::{Around, Check, Finding, Part, port, process};
use crate::gnss::gpsd::{Address, Place};
use crate::gnss::options::Wanted;

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "gpsd",
        look: gpsd,
    },
    Check {
        part: "receiver",
        look: receiver,
    },
];

/// A gpsd in the same room answers within milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);
/// Answers longer than this are none of a gpsd.
const LONGEST: u64 = 64 * 1024;

/// What the configuration names; a wrong one is found by its own check.
fn wanted(around: &Around) -> Wanted {
    let source = around.config.gnss.source.as_deref();
    source
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

fn gpsd(around: &Around, part: Part) -> Vec<Finding> {
    let (address, is_wanted) = match wanted(around) {
        Wanted::Gpsd(address) => (address, true),
        Wanted::Auto => (Address::default(), false),
        _ => {
            let remedy = "write source = \"auto\" under [gnss] to have it asked first";
            return vec![part.unused("the configuration names another source", remedy)];
        }
    };
    vec![match ask(&address) {
        Ok(found) if found.devices == 0 => part.warn(
            format!(
                "version {} answers at {address}, and has no receiver",
                found.version
            ),
            "give it one: DEVICES in /etc/default/gpsd, or 'gpsdctl add /dev/ttyUSB0'",
        ),
        Ok(found) => part.ok(format!(
            "version {} answers at {address}, and has {} receivers",
            found.version, found.devices
        )),
        Err(reason) if is_wanted => part.missing(
            format!("no answer from {address}: {reason}"),
            "start it: 'systemctl start gpsd.socket'; on another machine it must listen there (-G)",
        ),
        Err(_) if process::installed("gpsd").is_some() => part.unused(
            format!("is installed, and nothing answers at {address}"),
            "start it: 'systemctl start gpsd.socket'",
        ),
        Err(_) => part.unused(
            format!("nothing answers at {address}"),
            "install gpsd, or name another source under [gnss]",
        ),
    }]
}

struct Gpsd {
    version: String,
    devices: usize,
}

/// gpsd names its version to who connects, and its receivers to who asks; neither opens one.
fn ask(address: &Address) -> Result<Gpsd, String> {
    let text = |error: std::io::Error| error.to_string();
    match &address.place {
        Place::Tcp { host, port } => {
            let addresses = (host.as_str(), *port).to_socket_addrs().map_err(text)?;
            let mut last = "there is no such host".to_owned();
            for address in addresses {
                match TcpStream::connect_timeout(&address, PATIENCE) {
                    Ok(stream) => {
                        stream.set_read_timeout(Some(PATIENCE)).map_err(text)?;
                        stream.set_write_timeout(Some(PATIENCE)).map_err(text)?;
                        return talk(&stream);
                    }
                    Err(error) => last = error.to_string(),
                }
            }
            Err(last)
        }
        Place::Unix(path) => {
            let stream = UnixStream::connect(path).map_err(text)?;
            stream.set_read_timeout(Some(PATIENCE)).map_err(text)?;
            stream.set_write_timeout(Some(PATIENCE)).map_err(text)?;
            talk(&stream)
        }
    }
}

fn talk<S>(stream: &S) -> Result<Gpsd, String>
where
    for<'s> &'s S: Read + Write,
{
    let mut writer = stream;
    writer
        .write_all(b"?DEVICES;\n")
        .map_err(|error| error.to_string())?;
    let mut version = None;
    let lines = BufReader::new(stream.take(LONGEST)).lines();
    for line in lines.map_while(Result::ok) {
        let said: Value = serde_json::from_str(&line).unwrap_or_default();
        let class = said.get("class").and_then(Value::as_str);
        if class == Some("VERSION") {
            let release = said.get("release").and_then(Value::as_str);
            version = Some(release.unwrap_or("?").to_owned());
        }
        if class == Some("DEVICES") {
            let devices = said.get("devices").and_then(Value::as_array);
            return Ok(Gpsd {
                version: version.unwrap_or_else(|| "?".to_owned()),
                devices: devices.map_or(0, Vec::len),
            });
        }
    }
    Err("it does not answer as a gpsd".to_owned())
}

fn receiver(around: &Around, part: Part) -> Vec<Finding> {
    let fallback = around.config.gnss.port.as_deref();
    let fallback = fallback.and_then(|text| text.parse().ok());
    let found = match wanted(around) {
        Wanted::Auto => fallback,
        other => Some(other),
    };
    vec![match found {
        Some(Wanted::Nmea(path) | Wanted::Modem(path)) => port::look(part, &path),
        Some(Wanted::File(path)) => match std::fs::File::open(&path) {
            Ok(_) => part.ok(format!("the log '{}' can be read", path.display())),
            Err(error) => part.missing(
                format!("the log '{}' cannot be read: {error}", path.display()),
                "mend 'source' under [gnss]",
            ),
        },
        Some(Wanted::ModemManager) => part.ok("is ModemManager's modem, see there"),
        Some(Wanted::Gpsd(_)) => part.ok("is gpsd's, see there"),
        Some(Wanted::Auto) | None => part.unused(
            "no port is configured: gpsd is asked, then ModemManager",
            "write port = \"nmea:/dev/ttyUSB0\" (or \"modem:…\") under [gnss] for one without them",
        ),
    }]
}
