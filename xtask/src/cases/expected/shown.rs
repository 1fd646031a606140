//! The comparison of a case as JSON, and the questions that a sheet asks of it.

use std::collections::{BTreeMap, BTreeSet};

use affiant::compare::{Ask, Code, Standing, compare};
use affiant::suggest::{self, Method, suggest};
use affiant_report::compare_json;
use serde_json::Value;

use super::super::Recorded;
use super::sheet::{Codes, SharedNode};

/// Says what was expected and was not found.
pub type Met = Result<(), String>;

/// A comparison as anybody outside sees it.
pub struct Shown {
    parties: BTreeMap<String, String>,
    json: Value,
    /// What `affiant suggest` says of names.
    suggested: Value,
}

/// The items of a list; none where it is no list.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn label(record: &Value) -> &str {
    record["label"].as_str().unwrap_or_default()
}

fn labels(records: &Value) -> Vec<&str> {
    items(records).map(label).collect()
}

/// The code of each reading or judgement.
fn codes(readings: &Value) -> impl Iterator<Item = String> {
    items(readings).filter_map(|reading| reading["code"].as_str().map(str::to_owned))
}

/// The record that a thing is, where it is one.
fn record_of(thing: &Value) -> &str {
    label(&thing["record"])
}

/// Whether two lists have the same texts, in any order.
fn alike(expected: &[impl AsRef<str>], found: &[impl AsRef<str>]) -> bool {
    fn sorted(list: &[impl AsRef<str>]) -> Vec<&str> {
        let mut list: Vec<&str> = list.iter().map(AsRef::as_ref).collect();
        list.sort_unstable();
        list
    }
    sorted(expected) == sorted(found)
}

fn as_expected<T: PartialEq + std::fmt::Debug>(expected: &T, found: &T) -> Met {
    match expected == found {
        true => Ok(()),
        false => Err(format!("expected {expected:?}, found {found:?}")),
    }
}

impl Shown {
    /// The comparison of a case. A record that is `withdrawn` was signed by a key that has since
    /// been revoked.
    pub fn new(recorded: &Recorded, withdrawn: Option<&str>) -> Shown {
        let mut case = recorded.case();
        for (_, record, standing) in &mut case.records {
            if withdrawn == Some(record.common.label.as_str()) {
                *standing = Standing::Revoked;
            }
        }
        let comparison = compare(&case, &Ask::everything());
        let suggestions = suggest(&case, &suggest::Ask::one(Method::Names));
        let json = serde_json::from_str(&compare_json(&comparison)).expect("JSON");
        Shown {
            parties: recorded.parties.clone(),
            json,
            suggested: serde_json::to_value(suggestions).expect("JSON"),
        }
    }

    /// The name of a party of the case.
    fn name(&self, handle: &str) -> Result<&str, String> {
        let name = self.parties.get(handle).map(String::as_str);
        name.ok_or_else(|| format!("the sheet names {handle}, which is no party of the case"))
    }

    fn question(&self, on: &str) -> Result<&Value, String> {
        let found = items(&self.json["questions"]).find(|question| label(&question["proposition"]) == on);
        found.ok_or_else(|| format!("there is no {on}"))
    }

    /// The pair of two statements on a question.
    fn find_pair(&self, on: &str, of: &[String; 2]) -> Result<Option<&Value>, String> {
        let mut pairs = items(&self.question(on)?["pairs"]);
        Ok(pairs.find(|pair| {
            let sides: Vec<&str> = items(&pair["sides"]).map(|side| label(&side["statement"])).collect();
            alike(of, &sides)
        }))
    }

    pub fn pair(&self, on: &str, of: &[String; 2], readings: &Codes, same_speaker: Option<bool>) -> Met {
        let Some(pair) = self.find_pair(on, of)? else {
            return Err("there is no such pair".to_owned());
        };
        readings.met_by(&said_of(pair))?;
        let Some(same) = same_speaker else { return Ok(()) };
        let expected = if same { "same" } else { "different" };
        as_expected(&expected, &pair["speakers"].as_str().unwrap_or_default())
    }

    pub fn link(&self, relation: &str, readings: &Codes, candidates: Option<&[String]>) -> Met {
        let mut links = items(&self.json["links"]);
        let Some(link) = links.find(|link| label(&link["relation"]) == relation) else {
            return Err("it has no reading".to_owned());
        };
        readings.met_by(&said_of(link))?;
        let found: Vec<&str> = items(&link["among"]).map(record_of).collect();
        match candidates.is_none_or(|candidates| alike(candidates, &found)) {
            true => Ok(()),
            false => Err(format!("the candidates are {found:?}")),
        }
    }

