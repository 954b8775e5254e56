//! From the command line to a target.

use std::time::Duration;

use tercet_conformance::run::Trouble;
use tercet_conformance::{Account, Consent, Identity, Limits, Secret, Target, Trust, base_url, registers};
use tercet_mock_server::MockServer;
use tercet_spec::Contract;
use tercet_spec::contract::{SecurityScheme, SignIn};

use crate::args::{Care, Credentials};

/// Requests a second to deployments that are not on this machine.
const GENTLE: f64 = 5.0;

/// A deployment that somebody runs.
pub(crate) fn of_url(
    contract: &Contract,
    text: &str,
    credentials: &Credentials,
    care: &Care,
    consent: &[String],
) -> Result<Target, Trouble> {
    let mut target = Target {
        base: base_url(contract, text)?,
        identities: identities(contract, credentials)?,
        limits: Limits { timeout: timeout(care)?, ..Limits::default() },
        consent: Consent::Named(consent.to_vec()),
        trust: trust(care)?,
    };
    target.limits.rate = rate(care, target.is_loopback())?;
    if target.is_loopback() {
        target.consent = Consent::ThrowAway;
    }
    Ok(target)
}

/// Refuses consent to what the document does not know.
pub(crate) fn check_consent(contract: &Contract, consent: &[String]) -> Result<(), Trouble> {
    let Some(unknown) = consent.iter().find(|id| contract.operation(id).is_none()) else { return Ok(()) };
    let known: Vec<String> = contract.operations.iter().map(|one| format!("`{}`", one.id)).collect();
    Err(Trouble::new(
        format!("`--consent {unknown}`: the document has no such operation"),
        format!("its operations: {}", known.join(", ")),
    ))
}

/// The reference server, which lives as long as the run.
pub(crate) fn of_server(
    contract: &Contract,
    server: &MockServer,
    credentials: &Credentials,
    care: &Care,
    run: &str,
) -> Result<Target, Trouble> {
    let mut given = identities(contract, credentials)?;
    if given.is_empty() {
        given = Identity::offered(contract, &server.credentials(), run);
        given.resize_with(2, Identity::default);
        for (identity, anybody) in given.iter_mut().zip(Identity::anybody(contract)) {
            identity.credentials.extend(anybody.credentials);
        }
        given.retain(|one| !one.is_nobody());
    }
    Ok(Target {
        base: base_url(contract, &server.url())?,
        identities: given,
        limits: Limits {
            timeout: timeout(care)?,
            rate: rate(care, true)?,
            stand_in: true,
            ..Limits::default()
        },
        consent: Consent::ThrowAway,
        trust: Trust { authorities: server.certificate_pem().unwrap_or_default().to_owned(), anybody: false },
    })
}

fn trust(care: &Care) -> Result<Trust, Trouble> {
    if care.insecure {
        eprintln!(
            "warning: any certificate is accepted: whoever stands in between can read what is sent, credentials included\nhint: trust the deployment's own with `--ca-cert FILE`"
        );
    }
    let authorities = match &care.ca_cert {
        None => String::new(),
        Some(path) => {
            let file = path.display();
            let expected = "expected PEM: text with `-----BEGIN CERTIFICATE-----`";
            let text = std::fs::read_to_string(path).map_err(|error| {
                Trouble::new(format!("cannot read `--ca-cert {file}`: {error}"), expected)
            })?;
            if !text.contains("-----BEGIN CERTIFICATE-----") {
                return Err(Trouble::new(format!("`--ca-cert {file}` holds no certificate"), expected));
            }
            text
        }
    };
    Ok(Trust { authorities, anybody: care.insecure })
}

fn timeout(care: &Care) -> Result<Duration, Trouble> {
    Duration::try_from_secs_f64(care.timeout).ok().filter(|limit| !limit.is_zero()).ok_or_else(|| {
        Trouble::new(
            format!("`--timeout {}` is no number of seconds", care.timeout),
            "write `--timeout 30`, say",
        )
    })
}

fn rate(care: &Care, loopback: bool) -> Result<Option<f64>, Trouble> {
    match care.rate {
        None => Ok((!loopback).then_some(GENTLE)),
        Some(0.0) => Ok(None),
        Some(rate) if rate.is_finite() && rate > 0.0 => Ok(Some(rate)),
        Some(rate) => Err(Trouble::new(
            format!("`--rate {rate}` is no number of requests a second"),
            "write `--rate 5`, say",
        )),
    }
}

