//! `conformance run`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tercet_conformance::generate::Chance;
use tercet_conformance::oracle::Oracle;
use tercet_conformance::report::{REPORTS, Report};
use tercet_conformance::run::{Choice, Plan, Progress, Trouble, plan};
use tercet_conformance::session::{Interrupt, Journal, Leftover, Line, Session};
use tercet_conformance::{Target, run as conformance};
use tercet_mock_server::Discovered;

use crate::args::Run;
use crate::{application, document, output, target};

/// Judges a deployment. Gives the exit code.
pub(crate) async fn run(args: &Run) -> Result<u8, Trouble> {
    let mut source = document::find(&args.document, &args.overlay)?;
    let own = &args.application;
    let given = application::Given { file: own.app.as_deref(), resources: &own.resource }.read(&source)?;
    if let Some(application) = &given {
        source.server = source.server.application(application.clone());
    }
    let contract = &Arc::clone(source.reading.contract());
    let name = run_name();
    let reports = reports(args)?;
    let server = match &args.base_url {
        Some(_) => None,
        // As deployments do: what depends on the scheme is judged, too.
        None => Some(source.server.clone().tls().start().await.map_err(|error| Trouble {
            what: format!("the reference server cannot be started: {error}"),
            hint: None,
        })?),
    };
    let mut target = match (&args.base_url, &server) {
        (Some(url), _) => target::of_url(contract, url, &args.credentials, &args.care, &args.consent)?,
        (None, Some(server)) => target::of_server(contract, server, &args.credentials, &args.care, &name)?,
        (None, None) => return Err(Trouble { what: "there is nothing to judge".to_owned(), hint: None }),
    };
    if args.register {
        target::own_accounts(contract, &mut target, &name)?;
    }
    target.limits.read_only = args.read_only;
    target.limits.requests = args.max_requests;
    target.limits.creations = args.max_creations;
    let polite = if target.is_loopback() { target.limits.body } else { 1 << 20 };
    target.limits.body = args.max_body.unwrap_or(polite);
    let interrupt = Interrupt::default();
    let mut found = None;
    if args.dry_run {
        application::unasked(&mut source, given.as_ref())?;
        if given.is_none() && !std::ptr::eq(&**source.reading.contract(), &**contract) {
            output::remark(
                "nobody is asked what the deployment has: this is about the application that ships",
            );
        }
    } else {
        found =
            application::found_out(&mut source, given.as_ref(), &own.resource, &target, &interrupt).await?;
        found.iter().for_each(application::tell);
    }
    target::check_consent(source.reading.contract(), &args.consent)?;
    let choice = choice(args, &source)?;
    let announced = plan(&source.reading, &target, &choice);
    if args.dry_run {
        output::say(&announcement(&announced, &target, true))?;
        return Ok(0);
    }
    output::remark(announcement(&announced, &target, false).trim_end());
    let seed = args.seed.unwrap_or_else(now);
    let journal = journal(args, &target, &name, server.is_some() || args.read_only, found.as_ref())?;
    let journal_path = journal.path().map(std::path::Path::to_owned);
    let secure = target.base.scheme() == "https";
    let mut session =
        Session::open(source.reading.clone(), target, journal, interrupt.clone(), Chance::new(seed, name))
            .map_err(|what| Trouble { what, hint: None })?;
    if args.oracle {
        let asked = Oracle::start(&source.server, &source.reading, secure).await;
        asked.and_then(|oracle| session.consult_oracle(oracle)).map_err(|what| {
            Trouble::new(
                format!("the oracle cannot be asked: {what}"),
                "leave `--oracle` out; instead of `--sign-in` it takes `--register`",
            )
        })?;
    }
    let bar = Bar::new(&reports);
    let ended = tokio::select! {
        ended = conformance::run(&mut session, &choice, seed, &bar) => Some(ended),
        () = twice(&interrupt) => None,
    };
    bar.0.finish_and_clear();
    let Some(report) = ended.transpose()? else {
        stopped(&session.remaining(), journal_path.as_deref());
        return Ok(2);
    };
    for (format, file) in &reports {
        deliver(&report, format, file.as_ref())?;
    }
    if let Some(path) = journal_path.filter(|_| args.journal.is_none()) {
        if report.leftovers.is_empty() {
            // Nothing is left to remember. A file that cannot be removed harms nobody.
            drop(std::fs::remove_file(application::kept_at(&path)));
            drop(std::fs::remove_file(path));
        } else {
            output::remark(&format!("journal: {}", path.display()));
        }
    }
    Ok(report.exit_code())
}

fn choice(args: &Run, source: &document::Source) -> Result<Choice, Trouble> {
    let choice = Choice {
        only: args.only.clone(),
        skip: args.skip.clone(),
        stories: source.stories.clone(),
        fail_fast: args.fail_fast,
    };
    match choice.unknown() {
        Some(name) => Err(Trouble::new(
            format!("no check or law is called `{name}`"),
            "`conformance list` prints their names",
        )),
        None => Ok(choice),
    }
}

/// What is printed where; text on standard output unless something else goes there.
fn reports(args: &Run) -> Result<Vec<(String, Option<PathBuf>)>, Trouble> {
    let mut all = Vec::new();
    for text in &args.report {
        let (format, file) = match text.split_once('=') {
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text.as_str(), None),
        };
        if !REPORTS.iter().any(|one| one.name() == format) {
            let names: Vec<String> =
                REPORTS.iter().map(|one| format!("`{}` ({})", one.name(), one.about())).collect();
            return Err(Trouble::new(
                format!("no report is called `{format}`"),
                format!("there are {}", names.join(", ")),
            ));
        }
        if let Some(file) = &file {
            check_place(file)?;
        }
        all.push((format.to_owned(), file));
    }
    if all.iter().all(|(_, file)| file.is_some()) {
        all.push(("terminal".to_owned(), None));
    }
    Ok(all)
}

