//! Paths by other names, requests that no operation has, limits, credentials that make way for others, and values of time.

use tercet_spec::contract::{Alias, AssignAt, AssignKind, Per, SchemeKind};
use tercet_spec::language::{EpochUnit, ValueExpr};

use crate::support::{contract, diagnose};

/// A document with those parts: under `x-conduct`, of the scheme `key` and of the field `time`.
fn document(conduct: &str, credential: &str, time: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Huts, version: '1' }}
security: [ {{ key: [ ] }} ]
x-settings:
  NAME: {{ default: X-Hut }}
  RATE: {{ default: 5 }}
x-conduct:
  responses: {{ internal: {{ status: 500, response: {{ description: no }} }}, not-found: {{ status: 404, response: {{ description: no }} }} }}
{conduct}x-collections:
  huts: {{ schema: Hut }}
paths:
  /api/huts/{{id}}:
    get:
      operationId: hut
      parameters: [ {{ name: id, in: path, required: true, schema: {{ type: string }} }} ]
      x-effect: {{ find: {{ in: huts, where: {{ id: $request.path.id }} }} }}
      responses:
        '200': {{ description: a hut, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Hut' }} }} }} }}
        '401': {{ description: who, x-outcome: [ unauthenticated, unknown ] }}
  /api/login:
    post:
      operationId: login
      responses: {{ '200': {{ description: in }} }}
components:
  securitySchemes:
    session: {{ type: apiKey, in: cookie, name: S, x-credential: {{ in: huts, where: {{ key: $credential }}, sign-in: {{ operation: login, value: $response.cookie.S }} }} }}
    key:
      type: apiKey
      in: header
      name: X-Key
      x-credential: {{ in: huts, where: {{ key: $credential }}{credential} }}
  schemas:
    Hut: {{ type: object, properties: {{ id: {{ type: string }}, key: {{ type: string }}, time: {{ {time} }} }} }}
"
    )
}

const TIME: &str = "type: string";

fn said(conduct: &str, credential: &str, time: &str) -> Vec<String> {
    let (_, diagnostics) = diagnose("huts.yaml", &document(conduct, credential, time));
    assert!(diagnostics.iter().all(|one| one.place.is_some() && one.help.is_some()));
    diagnostics.iter().map(|one| format!("{}: {}", one.code, one.message)).collect()
}

