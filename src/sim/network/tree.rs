//! A tree of objects with interfaces and properties, and the signals that its changes make.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use zbus::{DynamicType, Message, ObjectPath};

use super::value::{Properties, Value, path};

/// One object: its interfaces' properties.
pub type Object = BTreeMap<&'static str, Properties>;

/// The objects of one service.
#[derive(Debug)]
pub struct Tree {
    /// Where its `ObjectManager` is.
    root: &'static str,
    objects: BTreeMap<String, Object>,
    /// Objects that the `ObjectManager` does not tell of.
    apart: BTreeSet<String>,
    /// Changes that no signal has told yet, in their order.
    changed: Vec<(String, &'static str, Properties)>,
    signals: Vec<Message>,
}

impl Tree {
    pub fn new(root: &'static str) -> Self {
        Self {
            root,
            objects: BTreeMap::new(),
            apart: BTreeSet::new(),
            changed: Vec::new(),
            signals: Vec::new(),
        }
    }

    pub fn root(&self) -> &'static str {
        self.root
    }

    pub fn objects(&self) -> &BTreeMap<String, Object> {
        &self.objects
    }

    pub fn get(&self, object: &str, interface: &str, property: &str) -> Option<&Value> {
        self.objects.get(object)?.get(interface)?.get(property)
    }

    pub fn has(&self, object: &str, interface: &str) -> bool {
        self.objects
            .get(object)
            .is_some_and(|interfaces| interfaces.contains_key(interface))
    }

    /// A text or path; empty where there is none.
    pub fn text(&self, object: &str, interface: &str, property: &str) -> String {
        let value = self.get(object, interface, property).and_then(Value::text);
        value.unwrap_or_default().to_owned()
    }

    /// A number; 0 where there is none.
    pub fn number(&self, object: &str, interface: &str, property: &str) -> i64 {
        let value = self.get(object, interface, property);
        value.and_then(Value::number).unwrap_or_default()
    }

    /// Texts or paths.
    pub fn texts(&self, object: &str, interface: &str, property: &str) -> Vec<String> {
        self.get(object, interface, property)
            .map(Value::texts)
            .unwrap_or_default()
    }

    /// The paths of all objects with an interface.
    pub fn with(&self, interface: &str) -> Vec<String> {
        let has = |(_, object): &(&String, &Object)| object.contains_key(interface);
        self.objects
            .iter()
            .filter(has)
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// Adds an object and tells it.
    pub fn add(&mut self, object: &str, interfaces: Object) {
        self.tell_changes();
        let root = self.root;
        let body = (path(object), &interfaces);
        let told = signal(root, OBJECT_MANAGER, "InterfacesAdded", &body);
        self.signals.extend(told);
        self.objects.insert(object.to_owned(), interfaces);
    }

    /// Adds an object that the `ObjectManager` does not tell of, as ModemManager's SIMs are.
    pub fn add_apart(&mut self, object: &str, interfaces: Object) {
        self.objects.insert(object.to_owned(), interfaces);
        self.apart.insert(object.to_owned());
    }

    /// Takes an object away and tells it.
    pub fn remove(&mut self, object: &str) {
        self.tell_changes();
        let interfaces = self.objects.remove(object);
        if let Some(interfaces) = interfaces.filter(|_| !self.apart.remove(object)) {
            let names: Vec<&str> = interfaces.keys().copied().collect();
            let body = (path(object), names);
            self.signals.extend(signal(
                self.root,
                OBJECT_MANAGER,
                "InterfacesRemoved",
                &body,
            ));
        }
    }

    /// Changes a property, and tells it together with the others that change in this moment.
    pub fn set(
        &mut self,
        object: &str,
        interface: &'static str,
        property: &'static str,
        to: Value,
    ) {
        let Some(properties) = self
            .objects
            .get_mut(object)
            .and_then(|interfaces| interfaces.get_mut(interface))
        else {
            return;
        };
        if properties.get(property) == Some(&to) {
            return;
        }
        properties.insert(property, to.clone());
        self.changed(object, interface).insert(property, to);
    }

    fn changed(&mut self, object: &str, interface: &'static str) -> &mut Properties {
        let same = |(path, name, _): &(String, &'static str, Properties)| {
            path == object && *name == interface
        };
        let position = self.changed.iter().position(same).unwrap_or_else(|| {
            self.changed
                .push((object.to_owned(), interface, Properties::new()));
            self.changed.len() - 1
        });
        #[allow(clippy::indexing_slicing)] // it was found, or was just put there
        &mut self.changed[position].2
    }

    /// Tells something of an interface's own, after the changes before it.
    pub fn emit<B>(&mut self, object: &str, interface: &'static str, member: &'static str, body: &B)
    where
        B: Serialize + DynamicType,
    {
        self.tell_changes();
        self.signals.extend(signal(object, interface, member, body));
    }

    fn tell_changes(&mut self) {
        for (object, interface, properties) in std::mem::take(&mut self.changed) {
            let body = (interface, properties, Vec::<&str>::new());
            self.signals
                .extend(signal(&object, PROPERTIES, "PropertiesChanged", &body));
        }
    }

    /// The signals that are due.
    pub fn take_signals(&mut self) -> Vec<Message> {
        self.tell_changes();
        std::mem::take(&mut self.signals)
    }

    /// What `GetManagedObjects` says.
    pub fn managed(&self) -> BTreeMap<ObjectPath<'_>, &Object> {
        let entry = |(path, object)| Some((ObjectPath::try_from(path).ok()?, object));
        self.objects
            .iter()
            .filter(|(path, _)| path.as_str() != self.root && !self.apart.contains(*path))
            .map(|(path, object)| (path.as_str(), object))
            .filter_map(entry)
            .collect()
    }
}

pub const OBJECT_MANAGER: &str = "org.freedesktop.DBus.ObjectManager";
pub const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

fn signal<B>(
    object: &str,
    interface: &'static str,
    member: &'static str,
    body: &B,
) -> Option<Message>
where
    B: Serialize + DynamicType,
{
    let builder = Message::signal(path(object), interface, member);
    builder.build(body).ok()
}