/// Refuses, before anything is sent, a file that a report could not be written to.
fn check_place(file: &Path) -> Result<(), Trouble> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let fail = |what: &str| {
        let what = format!("a report cannot be written to `{}`: {what}", file.display());
        Err(Trouble::new(what, "make the folder, or give another file"))
    };
    match folder {
        _ if file.is_dir() => fail("it is a folder"),
        Some(folder) if !folder.is_dir() => fail(&format!("there is no folder `{}`", folder.display())),
        _ => Ok(()),
    }
}

fn deliver(report: &Report, format: &str, file: Option<&PathBuf>) -> Result<(), Trouble> {
    let Some(format) = REPORTS.iter().find(|one| one.name() == format) else {
        return Ok(());
    };
    let text = format.render(report).map_err(|what| Trouble { what, hint: None })?;
    match file {
        None => output::say(&text),
        Some(path) => std::fs::write(path, text).map_err(|error| {
            Trouble::new(format!("cannot write `{}`: {error}", path.display()), "does the folder exist?")
        }),
    }
}

/// What is about to happen.
fn announcement(plan: &Plan, target: &Target, in_full: bool) -> String {
    let mut text = format!("{} steps against {}\n", plan.steps.len(), target.base);
    if in_full {
        for step in &plan.steps {
            text.push_str(&format!("  {} {}: {}\n", step.by, step.about, step.what));
        }
    }
    for one in &plan.creates {
        let what = if one.collection.is_empty() {
            "what the document does not spell out".to_owned()
        } else {
            one.collection.clone()
        };
        let fate = match &one.stays {
            None => "removed at the end".to_owned(),
            Some(why) => format!("stays: {why}"),
        };
        text.push_str(&format!("will create {what} with `{}`, marked `cx-…`; {fate}\n", one.operation));
    }
    for one in &plan.left_out {
        text.push_str(&format!("will not call `{}`: {}\n", one.operation, one.why));
    }
    text
}

fn journal(
    args: &Run,
    target: &Target,
    name: &str,
    throw_away: bool,
    found: Option<&Discovered>,
) -> Result<Journal, Trouble> {
    let path = match (&args.journal, throw_away) {
        (Some(path), _) => path.clone(),
        (None, true) => return Ok(Journal::none()),
        (None, false) => state_folder()
            .ok_or_else(|| {
                Trouble::new(
                    "this user has no folder to keep a journal in",
                    "say where with `--journal FILE`",
                )
            })?
            .join(format!("{name}.jsonl")),
    };
    let fail = |error: tercet_conformance::session::JournalError| {
        Trouble::new(error.to_string(), "choose another with `--journal FILE`")
    };
    let mut journal = Journal::create(&path).map_err(fail)?;
    let kept = found.map(|found| application::keep(found, &path)).transpose()?;
    let document = kept.map_or_else(|| args.document.clone(), |path| path.display().to_string());
    let line = Line::Run { run: name.to_owned(), base_url: target.base.to_string(), document };
    journal.write(&line).map_err(fail)?;
    Ok(journal)
}

/// Where a user's programs keep what they must remember (XDG Base Directory Specification 0.8).
fn state_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = set("XDG_STATE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".local/state")))
        .or_else(|| set("LOCALAPPDATA"))?;
    Some(base.join("tercet").join("conformance"))
}

/// Ends when somebody has asked twice. The first time lets the run finish its request and clean up.
async fn twice(interrupt: &Interrupt) {
    loop {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without signals there is nothing to wait for.
            return std::future::pending().await;
        }
        if interrupt.ask() > 1 {
            return;
        }
        output::remark("\nfinishing and cleaning up; again to stop at once");
    }
}

fn stopped(remaining: &[Leftover], journal: Option<&std::path::Path>) {
    output::complain("stopped before cleaning up");
    for one in remaining {
        let names: Vec<String> = one.names.iter().map(|(field, value)| format!("{field}={value}")).collect();
        output::remark(&format!("  stays: {} by `{}` {}", one.collection, one.operation, names.join(" ")));
    }
    if let Some(path) = journal.filter(|_| !remaining.is_empty()) {
        output::remark(&format!("hint: conformance cleanup --journal {} --credential …", path.display()));
    }
}

struct Bar(ProgressBar);

impl Bar {
    fn new(reports: &[(String, Option<PathBuf>)]) -> Self {
        let seen = std::io::stderr().is_terminal() && reports.iter().any(|(format, _)| format == "terminal");
        let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(1), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn begins(&self, at: usize, of: usize, what: &str, findings: usize) {
        self.0.set_length(of as u64);
        self.0.set_position(at as u64);
        let found = if findings == 0 { String::new() } else { format!(" ({findings} findings)") };
        self.0.set_message(format!("{what}{found}"));
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| u64::try_from(since.as_nanos() % u128::from(u32::MAX)).unwrap_or(0))
}

/// A name that two runs at once do not share: five letters and digits.
fn run_name() -> String {
    const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let mut number = (nanos / 1_000) ^ (u128::from(std::process::id()) << 20);
    (0..6)
        .map(|_| {
            let digit = DIGITS[usize::try_from(number % 36).unwrap_or(0)];
            number /= 36;
            char::from(digit)
        })
        .collect()
}
