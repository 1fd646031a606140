//! Reading tables and values, member by member. A fault is noted and a placeholder returned, so that
//! one reading finds all faults; what was read is let out only if there was none.

use std::cell::RefCell;

use affiant::record::{Decimal, TimeBasis, TimeClaim};
use affiant::time::Edtf;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::MAX_ENTRIES;
use crate::draft::{ScopeDraft, WhoDraft};
use crate::fault::{CaseFault, closest};
use crate::spot::{Findings, Spot};

/// What a member that names a party holds.
pub(super) const A_PARTY: &str = "the handle of a party, or { unidentified = \"…\" }";
/// What a member that is a time holds.
const A_TIME: &str = "a date in quotation marks, as \"2019-01-10\", or { edtf = \"…\", basis = \"…\" }";
const A_LIST: &str = "a list, as [\"…\"]";

/// A table whose members are read one by one.
pub(super) struct TableReader<'t> {
    findings: &'t RefCell<Findings>,
    table: &'t DeTable<'t>,
    spot: Spot,
    unknown_members: bool,
}

impl<'t> TableReader<'t> {
    /// Begins to read a table, and notes the members that it should not have.
    pub(super) fn new(
        findings: &'t RefCell<Findings>,
        table: &'t DeTable<'t>,
        spot: Spot,
        members: &[&'static str],
    ) -> TableReader<'t> {
        let mut unknown_members = false;
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !members.contains(&name) {
                let fault = CaseFault::UnknownMember {
                    member: name.to_owned(),
                    closest: closest(name, members.iter().copied()),
                    expected: members.iter().map(|&member| member.to_owned()).collect(),
                };
                let offset = Some(key.span().start);
                findings.borrow_mut().add_at(&spot, offset, fault);
                unknown_members = true;
            }
        }
        TableReader {
            findings,
            table,
            spot,
            unknown_members,
        }
    }

    /// Whether no member was noted as unknown.
    pub(super) fn has_only_known(&self) -> bool {
        !self.unknown_members
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    pub(super) fn value(&self, name: &'static str) -> Option<ValueReader<'t>> {
        let value = self.table.get(name)?;
        if let Some(places) = &mut self.findings.borrow_mut().places {
            places.put(&self.spot, name, value.span().start);
        }
        Some(ValueReader {
            findings: self.findings,
            value: value.get_ref(),
            spot: self.spot.clone(),
            member: name,
            name,
        })
    }

    /// The value that must be there.
    pub(super) fn required(&self, name: &'static str, expected: &'static str) -> Option<ValueReader<'t>> {
        let value = self.value(name);
        if value.is_none() {
            let fault = CaseFault::Missing { member: name, expected };
            self.findings.borrow_mut().add(&self.spot, name, fault);
        }
        value
    }

    pub(super) fn text(&self, name: &'static str) -> Option<String> {
        self.value(name)?.text("text")
    }

    pub(super) fn required_text(&self, name: &'static str, expected: &'static str) -> String {
        let text = self.required(name, expected).and_then(|value| value.text(expected));
        text.unwrap_or_default()
    }

    pub(super) fn word<T: DeserializeOwned>(&self, name: &'static str) -> Option<T> {
        self.value(name)?.word()
    }

    pub(super) fn required_word<T: DeserializeOwned>(&self, name: &'static str, expected: &'static str) -> Option<T> {
        self.required(name, expected)?.word()
    }

    pub(super) fn boolean(&self, name: &'static str) -> Option<bool> {
        self.value(name)?.boolean()
    }

    pub(super) fn integer<T: TryFrom<u64>>(&self, name: &'static str, expected: &'static str) -> Option<T> {
        let value = self.value(name)?;
        let number = match value.value {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            value.wrong(expected);
        }
        number
    }

    pub(super) fn who(&self, name: &'static str) -> Option<WhoDraft> {
        self.value(name)?.who()
    }

    pub(super) fn required_who(&self, name: &'static str) -> WhoDraft {
        let who = self.required(name, A_PARTY).and_then(|value| value.who());
        who.unwrap_or(WhoDraft::Unidentified(String::new()))
    }

    pub(super) fn time(&self, name: &'static str) -> Option<TimeClaim> {
        self.value(name)?.time()
    }

    /// A list, each item read by `item`; empty where there is none.
    pub(super) fn list<T>(&self, name: &'static str, item: impl Fn(&ValueReader<'t>) -> Option<T>) -> Vec<T> {
        match self.value(name) {
            Some(value) => value.list(item),
            None => Vec::new(),
        }
    }

    /// The tables `[[…name]]`. At the top of the file each is an entry that `named_by` names.
    pub(super) fn tables(
        &self,
        name: &'static str,
        named_by: Option<&'static str>,
        members: &[&'static str],
    ) -> Vec<TableReader<'t>> {
        let Some(value) = self.value(name) else {
            return Vec::new();
        };
        let DeValue::Array(array) = value.value else {
            value.wrong("tables, each under its own [[…]] heading");
            return Vec::new();
        };
        if array.len() > MAX_ENTRIES {
            let fault = CaseFault::TooMany {
                what: "entries of one sort",
                count: array.len(),
                limit: MAX_ENTRIES,
            };
            self.findings.borrow_mut().add(&self.spot, name, fault);
            return Vec::new();
        }
        let mut readers = Vec::with_capacity(array.len());
        for (index, item) in array.iter().enumerate() {
            let spot = match named_by {
                Some(member) => {
                    let own = item.get_ref().as_table().and_then(|table| table.get(member));
                    let own = own.and_then(|own| own.get_ref().as_str()).filter(|own| !own.is_empty());
                    Spot::entry(name, index, own)
                }
                None => self.spot.part(name, index),
            };
            if let Some(places) = &mut self.findings.borrow_mut().places {
                places.put(&spot, "", item.span().start);
            }
            match item.get_ref() {
                DeValue::Table(table) => readers.push(TableReader::new(self.findings, table, spot, members)),
                _ => value.wrong("tables, each under its own [[…]] heading"),
            }
        }
        readers
    }

    /// The one table `[…name]`.
    pub(super) fn table(&self, name: &'static str, members: &[&'static str]) -> Option<TableReader<'t>> {
        let value = self.value(name)?;
        let DeValue::Table(table) = value.value else {
            value.wrong("a table");
            return None;
        };
        Some(TableReader::new(self.findings, table, self.spot.only(name), members))
    }
}

