//! From a message's body into the mirror, stepping over what nobody reads.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use zbus::message::Body;
use zbus::{ObjectPath, Type, Variant};

use super::wanted::{self, Wanted};
use super::wire::Reader;
use super::{Object, Properties};

type Map<'a> = HashMap<&'a str, Variant<'a>>;
type Maps<'a> = HashMap<&'a str, Map<'a>>;

/// A reader of a body that is of this type.
fn reader<T: Type>(body: &Body) -> Option<Reader<'_>> {
    (body.signature() == T::SIGNATURE).then(|| Reader::new(body))
}

/// `a{oa{sa{sv}}}`.
pub(super) fn objects(body: &Body) -> Option<BTreeMap<Arc<str>, Object>> {
    let mut objects = BTreeMap::new();
    reader::<HashMap<ObjectPath<'_>, Maps<'_>>>(body)?.entries(|reader, path| {
        let object = object(reader)?;
        if !object.0.is_empty() {
            objects.insert(path.into(), object);
        }
        Some(())
    })?;
    Some(objects)
}

/// `(oa{sa{sv}})`.
pub(super) fn added(body: &Body) -> Option<(Arc<str>, Object)> {
    let mut reader = reader::<(ObjectPath<'_>, Maps<'_>)>(body)?;
    let path = reader.text()?.into();
    Some((path, object(&mut reader)?))
}

/// `(oas)`.
pub(super) fn removed(body: &Body) -> Option<(&str, Vec<&str>)> {
    let mut reader = reader::<(ObjectPath<'_>, Vec<&str>)>(body)?;
    Some((reader.text()?, reader.texts()?))
}

/// `(sa{sv}as)`; `None` as well for an interface that nobody reads.
pub(super) fn changed(body: &Body) -> Option<(&'static str, Properties, Vec<&str>)> {
    let mut reader = reader::<(&str, Map<'_>, Vec<&str>)>(body)?;
    let wanted = wanted::interface(reader.text()?)?;
    let changed = read(&mut reader, wanted)?;
    Some((wanted.0, changed, reader.texts()?))
}

/// `a{sa{sv}}` as the whole body: settings.
pub(super) fn settings(body: &Body) -> Option<Object> {
    object(&mut reader::<Maps<'_>>(body)?)
}

/// `a{sv}` as the whole body: the properties of an interface.
pub(super) fn properties(body: &Body, wanted: &'static Wanted) -> Option<Properties> {
    read(&mut reader::<Map<'_>>(body)?, wanted)
}

/// Interfaces, or settings.
fn object(reader: &mut Reader<'_>) -> Option<Object> {
    let mut object = Object::default();
    reader.entries(|reader, name| {
        match wanted::interface(name) {
            Some(wanted) => object.put(wanted.0, read(reader, wanted)?),
            None => reader.skip_entries()?,
        }
        Some(())
    })?;
    Some(object)
}

/// Properties of an interface.
fn read(reader: &mut Reader<'_>, wanted: &'static Wanted) -> Option<Properties> {
    let mut properties = Properties::default();
    reader.entries(|reader, name| {
        match wanted.1.iter().find(|wanted| **wanted == name) {
            Some(name) => drop(properties.put(name, reader.variant()?)),
            None => reader.skip_variant()?,
        }
        Some(())
    })?;
    Some(properties)
}