fn identities(contract: &Contract, given: &Credentials) -> Result<Vec<Identity>, Trouble> {
    let mut first = identity(contract, &given.credential)?;
    let mut second = identity(contract, &given.second_credential)?;
    for (identity, text) in [(&mut first, &given.sign_in), (&mut second, &given.second_sign_in)] {
        if let Some(text) = text {
            identity.accounts = accounts(contract, text)?;
        }
    }
    let mut all = vec![first, second];
    all.retain(|one| !one.is_nobody());
    Ok(all)
}

/// Accounts that the run makes for itself.
pub(crate) fn own_accounts(contract: &Contract, target: &mut Target, run: &str) -> Result<(), Trouble> {
    if !contract.schemes.iter().any(|scheme| registers(contract, scheme)) {
        return Err(Trouble::new(
            "the document does not say how accounts are made",
            format!("leave `--register` out and give a credential; {}", schemes(contract)),
        ));
    }
    target.identities.resize_with(2, Identity::default);
    Identity::register(contract, &mut target.identities, run);
    Ok(())
}

fn sign_in(scheme: &SecurityScheme) -> Option<&SignIn> {
    scheme.credential.as_ref().and_then(|credential| credential.sign_in.as_ref())
}

/// The account for every scheme whose credential is obtained by signing in.
fn accounts(contract: &Contract, text: &str) -> Result<Vec<(String, Account)>, Trouble> {
    let text = value_of("signing in", text)?;
    let Some((user, password)) =
        text.split_once(':').filter(|(user, password)| !user.is_empty() && !password.is_empty())
    else {
        return Err(Trouble::new(
            "an account without `:` between user and password",
            "write `--sign-in USER:PASSWORD`, `@FILE` or `env:NAME`",
        ));
    };
    let account = Account { user: user.to_owned(), password: Secret::new(password), fresh: false };
    let schemes_with = contract.schemes.iter().filter(|scheme| sign_in(scheme).is_some());
    let all: Vec<_> = schemes_with.map(|scheme| (scheme.name.clone(), account.clone())).collect();
    if all.is_empty() {
        return Err(Trouble::new(
            "the document does not say how to sign in",
            format!("give `--credential SCHEME=VALUE`; {}", schemes(contract)),
        ));
    }
    Ok(all)
}

fn identity(contract: &Contract, given: &[String]) -> Result<Identity, Trouble> {
    let mut identity = Identity::default();
    for text in given {
        // Never shown whole: what stands after `=` is a secret, and without `=` all of it may be one.
        let Some((scheme, value)) = text.split_once('=') else {
            return Err(Trouble::new(
                "a credential without `=`",
                format!("write `--credential SCHEME=VALUE`; {}", schemes(contract)),
            ));
        };
        if contract.scheme(scheme).is_none() {
            return Err(Trouble::new(
                format!("the document has no security scheme `{scheme}`"),
                schemes(contract),
            ));
        }
        if identity.credential(scheme).is_some() {
            return Err(Trouble::new(
                format!("two credentials for `{scheme}`"),
                "give that of another user with `--second-credential`",
            ));
        }
        let value = value_of(scheme, value)?;
        if value.is_empty() {
            return Err(Trouble::new(
                format!("the credential for `{scheme}` is empty"),
                "write `SCHEME=VALUE`, `SCHEME=@FILE` or `SCHEME=env:NAME`",
            ));
        }
        identity.credentials.push((scheme.to_owned(), Secret::new(value)));
    }
    Ok(identity)
}

fn value_of(scheme: &str, text: &str) -> Result<String, Trouble> {
    if let Some(path) = text.strip_prefix('@') {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Trouble::new(
                format!("cannot read the credential for `{scheme}` from `{path}`: {error}"),
                "check the path after `@`",
            )
        })?;
        return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
    }
    if let Some(name) = text.strip_prefix("env:") {
        return std::env::var(name).map_err(|_| {
            Trouble::new(
                format!("the environment has no `{name}` for `{scheme}`"),
                format!("set it, or write `{scheme}=@FILE`"),
            )
        });
    }
    Ok(text.to_owned())
}

fn schemes(contract: &Contract) -> String {
    let names: Vec<String> = contract.schemes.iter().map(|scheme| format!("`{}`", scheme.name)).collect();
    if names.is_empty() {
        "the document has no security schemes".to_owned()
    } else {
        format!("its schemes: {}", names.join(", "))
    }
}
