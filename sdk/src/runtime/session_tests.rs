//! Sessions: one renewal for any number of calls, none too many, and none that a caller can lose.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::FutureExt as _;
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::json;
use tokio::sync::Semaphore;
use wiremock::matchers::{any, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::error::Failure;
use super::session::{Session, SignIn, Signing, Tokens};
use super::signin::SignInError;
use super::transport::Transport;
use super::{Builder, Platform};
use crate::generated::fixture::Client;
use crate::generated::fixture::types::WheelInput;

/// A platform that counts, waits when told to, and refuses when told to.
#[derive(Clone)]
struct Desk {
    sign_ins: Arc<AtomicUsize>,
    refreshes: Arc<AtomicUsize>,
    /// What lets an answer through.
    gate: Arc<Semaphore>,
    password: Option<Result<u64, u16>>,
    refresh: Option<Result<u64, u16>>,
}

impl Desk {
    /// With a password, a refresh token, or both: how many seconds what they give lives, or how they are refused.
    fn new(password: Option<Result<u64, u16>>, refresh: Option<Result<u64, u16>>) -> Self {
        let gate = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
        Self { sign_ins: Arc::default(), refreshes: Arc::default(), gate, password, refresh }
    }

    fn counts(&self) -> (usize, usize) {
        (self.sign_ins.load(Ordering::Relaxed), self.refreshes.load(Ordering::Relaxed))
    }

    fn answer(&self, kind: &'static str, counter: &Arc<AtomicUsize>, result: Result<u64, u16>) -> Signing {
        let (gate, counter) = (Arc::clone(&self.gate), Arc::clone(counter));
        async move {
            let number = counter.fetch_add(1, Ordering::Relaxed) + 1;
            gate.acquire().await.unwrap().forget();
            match result {
                Ok(life) => Ok(Tokens {
                    access: Some(token(&format!("{kind}{number}"), life).into()),
                    refresh: Some("r".into()),
                }),
                Err(status) => Err(refusal(status)),
            }
        }
        .boxed()
    }

    fn session(&self, held: Tokens) -> Arc<Session> {
        Arc::new(Session::new(transport(), Box::new(self.clone()), held))
    }
}

impl SignIn for Desk {
    fn sign_in(&self, _: &Arc<Transport>) -> Option<Signing> {
        Some(self.answer("signed", &self.sign_ins, self.password?))
    }

    fn refresh(&self, _: &Arc<Transport>, held: &Tokens) -> Option<Signing> {
        held.refresh.as_ref()?;
        Some(self.answer("renewed", &self.refreshes, self.refresh?))
    }
}

fn refusal(status: u16) -> SignInError {
    SignInError::with_status(StatusCode::from_u16(status).unwrap(), "ERROR_X")
}

/// A JWT that lives that many seconds; 0 = one that does not say.
fn token(name: &str, life: u64) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let claims = if life == 0 { json!({}) } else { json!({ "iat": now, "exp": now + life }) };
    format!("{name}.{}.s", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

fn transport() -> Arc<Transport> {
    struct Bare(Arc<Transport>);
    impl Platform for Bare {
        const NAME: &'static str = "bare";
        const SCHEMES: &'static [super::Scheme] = &[];
        fn over(transport: Arc<Transport>) -> Self {
            Self(transport)
        }
    }
    Builder::<Bare>::new("http://localhost").build().unwrap().0
}

fn held(access: Option<&str>, refresh: Option<&str>) -> Tokens {
    Tokens { access: access.map(Into::into), refresh: refresh.map(Into::into) }
}

fn name(grant: &super::session::Grant) -> String {
    grant.access().split('.').next().unwrap_or_default().to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_credential_is_renewed_shortly_before_it_expires() {
    let desk = Desk::new(Some(Ok(600)), Some(Ok(600)));
    let session = desk.session(Tokens::default());
    assert_eq!(name(&session.grant().await.unwrap()), "signed1");
    tokio::time::advance(Duration::from_secs(569)).await;
    assert_eq!(name(&session.grant().await.unwrap()), "signed1");
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(name(&session.grant().await.unwrap()), "renewed1");
    // Asleep for days.
    tokio::time::advance(Duration::from_secs(200_000)).await;
    assert_eq!(name(&session.grant().await.unwrap()), "renewed2");
    assert_eq!(desk.counts(), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_short_life_leaves_time_to_use_it() {
    let desk = Desk::new(Some(Ok(8)), None);
    let session = desk.session(Tokens::default());
    session.grant().await.unwrap();
    tokio::time::advance(Duration::from_millis(5900)).await;
    session.grant().await.unwrap();
    assert_eq!(desk.counts(), (1, 0));
    tokio::time::advance(Duration::from_millis(200)).await;
    session.grant().await.unwrap();
    assert_eq!(desk.counts(), (2, 0));
}

#[tokio::test]
async fn any_number_of_calls_wait_for_one_sign_in() {
    let desk = Desk { gate: Arc::new(Semaphore::new(0)), ..Desk::new(Some(Ok(600)), None) };
    let session = desk.session(Tokens::default());
    let mut waiting: Vec<_> = (0..1000).map(|_| Box::pin(session.grant())).collect();
    for one in &mut waiting {
        assert!(one.now_or_never().is_none());
    }
    desk.gate.add_permits(1);
    let grants = join_all(waiting).await;
    assert!(grants.into_iter().all(|grant| name(&grant.unwrap()) == "signed1"));
    assert_eq!(desk.counts(), (1, 0));
}

#[tokio::test]
async fn a_caller_that_stops_waiting_stops_nobody_else() {
    let desk = Desk { gate: Arc::new(Semaphore::new(0)), ..Desk::new(Some(Ok(600)), None) };
    let session = desk.session(Tokens::default());
    let mut first = Box::pin(session.grant());
    let mut second = Box::pin(session.grant());
    assert!((&mut first).now_or_never().is_none());
    assert!((&mut second).now_or_never().is_none());
    drop(first);
    desk.gate.add_permits(1);
    assert_eq!(name(&second.await.unwrap()), "signed1");

    // Even when nobody waits any more, what was begun is finished: the next call finds it.
    let desk = Desk { gate: Arc::new(Semaphore::new(0)), ..Desk::new(Some(Ok(600)), None) };
    let session = desk.session(Tokens::default());
    let mut only = Box::pin(session.grant());
    assert!((&mut only).now_or_never().is_none());
    drop(only);
    desk.gate.add_permits(1);
    assert_eq!(name(&session.grant().await.unwrap()), "signed1");
    assert_eq!(desk.counts(), (1, 0));
}

#[test]
fn a_renewal_whose_runtime_is_gone_is_begun_anew() {
    let desk = Desk { gate: Arc::new(Semaphore::new(0)), ..Desk::new(Some(Ok(600)), None) };
    let session = desk.session(Tokens::default());
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let first = runtime();
    first.block_on(async {
        let mut waiting = Box::pin(session.grant());
        assert!((&mut waiting).now_or_never().is_none());
        tokio::task::yield_now().await;
    });
    drop(first);
    desk.gate.add_permits(5);
    let second = runtime();
    second.block_on(async {
        // The one that was lost says so; it is not waited for ever, and not forgotten either.
        assert!(session.grant().await.is_err_and(|error| !error.is_refused()));
        assert_eq!(name(&session.grant().await.unwrap()), "signed2");
    });
}

#[tokio::test]
async fn a_refused_password_is_not_tried_again() {
    let desk = Desk::new(Some(Err(401)), None);
    let session = desk.session(Tokens::default());
    for _ in 0..3 {
        let error = session.grant().await.err().unwrap();
        assert!(error.is_refused());
        assert_eq!(error.code(), Some("ERROR_X"));
    }
    assert_eq!(desk.counts(), (1, 0));
}

#[tokio::test]
async fn a_failure_that_may_pass_is_tried_again() {
    for status in [429, 500, 503] {
        let desk = Desk::new(Some(Err(status)), None);
        let session = desk.session(Tokens::default());
        assert!(session.grant().await.is_err_and(|error| !error.is_refused()));
        assert!(session.grant().await.is_err());
        assert_eq!(desk.counts(), (2, 0), "{status}");
    }
}

#[tokio::test]
async fn a_refused_refresh_token_falls_back_to_the_password() {
    let desk = Desk::new(Some(Ok(600)), Some(Err(401)));
    let session = desk.session(held(None, Some("old")));
    assert_eq!(name(&session.grant().await.unwrap()), "signed1");
    assert_eq!(desk.counts(), (1, 1));

    // Without a password that was the last word.
    let desk = Desk::new(None, Some(Err(401)));
    let session = desk.session(held(None, Some("old")));
    for _ in 0..3 {
        assert!(session.grant().await.is_err_and(|error| error.is_refused()));
    }
    assert_eq!(desk.counts(), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn what_still_works_is_used_while_renewing_fails() {
    for refused in [503, 401] {
        let desk = Desk::new(None, Some(Err(refused)));
        let token = token("given", 20);
        let session = desk.session(held(Some(&token), Some("old")));
        tokio::time::advance(Duration::from_secs(16)).await;
        for _ in 0..5 {
            assert_eq!(name(&session.grant().await.unwrap()), "given", "{refused}");
        }
        // Once, not for each call.
        assert_eq!(desk.counts(), (0, 1), "{refused}");
        tokio::time::advance(Duration::from_secs(10)).await;
        assert!(session.grant().await.is_err());
    }
}

#[tokio::test]
async fn what_cannot_be_renewed_is_presented_as_it_is() {
    let desk = Desk::new(None, None);
    for given in [token("given", 0), "given".to_owned(), "given.e30.x".to_owned()] {
        let session = desk.session(held(Some(&given), None));
        let grant = session.grant().await.unwrap();
        assert_eq!(name(&grant), "given");
        assert!(session.renew(&grant).await.unwrap().is_none());
    }
    assert!(desk.session(Tokens::default()).grant().await.is_err());
}

/// A server that knows one token, and a client whose session begins with another.
async fn strict(desk: &Desk, known: &str) -> (MockServer, Client) {
    let server = MockServer::start().await;
    let parts = ResponseTemplate::new(200).set_body_json(json!([]));
    Mock::given(query_param("api_key", known)).respond_with(parts).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(401)).mount(&server).await;
    let client =
        Client::builder(server.uri()).session("key", desk.clone(), held(Some("stale"), Some("r")), []);
    (server, client.build().unwrap())
}

#[tokio::test]
async fn a_refused_credential_is_renewed_once_for_all_calls() {
    let desk = Desk::new(None, Some(Ok(0)));
    let (server, client) = strict(&desk, &token("renewed1", 0)).await;
    // What could take effect twice, too: a refused request had none.
    let calls = (0..20).map(|_| client.add_part(WheelInput::new("w", 1)).into_future());
    let results = join_all(calls).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(desk.counts(), (0, 1));
    assert!(server.received_requests().await.unwrap().len() <= 40);
}

#[tokio::test]
async fn a_server_that_refuses_everything_is_asked_twice() {
    let desk = Desk::new(Some(Ok(0)), Some(Ok(0)));
    let (server, client) = strict(&desk, "no such token").await;
    let error = client.add_part(WheelInput::new("w", 1)).await.unwrap_err();
    assert!(error.is_denied() && matches!(error.failure(), Failure::Undeclared), "{error:?}");
    assert_eq!(error.attempts(), 2);
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
    assert_eq!(desk.counts(), (0, 1));
}

#[tokio::test]
async fn a_call_says_why_it_has_no_credential() {
    let desk = Desk::new(Some(Err(401)), Some(Err(401)));
    let (server, client) = strict(&desk, "no such token").await;
    let error = client.add_part(WheelInput::new("w", 1)).await.unwrap_err();
    assert!(error.is_denied() && error.sign_in().is_some_and(SignInError::is_refused), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::UNAUTHORIZED));
    assert!(error.to_string().starts_with("`addPart` has no credential: signing in failed"), "{error}");
    // The next one does not even ask.
    client.add_part(WheelInput::new("w", 1)).await.unwrap_err();
    assert_eq!(desk.counts(), (1, 1));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}