#[test]
fn doors_are_read() {
    let conduct = "  paths: { aliases: { /api/v1: /api, /huts: /api/huts } }
  unrouted: [ { where: { $caller: { present: true } }, else: internal } ]
  rate-limit: { requests: $settings.RATE, window: PT2S, per: path, else: internal }
";
    let credential = ", name: $settings.NAME, unless: [ session ], jwt: { secret: x }, unknown: unknown,
        sign-in: { operation: login, as: session, value: $response.cookie }";
    let contract = contract(&document(conduct, credential, TIME));
    let own = &contract.conduct;
    let alias = |from: &[&str], to: &[&str]| Alias {
        from: from.iter().map(ToString::to_string).collect(),
        to: to.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(own.aliases, [alias(&["api", "v1"], &["api"]), alias(&["huts"], &["api", "huts"])]);
    assert_eq!((own.unrouted.len(), own.unrouted_security.len()), (1, 1));
    let limit = own.rate_limit.as_ref().unwrap();
    assert_eq!((limit.window, limit.per, limit.outcome.as_str()), (2000, Per::Path, "internal"));
    let scheme = contract.scheme("key").unwrap();
    let rule = scheme.credential.as_ref().unwrap();
    assert_eq!(
        (rule.unless.as_slice(), rule.unknown.as_deref()),
        (&["session".to_owned()][..], Some("unknown"))
    );
    assert_eq!(rule.sign_in.as_ref().unwrap().with.as_deref(), Some("session"));
    let with = |value: Option<&str>| scheme.effective_name(&|_| value.map(Into::into));
    assert_eq!(with(Some("X-Other")).as_deref(), Some("X-Other"));
    assert_eq!([with(None), with(Some("")), with(Some("X-Key"))], [None, None, None]);
    assert!(
        matches!(&scheme.kind, SchemeKind::ApiKey(_, name) if name == "X-Key"),
        "the document's own word"
    );
}

#[test]
fn doors_that_lead_nowhere_are_reported() {
    let conduct = |text: &str| said(&format!("  {text}\n"), "", TIME);
    let alias = |text: &str| conduct(&format!("paths: {{ aliases: {{ {text} }} }}"));
    assert_eq!(alias("/v1: /api/hut"), ["keyword: no path of this document begins with `/api/hut`"]);
    assert_eq!(alias("v1: /api"), ["keyword: `v1` is no beginning of a path"]);
    assert_eq!(alias("/v1: '/api/{id}'"), ["keyword: `/api/{id}` is no beginning of a path"]);
    assert_eq!(alias("/v1/: /api"), ["keyword: `/v1/` is no beginning of a path"]);
    assert_eq!(alias("/: /api"), ["keyword: the root cannot stand for another path"]);
    let spoken = "outcome-not-spoken: a request that";
    let end = "but `x-conduct.responses` has no such outcome";
    assert_eq!(
        conduct("unrouted: [ { where: { $caller: { present: true } }, else: lost } ]"),
        [format!("{spoken} no operation has can end in `lost`, {end}")]
    );
    assert_eq!(
        conduct("rate-limit: { requests: 5, window: PT1S, else: slow }"),
        [format!("{spoken} is one too many can end in `slow`, {end}")]
    );
    assert_eq!(
        conduct("rate-limit: { requests: 5, window: soon, else: internal }"),
        ["keyword: `soon` is not a duration"]
    );
    assert_eq!(
        conduct("rate-limit: { requests: $request.query.n, window: PT1S, else: internal }"),
        ["unknown-expression: `$request.query.n` is nothing here"]
    );
    assert_eq!(
        conduct("rate-limit: { requests: $settings.RAT, window: PT1S, else: internal }"),
        ["unknown-expression: there is no setting `RAT`"]
    );
}

#[test]
fn credentials_that_make_no_sense_are_reported() {
    let credential = |text: &str| said("", &format!(", {text}"), TIME);
    assert_eq!(
        credential("unless: [ sessions ]"),
        ["unknown-security-scheme: there is no security scheme `sessions`"]
    );
    assert_eq!(credential("name: $caller.id"), ["unknown-expression: `$caller.id` is nothing here"]);
    assert_eq!(credential("name: $settings.NAM"), ["unknown-expression: there is no setting `NAM`"]);
    assert_eq!(
        credential("unknown: unknown"),
        ["keyword: without `jwt` an unknown credential and a wrong one are the same"]
    );
    assert_eq!(
        credential("jwt: { secret: x }, unknown: nobody"),
        ["outcome-not-spoken: `hut` can end in `nobody`, but none of its responses says so"]
    );
    assert_eq!(
        credential("sign-in: { operation: login, as: sesion, value: $response.cookie }"),
        ["unknown-security-scheme: there is no security scheme `sesion`"]
    );
    assert_eq!(
        credential("sign-in: { operation: login, as: key, value: $response.cookie }"),
        ["keyword: nobody gets a credential for `key` by signing in as nobody"]
    );
    let basic = document("", ", name: $settings.NAME", TIME)
        .replace("type: apiKey\n      in: header\n      name: X-Key", "type: http\n      scheme: bearer");
    let (_, diagnostics) = diagnose("huts.yaml", &basic);
    let told: Vec<_> = diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["only an `apiKey` is looked for by a name"]);
}

#[test]
fn times_are_read() {
    let field = |time: &str| {
        let contract = contract(&document("", "", time));
        let hut = contract.schema(contract.collections["huts"].schema);
        contract.schema(hut.properties["time"]).clone()
    };
    let value = |text: &str| field(&format!("x-value: {text}")).value.unwrap();
    assert!(matches!(
        value("{ epoch: $record.key, unit: seconds }"),
        ValueExpr::Epoch(_, EpochUnit::Seconds)
    ));
    assert!(matches!(
        value("{ unit: milliseconds, epoch: $now }"),
        ValueExpr::Epoch(_, EpochUnit::Milliseconds)
    ));
    assert!(matches!(value("{ http-date: $now }"), ValueExpr::HttpDate(_)));
    assert!(matches!(value("{ after: { seconds: 5 } }"), ValueExpr::After(_, 1)));
    assert!(matches!(value("{ after: $record.key }"), ValueExpr::Object(_)), "an object like any other");
    let assign = field("x-assign: { value: { after: { seconds: $settings.RATE } }, at: [ created, used ] }")
        .assign
        .unwrap();
    assert!(matches!(assign.kind, AssignKind::Value(ValueExpr::After(_, 1))));
    assert_eq!(assign.at, [AssignAt::Created, AssignAt::Used]);

    let said = |time: &str| said("", "", time);
    assert_eq!(
        said("x-value: { epoch: $now, unit: hours }"),
        ["wrong-value: `hours` is no unit that time is counted in"]
    );
    assert_eq!(said("x-assign: { after: { weeks: 5 } }"), ["keyword: this is not a duration"]);
    assert_eq!(
        said("x-assign: { after: { seconds: $settings.RAT } }"),
        ["unknown-expression: there is no setting `RAT`"]
    );
}
