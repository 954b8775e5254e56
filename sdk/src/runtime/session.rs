//! Sessions: a credential that is signed in for, renewed before it expires and when it is refused, once for all calls.

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared};
use tokio::time::Instant;
use tracing::{Instrument as _, debug, info_span};

use super::jwt;
use super::meta::Operation;
use super::response::Received;
use super::secret::Secret;
use super::signin::SignInError;
use super::transport::Transport;

/// How a platform signs in. What it sends goes over a transport without credentials.
pub(crate) trait SignIn: Any + Send + Sync {
    /// Signs in from the beginning, where it has what that takes.
    fn sign_in(&self, transport: &Arc<Transport>) -> Option<Signing>;

    /// Exchanges what is held for something newer, where the platform has such a thing.
    fn refresh(&self, transport: &Arc<Transport>, held: &Tokens) -> Option<Signing>;

    /// Whether an answer says that the credential is no longer good, rather than that it is not enough.
    fn is_stale(&self, answer: &Received) -> bool {
        answer.status == reqwest::StatusCode::UNAUTHORIZED
    }

    /// The same of an answer to an operation; a platform may answer those who are not signed in otherwise than with 401,
    /// where anybody may ask.
    fn is_stale_for(&self, operation: &'static Operation, answer: &Received) -> bool {
        let _ = operation;
        self.is_stale(answer)
    }

    /// What the cookie is called, where that has turned out to be another name than the document's.
    fn cookie_name(&self) -> Option<String> {
        None
    }

    /// Whether calls go without a credential while there is nothing to sign in with.
    fn is_optional(&self) -> bool {
        false
    }

    /// The credential that an answer brings along, to be presented from then on.
    fn brought(&self, answer: &Received) -> Option<Secret> {
        let _ = answer;
        None
    }
}

/// A sign-in, or a refresh, on its way.
pub(crate) type Signing = BoxFuture<'static, Result<Tokens, SignInError>>;

/// What a sign-in gives. An empty text is no credential: calls go without one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    /// What calls present; without it a session begins with a refresh.
    pub(crate) access: Option<Secret>,
    /// What is exchanged for a new one.
    pub(crate) refresh: Option<Secret>,
}

/// A credential that renews itself.
pub(crate) struct Session {
    transport: Arc<Transport>,
    signer: Box<dyn SignIn>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    grant: Option<Arc<Grant>>,
    /// What can be exchanged; kept when a renewal gives nothing newer.
    held: Tokens,
    /// Whether the platform has refused to exchange what is held.
    spent: bool,
    /// The last word: what there is to sign in with was refused.
    refused: Option<SignInError>,
    /// After a failure that may pass, a credential that still works is not renewed again before this.
    patience: Option<Instant>,
    flight: Option<Flight>,
    /// Counts beginnings: what comes of a flight of an earlier one does not count.
    epoch: u64,
}

/// What calls present, and until when.
pub(crate) struct Grant {
    access: Secret,
    /// When to renew it, and when it is over; `None` when it does not say.
    until: Option<(Instant, Instant)>,
}

/// A renewal that any number of calls wait for.
type Flight = Shared<BoxFuture<'static, Result<Arc<Grant>, SignInError>>>;

/// A credential is renewed this long before it expires, or after three quarters of its life if that is later.
const MARGIN: Duration = Duration::from_secs(30);

/// How long to leave a renewal alone that failed for a reason that may pass, while the old credential still works.
const PATIENCE: Duration = Duration::from_secs(5);

impl Grant {
    fn new(access: Secret, just_issued: bool) -> Self {
        let until = jwt::lifetime(access.expose(), just_issued, SystemTime::now()).and_then(|left| {
            let now = Instant::now();
            let margin = MARGIN.min(left / 4);
            Some((now.checked_add(left - margin)?, now.checked_add(left)?))
        });
        Self { access, until }
    }

    pub(crate) fn access(&self) -> &str {
        self.access.expose()
    }