    /// Both answer the question alike.
    pub fn agree(&self, on: &str, of: &[String; 2]) -> Met {
        for statement in of {
            if !self.stand(on, "affirms")?.contains(&statement.as_str()) {
                return Err(format!("{statement} does not affirm it"));
            }
        }
        match self.find_pair(on, of)? {
            None => Ok(()),
            Some(pair) => Err(format!("expected no pair, found {:?}", said_of(pair))),
        }
    }

    fn stand(&self, on: &str, side: &str) -> Result<Vec<&str>, String> {
        let shown = items(&self.question(on)?[side]["shown"]);
        Ok(shown.map(|stand| label(&stand["account"]["statement"])).collect())
    }

    pub fn stands(&self, on: &str, side: &str, expected: &[String]) -> Met {
        let found = self.stand(on, side)?;
        if !alike(expected, &found) {
            return Err(format!("expected {expected:?}, found {found:?}"));
        }
        if side != "uncommitted" {
            return Ok(());
        }
        for statement in expected {
            let readings = items(&self.question(on)?["no_commitment"]);
            let of = |reading: &&Value| labels(&reading["records"]).contains(&statement.as_str());
            if !readings.filter(of).any(|reading| reading["code"] == "no-commitment") {
                return Err(format!("{statement} is not read as no-commitment"));
            }
        }
        Ok(())
    }

    pub fn origins(&self, on: &str, says: &str, least: u64, most: u64) -> Met {
        let side = match says {
            "affirms" => "origins_affirming",
            _ => "origins_denying",
        };
        let range = &self.question(on)?[side]["origins"];
        let found = (range["least"].as_u64(), range["most"].as_u64());
        as_expected(&(Some(least), Some(most)), &found)
    }

    /// Of all statements of the case, those that begin with one party.
    pub fn origin(&self, who: &str, statements: &[String]) -> Met {
        let name = self.name(who)?;
        let mut origins = items(&self.json["origins"]["shown"]);
        let is = |origin: &&Value| origin["kind"] == "party" && origin["who"]["name"] == name;
        let found = origins
            .find(is)
            .map_or_else(Vec::new, |origin| labels(&origin["statements"]));
        match alike(statements, &found) {
            true => Ok(()),
            false => Err(format!("expected {statements:?}, found {found:?}")),
        }
    }

    /// What is said of the dependence of two statements: in a question on which both stand.
    pub fn dependence(&self, of: &[String; 2], is: &str, by: &[SharedNode], assertion_of: Option<&str>) -> Met {
        let pairs = items(&self.json["questions"]).flat_map(|question| items(&question["independence"]["pairs"]));
        let mut pairs = pairs.filter(|pair| alike(of, &[label(&pair["a"]), label(&pair["b"])]));
        let Some(between) = pairs.next() else {
            return Err("nothing is said of the two".to_owned());
        };
        as_expected(&is, &between["verdict"].as_str().unwrap_or_default())?;
        for node in by {
            let who = node.who.as_deref().map(|who| self.name(who)).transpose()?;
            let named = |shared: &Value| who.is_none_or(|who| items(&shared["who"]).any(|party| party["name"] == who));
            let is_node = |shared: &Value| shared["what"] == node.what.as_str() && named(shared);
            let all = || items(&between["shared"]).chain(items(&between["tied"]));
            if !all().any(is_node) {
                let found: Vec<&Value> = all().map(|shared| &shared["words"]).collect();
                return Err(format!("expected {} {who:?} among {found:?}", node.what));
            }
        }
        let Some(who) = assertion_of else { return Ok(()) };
        let name = self.name(who)?;
        let by = |asserted: &Value| items(&asserted["said"]["asserted_by"]).any(|party| party["name"] == name);
        match items(&between["asserted"]).any(by) {
            true => Ok(()),
            false => Err(format!("that {name} asserts it is not said")),
        }
    }

    /// Every account of the case passes through one party, and no other party is such.
    pub fn bottleneck(&self, party: &str) -> Met {
        let network = &self.json["bottlenecks"];
        let all = network["accounts"].as_u64();
        let through = items(&network["bottlenecks"]).filter(|one| one["accounts"].as_u64() == all);
        let found: Vec<&str> = through.filter_map(|one| one["who"]["name"].as_str()).collect();
        as_expected(&vec![self.name(party)?], &found)
    }

    pub fn circle(&self, statements: &[String]) -> Met {
        let circles = items(&self.json["circular"]["circles"]);
        let found: Vec<Vec<&str>> = circles
            .map(|circle| items(&circle["steps"]).map(|step| record_of(&step["from"])).collect())
            .collect();
        match found.iter().any(|circle| alike(statements, circle)) {
            true => Ok(()),
            false => Err(format!("the circles are {found:?}")),
        }
    }

