//! Whether two stances speak of the same people or things.
//!
//! A stance without a scope speaks of what the question is about. A scope of several
//! items means that one of them is meant and nobody knows which.

use std::collections::BTreeSet;

use crate::record::{Position, Proposition, ScopeItem};

/// What a stance speaks of, in a form in which equal scopes are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// What one thing it speaks of.
    Single(Item),
    /// One of these.
    OneOf(BTreeSet<Item>),
}

/// One thing that may be meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// What the question is about, as it is put.
    AsPut,
    /// Something in particular.
    Named(ScopeItem),
}

/// What follows for two stances if they mean one thing each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// They speak of the same.
    Same,
    /// They speak of different parties.
    Apart,
    /// The records do not say.
    Undecidable,
}

/// What a question is about, where that is stated and shown.
pub struct About<'a>(Option<&'a [ScopeItem]>);

impl<'a> About<'a> {
    pub fn of(proposition: Option<&'a Proposition>) -> About<'a> {
        let about = proposition.and_then(|proposition| proposition.about.as_ref());
        About(about.and_then(Position::value).map(Vec::as_slice))
    }

    /// The scope of a stance on the question. The only thing that a question is about and
    /// the question as it is put are one.
    pub fn scope(&self, items: &[ScopeItem]) -> Scope {
        let mut items: BTreeSet<Item> = items.iter().map(|item| self.item(item)).collect();
        match (items.pop_first(), items.is_empty()) {
            (None, _) => Scope::Single(Item::AsPut),
            (Some(only), true) => Scope::Single(only),
            (Some(first), false) => {
                items.insert(first);
                Scope::OneOf(items)
            }
        }
    }

    fn item(&self, item: &ScopeItem) -> Item {
        if self.only() == Some(item) {
            Item::AsPut
        } else {
            Item::Named(item.clone())
        }
    }

    /// The one thing that the question is about, where it is about one.
    pub fn only(&self) -> Option<&'a ScopeItem> {
        match self.0 {
            Some([only]) => Some(only),
            _ => None,
        }
    }

    /// Whether two things that are meant are the same.
    pub fn meeting(&self, a: &Item, b: &Item) -> Meeting {
        match (a, b) {
            _ if a == b => Meeting::Same,
            (Item::Named(ScopeItem::Party(_)), Item::Named(ScopeItem::Party(_))) => Meeting::Apart,
            (Item::AsPut, Item::Named(named)) | (Item::Named(named), Item::AsPut) => self.meets_the_question(named),
            _ => Meeting::Undecidable,
        }
    }

    fn meets_the_question(&self, named: &ScopeItem) -> Meeting {
        let party = |item: &ScopeItem| matches!(item, ScopeItem::Party(_));
        match self.0 {
            Some(about) if !about.is_empty() && party(named) && about.iter().all(party) && !about.contains(named) => {
                Meeting::Apart
            }
            _ => Meeting::Undecidable,
        }
    }
}

impl Scope {
    pub fn items(&self) -> Vec<&Item> {
        match self {
            Scope::Single(item) => vec![item],
            Scope::OneOf(items) => items.iter().collect(),
        }
    }

    /// Whether both certainly speak of the same one thing.
    pub fn certainly_same(&self, other: &Scope) -> bool {
        matches!((self, other), (Scope::Single(a), Scope::Single(b)) if a == b)
    }
}
