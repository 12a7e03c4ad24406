//! A D-Bus value without the bus: what a property holds, and nothing that could go wrong later.

use std::sync::Arc;

/// A value. Whoever reads it as something that it is not gets nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `b`.
    Flag(bool),
    /// Any integer; a `t` beyond [`i64::MAX`] is cut there.
    Number(i64),
    /// `s` or `o`.
    Text(Arc<str>),
    /// `ay`.
    Bytes(Box<[u8]>),
    /// Any other array, and a structure.
    List(Vec<Value>),
    /// A dictionary.
    Map(Vec<(Value, Value)>),
    /// What nobody reads: floating point, signatures, descriptors.
    Other,
}

impl Value {
    /// As a flag.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// As a number that fits `T`.
    #[must_use]
    pub fn number<T: TryFrom<i64>>(&self) -> Option<T> {
        match self {
            Self::Number(number) => T::try_from(*number).ok(),
            _ => None,
        }
    }

    /// As a text, which may be empty.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// As bytes; an empty array of anything is empty.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::List(list) if list.is_empty() => Some(&[]),
            _ => None,
        }
    }

    /// The elements; none when it is no list.
    #[must_use]
    pub fn list(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }

    /// The value under a text key of a dictionary.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map
                .iter()
                .find(|(name, _)| name.text().is_some_and(|name| **name == *key))
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value under a number of a dictionary.
    #[must_use]
    pub fn at(&self, key: i64) -> Option<&Self> {
        match self {
            Self::Map(map) => map
                .iter()
                .find(|(name, _)| *name == Self::Number(key))
                .map(|(_, value)| value),
            _ => None,
        }
    }
}
