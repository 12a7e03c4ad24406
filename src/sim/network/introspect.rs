//! What an object says of itself (`org.freedesktop.DBus.Introspectable`).

use std::collections::BTreeSet;
use std::fmt::Write;

use super::interfaces::{METHODS, SIGNALS, WRITABLE};
use super::tree::{OBJECT_MANAGER, PROPERTIES, Tree};
use super::value::Properties;

const PEER: &str = "org.freedesktop.DBus.Peer";
const INTROSPECTABLE: &str = "org.freedesktop.DBus.Introspectable";
const DOCTYPE: &str =
    "<!DOCTYPE node PUBLIC \"-//freedesktop//DTD D-BUS Object Introspection 1.0//EN\"
 \"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd\">\n";

/// The object's interfaces and children, as XML.
pub fn introspect(tree: &Tree, object: &str) -> String {
    let mut xml = format!("{DOCTYPE}<node>\n");
    if let Some(interfaces) = tree.objects().get(object) {
        for (name, properties) in interfaces {
            interface(&mut xml, name, properties);
        }
        for name in [PROPERTIES, INTROSPECTABLE, PEER] {
            interface(&mut xml, name, &Properties::new());
        }
    }
    if object == tree.root() {
        interface(&mut xml, OBJECT_MANAGER, &Properties::new());
    }
    let below = if object == "/" {
        "/".to_owned()
    } else {
        format!("{object}/")
    };
    let children: BTreeSet<&str> = tree
        .objects()
        .keys()
        .filter_map(|path| path.strip_prefix(below.as_str())?.split('/').next())
        .collect();
    for child in children {
        let _ = writeln!(xml, "  <node name=\"{child}\"/>");
    }
    xml.push_str("</node>\n");
    xml
}

fn interface(xml: &mut String, name: &str, properties: &Properties) {
    let _ = writeln!(xml, "  <interface name=\"{name}\">");
    for (_, method, input, output) in METHODS.iter().filter(|method| method.0 == name) {
        let _ = writeln!(xml, "    <method name=\"{method}\">");
        for (kinds, direction) in [(input, "in"), (output, "out")] {
            for kind in *kinds {
                let _ = writeln!(
                    xml,
                    "      <arg type=\"{kind}\" direction=\"{direction}\"/>"
                );
            }
        }
        xml.push_str("    </method>\n");
    }
    for (_, signal, arguments) in SIGNALS.iter().filter(|signal| signal.0 == name) {
        let _ = writeln!(xml, "    <signal name=\"{signal}\">");
        for kind in *arguments {
            let _ = writeln!(xml, "      <arg type=\"{kind}\"/>");
        }
        xml.push_str("    </signal>\n");
    }
    for (property, value) in properties {
        let access = if WRITABLE.contains(&(name, property)) {
            "readwrite"
        } else {
            "read"
        };
        let kind = value.signature();
        let _ = writeln!(
            xml,
            "    <property name=\"{property}\" type=\"{kind}\" access=\"{access}\"/>"
        );
    }
    xml.push_str("  </interface>\n");
}
