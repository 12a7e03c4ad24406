//! Reads values in D-Bus's own encoding (D-Bus Specification, "Marshaling").
//!
//! The library reads every value of a message to get at the few that are wanted. Here, as an
//! array says how long it is, an interface that nobody reads is stepped over in one go: that is
//! most of the time of a look. Total on any bytes: what is malformed is `None`.

use std::sync::Arc;

use zbus::message::Body;

use super::value::Value;

/// Containers in each other; D-Bus allows 64 in all.
const DEEPEST: u8 = 64;

/// Reads on from a place in a body.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    is_little: bool,
}

impl<'b> Reader<'b> {
    /// At the beginning of a body.
    pub(super) fn new(body: &'b Body) -> Self {
        let is_little = body.data().context().endian() == zbus::wire::Endian::Little;
        Self::of(body.data().bytes(), is_little)
    }

    pub(super) fn of(bytes: &'b [u8], is_little: bool) -> Self {
        Self {
            bytes,
            at: 0,
            is_little,
        }
    }

    #[cfg(test)]
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// `s` or `o`.
    pub(super) fn text(&mut self) -> Option<&'b str> {
        let length = self.u32()?;
        let text = self.take(usize::try_from(length).ok()?)?;
        self.take(1)?;
        std::str::from_utf8(text).ok()
    }

    /// Calls `each` for each entry of an `a{s…}` or `a{o…}` with its key, to read its value.
    pub(super) fn entries(
        &mut self,
        mut each: impl FnMut(&mut Self, &'b str) -> Option<()>,
    ) -> Option<()> {
        let end = self.array(8)?;
        while self.at < end {
            self.align(8)?;
            let key = self.text()?;
            each(self, key)?;
        }
        (self.at == end).then_some(())
    }

    /// Steps over an `a{…}`.
    pub(super) fn skip_entries(&mut self) -> Option<()> {
        self.at = self.array(8)?;
        Some(())
    }

    /// `as`.
    pub(super) fn texts(&mut self) -> Option<Vec<&'b str>> {
        let end = self.array(4)?;
        let mut all = Vec::new();
        while self.at < end {
            all.push(self.text()?);
        }
        (self.at == end).then_some(all)
    }

    /// `v`, to the value in it, however often that is a `v` again.
    pub(super) fn variant(&mut self) -> Option<Value> {
        self.variant_in(DEEPEST)
    }

    /// Steps over a `v`.
    pub(super) fn skip_variant(&mut self) -> Option<()> {
        let signature = self.signature()?;
        self.skip(signature, DEEPEST)
    }

    fn variant_in(&mut self, deep: u8) -> Option<Value> {
        let signature = self.signature()?;
        self.value(signature, deep.checked_sub(1)?)
    }

    /// A value of this single type.
    fn value(&mut self, signature: &[u8], deep: u8) -> Option<Value> {
        let (code, inside) = signature.split_first()?;
        Some(match code {
            b'y' => Value::Number(self.take(1)?.first().copied()?.into()),
            b'b' => Value::Flag(self.u32()? != 0),
            b'n' => Value::Number(i16::from_ne_bytes(self.number()?).into()),
            b'q' => Value::Number(u16::from_ne_bytes(self.number()?).into()),
            b'i' => Value::Number(i32::from_ne_bytes(self.number()?).into()),
            b'u' => Value::Number(self.u32()?.into()),
            b'x' => Value::Number(i64::from_ne_bytes(self.number()?)),
            b't' => {
                let number = u64::from_ne_bytes(self.number()?);
                Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
            b's' | b'o' => Value::Text(Arc::from(self.text()?)),
            b'v' => self.variant_in(deep)?,
            b'a' => self.array_of(inside, deep.checked_sub(1)?)?,
            b'(' => {
                let deep = deep.checked_sub(1)?;
                self.align(8)?;
                let mut fields = inside.strip_suffix(b")")?;
                let mut list = Vec::new();
                while !fields.is_empty() {
                    let (field, rest) = split(fields)?;
                    list.push(self.value(field, deep)?);
                    fields = rest;
                }
                Value::List(list)
            }
            _ => {
                self.skip(signature, deep)?;
                Value::Other
            }
        })
    }

    fn array_of(&mut self, element: &[u8], deep: u8) -> Option<Value> {
        let end = self.array(alignment(element)?)?;
        if element == b"y" {
            return Some(Value::Bytes(self.take(end - self.at)?.into()));
        }
        if let Some(entry) = element.strip_prefix(b"{") {
            let (key, value) = split(entry.strip_suffix(b"}")?)?;
            let mut map = Vec::new();
            while self.at < end {
                self.align(8)?;
                map.push((self.value(key, deep)?, self.value(value, deep)?));
            }
            return (self.at == end).then_some(Value::Map(map));
        }
        let mut list = Vec::new();
        while self.at < end {
            let before = self.at;
            list.push(self.value(element, deep)?);
            // An empty structure is malformed, and would go on for ever.
            if self.at == before {
                return None;
            }
        }
        (self.at == end).then_some(Value::List(list))
    }

    fn skip(&mut self, signature: &[u8], deep: u8) -> Option<()> {
        let (code, inside) = signature.split_first()?;
        match code {
            b's' | b'o' => {
                let length = self.u32()?;
                self.take(usize::try_from(length).ok()?)?;
                self.take(1)?;
            }
            b'g' => drop(self.signature()?),
            b'v' => {
                let deep = deep.checked_sub(1)?;
                let signature = self.signature()?;
                self.skip(signature, deep)?;
            }
            b'a' => self.at = self.array(alignment(inside)?)?,
            b'(' => {
                let deep = deep.checked_sub(1)?;
                self.align(8)?;
                let mut fields = inside.strip_suffix(b")")?;
                while !fields.is_empty() {
                    let (field, rest) = split(fields)?;
                    self.skip(field, deep)?;
                    fields = rest;
                }
            }
            // The others are as long as they are aligned.
            _ => {
                let size = alignment(signature)?;
                self.align(size)?;
                self.take(size)?;
            }
        }
        Some(())
    }

    /// Begins an array whose elements are aligned so: the place where it ends.
    fn array(&mut self, alignment: usize) -> Option<usize> {
        let length = self.u32()?;
        // The padding before the first element does not count.
        self.align(alignment)?;
        let end = self.at.checked_add(usize::try_from(length).ok()?)?;
        (end <= self.bytes.len()).then_some(end)
    }

    fn signature(&mut self) -> Option<&'b [u8]> {
        let length = self.take(1)?.first()?;
        let signature = self.take((*length).into())?;
        self.take(1)?;
        Some(signature)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_ne_bytes(self.number()?))
    }

    /// A number's bytes in this machine's order.
    fn number<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.align(N)?;
        let mut bytes: [u8; N] = self.take(N)?.try_into().ok()?;
        if self.is_little != cfg!(target_endian = "little") {
            bytes.reverse();
        }
        Some(bytes)
    }

    fn align(&mut self, to: usize) -> Option<()> {
        self.at = self.at.checked_next_multiple_of(to)?;
        Some(())
    }

    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }
}

/// Where values of a type begin.
fn alignment(signature: &[u8]) -> Option<usize> {
    Some(match signature.first()? {
        b'y' | b'g' | b'v' => 1,
        b'n' | b'q' => 2,
        b'b' | b'i' | b'u' | b'h' | b's' | b'o' | b'a' => 4,
        b'x' | b't' | b'd' | b'(' | b'{' => 8,
        _ => return None,
    })
}

/// The first single type of a signature, and the rest.
fn split(signature: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut open = 0_u32;
    for (n, code) in signature.iter().enumerate() {
        match code {
            b'a' => continue,
            b'(' | b'{' => open += 1,
            b')' | b'}' => open = open.checked_sub(1)?,
            _ => {}
        }
        if open == 0 {
            return signature.split_at_checked(n + 1);
        }
    }
    None
}