/// One value: of a member, or of a list that is a member.
pub(super) struct ValueReader<'t> {
    findings: &'t RefCell<Findings>,
    value: &'t DeValue<'t>,
    spot: Spot,
    /// The last part of the path: the member's name, or nothing for an item of a list.
    member: &'static str,
    /// The member's name, as messages have it.
    name: &'static str,
}

impl<'t> ValueReader<'t> {
    pub(super) fn fault(&self, fault: CaseFault) {
        self.findings.borrow_mut().add(&self.spot, self.member, fault);
    }

    pub(super) fn wrong(&self, expected: &'static str) {
        let found = match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(number) if number.as_str().starts_with('-') => "a negative number",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date without quotation marks",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.fault(CaseFault::WrongType {
            member: self.name.to_owned(),
            found,
            expected,
        });
    }

    pub(super) fn text(&self, expected: &'static str) -> Option<String> {
        let text = self.value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(expected);
        }
        text
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        let boolean = self.value.as_bool();
        if boolean.is_none() {
            self.wrong("true or false");
        }
        boolean
    }

    /// A decimal number: a whole number as such, any other in quotation marks.
    pub(super) fn decimal(&self) -> Option<Decimal> {
        let text = match self.value {
            DeValue::Integer(number) => number.as_str(),
            DeValue::String(text) => text,
            _ => "",
        };
        let decimal = text.parse().ok();
        if decimal.is_none() {
            self.wrong("a number in its shortest spelling, as 7 or \"5.5\"");
        }
        decimal
    }

    /// A word of a closed list. The list is the one that the record's own type has.
    pub(super) fn word<T: DeserializeOwned>(&self) -> Option<T> {
        let word = self.text("a word in quotation marks")?;
        let read = T::deserialize(StrDeserializer::<NoSuchWord>::new(&word));
        match read {
            Ok(value) => Some(value),
            Err(NoSuchWord { expected }) => {
                self.fault(CaseFault::UnknownWord {
                    member: self.name.to_owned(),
                    closest: closest(&word, expected.iter().copied()),
                    word,
                    expected: expected.iter().map(|&word| word.to_owned()).collect(),
                });
                None
            }
        }
    }

    /// Text that is parsed as an id.
    pub(super) fn id<T: std::str::FromStr<Err = affiant::record::IdError>>(&self) -> Option<T> {
        let text = self.text("an id in quotation marks")?;
        text.parse().map_err(|error| self.fault(CaseFault::Id(error))).ok()
    }

    pub(super) fn edtf(&self) -> Option<Edtf> {
        let text = self.text("a date in quotation marks, as \"2019-01-10\"")?;
        match text.parse() {
            Ok(edtf) => Some(edtf),
            Err(source) => {
                self.fault(CaseFault::Edtf {
                    text: crate::fault::shortened(&text),
                    source,
                });
                None
            }
        }
    }

    pub(super) fn list<T>(&self, item: impl Fn(&ValueReader<'t>) -> Option<T>) -> Vec<T> {
        let DeValue::Array(array) = self.value else {
            self.wrong(A_LIST);
            return Vec::new();
        };
        let read = |(index, value): (usize, &'t Spanned<DeValue<'t>>)| {
            let spot = self.spot.value(self.member, index);
            if let Some(places) = &mut self.findings.borrow_mut().places {
                places.put(&spot, "", value.span().start);
            }
            item(&ValueReader {
                findings: self.findings,
                value: value.get_ref(),
                spot,
                member: "",
                name: self.name,
            })
        };
        array.iter().enumerate().filter_map(read).collect()
    }

    /// The value as a table with these members, or `None` (and no fault) where it is none.
    pub(super) fn inside(&self, members: &[&'static str]) -> Option<TableReader<'t>> {
        let table = self.value.as_table()?;
        let spot = self.spot.inside(self.member);
        Some(TableReader::new(self.findings, table, spot, members))
    }

    pub(super) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    pub(super) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    pub(super) fn who(&self) -> Option<WhoDraft> {
        if let Some(handle) = self.value.as_str() {
            return Some(WhoDraft::Party(handle.to_owned()));
        }
        let Some(table) = self.inside(&["unidentified"]) else {
            self.wrong(A_PARTY);
            return None;
        };
        let text = table.required_text("unidentified", "how the source describes them, or \"\"");
        Some(WhoDraft::Unidentified(text))
    }

    pub(super) fn scope(&self) -> Option<ScopeDraft> {
        if let Some(handle) = self.value.as_str() {
            return Some(ScopeDraft::Party(handle.to_owned()));
        }
        let Some(table) = self.inside(&["words"]) else {
            self.wrong("the handle of a party, or { words = \"…\" }");
            return None;
        };
        Some(ScopeDraft::Words(table.required_text("words", "whom or what")))
    }

    pub(super) fn time(&self) -> Option<TimeClaim> {
        if self.is_text() {
            return Some(TimeClaim {
                edtf: self.edtf(),
                basis: TimeBasis::Stated,
                anchor: None,
                note: None,
            });
        }
        let Some(table) = self.inside(&["edtf", "basis", "anchor", "note"]) else {
            self.wrong(A_TIME);
            return None;
        };
        let edtf = table.value("edtf").and_then(|value| value.edtf());
        let basis = match &edtf {
            Some(_) => TimeBasis::Stated,
            None => TimeBasis::NotStated,
        };
        Some(TimeClaim {
            edtf,
            basis: table.word("basis").unwrap_or(basis),
            anchor: table.text("anchor"),
            note: table.text("note"),
        })
    }

    /// Text, or a table with `text`; the table as well, for its other members.
    pub(super) fn text_or_table(&self, members: &[&'static str]) -> Option<(String, Option<TableReader<'t>>)> {
        if self.is_text() {
            return Some((self.text("text")?, None));
        }
        let Some(table) = self.inside(members) else {
            self.wrong("text, or { text = \"…\", … }");
            return None;
        };
        Some((table.required_text("text", "text"), Some(table)))
    }
}

/// Captures the closed list of a type that refused a word.
#[derive(Debug)]
struct NoSuchWord {
    expected: &'static [&'static str],
}

impl std::fmt::Display for NoSuchWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected one of {}", self.expected.join(", "))
    }
}

impl std::error::Error for NoSuchWord {}

impl de::Error for NoSuchWord {
    fn custom<M: std::fmt::Display>(_: M) -> NoSuchWord {
        NoSuchWord { expected: &[] }
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> NoSuchWord {
        NoSuchWord { expected }
    }
}