    fn is_over(&self, now: Instant) -> bool {
        self.until.is_some_and(|(_, end)| now >= end)
    }

    fn is_due(&self, now: Instant) -> bool {
        self.until.is_some_and(|(renew, _)| now >= renew)
    }
}

impl Session {
    /// A session that starts with what is held already, perhaps nothing.
    pub(crate) fn new(transport: Arc<Transport>, signer: Box<dyn SignIn>, held: Tokens) -> Self {
        let grant = held.access.clone().map(|access| Arc::new(Grant::new(access, false)));
        Self { transport, signer, state: Mutex::new(State { grant, held, ..State::default() }) }
    }

    pub(crate) fn is_stale(&self, operation: &'static Operation, answer: &Received) -> bool {
        self.signer.is_stale_for(operation, answer)
    }

    /// What the cookie is called, where that is not what the document says.
    pub(crate) fn cookie_name(&self) -> Option<String> {
        self.signer.cookie_name().or_else(|| self.transport.cookie_name.clone())
    }

    /// What sign-ins go over.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn transport(&self) -> &Arc<Transport> {
        &self.transport
    }

    /// The credential to present now; waits for it where there is none, or none that will last.
    ///
    /// # Errors
    /// When there is none to be had.
    pub(crate) async fn grant(self: &Arc<Self>) -> Result<Arc<Grant>, SignInError> {
        let (flight, working) = {
            let mut state = self.state();
            let now = Instant::now();
            let working = state.grant.clone().filter(|grant| !grant.is_over(now));
            if let Some(grant) = &working {
                let patient = state.patience.is_some_and(|until| now < until);
                if !grant.is_due(now) || patient || state.refused.is_some() || !self.can_renew(&state) {
                    return Ok(Arc::clone(grant));
                }
            } else if !self.can_renew(&state) && state.refused.is_none() {
                // What is over and cannot be renewed is presented all the same: the server has the last word.
                if state.grant.is_none() && self.signer.is_optional() {
                    state.grant = Some(Arc::new(Grant::new(Secret::from(""), false)));
                }
                return state.grant.clone().ok_or_else(SignInError::nothing);
            }
            (self.flight(&mut state)?, working)
        };
        match (flight.await, working) {
            // It is early: what there is still works.
            (Err(_), Some(grant)) => Ok(grant),
            (result, _) => result,
        }
    }

    /// Another credential after this one was refused; `None` when there is nothing to renew it with.
    ///
    /// # Errors
    /// When the renewal fails.
    pub(crate) async fn renew(
        self: &Arc<Self>,
        used: &Arc<Grant>,
    ) -> Result<Option<Arc<Grant>>, SignInError> {
        let flight = {
            let mut state = self.state();
            if let Some(newer) = state.grant.as_ref().filter(|grant| !Arc::ptr_eq(grant, used)) {
                return Ok(Some(Arc::clone(newer)));
            }
            if !self.can_renew(&state) && state.refused.is_none() {
                return Ok(None);
            }
            self.flight(&mut state)?
        };
        let result = flight.await;
        if result.as_ref().is_err_and(SignInError::is_refused) {
            // Neither this one nor another: the next call need not ask.
            self.state().grant.take_if(|grant| Arc::ptr_eq(grant, used));
        }
        result.map(Some)
    }

    /// Takes over the credential that an answer brings along, unless another one has been got meanwhile.
    pub(crate) fn observe(&self, used: &Arc<Grant>, answer: &Received) {
        let Some(next) = self.signer.brought(answer) else { return };
        if next == used.access {
            return;
        }
        self.transport.redactor.add([next.expose().to_owned()]);
        let mut state = self.state();
        if state.grant.as_ref().is_some_and(|grant| Arc::ptr_eq(grant, used)) {
            state.grant = Some(Arc::new(Grant::new(next, false)));
        }
    }

    /// Begins anew, with nothing refused: what there is to sign in with is another.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn restart(&self) {
        let mut state = self.state();
        let epoch = state.epoch + 1;
        *state = State { epoch, ..State::default() };
    }

    /// Forgets the credential: the next call signs in for another.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn forget(&self) {
        let mut state = self.state();
        (state.grant, state.held) = (None, Tokens::default());
    }

    /// Whether there is a credential that calls present.
    #[allow(dead_code, reason = "only platforms that are signed out of need it")]
    pub(crate) fn is_held(&self) -> bool {
        self.state().grant.is_some()
    }

    /// How it signs in, where that is what is asked for.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn signer<T: SignIn>(&self) -> Option<&T> {
        (&*self.signer as &dyn Any).downcast_ref()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asking costs nothing: a signing that is not awaited sends nothing.
    fn can_renew(&self, state: &State) -> bool {
        state.flight.is_some()
            || self.signer.sign_in(&self.transport).is_some()
            || (!state.spent && self.signer.refresh(&self.transport, &state.held).is_some())
    }

    /// The renewal that is on its way, or a new one.
    fn flight(self: &Arc<Self>, state: &mut State) -> Result<Flight, SignInError> {
        if let Some(flight) = &state.flight {
            // One whose runtime is gone will never land.
            if flight.peek().is_none() {
                return Ok(flight.clone());
            }
        }
        if let Some(refused) = &state.refused {
            return Err(refused.clone());
        }
        // A task of its own: a caller that stops waiting does not stop it for the others, and a token that can be used
        // only once is not lost half way.
        let held = (!state.spent).then(|| state.held.clone());
        let task = tokio::spawn(Arc::clone(self).obtain(held, state.epoch).instrument(info_span!("sign_in")));
        let flight = async { task.await.unwrap_or_else(|_| Err(SignInError::broken_off())) };
        let flight = flight.boxed().shared();
        state.flight = Some(flight.clone());
        Ok(flight)
    }

    async fn obtain(self: Arc<Self>, held: Option<Tokens>, epoch: u64) -> Result<Arc<Grant>, SignInError> {
        let refresh = held.as_ref().and_then(|held| self.signer.refresh(&self.transport, held));
        let mut result = match refresh {
            Some(refresh) => Some(refresh.await),
            None => None,
        };
        let spent = matches!(&result, Some(Err(error)) if error.is_refused());
        if spent || result.is_none() {
            debug!(refresh_refused = spent, "signing in");
            result = match self.signer.sign_in(&self.transport) {
                Some(signing) => Some(signing.await),
                None => result,
            };
        }
        self.settle(result.unwrap_or_else(|| Err(SignInError::nothing())), spent, epoch)
    }

    /// Takes over what came of a renewal; the flight has landed.
    fn settle(
        &self,
        result: Result<Tokens, SignInError>,
        spent: bool,
        epoch: u64,
    ) -> Result<Arc<Grant>, SignInError> {
        let mut state = self.state();
        // Those who wait for it get what it brings, and nobody else.
        let mut outdated = State::default();
        let state = if state.epoch == epoch { &mut *state } else { &mut outdated };
        state.flight = None;
        match result
            .and_then(|tokens| Ok((tokens.access.clone().ok_or_else(SignInError::without_token)?, tokens)))
        {
            Ok((access, tokens)) => {
                let recent = [Some(&access), tokens.refresh.as_ref()];
                self.transport.redactor.add(recent.into_iter().flatten().map(|one| one.expose().to_owned()));
                let grant = Arc::new(Grant::new(access, true));
                let refresh = tokens.refresh.or(if spent { None } else { state.held.refresh.take() });
                state.held = Tokens { access: tokens.access, refresh };
                (state.spent, state.patience) = (false, None);
                state.grant = Some(Arc::clone(&grant));
                Ok(grant)
            }
            Err(error) => {
                state.spent |= spent;
                state.patience = Instant::now().checked_add(PATIENCE);
                if error.is_refused() {
                    state.refused = Some(error.clone());
                }
                Err(error)
            }
        }
    }
}
