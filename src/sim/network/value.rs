//! D-Bus values that can be kept, compared and sent: what properties and settings are made of.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Serialize, Serializer};
use zbus::wire::Error;
use zbus::{Array, Dict, ObjectPath, OwnedVariant, Signature, Type, Variant};

/// A value; as a D-Bus argument it is a VARIANT.
#[derive(Debug, Clone, PartialEq)]
pub struct Value(Arc<Variant<'static>>);

/// The properties of an interface, by name.
pub type Properties = BTreeMap<&'static str, Value>;

/// A connection's settings: `a{sa{sv}}`.
pub type Settings = BTreeMap<String, BTreeMap<String, Value>>;

/// Settings as they come in.
pub type Incoming = HashMap<String, HashMap<String, OwnedVariant>>;

/// Makes a value of anything that is one.
pub fn value(from: impl Into<Variant<'static>>) -> Value {
    Value(Arc::new(from.into()))
}

/// An object's path; `/` where it is none.
pub fn path(text: &str) -> ObjectPath<'static> {
    ObjectPath::try_from(text.to_owned()).unwrap_or_default()
}

/// A path as a value.
pub fn object(text: &str) -> Value {
    value(path(text))
}

/// A list of paths as a value.
pub fn objects<T: AsRef<str>>(paths: impl IntoIterator<Item = T>) -> Value {
    let paths: Vec<ObjectPath<'static>> = paths.into_iter().map(|p| path(p.as_ref())).collect();
    value(paths)
}

/// An `a{sv}` as a value.
pub fn dict<const N: usize>(entries: [(&str, Value); N]) -> Variant<'static> {
    let entries = entries.map(|(key, value)| (key.to_owned(), value));
    BTreeMap::from(entries).into()
}

/// An `aa{sv}` as a value.
pub fn dicts<const N: usize>(entries: [Variant<'static>; N]) -> Value {
    let mut array = Array::new(&Signature::static_dict(
        &Signature::Str,
        &Signature::Variant,
    ));
    for entry in entries {
        // Only a value of another type than a dictionary would be refused.
        let _ = array.append(entry);
    }
    value(array)
}

/// An array without elements, by its element's signature.
pub fn nothing(element: &str) -> Value {
    let element = Signature::try_from(element).unwrap_or(Signature::Str);
    value(Array::new(&element))
}

/// An `a{sv}` without entries.
pub fn no_entries() -> Value {
    value(Dict::new(&Signature::Str, &Signature::Variant))
}

/// Settings that came in, to be kept.
pub fn settings(incoming: Incoming) -> Settings {
    let kept = |(key, value): (String, OwnedVariant)| (key, Value(Arc::new(value.into())));
    incoming
        .into_iter()
        .map(|(name, entries)| (name, entries.into_iter().map(kept).collect()))
        .collect()
}

impl Value {
    /// Its type, for an introspection.
    pub fn signature(&self) -> String {
        self.0.value_signature().to_string()
    }

    pub fn text(&self) -> Option<&str> {
        match &*self.0 {
            Variant::Str(text) => Some(text.as_str()),
            Variant::ObjectPath(path) => Some(path.as_str()),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<i64> {
        match &*self.0 {
            Variant::U8(number) => Some(i64::from(*number)),
            Variant::I32(number) => Some(i64::from(*number)),
            Variant::U32(number) => Some(i64::from(*number)),
            Variant::I64(number) => Some(*number),
            Variant::U64(number) => i64::try_from(*number).ok(),
            _ => None,
        }
    }

    pub fn flag(&self) -> Option<bool> {
        match &*self.0 {
            Variant::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    pub fn bytes(&self) -> Option<Vec<u8>> {
        match &*self.0 {
            Variant::Array(array) => array
                .iter()
                .map(|byte| match byte {
                    Variant::U8(byte) => Some(*byte),
                    _ => None,
                })
                .collect(),
            _ => None,
        }
    }

    pub fn texts(&self) -> Vec<String> {
        let text = |value: &Variant<'_>| match value {
            Variant::Str(text) => Some(text.to_string()),
            Variant::ObjectPath(path) => Some(path.to_string()),
            _ => None,
        };
        match &*self.0 {
            Variant::Array(array) => array.iter().filter_map(text).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether it has elements, where it is a list or a dictionary.
    pub fn is_empty(&self) -> bool {
        match &*self.0 {
            Variant::Str(text) => text.is_empty(),
            Variant::Array(array) => array.is_empty(),
            Variant::Dict(dict) => dict.iter().next().is_none(),
            _ => false,
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Type for Value {
    const SIGNATURE: &'static Signature = &Signature::Variant;
}

impl From<Value> for Variant<'static> {
    fn from(value: Value) -> Self {
        let copy = |value: &Variant<'_>| value.try_to_owned().map(Variant::from);
        // Only a file descriptor could fail, and there are none.
        copy(&value.0).unwrap_or(Variant::U8(0))
    }
}

impl TryFrom<OwnedVariant> for Value {
    type Error = Error;

    fn try_from(value: OwnedVariant) -> Result<Self, Error> {
        Ok(Self(Arc::new(value.into())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_types_of_the_interfaces() {
        assert_eq!(objects(["/a", "/b"]).signature(), "ao");
        assert_eq!(nothing("a{sv}").signature(), "aa{sv}");
        assert_eq!(no_entries().signature(), "a{sv}");
        assert_eq!(
            dicts([dict([("address", value("::1"))])]).signature(),
            "aa{sv}"
        );
        assert_eq!(value((100_u32, 0_u32)).signature(), "(uu)");
        assert_eq!(value(b"ssid".to_vec()).bytes().unwrap(), b"ssid");
    }
}
