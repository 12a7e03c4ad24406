//! The fake's connection to a bus: one for each service, as the real ones have.

use std::pin::Pin;
use std::sync::mpsc::Sender;

use zbus::export::futures_core::Stream;
use zbus::{Connection, Message, MessageStream, block_on, connection};

use super::NetworkError;
use super::world::Service;

/// What comes from a bus.
pub enum FromBus {
    Message(Service, Message),
    /// The connection with this number broke.
    Lost(Service, u64),
}

/// A connection that owns its service's name.
pub struct Link {
    connection: Connection,
    pub number: u64,
}

impl Service {
    pub fn name(self) -> &'static str {
        match self {
            Self::NetworkManager => "org.freedesktop.NetworkManager",
            Self::ModemManager => "org.freedesktop.ModemManager1",
        }
    }
}

const BUS: &str = "org.freedesktop.DBus";

impl Link {
    /// Connects, and takes the service's name.
    pub fn open<T>(
        address: &str,
        service: Service,
        number: u64,
        to: Sender<T>,
    ) -> Result<Self, NetworkError>
    where
        T: From<FromBus> + Send + 'static,
    {
        let no_bus = |error: zbus::Error| NetworkError::NoBus {
            address: address.to_owned(),
            cause: error.to_string(),
        };
        let connection = block_on(connection::Builder::address(address).build()).map_err(no_bus)?;
        let mut stream = MessageStream::from(&connection);
        std::thread::Builder::new()
            .name(format!("bus for {}", service.name()))
            .spawn(move || {
                while let Some(Ok(message)) = block_on(next(&mut stream)) {
                    if to.send(FromBus::Message(service, message).into()).is_err() {
                        return;
                    }
                }
                let _ = to.send(FromBus::Lost(service, number).into());
            })
            .map_err(|error| NetworkError::Thread(error.to_string()))?;
        let link = Self { connection, number };
        if service == Service::NetworkManager {
            let rule = format!("type='signal',sender='{BUS}',member='NameOwnerChanged'");
            link.ask_bus("AddMatch", &(rule,)).map_err(no_bus)?;
        }
        // 4: fail where somebody else has it.
        let reply = link
            .ask_bus("RequestName", &(service.name(), 4_u32))
            .map_err(no_bus)?;
        if reply.body().deserialize::<u32>().map_err(no_bus)? != 1 {
            return Err(NetworkError::NameTaken(service.name()));
        }
        Ok(link)
    }

    fn ask_bus<B>(&self, member: &'static str, body: &B) -> zbus::Result<Message>
    where
        B: serde::Serialize + zbus::DynamicType,
    {
        let path = "/org/freedesktop/DBus";
        block_on(
            self.connection
                .call_method(Some(BUS), path, Some(BUS), member, body),
        )
    }

    /// Sends; what cannot be sent is lost, as the bus is.
    pub fn send(&self, messages: &[Message]) {
        if !messages.is_empty() {
            let _ = block_on(self.connection.send_all(messages));
        }
    }

    /// Leaves the bus, and the name with it.
    pub fn close(self) {
        let _ = block_on(self.connection.close());
    }
}

async fn next(stream: &mut MessageStream) -> Option<zbus::Result<Message>> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}
