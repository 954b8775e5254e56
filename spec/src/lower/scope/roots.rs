//! What expressions begin with, and what is known of it.

use super::shape::{OUTCOME, PAGE, Shape, walk};
use super::walk::{Here, Presented, Walk};
use crate::contract::{Location, Miss, Operation, Step, Verb};
use crate::language::{Expression, Source, ValueExpr};
use crate::lower::structure::closest;

impl Walk<'_> {
    /// What an expression can begin with, or why there is no such thing here.
    pub(super) fn roots(&self, expression: &Expression, here: Here) -> Result<Vec<Shape>, (String, String)> {
        match &expression.source {
            Source::Body => self.body(),
            Source::Caller => Ok(self.callers()),
            _ => self.root(expression, here).map(|root| vec![root]),
        }
    }

    /// Whom the credentials that let somebody in belong to.
    fn callers(&self) -> Vec<Shape> {
        let contract = self.contract;
        let schemes: Vec<&str> = match self.operation {
            Some(operation) => operation.security.iter().flatten().map(|one| one.scheme.as_str()).collect(),
            None => contract.schemes.iter().map(|scheme| scheme.name.as_str()).collect(),
        };
        let caller = |name: &str| {
            let credential = contract.scheme(name)?.credential.as_ref()?;
            let record = self.collection_shape(&credential.select.from);
            match &credential.caller {
                None => Some(record),
                Some(ValueExpr::Expression(Expression { source: Source::Record, path })) => {
                    walk(contract, record, path).ok()
                }
                Some(_) => None,
            }
        };
        let known: Option<Vec<Shape>> = schemes.into_iter().map(caller).collect();
        known.filter(|shapes| !shapes.is_empty()).unwrap_or_else(|| vec![Shape::Any])
    }

    /// What an expression begins with, or why there is no such thing here.
    fn root(&self, expression: &Expression, here: Here) -> Result<Shape, (String, String)> {
        match &expression.source {
            Source::Path(name) => self.parameter(Location::Path, name),
            Source::Query(name) => self.parameter(Location::Query, name),
            Source::Header(name) => Ok(self.parameter(Location::Header, name).unwrap_or(Shape::Any)),
            Source::Cookie(name) => Ok(self.parameter(Location::Cookie, name).unwrap_or(Shape::Any)),
            Source::Record => Ok(here.record),
            Source::Item => Ok(here.item),
            Source::Setting(name) => {
                let settings = &self.contract.settings;
                if let Some(setting) = settings.iter().find(|setting| setting.name == *name) {
                    return Ok(setting.schema.map_or(Shape::Any, Shape::Schema));
                }
                Err(unknown(
                    "setting",
                    name,
                    settings.iter().map(|setting| setting.name.as_str()),
                    "`x-settings`",
                ))
            }
            Source::Security(name) => match self.contract.scheme(name) {
                Some(scheme) => Ok(scheme
                    .credential
                    .as_ref()
                    .map_or(Shape::Any, |one| self.collection_shape(&one.select.from))),
                None => {
                    let names = self.contract.schemes.iter().map(|scheme| scheme.name.as_str());
                    Err(unknown("security scheme", name, names, "`components.securitySchemes`"))
                }
            },
            Source::Bound(name) => match self.shape_bound(name) {
                Some(shape) => Ok(*shape),
                None => {
                    let elsewhere = self.elsewhere.keys().filter(|_| self.in_answer);
                    let known = self.bound.keys().chain(elsewhere).map(String::as_str).chain(SOURCES);
                    let near = closest(name, known);
                    let help = near.map_or_else(
                        || format!("bind it in an earlier step with `as: {name}`; a text that begins with `$` is written `$$`"),
                        |near| format!("did you mean `${near}`?"),
                    );
                    Err((format!("no earlier step binds `${name}`"), help))
                }
            },
            Source::Credential => self.presented(expression),
            Source::Fault if self.in_details => fault(expression),
            Source::Fault => Err((
                "there is no `$fault` here".to_owned(),
                "it stands in `each` of `x-conduct.details`; elsewhere take `$outcome.details`".to_owned(),
            )),
            Source::Result => Ok(self.operation.map_or(Shape::Any, |one| self.result_of(one))),
            Source::Page => Ok(PAGE),
            Source::Outcome => Ok(OUTCOME),
            Source::Method | Source::Url | Source::Origin | Source::Now => Ok(Shape::Scalar),
            Source::Body | Source::Caller => Ok(Shape::Any),
        }
    }

    /// What the responses of an operation render; nothing is said where that depends.
    pub(super) fn result_of(&self, operation: &Operation) -> Shape {
        let is_certain = |step: &Step| step.when.is_none() && step.miss != Miss::Pass;
        let gives = |step: &&Step| !matches!(step.verb, Verb::Require(_));
        let named: Vec<&Step> =
            operation.effect.iter().filter(|step| step.bind.as_deref() == Some("result")).collect();
        let steps = if named.iter().copied().any(is_certain) {
            named
        } else {
            operation.effect.iter().filter(gives).collect()
        };
        let first = steps.iter().rposition(|step| is_certain(step)).unwrap_or(0);
        let mut shapes = steps[first..].iter().map(|step| match &step.verb {
            Verb::Delete(_) | Verb::Serve(_) => Shape::Any,
            verb => {
                let own = verb.collection().and_then(|name| self.contract.collections.get(name));
                result(verb, own.map_or(Shape::Any, |one| Shape::Schema(one.schema)))
            }
        });
        let Some(last) = shapes.next() else { return Shape::Any };
        if shapes.all(|one| one == last) { last } else { Shape::Any }
    }

    fn shape_bound(&self, name: &str) -> Option<&Shape> {
        self.bound.get(name).or_else(|| self.elsewhere.get(name).filter(|_| self.in_answer))
    }

    fn parameter(&self, location: Location, name: &str) -> Result<Shape, (String, String)> {
        let Some(operation) = self.operation else { return Ok(Shape::Any) };
        let here: Vec<_> = operation.parameters.iter().filter(|one| one.location == location).collect();
        let is_header = location == Location::Header;
        let same = |other: &str| if is_header { other.eq_ignore_ascii_case(name) } else { other == name };
        match here.iter().find(|one| same(&one.name)) {
            Some(parameter) => Ok(Shape::Schema(parameter.schema)),
            None => {
                let kind = format!("{location:?} parameter").to_lowercase();
                Err(unknown(
                    &kind,
                    name,
                    here.iter().map(|one| one.name.as_str()),
                    "the operation's `parameters`",
                ))
            }
        }
    }

    fn body(&self) -> Result<Vec<Shape>, (String, String)> {
        let Some(operation) = self.operation else { return Ok(vec![Shape::Any]) };
        let Some(body) = &operation.body else {
            return Err((
                format!("`{}` has no request body", operation.id),
                "add `requestBody`, or take the value from elsewhere".to_owned(),
            ));
        };
        let shapes: Vec<Shape> =
            body.content.iter().map(|one| one.schema.map_or(Shape::Any, Shape::Schema)).collect();
        Ok(if shapes.is_empty() { vec![Shape::Any] } else { shapes })
    }

    /// What `$credential` is, if a path can be taken from it.
    fn presented(&self, expression: &Expression) -> Result<Shape, (String, String)> {
        let name = expression.path.first();
        match (self.credential, name.map(String::as_str)) {
            (Presented::Text, Some(_)) => Err((
                "nothing can be taken from `$credential`: it is a text".to_owned(),
                "compare it as it is, or say `jwt: { secret: … }` where it is a JSON Web Token".to_owned(),
            )),
            (Presented::Basic, Some(name)) if !["user", "password"].contains(&name) => Err((
                format!("basic credentials have no `{name}`"),
                "expected `$credential.user` or `$credential.password`".to_owned(),
            )),
            _ => Ok(Shape::Any),
        }
    }
}

