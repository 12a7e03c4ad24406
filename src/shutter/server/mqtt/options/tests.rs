use std::os::unix::fs::PermissionsExt;

use super::*;

fn broker() -> Broker {
    Broker {
        host: "broker.example".to_owned(),
        tls: Some(false),
        ..Broker::default()
    }
}

fn refused(broker: &Broker) -> String {
    match Options::new(broker, "garden") {
        Ok(_) => panic!("it was taken"),
        Err(error) => error.to_string(),
    }
}

fn file(folder: &Path, text: &str, mode: u32) -> PathBuf {
    let path = folder.join("password");
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    path
}

#[test]
fn tls_is_on_unless_it_is_switched_off() {
    let with = Options::new(
        &Broker {
            tls: None,
            ..broker()
        },
        "garden",
    )
    .unwrap();
    assert_eq!(with.address, "broker.example:8883");
    assert!(matches!(with.connection().transport(), Transport::Tls(_)));
    let without = Options::new(&broker(), "garden").unwrap();
    assert_eq!(without.address, "broker.example:1883");
    assert!(matches!(without.connection().transport(), Transport::Tcp));
    assert!(without.announcement.is_some() && without.warning.is_none());
    assert!(without.connection().clean_session());
    assert_eq!(without.client_id().len(), 18);
}

#[test]
fn what_cannot_be_right_is_named_with_its_remedy() {
    for host in ["", "a b", "mqtt://x", "user@x", "x\ny", "1:2"] {
        let broker = Broker {
            host: host.to_owned(),
            ..broker()
        };
        assert!(refused(&broker).contains("set host"), "{host:?}");
    }
    let prefix = Broker {
        prefix: Some("a/#".to_owned()),
        ..broker()
    };
    assert!(refused(&prefix).contains("prefix 'a/#'"));
    let nobody = Broker {
        password_file: Some("/nowhere".into()),
        ..broker()
    };
    assert!(refused(&nobody).contains("needs a username"));
    let id = Broker {
        client_id: Some(String::new()),
        ..broker()
    };
    assert!(refused(&id).contains("client_id"));
    let ca = Broker {
        ca_file: Some("/nowhere".into()),
        ..broker()
    };
    assert!(refused(&ca).contains("tls = false"));
    let absent = Broker { tls: None, ..ca };
    assert!(refused(&absent).contains("cannot read ca_file"));
    let ipv6 = Broker {
        host: "::1".to_owned(),
        ..broker()
    };
    assert_eq!(Options::new(&ipv6, "x").unwrap().address, "[::1]:1883");
    assert!(refused(&Broker { tls: None, ..ipv6 }).contains("IPv4"));
}

#[test]
fn a_password_that_others_can_read_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let with = |text: &str, mode| Broker {
        username: Some("shutter".to_owned()),
        password_file: Some(file(folder.path(), text, mode)),
        ..broker()
    };
    let open = refused(&with("canary\n", 0o644));
    assert!(open.contains("chmod 600") && !open.contains("canary"));
    for wrong in ["", "\n", "canary\nsecond\n"] {
        let sentence = refused(&with(wrong, 0o600));
        assert!(sentence.contains("one line") && !sentence.contains("canary"));
    }
    let options = Options::new(&with("canary \n", 0o600), "garden").unwrap();
    let login = options.connection().credentials().unwrap();
    assert_eq!((&*login.username, &*login.password), ("shutter", "canary "));
    assert!(options.warning.unwrap().contains("in the clear"));
    let here = Broker {
        host: "127.0.0.1".to_owned(),
        ..with("canary", 0o600)
    };
    assert!(Options::new(&here, "garden").unwrap().warning.is_none());
}

#[test]
fn a_file_without_a_certificate_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        let broker = Broker {
            tls: None,
            ca_file: Some(file(folder.path(), text, 0o644)),
            ..broker()
        };
        assert!(refused(&broker).contains("no certificate"), "{text:?}");
    }
}

#[test]
fn home_assistant_is_told_nothing_with_an_empty_prefix() {
    let silent = Broker {
        discovery_prefix: Some(String::new()),
        ..broker()
    };
    assert!(Options::new(&silent, "x").unwrap().announcement.is_none());
    let own = Broker {
        discovery_prefix: Some("ha/main".to_owned()),
        ..broker()
    };
    let (topic, _) = Options::new(&own, "Garden").unwrap().announcement.unwrap();
    assert_eq!(topic, "ha/main/device/barpop_shutter_garden/config");
}