    pub fn undercut(&self, members: &[String], outside: &[String], sought: &[String]) -> Met {
        let mut cycles = items(&self.json["dispute"]["cycles"]);
        let of = |cycle: &&Value| alike(members, &items(&cycle["members"]).map(record_of).collect::<Vec<_>>());
        let Some(cycle) = cycles.find(of) else {
            return Err("there is no such cycle".to_owned());
        };
        as_expected(&Some(true), &cycle["unresolved"].as_bool())?;
        let breakers: Vec<&str> = items(&cycle["breakers"])
            .map(|breaker| record_of(&breaker["statement"]))
            .collect();
        let seeks = items(&cycle["sought"]);
        let seeks: Vec<&str> = seeks.map(|sought| label(&sought["said"]["relation"])).collect();
        for (expected, found) in [(outside, &breakers), (sought, &seeks)] {
            if let Some(missing) = expected.iter().find(|one| !found.contains(&one.as_str())) {
                return Err(format!("expected {missing} among {found:?}"));
            }
        }
        Ok(())
    }

    pub fn flag(&self, record: &str, code: &str) -> Met {
        let of_record = |flag: &&Value| label(&flag["record"]) == record;
        let flags = items(&self.json["flags"]["flags"]).filter(of_record);
        let found: Vec<&str> = flags.filter_map(|flag| flag["rule"].as_str()).collect();
        match found.contains(&code) {
            true => Ok(()),
            false => Err(format!("the flags are {found:?}")),
        }
    }

    pub fn sum(&self, of: &str, add: &[String], makes: &str, fits: &[String], fits_not: &[String]) -> Met {
        let mut sums = items(&self.question(of)?["derived"]);
        let of_these = |sum: &&Value| {
            let terms: Vec<Vec<&str>> = items(&sum["terms"]).map(|term| labels(&term["given_by"])).collect();
            terms.len() == add.len() && terms.iter().zip(add).all(|(term, one)| term.contains(&one.as_str()))
        };
        let Some(sum) = sums.find(of_these) else {
            return Err(format!(
                "no sum is derived of these; {}",
                self.question(of)?["not_derived"]
            ));
        };
        as_expected(
            &(Some(makes), Some(makes)),
            &(sum["least"].as_str(), sum["most"].as_str()),
        )?;
        for (side, expected) in [("given_alike_by", fits), ("given_otherwise_by", fits_not)] {
            let found = labels(&sum[side]);
            if let Some(missing) = expected.iter().find(|one| !found.contains(&one.as_str())) {
                return Err(format!("expected {missing} among {side}: {found:?}"));
            }
        }
        Ok(())
    }

    /// That a person is told that two parties may be one, and what a person would sign.
    pub fn proposed(&self, of: &[String; 2]) -> Met {
        let expected = [self.name(&of[0])?, self.name(&of[1])?];
        let methods = items(&self.suggested["methods"]);
        let mut found = methods.flat_map(|method| items(&method["suggestions"]));
        let is = |suggestion: &Value| {
            let party = |which: &str| suggestion["proposed"][which]["name"].as_str().unwrap_or_default();
            let names = [party("one"), party("other")];
            suggestion["class"] == "suggestion" && suggestion["status"] == "unreviewed" && alike(&expected, &names)
        };
        match found.any(is) {
            true => Ok(()),
            false => Err(format!("nothing is proposed of {expected:?}")),
        }
    }

    /// That two parties are shown, each under its own name and id.
    pub fn kept_apart(&self, of: &[String; 2]) -> Met {
        let mut ids = Vec::new();
        for handle in of {
            let name = self.name(handle)?;
            let mut found = BTreeSet::new();
            collect_ids(&self.json, name, &mut found);
            match found.len() {
                1 => ids.extend(found),
                count => return Err(format!("{name} is {count} parties")),
            }
        }
        match ids[0] == ids[1] {
            true => Err("the two are one party".to_owned()),
            false => Ok(()),
        }
    }

    /// Which of two was certainly said first: of their own times, or given a relation that dates them.
    pub fn first(&self, of: &[String; 2], given: Option<&str>) -> Option<String> {
        let timeline = &self.json["timeline"];
        let moments: Vec<&Value> = items(&timeline["moments"]).collect();
        let said = |statement: &str| {
            let is = |event: &Value| label(&event["statement"]) == statement && event["what"] == "said";
            moments.iter().position(|moment| items(&moment["events"]).any(is))
        };
        let (one, other) = (said(&of[0])?, said(&of[1])?);
        let certain = match given {
            None => &timeline["certain"],
            Some(relation) => {
                let mut frames = items(&timeline["frames"]);
                &frames.find(|frame| label(&frame["relation"]) == relation)?["certain"]
            }
        };
        let before = |a, b| leads(certain, a, b);
        match (before(one, other), before(other, one)) {
            (true, false) => Some(of[0].clone()),
            (false, true) => Some(of[1].clone()),
            _ => None,
        }
    }

