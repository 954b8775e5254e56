//! Reading an Arazzo document: everything that is not understood is refused, with its place.

use indexmap::IndexMap;
use serde_json::{Map, Value};
use tercet_spec::contract::{Location, SchemeKind};
use tercet_spec::{Contract, Diagnostic, Document, Pointer};

use super::condition::Condition;
use super::expression::{Expression, check};
use super::model::{Criterion, Step, Story, Test};

/// The stories of an Arazzo 1.0 document, in an order in which none comes before one that it depends on.
///
/// # Errors
/// Everything that is wrong with it, or that this runner does not know.
pub fn stories(document: &Document, contract: &Contract) -> Result<Vec<Story>, Vec<Diagnostic>> {
    let mut reader = Reader { document, contract, faults: document.faults() };
    let stories = reader.read();
    if reader.faults.is_empty() { Ok(stories) } else { Err(reader.faults) }
}

struct Reader<'r> {
    document: &'r Document,
    contract: &'r Contract,
    faults: Vec<Diagnostic>,
}

impl<'r> Reader<'r> {
    fn fault(&mut self, at: &Pointer, message: impl Into<String>) {
        self.faults.push(Diagnostic::error("story", message).at(self.document, at));
    }

    /// The members of an object; those that are not known are faults.
    fn object(&mut self, at: &Pointer, known: &[&str]) -> Option<&'r Map<String, Value>> {
        let Some(Value::Object(members)) = self.document.get(at) else {
            self.fault(at, "expected an object");
            return None;
        };
        for name in members.keys().filter(|name| !known.contains(&name.as_str()) && !name.starts_with("x-")) {
            let message = format!("`{name}` is not known here: expected `{}`", known.join("`, `"));
            self.fault(&at.child(name), message);
        }
        Some(members)
    }

    fn text(&mut self, at: &Pointer) -> Option<String> {
        match self.document.get(at) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => {
                self.fault(at, "expected a text");
                None
            }
        }
    }

    /// The places of a list's elements.
    fn list(&mut self, at: &Pointer, name: &str) -> Vec<Pointer> {
        let at = at.child(name);
        match self.document.get(&at) {
            Some(Value::Array(items)) => (0..items.len()).map(|index| at.index(index)).collect(),
            None => Vec::new(),
            Some(_) => {
                self.fault(&at, "expected a list");
                Vec::new()
            }
        }
    }

    fn read(&mut self) -> Vec<Story> {
        let root = Pointer::root();
        let Some(members) = self.object(&root, &["arazzo", "info", "sourceDescriptions", "workflows"]) else {
            return Vec::new();
        };
        if !members.get("arazzo").and_then(Value::as_str).is_some_and(|version| version.starts_with("1.0.")) {
            self.fault(&root.child("arazzo"), "expected version 1.0 of Arazzo");
        }
        let mut waiting: Vec<(Story, Vec<String>)> = Vec::new();
        for at in self.list(&root, "workflows") {
            waiting.extend(self.workflow(&at));
        }
        let mut stories: Vec<Story> = Vec::new();
        while !waiting.is_empty() {
            let told = |name: &String| stories.iter().any(|one| one.name == *name);
            let Some(next) = waiting.iter().position(|(_, needs)| needs.iter().all(told)) else {
                let at = root.child("workflows");
                let message =
                    format!("`{}` depends on a workflow that is not there, or on itself", waiting[0].0.name);
                self.fault(&at, message);
                break;
            };
            stories.push(waiting.remove(next).0);
        }
        stories
    }

    fn workflow(&mut self, at: &Pointer) -> Option<(Story, Vec<String>)> {
        let known = ["workflowId", "summary", "description", "inputs", "dependsOn", "steps", "outputs"];
        let members = self.object(at, &known)?;
        let name = self.text(&at.child("workflowId"))?;
        let needs = self.list(at, "dependsOn").iter().filter_map(|at| self.text(at)).collect();
        let mut inputs = Vec::new();
        let schemas = at.child("inputs").child("properties");
        if let Some(Value::Object(properties)) = self.document.get(&schemas) {
            inputs.extend(
                properties.iter().map(|(name, schema)| (name.clone(), schema.clone(), schemas.child(name))),
            );
        }
        let mut steps: Vec<Step> = Vec::new();
        for at in self.list(at, "steps") {
            let step = self.step(&at, &inputs, &steps);
            steps.extend(step);
        }
        if steps.is_empty() {
            self.fault(at, "a workflow has `steps`, one at least");
        }
        let summary = members.get("summary").and_then(Value::as_str).unwrap_or_default().to_owned();
        Some((Story { name, summary, document: self.document.clone(), inputs, steps }, needs))
    }

    fn step(&mut self, at: &Pointer, inputs: &[(String, Value, Pointer)], earlier: &[Step]) -> Option<Step> {
        let known = [
            "stepId",
            "description",
            "operationId",
            "parameters",
            "requestBody",
            "successCriteria",
            "outputs",
        ];
        let members = self.object(at, &known)?;
        let name = self.text(&at.child("stepId"))?;
        let id = self.text(&at.child("operationId"))?;
        // `sourceDescriptions` may be named before the operation: `$sourceDescriptions.tooljet.listUsers`.
        let bare = id.rsplit('.').next().unwrap_or(&id);
        let operation = self.contract.operations.iter().position(|one| one.id == bare);
        if operation.is_none() {
            self.fault(&at.child("operationId"), format!("the document has no operation `{id}`"));
        }
        let mut parameters = Vec::new();
        for at in self.list(at, "parameters") {
            parameters.extend(self.parameter(&at, operation));
        }
        let body = members.contains_key("requestBody").then(|| self.body(&at.child("requestBody"))).flatten();
        let criteria: Vec<Criterion> =
            self.list(at, "successCriteria").iter().filter_map(|at| self.criterion(at)).collect();
        let mut outputs = IndexMap::new();
        if let Some(Value::Object(members)) = members.get("outputs") {
            for (name, value) in members {
                let read = value
                    .as_str()
                    .ok_or_else(|| "expected an expression".to_owned())
                    .and_then(Expression::parse);
                match read {
                    Ok(expression) => drop(outputs.insert(name.clone(), expression)),
                    Err(why) => self.fault(&at.child("outputs").child(name), why),
                }
            }
        }
        self.known_names(at, inputs, earlier);
        let caller = match members.get("x-caller") {
            None => Some(0),
            Some(Value::String(word)) if word == "second" => Some(1),
            Some(Value::String(word)) if word == "nobody" => None,
            Some(_) => {
                let expected =
                    "expected `second`, the run's other identity, or `nobody`, who presents nothing";
                self.fault(&at.child("x-caller"), expected);
                None
            }
        };
        Some(Step { name, operation: operation?, caller, parameters, body, criteria, outputs })
    }

    fn parameter(&mut self, at: &Pointer, operation: Option<usize>) -> Option<(String, String, Value)> {
        let members = self.object(at, &["name", "in", "value"])?;
        let (name, place) = (self.text(&at.child("name"))?, self.text(&at.child("in"))?);
        if !["path", "query", "header", "cookie"].contains(&place.as_str()) {
            self.fault(&at.child("in"), format!("`{place}` is no place for a parameter"));
        }
        let declared = operation.is_none_or(|index| {
            self.contract.operations[index].parameters.iter().any(|one| one.name.eq_ignore_ascii_case(&name))
                || (place == "header" && self.carries_a_credential(index, &name))
        });
        if !declared {
            self.fault(&at.child("name"), format!("the operation has no parameter `{name}`"));
        }
        let value = members.get("value").cloned().unwrap_or(Value::Null);
        if let Err(why) = check(&value) {
            self.fault(&at.child("value"), why);
        }
        Some((place, name, value))
    }

    /// Whether a header is that of a security scheme of the operation: a step that says it speaks for somebody else.
    fn carries_a_credential(&self, operation: usize, header: &str) -> bool {
        let schemes = self.contract.operations[operation].security.iter().flatten();
        let mut kinds = schemes.filter_map(|one| Some(&self.contract.scheme(&one.scheme)?.kind));
        kinds.any(|kind| match kind {
            SchemeKind::ApiKey(Location::Header, name) => name.eq_ignore_ascii_case(header),
            SchemeKind::ApiKey(..) | SchemeKind::MutualTls => false,
            _ => header.eq_ignore_ascii_case("authorization"),
        })
    }

    fn body(&mut self, at: &Pointer) -> Option<(String, Value)> {
        let members = self.object(at, &["contentType", "payload"])?;
        let media_type =
            members.get("contentType").and_then(Value::as_str).unwrap_or("application/json").to_owned();
        let payload = members.get("payload").cloned()?;
        if let Err(why) = check(&payload) {
            self.fault(&at.child("payload"), why);
        }
        Some((media_type, payload))
    }

    fn criterion(&mut self, at: &Pointer) -> Option<Criterion> {
        let members = self.object(at, &["context", "condition", "type"])?;
        let text = self.text(&at.child("condition"))?;
        let kind = match members.get("type") {
            None => "simple".to_owned(),
            Some(Value::String(kind)) => kind.clone(),
            Some(Value::Object(kind)) => {
                kind.get("type").and_then(Value::as_str).unwrap_or_default().to_owned()
            }
            Some(_) => String::new(),
        };
        let test = if kind == "simple" {
            Condition::parse(&text).map(Test::Simple)
        } else {
            let context = members.get("context").and_then(Value::as_str);
            let context = context.ok_or_else(|| format!("a criterion of type `{kind}` needs `context`"));
            context.and_then(Expression::parse).and_then(|context| of_kind(&kind, context, &text))
        };
        match test {
            Ok(test) => Some(Criterion { test, text, pointer: at.clone() }),
            Err(why) => {
                self.fault(at, why);
                None
            }
        }
    }

    /// Expressions that name an input or a step that is not there.
    fn known_names(&mut self, at: &Pointer, inputs: &[(String, Value, Pointer)], earlier: &[Step]) {
        let mut unknown = Vec::new();
        if let Some(value) = self.document.get(at) {
            each_text(value, &mut |text| {
                for word in text.split(|c: char| c.is_whitespace() || "{}()=!<>&|'".contains(c)) {
                    match Expression::parse(word) {
                        Ok(Expression::Input(name, _)) if !inputs.iter().any(|(own, ..)| *own == name) => {
                            unknown.push(word.to_owned());
                        }
                        Ok(Expression::Output(step, name, _))
                            if !earlier
                                .iter()
                                .any(|one| one.name == step && one.outputs.contains_key(&name)) =>
                        {
                            unknown.push(word.to_owned());
                        }
                        _ => {}
                    }
                }
            });
        }
        for word in unknown {
            self.fault(
                at,
                format!(
                    "`{word}` points at nothing: no input, or no output of an earlier step, has that name"
                ),
            );
        }
    }
}

fn of_kind(kind: &str, context: Expression, text: &str) -> Result<Test, String> {
    match kind {
        "regex" => {
            regex::Regex::new(text).map_err(|error| format!("`{text}` is no regular expression: {error}"))?;
            Ok(Test::Regex(context, text.to_owned()))
        }
        "jsonpath" => {
            // Expressions in braces are put in when the story is told: they must stand in quotes, so any text will do here.
            let sample = text.replace("{$", "{");
            serde_json_path::JsonPath::parse(&sample)
                .map_err(|error| format!("`{text}` is no JSONPath: {error}"))?;
            Ok(Test::JsonPath(context, text.to_owned()))
        }
        other => {
            Err(format!("criteria of type `{other}` are not known: expected `simple`, `regex` or `jsonpath`"))
        }
    }
}

fn each_text(value: &Value, visit: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, visit)),
        Value::Object(members) => members.values().for_each(|member| each_text(member, visit)),
        _ => {}
    }
}
