//! Telling a story to a deployment.

use indexmap::IndexMap;
use serde_json::Value;

use super::expression::{Told, fill, fill_text};
use super::model::{Criterion, Step, Story, Test};
use crate::session::Session;
use crate::{Body, Clause, Exchange, Finding, Inputs, Purpose, Stop, Verdict};

impl Story {
    /// Sends the story's requests, one after the other, and ends at the first criterion that does not hold.
    ///
    /// # Errors
    /// [`Stop::Blocked`] when a request may not be sent, [`Stop::Broken`] when there is no answer.
    pub async fn tell(&self, session: &mut Session) -> Result<Verdict, Stop> {
        let mut inputs = IndexMap::new();
        for (name, schema, _) in &self.inputs {
            inputs.insert(name.clone(), made_up(session, name, schema)?);
        }
        let mut outputs = IndexMap::new();
        let mut sent: Vec<usize> = Vec::new();
        for step in &self.steps {
            let told = Told { inputs: inputs.clone(), outputs: std::mem::take(&mut outputs), exchange: None };
            let request =
                step.request(&told).map_err(|why| Stop::Blocked(format!("step `{}`: {why}", step.name)))?;
            step.hide_credentials(&request, session);
            session.speak_as(step.caller.unwrap_or_default())?;
            let purpose = if step.caller.is_some() { Purpose::Look } else { Purpose::Anonymous };
            let exchange = session.tell(step.operation, &request, purpose).await?;
            sent.push(exchange.number);
            let told = Told { exchange: Some(&exchange), ..told };
            if let Some(broken) = step.criteria.iter().find(|one| !one.holds(&told)) {
                let reading = session.reading();
                let owner = &reading.contract().operations[step.operation];
                return Ok(Verdict::fail(self.finding(broken, step, &exchange, &sent).of(owner)));
            }
            let shown = step
                .outputs
                .iter()
                .filter_map(|(name, one)| one.value(&told).map(|value| (name.clone(), value)));
            let shown: IndexMap<String, Value> = shown.collect();
            outputs = told.outputs;
            outputs.insert(step.name.clone(), shown);
        }
        Ok(Verdict::Pass)
    }

    fn finding(&self, broken: &Criterion, step: &Step, exchange: &Exchange, sent: &[usize]) -> Finding {
        let position = self.document.position(&broken.pointer);
        let clause = Clause {
            made: false,
            document: self.document.name().to_owned(),
            pointer: broken.pointer.as_str().to_owned(),
            line: position.line,
            column: position.column,
            says: format!("`{}`", broken.text),
        };
        let message =
            format!("step `{}`: `{}` does not hold: {}", step.name, broken.text, exchange.summary());
        let mut finding = Finding::new(&format!("story {}", self.name), clause, message);
        finding.exchanges = sent.to_vec();
        finding
    }
}

impl Step {
    fn request(&self, told: &Told<'_>) -> Result<Inputs, String> {
        let mut inputs = Inputs::default();
        for (place, name, value) in &self.parameters {
            let into = match place.as_str() {
                "path" => &mut inputs.path,
                "query" => &mut inputs.query,
                "header" => &mut inputs.header,
                _ => &mut inputs.cookie,
            };
            into.insert(name.clone(), fill(value, told)?);
        }
        if let Some((media_type, payload)) = &self.body {
            inputs.body = Some(Body::Value(media_type.clone(), fill(payload, told)?));
        }
        Ok(inputs)
    }
}

impl Step {
    /// What a step presents as somebody else's credential is shown nowhere, just as the run's own are.
    fn hide_credentials(&self, request: &Inputs, session: &mut Session) {
        let reading = session.reading();
        let declared = &reading.contract().operations[self.operation].parameters;
        for (name, value) in &request.header {
            if !declared.iter().any(|one| one.name == *name)
                && let Some(text) = value.as_str()
            {
                session.hide(&self.name, text.split_once(' ').map_or(text, |(_, credential)| credential));
            }
        }
    }
}

impl Criterion {
    fn holds(&self, told: &Told<'_>) -> bool {
        match &self.test {
            Test::Simple(condition) => condition.holds(told),
            Test::Regex(context, pattern) => {
                let text = match context.value(told) {
                    Some(Value::String(text)) => text,
                    Some(other) => other.to_string(),
                    None => return false,
                };
                regex::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(&text))
            }
            Test::JsonPath(context, query) => {
                let (Some(value), Ok(query)) = (context.value(told), fill_text(query, told)) else {
                    return false;
                };
                serde_json_path::JsonPath::parse(&query).is_ok_and(|query| !query.query(&value).is_empty())
            }
        }
    }
}

/// A value for an input: its default, or one that was not used before.
fn made_up(session: &mut Session, name: &str, schema: &Value) -> Result<Value, Stop> {
    if let Some(value) = schema.get("default") {
        return Ok(value.clone());
    }
    let mark = session.chance().mark();
    let word = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
    match (word("type"), word("format")) {
        ("string", "email") => Ok(Value::from(format!("{mark}@example.com"))),
        ("string", "") => Ok(Value::from(mark)),
        _ => match schema.get("example") {
            Some(value) => Ok(value.clone()),
            None => Err(Stop::Missing(format!("a default or an example for input `{name}`"))),
        },
    }
}