    pub fn assessed(&self, assessment: &str, reading: &str, by: &str, (on, of): (&str, &[String; 2])) -> Met {
        let pair = self.find_pair(on, of)?;
        let among = pair.map_or(&self.json["other_findings"], |pair| &pair["asserted"]);
        let Some(found) = items(among).find(|finding| label(&finding["record"]) == assessment) else {
            return Err("it is not shown".to_owned());
        };
        as_expected(&reading, &found["code"].as_str().unwrap_or_default())?;
        let name = self.name(by)?;
        match items(&found["asserted_by"]).any(|party| party["name"] == name) {
            true => Ok(()),
            false => Err(format!("that it is {name}'s is not said")),
        }
    }

    /// That an assessment asks to be read in the stead of another, which is shown with it.
    pub fn supersedes(&self, assessment: &str, other: Option<&str>, (on, of): (&str, &[String; 2])) -> Met {
        let Some(other) = other else { return Ok(()) };
        let pair = self.find_pair(on, of)?;
        let among = pair.map_or(&self.json["other_findings"], |pair| &pair["asserted"]);
        let kept = |finding: &Value| label(&finding["record"]) == other;
        let later = |finding: &Value| label(&finding["record"]) == assessment && label(&finding["supersedes"]) == other;
        match items(among).any(kept) && items(among).any(later) {
            true => Ok(()),
            false => Err(format!("that it supersedes {other}, which is kept, is not shown")),
        }
    }

    pub fn asked(&self, relation: &str, who: &str, answer: &str, answered_in: Option<&str>) -> Met {
        let mut requests = items(&self.json["right_of_reply"]["requests"]);
        let Some(request) = requests.find(|request| label(&request["relation"]) == relation) else {
            return Err("the request is not shown".to_owned());
        };
        let name = self.name(who)?;
        if !items(&request["asked"]).any(|party| party["name"] == name) {
            return Err(format!("that {name} was asked is not shown"));
        }
        as_expected(&answer, &request["answer"].as_str().unwrap_or_default())?;
        as_expected(&answered_in.unwrap_or_default(), &label(&request["answered_in"]))
    }

    pub fn silent(&self, statement: &str, on: &str) -> Met {
        let silences = items(&self.question(on)?["silences"]["shown"]);
        let found: Vec<&str> = silences.map(record_of).collect();
        match found.contains(&statement) {
            true => Ok(()),
            false => Err(format!("the silences are {found:?}")),
        }
    }

    pub fn leans(&self, on: &str, are: &[String]) -> Met {
        let mut sources = items(&self.json["taint"]["sources"]);
        let Some(source) = sources.find(|source| record_of(&source["source"]) == on) else {
            return Err("nothing is said to lean on it".to_owned());
        };
        let found: Vec<&str> = items(&source["leaning"]).map(record_of).collect();
        match are.iter().find(|one| !found.contains(&one.as_str())) {
            None => Ok(()),
            Some(missing) => Err(format!("expected {missing} among {found:?}")),
        }
    }
}

/// The readings of a pair or a link: what is computed, with the tensions that people assert at
/// their place in the closed list. What people assess is looked at by itself.
fn said_of(pair: &Value) -> Vec<String> {
    let rank = |code: &String| serde_json::from_value::<Code>(Value::from(code.as_str())).ok();
    let mut said: Vec<String> = codes(&pair["computed"]).collect();
    for tension in codes(&pair["asserted"]).filter(|code| code == "tension-asserted") {
        let place = said.iter().position(|code| rank(code) > rank(&tension));
        said.insert(place.unwrap_or(said.len()), tension);
    }
    said
}

/// Whether pairs of places, each of which comes before the other, lead from one to another.
fn leads(pairs: &Value, from: usize, to: usize) -> bool {
    let (mut seen, mut left) = (BTreeSet::from([from]), vec![from]);
    while let Some(place) = left.pop() {
        for pair in items(pairs).filter(|pair| pair[0] == place) {
            let next = pair[1].as_u64().and_then(|next| usize::try_from(next).ok());
            left.extend(next.filter(|next| seen.insert(*next)));
        }
    }
    from != to && seen.contains(&to)
}

/// The ids of whatever is shown as a party of this name.
fn collect_ids(value: &Value, name: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if members.get("name").is_some_and(|member| member == name) {
                found.extend(members.get("id").map(Value::to_string));
            }
            members.values().for_each(|member| collect_ids(member, name, found));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_ids(value, name, found)),
        _ => {}
    }
}
