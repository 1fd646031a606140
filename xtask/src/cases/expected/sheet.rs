//! A sheet, item by item.

use serde::Deserialize;

use super::shown::{Met, Shown};

/// One thing that a sheet expects.
pub struct Item {
    /// What it is called.
    pub what: String,
    /// The relations without which the case is to be compared.
    pub without: Vec<String>,
    /// The record that is to be withdrawn.
    pub withdrawn: Option<String>,
    /// What says whether it is met.
    pub met: Box<dyn Fn(&Shown) -> Met>,
}

/// An item of which the case is compared as it is.
pub fn item(what: String, met: impl Fn(&Shown) -> Met + 'static) -> Item {
    Item {
        what,
        without: Vec::new(),
        withdrawn: None,
        met: Box::new(met),
    }
}

/// A sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub format: String,
    pub case: String,
    #[serde(default)]
    pub pair: Vec<Pair>,
    #[serde(default)]
    pub link: Vec<Link>,
    #[serde(default)]
    pub agree: Vec<Agree>,
    #[serde(default)]
    pub stand: Vec<Stand>,
    #[serde(default)]
    pub origins: Vec<Origins>,
    #[serde(default)]
    pub origin: Vec<Origin>,
    #[serde(default)]
    pub dependence: Vec<Dependence>,
    #[serde(default)]
    pub bottleneck: Vec<Bottleneck>,
    #[serde(default)]
    pub circle: Vec<Circle>,
    #[serde(default)]
    pub undercut: Vec<Undercut>,
    #[serde(default)]
    pub flag: Vec<Flag>,
    #[serde(default)]
    pub sum: Vec<Sum>,
    #[serde(default)]
    pub order: Vec<Order>,
    #[serde(default)]
    pub assessed: Vec<Assessed>,
    #[serde(default)]
    pub asked: Vec<Asked>,
    #[serde(default)]
    pub silent: Vec<Silent>,
    #[serde(default)]
    pub leans: Vec<Leans>,
    #[serde(default)]
    pub proposed: Vec<Proposed>,
}

/// A list of codes as a sheet describes it.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    exactly: Option<Vec<String>>,
    pub begins: Vec<String>,
    pub has: Vec<String>,
    pub never: Vec<String>,
}

impl Codes {
    /// Whether a list of codes is as described.
    pub fn met_by(&self, codes: &[String]) -> Met {
        let shown = codes.join(", ");
        if let Some(exactly) = self.exactly.as_ref().filter(|exactly| *exactly != codes) {
            return Err(format!("expected [{}], found [{shown}]", exactly.join(", ")));
        }
        if !codes.starts_with(&self.begins) {
            return Err(format!(
                "expected [{}, …] to begin with, found [{shown}]",
                self.begins.join(", ")
            ));
        }
        if let Some(missing) = self.has.iter().find(|code| !codes.contains(code)) {
            return Err(format!("expected {missing} among [{shown}]"));
        }
        match self.never.iter().find(|code| codes.contains(code)) {
            Some(wrong) => Err(format!("expected no {wrong}, found [{shown}]")),
            None => Ok(()),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub on: String,
    pub of: [String; 2],
    pub readings: Option<Vec<String>>,
    #[serde(default)]
    pub begins: Vec<String>,
    #[serde(default)]
    pub has: Vec<String>,
    #[serde(default)]
    pub never: Vec<String>,
    pub same_speaker: Option<bool>,
    #[serde(default)]
    pub without: Vec<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub relation: String,
    pub readings: Option<Vec<String>>,
    #[serde(default)]
    pub begins: Vec<String>,
    #[serde(default)]
    pub has: Vec<String>,
    #[serde(default)]
    pub never: Vec<String>,
    pub candidates: Option<Vec<String>>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agree {
    pub on: String,
    pub of: [String; 2],
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stand {
    pub on: String,
    pub affirms: Vec<String>,
    pub denies: Vec<String>,
    #[serde(default)]
    pub uncommitted: Vec<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origins {
    pub on: String,
    pub says: String,
    pub least: u64,
    pub most: u64,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    pub who: String,
    pub statements: Vec<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dependence {
    pub of: [String; 2],
    #[serde(default)]
    pub by: Vec<SharedNode>,
    pub is: Option<String>,
    pub by_assertion_of: Option<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

/// What two accounts share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedNode {
    pub what: String,
    pub who: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bottleneck {
    pub party: String,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circle {
    pub statements: Vec<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undercut {
    pub members: Vec<String>,
    pub outcome: String,
    pub outside: Vec<String>,
    pub sought: Vec<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    pub record: String,
    pub code: String,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    pub of: String,
    pub add: Vec<String>,
    pub makes: String,
    #[serde(default)]
    pub fits: Vec<String>,
    #[serde(default)]
    pub fits_not: Vec<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub of: [String; 2],
    pub given: Option<String>,
    pub alone: String,
    pub first: Option<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    pub label: String,
    pub by: String,
    pub reading: String,
    pub of: [String; 2],
    pub on: String,
    pub supersedes: Option<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub relation: String,
    pub who: String,
    pub answer: String,
    pub answered_in: Option<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silent {
    pub statement: String,
    pub on: String,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leans {
    pub on: String,
    pub are: Vec<String>,
    #[serde(rename = "why")]
    _why: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    pub of: [String; 2],
    pub merged: bool,
    #[serde(rename = "why")]
    _why: Option<String>,
}

impl Pair {
    /// The readings that it describes.
    pub fn codes(&self) -> Codes {
        Codes {
            exactly: self.readings.clone(),
            begins: self.begins.clone(),
            has: self.has.clone(),
            never: self.never.clone(),
        }
    }
}

impl Link {
    /// The readings that it describes.
    pub fn codes(&self) -> Codes {
        Codes {
            exactly: self.readings.clone(),
            begins: self.begins.clone(),
            has: self.has.clone(),
            never: self.never.clone(),
        }
    }
}
