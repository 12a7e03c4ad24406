//! Which services there are: named at the command line, in the configuration, or the one here.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::address::{Address, AddressError};
use crate::config::{Shutter, is_open};
use crate::secret::Secret;

/// Longer is no password.
const LONGEST: u64 = 4096;

/// Why it is not clear which services are meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServersError {
    /// The address of one cannot be used.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// Two have one name.
    #[error("configuration: two servers are called '{0}'")]
    Twice(String),
}

/// A service, and how its password is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What the person calls it.
    pub name: Option<String>,
    /// Where it listens.
    pub address: Address,
    /// The file with its password.
    pub password_file: Option<PathBuf>,
    /// Whether nobody named it: the one on this machine, that may be there.
    pub implied: bool,
}

impl Server {
    /// A service at this address.
    #[must_use]
    pub fn new(address: Address) -> Self {
        Self {
            name: None,
            address,
            password_file: None,
            implied: false,
        }
    }

    /// What the person calls it, or where it is.
    #[must_use]
    pub fn label(&self) -> String {
        self.name
            .clone()
            .unwrap_or_else(|| self.address.to_string())
    }

    /// The password, read anew: a file that was mended is good at the next try.
    ///
    /// # Errors
    /// When it cannot be read, or by everybody; a sentence.
    pub fn password(&self) -> Result<Option<Secret>, String> {
        match &self.password_file {
            Some(path) => read(path).map(Some),
            None => match kept(&self.address).filter(|path| path.exists()) {
                Some(path) => read(&path).map(Some),
                None => Ok(None),
            },
        }
    }
}

fn read(path: &Path) -> Result<Secret, String> {
    let unreadable = |error| format!("cannot read password file '{}': {error}", path.display());
    let file = File::open(path).map_err(unreadable)?;
    if is_open(&file) {
        return Err(format!(
            "password file '{0}' can be read by others; run 'chmod 600 {0}'",
            path.display()
        ));
    }
    let mut text = zeroize::Zeroizing::new(String::new());
    let read = file.take(LONGEST).read_to_string(&mut text);
    read.map_err(unreadable)?;
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        return Err(format!("password file '{}' is empty", path.display()));
    }
    if password.chars().any(char::is_control) {
        return Err(format!("password file '{}' holds no text", path.display()));
    }
    Ok(Secret::new(password))
}

/// Where a password is kept that was typed into the popup.
fn kept(address: &Address) -> Option<PathBuf> {
    let folder = xdg::BaseDirectories::with_prefix("barpop").get_config_file("shutter")?;
    Some(folder.join(format!("{}.password", address.file_name())))
}

/// Keeps a password in a file that nobody else can read.
///
/// # Errors
/// When it cannot be written; a sentence.
pub fn keep_password(server: &Server, password: &Secret) -> Result<(), String> {
    let path = server
        .password_file
        .clone()
        .or_else(|| kept(&server.address));
    let path = path.ok_or("there is no home to keep the password in")?;
    let failed = |error| format!("cannot keep the password in '{}': {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    // A new file takes the old one's place: its permissions and half a write are no question.
    let new = path.with_extension(format!("new-{}", std::process::id()));
    let _ = std::fs::remove_file(&new);
    let written = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&new)
        .and_then(|mut file| {
            file.write_all(password.reveal().as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&new, &path));
    if written.is_err() {
        let _ = std::fs::remove_file(&new);
    }
    written.map_err(failed)
}

/// The services that are meant: those that `named` has (addresses, or names of the
/// configuration), else all that are configured, else the one on this machine.
///
/// # Errors
/// See [`ServersError`].
pub fn servers(named: &[String], config: &Shutter) -> Result<Vec<Server>, ServersError> {
    let mut configured: Vec<Server> = Vec::new();
    for entry in &config.server {
        if let Some(name) = &entry.name
            && configured
                .iter()
                .any(|other| other.name.as_ref() == Some(name))
        {
            return Err(ServersError::Twice(name.clone()));
        }
        configured.push(Server {
            name: entry.name.clone(),
            address: entry.url.parse()?,
            password_file: entry.password_file.clone(),
            implied: false,
        });
    }
    if named.is_empty() {
        if configured.is_empty() {
            configured.push(Server {
                implied: true,
                ..Server::new(Address::local())
            });
        }
        return Ok(configured);
    }
    let mut found: Vec<Server> = Vec::new();
    for name in named {
        let known = |server: &&Server| server.name.as_ref() == Some(name);
        let server = match configured.iter().find(known) {
            Some(server) => server.clone(),
            None => {
                let address: Address = name.parse()?;
                let known = configured.iter().find(|server| server.address == address);
                known.cloned().unwrap_or_else(|| Server::new(address))
            }
        };
        if !found.contains(&server) {
            found.push(server);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::config::Config;

    fn config() -> Shutter {
        let text = "[[shutter.server]]\nname = \"roof\"\nurl = \"http://roof:8318\"\n\
                    password_file = \"/nowhere\"\n[[shutter.server]]\nurl = \"10.0.0.7\"\n";
        Config::parse(text).unwrap().shutter
    }

    fn labels(named: &[&str], config: &Shutter) -> Vec<String> {
        let named: Vec<String> = named.iter().map(ToString::to_string).collect();
        let found = servers(&named, config).unwrap();
        found.iter().map(Server::label).collect()
    }

    #[test]
    fn a_server_is_named_by_its_name_or_its_address() {
        let config = config();
        assert_eq!(labels(&[], &config), ["roof", "10.0.0.7:8318"]);
        assert_eq!(labels(&["roof"], &config), ["roof"]);
        assert_eq!(labels(&["http://roof", "roof"], &config), ["roof"]);
        assert_eq!(labels(&["other:1"], &config), ["other:1"]);
        assert_eq!(labels(&[], &Shutter::default()), ["127.0.0.1:8318"]);
        assert!(servers(&[], &Shutter::default()).unwrap()[0].implied);
    }

    #[test]
    fn a_password_that_others_can_read_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        let server = Server {
            password_file: Some(path.clone()),
            ..Server::new(Address::local())
        };
        assert!(server.password().unwrap_err().contains("cannot read"));
        keep_password(&server, &Secret::new("open sesame")).unwrap();
        assert_eq!(server.password(), Ok(Some(Secret::new("open sesame"))));
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        let error = server.password().unwrap_err();
        assert!(error.contains("chmod 600") && !error.contains("sesame"));
        // Keeping it anew mends that.
        keep_password(&server, &Secret::new("second")).unwrap();
        assert_eq!(server.password(), Ok(Some(Secret::new("second"))));
    }
}
