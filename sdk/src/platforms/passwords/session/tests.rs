//! Sessions: opened once for any number of calls, never with a passphrase that was refused, and alive in between.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::FutureExt as _;
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::json;

use super::super::encryption::{Challenge, Keyring, NewKeyring, Passphrase, VaultError};
use super::door::{Door, keyring};
use super::wire::{Answer, Answering, Opened, Preferences, Requirements, Wire};
use crate::runtime::{Builder, Platform, Session, Tokens, Transport};
use crate::{Secret, SignInError};

const RIGHT: &str = "correct horse battery staple";
const WRONG: &str = "wrong horse battery staple";

/// A server of one account, and what it was asked.
struct Server {
    /// `None` without end-to-end encryption.
    challenge: Option<Challenge>,
    secret: String,
    keychain: Option<String>,
    second_factor: bool,
    /// What becomes of what solves the challenge, where it does not arrive, or the answer does not.
    lost: Mutex<Option<SignInError>>,
    preferences: Preferences,
    sessions: Mutex<u32>,
    log: Mutex<Vec<String>>,
}

#[derive(Clone)]
struct Line(Arc<Server>);

impl Server {
    fn plain() -> Self {
        Self {
            challenge: None,
            secret: String::new(),
            keychain: None,
            second_factor: false,
            lost: Mutex::default(),
            preferences: Preferences { lifetime: Some(Duration::from_secs(60)), hash_length: Some(20) },
            sessions: Mutex::default(),
            log: Mutex::default(),
        }
    }

    async fn encrypted() -> Self {
        let NewKeyring { challenge, keychain, .. } = Keyring::create(passphrase(RIGHT)).await.unwrap();
        Self {
            challenge: Some(Challenge { salts: challenge.data, kind: "PWDv1r1".to_owned() }),
            secret: challenge.secret.expose().to_owned(),
            keychain: Some(keychain),
            ..Self::plain()
        }
    }

    fn session(self, given: Option<&str>) -> (Arc<Server>, Arc<Session>) {
        let server = Arc::new(self);
        let line = Line(Arc::clone(&server));
        let door = Door::new(given.map(passphrase), move |_| Arc::new(line.clone()));
        (server, Arc::new(Session::new(transport(), Box::new(door), Tokens::default())))
    }

    fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    fn note(&self, what: &str, id: Option<&Secret>) {
        let id = id.map_or("", Secret::expose);
        self.log.lock().unwrap().push(format!("{what} {id}").trim().to_owned());
    }

    fn next(&self, what: &str) -> Option<Secret> {
        let mut sessions = self.sessions.lock().unwrap();
        *sessions += 1;
        Some(format!("{what}{sessions}").into())
    }
}

fn answer<T: Send + 'static>(value: T, id: Option<Secret>) -> Answering<T> {
    async move { Ok(Answer { value, id }) }.boxed()
}

impl Wire for Line {
    fn request(&self) -> Answering<Requirements> {
        self.0.note("request", None);
        let token = self.0.second_factor.then(|| serde_json::from_value(json!([{}])).unwrap());
        answer(Requirements { challenge: self.0.challenge.clone(), token }, self.0.next("asked"))
    }

    fn open(&self, id: Option<&Secret>, solution: &Secret) -> Answering<Opened> {
        self.0.note("open", id);
        if let Some(lost) = self.0.lost.lock().unwrap().clone() {
            return async { Err(lost) }.boxed();
        }
        if solution.expose() != self.0.secret {
            return async { Err(SignInError::with_status(StatusCode::UNAUTHORIZED, "ab6e13ba")) }.boxed();
        }
        let keys = self.0.keychain.clone().map(|keychain| ("CSEv1r1".to_owned(), keychain));
        let keys = keys.into_iter().collect::<BTreeMap<_, _>>();
        answer(Opened { success: true, keys }, self.0.next("open"))
    }

