//! The states that are served: one for everybody, and one for each namespace that a test asked for.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use arc_swap::ArcSwap;
use indexmap::IndexMap;

use crate::pipeline::{Pipeline, Request, Verdict};
use crate::route::Matched;
use crate::state::State;

/// How a request ended, and the operation that it was for.
pub(crate) type Served = (Verdict, Option<usize>);

/// A state that is read without waiting and changed by one writer at a time.
#[derive(Debug)]
pub(crate) struct World {
    state: ArcSwap<State>,
    turn: Mutex<()>,
    /// Counts changes, for whoever saves them.
    changes: AtomicU64,
    /// Wakes whoever saves it.
    pub(crate) changed: tokio::sync::Notify,
}

impl World {
    pub(crate) fn new(state: State) -> Self {
        Self {
            state: ArcSwap::from_pointee(state),
            turn: Mutex::default(),
            changes: AtomicU64::new(0),
            changed: tokio::sync::Notify::new(),
        }
    }

    /// Serves a request.
    pub(crate) fn serve(&self, pipeline: &Pipeline, request: &Request<'_>) -> Served {
        let matched = pipeline.routes.find(request.method, request.path);
        let operation = operation(&matched);
        if pipeline.keeps(&matched) {
            return (self.serve_keeping(pipeline, request, &matched), operation);
        }
        // Whoever reads, or is refused, waits for nobody; and who writes has read the request before it is their turn.
        let seen = self.state.load();
        let mut ready = match pipeline.prepare(&seen, request, &matched) {
            Err(verdict) => return (*verdict, operation),
            Ok(ready) => ready,
        };
        // A credential that remembers its use is a change, too.
        if !pipeline.writes(&matched) && !ready.callers.touches() {
            let applied = pipeline.apply(&seen, &mut ready);
            return (pipeline.finish(request, &ready, applied), operation);
        }
        let turn = self.turn();
        let state = self.state.load();
        if !Arc::ptr_eq(&seen, &state)
            && let Err(verdict) = pipeline.again(&state, request, &matched, &mut ready)
        {
            return (*verdict, operation);
        }
        let applied = pipeline.apply(&state, &mut ready);
        let old = applied.changed.then(|| self.store(applied.state.clone()));
        // What nobody looks at any more is taken apart, and the answer is written, when the next may write already.
        drop(turn);
        drop(old);
        (pipeline.finish(request, &ready, applied), operation)
    }

    /// Serves a request of which something stays, however it ends: it is the writer's turn from the start. Where the rest
    /// only reads, others need not wait for that.
    fn serve_keeping(&self, pipeline: &Pipeline, request: &Request<'_>, matched: &Matched<'_>) -> Verdict {
        let turn = self.turn();
        let state = self.state.load_full();
        let mut ready = match pipeline.prepare(&state, request, matched) {
            Err(mut verdict) => {
                let old = verdict.kept.take().map(|kept| self.store(kept));
                drop(turn);
                drop(old);
                return *verdict;
            }
            Ok(ready) => ready,
        };
        if !pipeline.writes_later(ready.operation) {
            let old = ready.kept.clone().map(|kept| self.store(kept));
            drop(turn);
            drop(old);
            let applied = pipeline.apply(&state, &mut ready);
            return pipeline.finish(request, &ready, applied);
        }
        let applied = pipeline.apply(&state, &mut ready);
        let old = applied.changed.then(|| self.store(applied.state.clone()));
        drop(turn);
        drop(old);
        pipeline.finish(request, &ready, applied)
    }

    /// Serves a request whose head is enough to refuse it, before its body is there.
    pub(crate) fn refuse(&self, pipeline: &Pipeline, request: &Request<'_>) -> Option<Served> {
        let matched = pipeline.routes.find(request.method, request.path);
        let verdict = pipeline.refused_by_head(&self.state.load(), request, &matched)?;
        Some((verdict, operation(&matched)))
    }

    pub(crate) fn state(&self) -> Arc<State> {
        self.state.load_full()
    }

    pub(crate) fn replace(&self, state: State) {
        let _turn = self.turn();
        self.store(state);
    }

    /// How often it has changed.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Gives what was there before.
    fn store(&self, state: State) -> Arc<State> {
        let old = self.state.swap(Arc::new(state));
        self.changes.fetch_add(1, Ordering::Release);
        self.changed.notify_one();
        old
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn operation(matched: &Matched<'_>) -> Option<usize> {
    match matched {
        Matched::Operation { index, .. } => Some(*index),
        Matched::OtherMethod { .. } | Matched::MissingSlash | Matched::ExtraSlash | Matched::Nothing => None,
    }
}

/// The common world and the namespaces.
#[derive(Debug)]
pub(crate) struct Worlds {
    pub(crate) common: Arc<World>,
    named: RwLock<IndexMap<String, Arc<World>>>,
    most: usize,
}

/// Why there is no world of a name.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoWorld {
    #[error("a namespace is named with 1 to 64 letters, digits, `-`, `_` and `.`")]
    Name,
    #[error(
        "there are {0} namespaces already, and no more are kept; remove one with `DELETE /_mock/namespaces/NAME`"
    )]
    TooMany(usize),
}

impl Worlds {
    pub(crate) fn new(common: State, most: usize) -> Self {
        Self { common: Arc::new(World::new(common)), named: RwLock::default(), most }
    }

    /// The world of that name, made from `seed` when it is first asked for.
    pub(crate) fn named(&self, name: &str, seed: impl FnOnce() -> State) -> Result<Arc<World>, NoWorld> {
        if let Some(world) = self.read().get(name) {
            return Ok(Arc::clone(world));
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if name.is_empty() || name.len() > 64 || !name.bytes().all(plain) {
            return Err(NoWorld::Name);
        }
        let mut named = self.named.write().unwrap_or_else(PoisonError::into_inner);
        if named.len() >= self.most && !named.contains_key(name) {
            return Err(NoWorld::TooMany(self.most));
        }
        Ok(Arc::clone(named.entry(name.to_owned()).or_insert_with(|| Arc::new(World::new(seed())))))
    }

    /// Their names in the order in which they were made.
    pub(crate) fn names(&self) -> Vec<String> {
        self.read().keys().cloned().collect()
    }

    /// Forgets one; false when there is none of that name.
    pub(crate) fn remove(&self, name: &str) -> bool {
        self.named.write().unwrap_or_else(PoisonError::into_inner).shift_remove(name).is_some()
    }

    /// Forgets all but the common one.
    pub(crate) fn remove_all(&self) {
        self.named.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, IndexMap<String, Arc<World>>> {
        self.named.read().unwrap_or_else(PoisonError::into_inner)
    }
}
