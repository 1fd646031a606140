//! The layers of a relayed account, each to be tested by itself (FRE 805), and the hearsay
//! path: the steps that left nothing that is held.
//!
//! ```text
//! 1  Ann  said it; detained; nothing of this step is held
//! 2  Bob  heard it by telephone; authority claimed; nothing of this step is held
//! 3  Gazette  printed it; held: 1 exhibit
//! ```
//!
//! Normative page: spec/provenance.md, "Layers". A layer says what its record says; whether
//! a rule admits it, and whether it is true, is not said.

use serde::Serialize;

use crate::record::{Act, AuthorityClaim, Basis, Hop, Known, Medium, Position, Statement};

use super::account::{self, Step, Translation};
use super::index::{Entry, Index};
use super::who::{Who, missing};

/// What one does in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerRole {
    /// Says or writes it.
    Declarant,
    /// Passes it on.
    Relayer,
    /// Is who it was had from last.
    Publisher,
    /// Translated it, at no hop that is recorded.
    Translator,
}

/// One layer of an account: somebody who says, or says that another said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// Who.
    pub who: Who,
    /// What they do.
    pub role: LayerRole,
    /// By what means it reached them; absent for the declarant and for a step that is not
    /// recorded.
    pub had_by: Option<Medium>,
    /// What they, as the next hop has it, did to the words; absent where nobody says.
    pub did: Option<Act>,
    /// How they knew it, as the next hop has it.
    pub basis: Option<Basis>,
    /// What is said of their authority to speak for the declarant.
    pub authority: Option<AuthorityClaim>,
    /// Who attests that it reached them.
    pub attested_by: Option<Who>,
    /// Whether bytes that this layer produced are held: of the last, what the statement
    /// rests on.
    pub preserved: bool,
    /// What a reader asks of this layer, in sentences.
    pub open: Vec<String>,
}

/// A step by people between utterance and bytes of which nothing is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HearsayStep {
    /// Whoever had the words.
    pub from: Who,
    /// Whoever they came to.
    pub to: Who,
    /// By what means, in words.
    pub means: String,
}

/// The layers of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layers {
    /// The layers, from the declarant to whoever it was had from.
    pub layers: Vec<Layer>,
    /// The steps that left nothing that is held.
    pub hearsay_path: Vec<HearsayStep>,
}

/// Whether a step itself brings bytes into being that can be kept: paper, a picture, a
/// message. A voice leaves none.
fn leaves_bytes(medium: Medium) -> bool {
    match medium {
        Medium::Letter
        | Medium::Photograph
        | Medium::Message
        | Medium::SocialPost
        | Medium::Broadcast
        | Medium::Press
        | Medium::CourtRecord => true,
        Medium::InPerson | Medium::Telephone | Medium::NotStated => false,
    }
}

