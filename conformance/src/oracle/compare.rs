//! Holding an answer against those of both references.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::correspondence::{Correspondence, SPAN};

/// What is told of one answer at most.
const TOLD: usize = 3;

/// A comparison of one answer.
pub(super) struct Comparison<'c> {
    pub(super) names: &'c mut Correspondence,
    /// The member that names a record, `id` mostly.
    pub(super) key: &'c str,
    /// Whether the deployment may show records that the references do not have.
    pub(super) strangers: bool,
    /// Texts of records that the references began with.
    pub(super) seeds: &'c HashSet<String>,
    pub(super) differences: Vec<String>,
}

impl Comparison<'_> {
    /// Compares a value. What the references show differently is learnt; `at` is where it stands, `name` under which name.
    pub(super) fn value(&mut self, at: &str, name: &str, theirs: Option<&Value>, ours: [&Value; 2]) {
        let theirs = theirs.filter(|value| !value.is_null());
        match (theirs, ours) {
            (None, [Value::Null, _] | [_, Value::Null]) => {}
            (None, ours) => self.tell(at, "is not there", ours[0]),
            (Some(Value::Object(theirs)), [Value::Object(one), Value::Object(other)]) => {
                self.object(at, theirs, [one, other]);
            }
            (Some(Value::Array(theirs)), [Value::Array(one), Value::Array(other)]) => {
                self.array(at, name, theirs, [one, other]);
            }
            (Some(theirs), ours) if alike(ours[0], ours[1]) => {
                let known = self.strangers && ours[0].as_str().is_some_and(|text| self.seeds.contains(text));
                if !alike(theirs, ours[0]) && !known {
                    self.tell(at, &format!("is {}", brief(theirs)), ours[0]);
                }
            }
            (Some(theirs), ours) => self.generated(at, name, theirs, ours),
        }
    }

    /// What chance or the clock decides at the references.
    fn generated(&mut self, at: &str, name: &str, theirs: &Value, ours: [&Value; 2]) {
        let kind = |one: &Value| std::mem::discriminant(one);
        if kind(ours[0]) != kind(ours[1]) {
            // Where the references themselves show different kinds of things, nothing follows.
            return;
        }
        if kind(theirs) != kind(ours[0]) {
            return self.tell(at, &format!("is {}", brief(theirs)), ours[0]);
        }
        if ours.iter().all(|one| one.as_str().is_some_and(is_time)) {
            if !theirs.as_str().is_some_and(is_time) {
                self.tell(at, &format!("is {}", brief(theirs)), ours[0]);
            }
            return;
        }
        if let Some(expected) = self.names.composed(ours) {
            if theirs.as_str() != Some(expected.as_str()) {
                let what = format!("is {} instead of `{expected}`", brief(theirs));
                self.differences.push(format!("`{at}` {what}"));
            }
            return;
        }
        if let Err(why) = self.names.learn(name, theirs, ours) {
            self.differences.push(format!("`{at}`: {why}"));
        }
    }

    fn object(&mut self, at: &str, theirs: &Map<String, Value>, ours: [&Map<String, Value>; 2]) {
        if self.strangers && self.is_somebody_elses(theirs, ours) {
            return;
        }
        let beside_list = self.strangers && ours[0].values().any(|one| one.is_array());
        for (name, one) in ours[0] {
            let Some(other) = ours[1].get(name) else { continue };
            // How many there are in all is no business of a run that is not alone.
            if beside_list && !one.is_array() && !one.is_object() {
                continue;
            }
            self.value(&format!("{at}/{name}"), name, theirs.get(name), [one, other]);
        }
    }

    /// Whether an object is a record that the references began with: its name was not generated, and is not the same.
    fn is_somebody_elses(&self, theirs: &Map<String, Value>, ours: [&Map<String, Value>; 2]) -> bool {
        match (theirs.get(self.key), ours[0].get(self.key), ours[1].get(self.key)) {
            (Some(theirs), Some(one), Some(other)) => alike(one, other) && !alike(theirs, one),
            _ => false,
        }
    }

    fn array(&mut self, at: &str, name: &str, theirs: &[Value], ours: [&[Value]; 2]) {
        if ours[0].len() != ours[1].len() {
            return;
        }
        let is_record = |one: &Value| one.is_object();
        if !theirs.iter().chain(ours[0]).all(is_record) {
            return self.plain(at, name, theirs, ours);
        }
        if !self.strangers && theirs.len() != ours[0].len() {
            self.differences.push(format!(
                "`{at}` has {} elements instead of {}",
                theirs.len(),
                ours[0].len()
            ));
            return;
        }
        let matched: Vec<(usize, [usize; 2])> = theirs
            .iter()
            .enumerate()
            .filter_map(|(at, one)| Some((at, self.counterpart(one, ours)?)))
            .collect();
        for (index, [one, other]) in &matched {
            let ours = [&ours[0][*one], &ours[1][*other]];
            self.value(&format!("{at}/{index}"), name, Some(&theirs[*index]), ours);
        }
        // What is new stands for what is new; where it is one alone there is no doubt which.
        let rest =
            |length: usize, taken: &dyn Fn(usize) -> bool| (0..length).filter(|at| !taken(*at)).collect();
        let new: Vec<usize> = rest(theirs.len(), &|at| matched.iter().any(|(own, _)| *own == at));
        let one: Vec<usize> = rest(ours[0].len(), &|at| matched.iter().any(|(_, own)| own[0] == at));
        let other: Vec<usize> = rest(ours[1].len(), &|at| matched.iter().any(|(_, own)| own[1] == at));
        if let ([new], [one], [other]) = (&new[..], &one[..], &other[..]) {
            let ours = [&ours[0][*one], &ours[1][*other]];
            self.value(&format!("{at}/{new}"), name, Some(&theirs[*new]), ours);
        }
    }

    /// The elements that stand for a record of the deployment: those with the same name.
    fn counterpart(&self, theirs: &Value, ours: [&[Value]; 2]) -> Option<[usize; 2]> {
        let theirs = theirs.get(self.key)?;
        let place = |side: usize, wanted: &Value| {
            ours[side].iter().position(|one| one.get(self.key).is_some_and(|own| alike(own, wanted)))
        };
        // Numbers of several collections stand under one name: what the second reference shows here tells which it is.
        let number = |one: &Value| one.get(self.key).and_then(Value::as_u64);
        let kind = ours[1].iter().find_map(number).map(|number| number / SPAN).filter(|kind| *kind > 0);
        match self.names.of(self.key, kind, theirs) {
            Some([one, other]) => Some([place(0, &one)?, place(1, &other)?]),
            None if self.strangers => None,
            None => Some([place(0, theirs)?, place(1, theirs)?]),
        }
    }

    /// A list of anything but records: its order is not compared.
    fn plain(&mut self, at: &str, name: &str, theirs: &[Value], ours: [&[Value]; 2]) {
        if theirs.len() != ours[0].len() {
            if !self.strangers {
                self.tell(at, &format!("is {}", brief(&Value::from(theirs))), &Value::from(ours[0]));
            }
        } else if let ([theirs], [one], [other]) = (theirs, ours[0], ours[1]) {
            self.value(&format!("{at}/0"), name, Some(theirs), [one, other]);
        } else {
            let expected = theirs.iter().map(|one| self.names.at(0, name, None, one));
            let mut left: Vec<&Value> = ours[0].iter().collect();
            let missing = expected.filter(|one| match left.iter().position(|own| alike(own, one)) {
                Some(at) => {
                    left.swap_remove(at);
                    false
                }
                None => true,
            });
            if missing.count() > 0 && ours[0].iter().zip(ours[1]).all(|(one, other)| alike(one, other)) {
                self.tell(at, &format!("is {}", brief(&Value::from(theirs))), &Value::from(ours[0]));
            }
        }
    }

    fn tell(&mut self, at: &str, what: &str, ours: &Value) {
        if self.differences.len() < TOLD {
            self.differences.push(format!("`{at}` {what}; the reference has {}", brief(ours)));
        }
    }
}

/// Whether two values say the same: numbers by value, a member that is null as one that is not there.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let covers = |one: &Map<String, Value>, other: &Map<String, Value>| {
                one.iter().all(|(name, value)| alike(value, other.get(name).unwrap_or(&Value::Null)))
            };
            covers(one, other) && covers(other, one)
        }
        (one, other) => one == other,
    }
}

/// RFC 3339, 5.6, as far as it takes to tell a time from a name.
fn is_time(text: &str) -> bool {
    let shape = "dddd-dd-dd";
    text.len() >= shape.len()
        && text.chars().zip(shape.chars()).all(|(own, wanted)| match wanted {
            'd' => own.is_ascii_digit(),
            exact => own == exact,
        })
}

fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}