/// What a step gives whose verb works on records of that shape.
pub(super) fn result(verb: &Verb, own: Shape) -> Shape {
    match verb {
        Verb::Call { .. } => Shape::Any,
        Verb::List(_) | Verb::Create { each: Some(_), .. } => many(own),
        _ => own,
    }
}

/// A list of what looks so.
pub(super) fn many(one: Shape) -> Shape {
    if let Shape::Schema(id) = one { Shape::List(id) } else { Shape::Any }
}

/// What is known of a fault.
fn fault(expression: &Expression) -> Result<Shape, (String, String)> {
    const MEMBERS: [&str; 3] = ["message", "code", "rule"];
    match expression.path.as_slice() {
        [name] if MEMBERS.contains(&name.as_str()) => Ok(Shape::Any),
        _ => Err((
            format!("`{expression}` is nothing that is known of a fault"),
            "expected `$fault.message`, `$fault.code` or `$fault.rule`".to_owned(),
        )),
    }
}

const SOURCES: [&str; 12] = [
    "request",
    "record",
    "item",
    "caller",
    "security",
    "credential",
    "result",
    "page",
    "settings",
    "outcome",
    "fault",
    "now",
];

fn unknown<'n>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    place: &str,
) -> (String, String) {
    let help = closest(name, known)
        .map_or_else(|| format!("add it to {place}"), |near| format!("did you mean `{near}`?"));
    (format!("there is no {kind} `{name}`"), help)
}
