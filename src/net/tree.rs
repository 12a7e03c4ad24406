//! A mirror of a service's objects: path, interface, property, value, as
//! `org.freedesktop.DBus.ObjectManager` gives them whole and signals change them.
//!
//! No I/O. Total on any message: what is not as the interface promises is not there.

mod decode;
mod value;
pub mod wanted;
mod wire;

use std::collections::BTreeMap;
use std::sync::Arc;

use zbus::message::Body;

pub use value::Value;

/// The objects of a service.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    objects: BTreeMap<Arc<str>, Object>,
}

/// One object: its interfaces that anybody reads (see [`wanted`]).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Object(Vec<(&'static str, Properties)>);

/// The properties of an interface that anybody reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Properties(Vec<(&'static str, Value)>);

static NONE: Properties = Properties(Vec::new());

impl Tree {
    /// From the answer of `GetManagedObjects`; `None` when it is none.
    #[must_use]
    pub fn of(body: &Body) -> Option<Self> {
        let objects = decode::objects(body)?;
        Some(Self { objects })
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Forgets all: the service lost its name.
    pub fn clear(&mut self) {
        self.objects.clear();
    }

    /// Takes in the signal `ObjectManager.InterfacesAdded`.
    pub fn interfaces_added(&mut self, body: &Body) -> Option<Arc<str>> {
        let (path, object) = decode::added(body)?;
        let known = self.objects.entry(Arc::clone(&path)).or_default();
        for (interface, properties) in object.0 {
            known.put(interface, properties);
        }
        Some(path)
    }

    /// Takes in the signal `ObjectManager.InterfacesRemoved`. Settings stay only as long as the
    /// profile that they are of. The path, when that object had the interface `of` and has not
    /// any more.
    pub fn interfaces_removed(&mut self, body: &Body, of: &str) -> Option<Arc<str>> {
        let (path, gone) = decode::removed(body)?;
        let object = self.objects.get_mut(path)?;
        let had = object.has(of);
        object.0.retain(|(interface, _)| !gone.contains(interface));
        let lost = had && !object.has(of);
        if object.0.iter().all(|(name, _)| is_setting(name)) {
            self.objects.remove(path);
        }
        lost.then(|| path.into())
    }

    /// Takes in the signal `Properties.PropertiesChanged` of an object. `false` when it changed
    /// nothing that anybody reads.
    pub fn properties_changed(&mut self, path: &str, body: &Body) -> bool {
        let Some((interface, changed, invalidated)) = decode::changed(body) else {
            return false;
        };
        // Signals of an object that is not there (any more) are of no use.
        let Some(object) = self.objects.get_mut(path) else {
            return false;
        };
        let known = object.entry(interface);
        let before = known.0.len();
        known.0.retain(|(name, _)| !invalidated.contains(name));
        let mut different = known.0.len() != before;
        for (name, value) in changed.0 {
            different |= known.put(name, value);
        }
        different
    }

    /// Takes in the answer of `Properties.GetAll` for an interface of an object that is not told
    /// of by the object manager (a SIM).
    pub fn put_properties(&mut self, path: &Arc<str>, interface: &str, body: &Body) {
        let Some(wanted) = wanted::interface(interface) else {
            return;
        };
        if let Some(properties) = decode::properties(body, wanted) {
            let object = self.objects.entry(Arc::clone(path)).or_default();
            object.put(wanted.0, properties);
        }
    }

    /// Takes in the answer of `Settings.Connection.GetSettings` of a profile.
    pub fn put_settings(&mut self, path: &str, body: &Body) {
        let (Some(object), Some(settings)) = (self.objects.get_mut(path), decode::settings(body))
        else {
            return;
        };
        object.0.retain(|(name, _)| !is_setting(name));
        object.0.extend(settings.0);
    }

    /// An object.
    #[must_use]
    pub fn object(&self, path: &str) -> Option<&Object> {
        self.objects.get(path)
    }

    /// All objects with an interface, by path: the path, the object, that interface.
    pub fn with<'t>(
        &'t self,
        interface: &'t str,
    ) -> impl Iterator<Item = (&'t Arc<str>, &'t Object, &'t Properties)> {
        self.objects.iter().filter_map(move |(path, object)| {
            let properties = object.find(interface)?;
            Some((path, object, properties))
        })
    }

    #[cfg(test)]
    pub(crate) fn insert(&mut self, path: &str, interface: &str, properties: &[(&str, Value)]) {
        let wanted = wanted::interface(interface).unwrap();
        let name = |name: &str| *wanted.1.iter().find(|wanted| **wanted == name).unwrap();
        let properties = properties.iter().map(|(n, value)| (name(n), value.clone()));
        let object = self.objects.entry(path.into()).or_default();
        object.put(wanted.0, Properties(properties.collect()));
    }
}

/// A setting's name has no dot, an interface's has.
fn is_setting(name: &str) -> bool {
    !name.contains('.')
}

impl Object {
    /// Whether it has an interface.
    #[must_use]
    pub fn has(&self, interface: &str) -> bool {
        self.find(interface).is_some()
    }

    /// The properties of an interface; none where it does not have it.
    #[must_use]
    pub fn get(&self, interface: &str) -> &Properties {
        self.find(interface).unwrap_or(&NONE)
    }

    fn find(&self, interface: &str) -> Option<&Properties> {
        let found = self.0.iter().find(|(name, _)| *name == interface);
        found.map(|(_, properties)| properties)
    }

    fn put(&mut self, interface: &'static str, properties: Properties) {
        match self.0.iter_mut().find(|(name, _)| *name == interface) {
            Some((_, known)) => *known = properties,
            None => self.0.push((interface, properties)),
        }
    }

    fn entry(&mut self, interface: &'static str) -> &mut Properties {
        let at = self.0.iter().position(|(name, _)| *name == interface);
        let at = at.unwrap_or_else(|| {
            self.0.push((interface, Properties::default()));
            self.0.len().saturating_sub(1)
        });
        // It was found or made above.
        #[allow(clippy::indexing_slicing)]
        &mut self.0[at].1
    }
}

impl Properties {
    /// The value of a property.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }

    /// A flag.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.value(name)?.flag()
    }

    /// A number that fits `T`.
    #[must_use]
    pub fn number<T: TryFrom<i64>>(&self, name: &str) -> Option<T> {
        self.value(name)?.number()
    }

    /// A text that is not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&Arc<str>> {
        self.value(name)?.text().filter(|text| !text.is_empty())
    }

    /// Like [`Properties::text`], to be kept.
    #[must_use]
    pub fn string(&self, name: &str) -> Option<String> {
        self.text(name).map(ToString::to_string)
    }

    /// The path of an object; `/` stands for none.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<&Arc<str>> {
        self.text(name).filter(|path| ***path != *"/")
    }

    /// Bytes.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.value(name)?.bytes()
    }

    /// The elements of a list or structure; none where there is no such thing.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Value] {
        self.value(name).map_or(&[], Value::list)
    }

    /// `true` when that is news.
    fn put(&mut self, name: &'static str, value: Value) -> bool {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) if *known == value => false,
            Some((_, known)) => {
                *known = value;
                true
            }
            None => {
                self.0.push((name, value));
                true
            }
        }
    }
}

#[cfg(test)]
mod tests;