pub fn layers(index: &Index<'_>, entry: &Entry<'_>, statement: &Statement, steps: &[Step<'_>]) -> Layers {
    let exhibits = !entry.record.exhibits().is_empty();
    let circumstances = statement.circumstances.value();
    let speaker = index.names.at(&statement.speaker, entry.standing);
    let next = |place: usize| steps.get(place).and_then(|step| step.hop);
    let mut layers = vec![layer(index, entry, speaker, LayerRole::Declarant, None, next(0))];
    for (place, step) in steps.iter().enumerate() {
        let last = place + 1 == steps.len();
        let role = if last { LayerRole::Publisher } else { LayerRole::Relayer };
        let mut made = layer(index, entry, step.to.clone(), role, step.hop, next(place + 1));
        if step.hop.is_none() {
            made.open.push("That it reached them is not recorded.".to_owned());
        }
        layers.push(made);
    }
    layers.extend(translator(index, entry, statement));
    if let Some(last) = layers.last_mut() {
        last.preserved = exhibits;
    }
    let declarant = &mut layers[0];
    if statement.alleged {
        declarant.open.push("That it is theirs is alleged.".to_owned());
    }
    match circumstances {
        None => declarant
            .open
            .push(format!("The circumstances are {}.", missing(entry.standing))),
        Some(circumstances) => {
            if circumstances.detained == Known::Yes && circumstances.voluntariness_recorded != Known::Yes {
                declarant
                    .open
                    .push("Detained; no record that it was said freely.".to_owned());
            }
        }
    }
    Layers {
        hearsay_path: path(steps),
        layers,
    }
}

/// The layer of a translation that is no hop: what is held is then the translation.
fn translator(index: &Index<'_>, entry: &Entry<'_>, statement: &Statement) -> Option<Layer> {
    let by_a_hop = statement.relay.iter().any(|hop| hop.did == Act::Translation);
    if by_a_hop || account::translation(index, entry, statement) == Translation::NotStated {
        return None;
    }
    let who = account::translator(index, entry, statement).unwrap_or(Who::Unidentified {
        description: "translator not recorded".to_owned(),
    });
    let mut layer = layer(index, entry, who, LayerRole::Translator, None, None);
    layer.did = Some(Act::Translation);
    layer
        .open
        .push("A translation is a layer of its own (FRE 604).".to_owned());
    Some(layer)
}

fn layer(
    index: &Index<'_>,
    entry: &Entry<'_>,
    who: Who,
    role: LayerRole,
    had: Option<&Hop>,
    passed_on: Option<&Hop>,
) -> Layer {
    let authority = passed_on.and_then(|hop| hop.authority.as_ref());
    let mut layer = Layer {
        role,
        had_by: had.map(|hop| hop.medium),
        did: passed_on.map(|hop| hop.did),
        basis: passed_on.map(|hop| hop.basis),
        authority: authority.and_then(Position::value).map(|authority| authority.claim),
        attested_by: had
            .and_then(|hop| hop.attested_by.as_ref())
            .map(|who| index.names.at(who, entry.standing)),
        preserved: false,
        open: Vec::new(),
        who,
    };
    let mut open = |text: &str| layer.open.push(text.to_owned());
    if !layer.who.is_identified() {
        open("Nobody is identified here.");
    }
    if let Some(hop) = had {
        if hop.attested_by.is_none() {
            open("Nobody attests that it reached them.");
        }
        match hop.medium {
            Medium::Telephone if hop.identified_by.is_none() => {
                open("How the voice was known is not stated (FRE 901(b)(5), (6)).");
            }
            Medium::Letter | Medium::Photograph if hop.identified_by.is_none() => {
                open("How the hand was known is not stated (FRE 901(b)(2), (3)).");
            }
            _ => {}
        }
    }
    if role == LayerRole::Relayer && passed_on.is_some_and(|hop| hop.basis == Basis::NotStated) {
        open("How they knew it is not stated.");
    }
    if role == LayerRole::Relayer && !matches!(layer.authority, Some(AuthorityClaim::Granted)) {
        open("No record grants them authority to speak for the declarant (FRE 801(d)(2)(C), (D)).");
    }
    layer
}

/// The steps between utterance and bytes that left nothing that is held: all but a last
/// one that brought the very bytes. Where the last hop made other words of them, what is
/// held is the work of whoever it reached.
fn path(steps: &[Step<'_>]) -> Vec<HearsayStep> {
    let mut path = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let last = place + 1 == steps.len();
        let by = step.hop.map(|hop| hop.medium);
        let made_anew = |hop: &Hop| matches!(hop.did, Act::Summary | Act::Translation | Act::Transcription);
        if last && step.hop.is_some_and(|hop| leaves_bytes(hop.medium) && !made_anew(hop)) {
            continue;
        }
        path.push(HearsayStep {
            from: step.from.clone(),
            to: step.to.clone(),
            means: by.map_or("step not recorded", account::medium_words).to_owned(),
        });
    }
    path
}