    fn preferences(&self, _: &Secret) -> Answering<Preferences> {
        answer(self.0.preferences, None)
    }

    fn keep_alive(&self, id: &Secret) -> Answering<()> {
        self.0.note("keepalive", Some(id));
        answer((), Some(id.clone()))
    }

    fn close(&self, id: &Secret) -> Answering<()> {
        self.0.note("close", Some(id));
        answer((), None)
    }
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn transport() -> Arc<Transport> {
    struct Bare(Arc<Transport>);
    impl Platform for Bare {
        const NAME: &'static str = "bare";
        const SCHEMES: &'static [crate::runtime::Scheme] = &[];
        fn over(transport: Arc<Transport>) -> Self {
            Self(transport)
        }
    }
    Builder::<Bare>::new("http://localhost").build().unwrap().0
}

#[tokio::test]
async fn any_number_of_calls_open_one_session() {
    let (server, session) = Server::encrypted().await.session(Some(RIGHT));
    let grants = join_all((0..20).map(|_| session.grant())).await;
    assert!(grants.iter().all(|grant| grant.as_ref().unwrap().access() == "open2"));
    assert_eq!(server.log(), ["request", "open asked1"]);
    let keyring = keyring(&session).await.unwrap();
    assert_eq!(keyring.key_ids().count(), 1);
    assert_eq!(server.log(), [""; 0]);
}

#[tokio::test]
async fn a_session_that_is_over_is_opened_again_for_all() {
    let (server, session) = Server::encrypted().await.session(Some(RIGHT));
    let used = session.grant().await.unwrap();
    let first = keyring(&session).await.unwrap();
    server.log();
    let renewed = join_all((0..20).map(|_| session.renew(&used))).await;
    assert!(renewed.iter().all(|grant| grant.as_ref().unwrap().as_ref().unwrap().access() == "open4"));
    assert_eq!(server.log(), ["request", "open asked3"]);
    assert_eq!(keyring(&session).await.unwrap().current_key_id(), first.current_key_id());
}

#[tokio::test]
async fn a_refused_passphrase_is_never_sent_again() {
    let (server, session) = Server::encrypted().await.session(Some(WRONG));
    for _ in 0..3 {
        let error = session.grant().await.err().unwrap();
        assert_eq!((error.is_refused(), error.code()), (true, Some("ab6e13ba")));
        let Err(VaultError::SignIn(error)) = keyring(&session).await else { panic!("it was refused") };
        assert!(error.is_refused());
    }
    assert_eq!(server.log(), ["request", "open asked1"]);
    session.signer::<Door>().unwrap().take(Some(passphrase(RIGHT)));
    session.restart();
    assert_eq!(session.grant().await.unwrap().access(), "open3");
}

#[tokio::test]
async fn a_passphrase_nobody_answers_for_is_not_sent_five_times() {
    let (server, session) = Server::encrypted().await.session(Some(WRONG));
    *server.lost.lock().unwrap() = Some(SignInError::with_status(StatusCode::BAD_GATEWAY, ""));
    for _ in 0..6 {
        session.grant().await.err().unwrap();
    }
    let opened = server.log().iter().filter(|line| line.starts_with("open")).count();
    assert_eq!(opened, 2);
    let error = session.grant().await.err().unwrap();
    assert!(error.is_refused() && error.to_string().contains("app token"), "{error}");
}

#[tokio::test]
async fn what_was_not_sent_does_not_count_nor_does_a_passphrase_that_was_right() {
    let (server, session) = Server::encrypted().await.session(Some(RIGHT));
    *server.lost.lock().unwrap() = Some(SignInError::passing("no connection"));
    for _ in 0..4 {
        assert!(!session.grant().await.err().unwrap().is_refused());
    }
    *server.lost.lock().unwrap() = None;
    session.grant().await.unwrap();
    *server.lost.lock().unwrap() = Some(SignInError::with_status(StatusCode::BAD_GATEWAY, ""));
    session.forget();
    for _ in 0..4 {
        assert!(!session.grant().await.err().unwrap().is_refused());
    }
    *server.lost.lock().unwrap() = None;
    session.grant().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_session_is_kept_alive_and_closed_with_the_last_handle() {
    let (server, session) = Server::encrypted().await.session(Some(RIGHT));
    session.grant().await.unwrap();
    server.log();
    // A session lasts a minute here; half of that, four times, and a little for the task to run.
    tokio::time::sleep(Duration::from_secs(121)).await;
    assert_eq!(server.log(), ["keepalive open2"; 4]);
    drop(session);
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(server.log(), ["close open2"]);
}

#[tokio::test(start_paused = true)]
async fn closing_ends_it_and_the_next_call_opens_another() {
    let (server, session) = Server::encrypted().await.session(Some(RIGHT));
    session.grant().await.unwrap();
    session.signer::<Door>().unwrap().close().await.unwrap();
    session.forget();
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(server.log(), ["request", "open asked1", "close open2"]);
    assert_eq!(session.grant().await.unwrap().access(), "open4");
}

#[tokio::test]
async fn without_end_to_end_encryption_nothing_is_opened() {
    let (server, session) = Server::plain().session(Some(RIGHT));
    assert_eq!(session.grant().await.unwrap().access(), "asked1");
    assert_eq!(server.log(), ["request"]);
    assert_eq!(keyring(&session).await.err(), Some(VaultError::NotEncrypted));
}

#[tokio::test]
async fn without_a_passphrase_calls_go_as_they_are() {
    let (server, session) = Server::encrypted().await.session(None);
    let blank = session.grant().await.unwrap();
    assert_eq!(blank.access(), "");
    assert!(session.renew(&blank).await.unwrap().is_none());
    assert_eq!(keyring(&session).await.err(), Some(VaultError::PassphraseMissing));
    assert_eq!(server.log(), [""; 0]);
}

#[tokio::test]
async fn second_factors_and_unknown_challenges_are_refused_before_anything_is_sent() {
    let (server, session) = Server { second_factor: true, ..Server::encrypted().await }.session(Some(RIGHT));
    let error = session.grant().await.err().unwrap();
    assert!(error.is_refused() && error.to_string().contains("second factor"), "{error}");
    assert_eq!(server.log(), ["request"]);

    let odd = Challenge { salts: Vec::new(), kind: "PWDv9".to_owned() };
    let (server, session) = Server { challenge: Some(odd), ..Server::plain() }.session(Some(RIGHT));
    let error = session.grant().await.err().unwrap();
    assert!(error.is_refused() && error.to_string().contains("`PWDv9`"), "{error}");
    assert_eq!(server.log(), ["request"]);
}

#[tokio::test]
async fn a_keychain_that_does_not_open_leaves_the_session_open() {
    let (_, session) =
        Server { keychain: Some("00".repeat(80)), ..Server::encrypted().await }.session(Some(RIGHT));
    session.grant().await.unwrap();
    assert_eq!(keyring(&session).await.err(), Some(VaultError::Unopened));
    let (_, session) = Server { keychain: None, ..Server::encrypted().await }.session(Some(RIGHT));
    assert_eq!(keyring(&session).await.err(), Some(VaultError::KeychainMissing));
}

#[test]
fn settings_are_numbers_or_text_or_of_no_use() {
    let read = |value| match value {
        serde_json::Value::Object(settings) => Preferences::of(&settings),
        other => panic!("{other}"),
    };
    let (lifetime, hash) = ("user.session.lifetime", "user.password.security.hash");
    assert_eq!(
        read(json!({ lifetime: 30, hash: "40" })),
        Preferences { lifetime: Some(Duration::from_secs(30)), hash_length: Some(40) }
    );
    assert_eq!(read(json!({ lifetime: 0, hash: 41 })), Preferences::default());
    assert_eq!(read(json!({ lifetime: null, hash: true })), Preferences::default());
}
