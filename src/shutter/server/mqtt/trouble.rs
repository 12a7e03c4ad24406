//! Why there is no connection to the broker, in a sentence.
//!
//! Nothing that the broker sent gets into a sentence, and nothing of the login but the user's name.

use std::error::Error;
use std::io;

use rumqttc::{ConnectReturnCode, ConnectionError, StateError};
use rustls::CertificateError;

use super::hearing::is_too_large;
use super::options::Options;

/// What happened, to what, and what to do. `connected`: whether the broker had let us in before.
#[must_use]
pub fn sentence(error: &ConnectionError, options: &Options, connected: bool) -> String {
    let at = &options.address;
    if let Some(error) = cause::<rustls::Error>(error) {
        return with_tls(error, at);
    }
    if is_too_large(error) {
        return format!(
            "a message at the MQTT broker at {at} is larger than 256 KiB, which no command is"
        );
    }
    match error {
        ConnectionError::ConnectionRefused(code) => refused(*code, options),
        ConnectionError::NetworkTimeout => {
            format!("the MQTT broker at {at} does not answer; see whether host and port are right")
        }
        ConnectionError::FlushTimeout => format!("the MQTT broker at {at} takes nothing any more"),
        ConnectionError::NotConnAck(_) => {
            format!("what answers at {at} is no MQTT broker; see whether the port is right")
        }
        ConnectionError::MqttState(StateError::ConnectionAborted) if connected => format!(
            "the MQTT broker at {at} closed the connection; see whether another client uses the \
             client id '{}'",
            options.client_id()
        ),
        ConnectionError::MqttState(StateError::ConnectionAborted) => format!(
            "the MQTT broker at {at} closed the connection at once; see whether this port wants TLS"
        ),
        ConnectionError::MqttState(StateError::AwaitPingResp) => {
            format!("the MQTT broker at {at} does not answer any more")
        }
        other => match cause::<io::Error>(other) {
            Some(error) => with_io(error, at, connected),
            None => format!("what the MQTT broker at {at} sends cannot be understood"),
        },
    }
}

fn refused(code: ConnectReturnCode, options: &Options) -> String {
    let at = &options.address;
    match code {
        ConnectReturnCode::BadUserNamePassword | ConnectReturnCode::NotAuthorized => {
            match &options.username {
                Some(user) => format!(
                    "the MQTT broker at {at} does not let '{user}' in; see whether username and \
                     password_file are right"
                ),
                None => format!(
                    "the MQTT broker at {at} wants a password; set username and password_file"
                ),
            }
        }
        ConnectReturnCode::BadClientId => format!(
            "the MQTT broker at {at} does not take the client id '{}'; set client_id",
            options.client_id()
        ),
        ConnectReturnCode::RefusedProtocolVersion => {
            format!("the MQTT broker at {at} does not speak MQTT 3.1.1; switch it on there")
        }
        _ => format!("the MQTT broker at {at} is not available; it says so itself"),
    }
}

fn with_tls(error: &rustls::Error, at: &str) -> String {
    match error {
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => format!(
                "the certificate of {at} is signed by nobody that is trusted here; set ca_file to \
                 its authority's certificate"
            ),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                format!("the certificate of {at} is for another name; set host to that name")
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                format!(
                    "the certificate of {at} has expired; renew it, or set this machine's clock"
                )
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => format!(
                "the certificate of {at} is not valid yet; this machine's clock is probably wrong"
            ),
            _ => format!("the certificate of {at} cannot be used; replace it at the broker"),
        },
        rustls::Error::AlertReceived(_) => {
            format!("{at} refused the TLS connection; see the broker's log")
        }
        _ => {
            format!("{at} does not speak TLS as it should; see whether the port is the one for TLS")
        }
    }
}

fn with_io(error: &io::Error, at: &str, connected: bool) -> String {
    if connected {
        return format!(
            "the connection to the MQTT broker at {at} broke: {}",
            error.kind()
        );
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            format!("no MQTT broker answers at {at}; see whether it runs there")
        }
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => format!(
            "the MQTT broker at {at} closed the connection at once; see whether this port wants TLS"
        ),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            format!("there is no way to {at}; see whether the network is up")
        }
        // A name that is not found has no kind of its own, and no errno.
        _ if error.raw_os_error().is_none() => {
            format!(
                "the name in {at} cannot be found; see whether it is right and the network is up"
            )
        }
        kind => format!("no connection to the MQTT broker at {at}: {kind}"),
    }
}

/// The first cause of this kind, also inside of an I/O error, which hides what it wraps.
fn cause<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shutter::broker::Broker;

    fn said(error: impl Into<ConnectionError>, connected: bool) -> String {
        let broker = Broker {
            host: "broker.example".to_owned(),
            tls: Some(false),
            username: Some("shutter".to_owned()),
            client_id: Some("one".to_owned()),
            ..Broker::default()
        };
        let options = Options::new(&broker, "garden").unwrap();
        sentence(&error.into(), &options, connected)
    }

    #[test]
    fn a_wrapped_certificate_error_is_found() {
        let inner = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let io = io::Error::new(io::ErrorKind::InvalidData, inner);
        let error = ConnectionError::Tls(rumqttc::TlsError::Io(io));
        assert!(said(error, false).contains("ca_file"));
    }

    #[test]
    fn each_refusal_names_its_remedy() {
        let code = |code| said(ConnectionError::ConnectionRefused(code), false);
        assert!(code(ConnectReturnCode::NotAuthorized).contains("does not let 'shutter' in"));
        assert!(code(ConnectReturnCode::BadClientId).contains("'one'"));
        let io = |kind: io::ErrorKind| said(ConnectionError::Io(kind.into()), false);
        assert!(io(io::ErrorKind::ConnectionRefused).contains("see whether it runs"));
        assert!(io(io::ErrorKind::UnexpectedEof).contains("wants TLS"));
        let unknown = io::Error::other("failed to lookup address information");
        assert!(said(ConnectionError::Io(unknown), false).contains("name in broker.example:1883"));
        assert!(said(StateError::ConnectionAborted, true).contains("client id 'one'"));
        let odd = StateError::Deserialization(rumqttc::Error::MalformedPacket);
        assert!(said(odd, true).contains("cannot be understood"));
    }
}
