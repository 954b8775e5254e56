//! What a session knows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::journal::Journal;
use super::own::{Made, Seen};
use super::pace::Pace;
use crate::generate::Chance;
use crate::oracle::Oracle;
use crate::reading::Reading;
use crate::wire::Wire;
use crate::{Exchange, Identity, Masks, Secret, Target};

/// A conversation with one deployment.
#[derive(Debug)]
pub struct Session {
    pub(super) reading: Arc<Reading>,
    pub(super) target: Target,
    pub(super) masks: Masks,
    pub(super) wire: Wire,
    pub(super) pace: Pace,
    pub(super) journal: Journal,
    pub(super) interrupt: Interrupt,
    pub(super) chance: Chance,
    pub(super) exchanges: Vec<Arc<Exchange>>,
    pub(super) made: Vec<Made>,
    /// Values that were made up, so that a request that names one is known to touch nothing.
    pub(super) nobody: Vec<Value>,
    pub(super) seen: HashMap<String, Vec<Seen>>,
    pub(super) spares: HashMap<String, super::own::Owned>,
    /// How an operation took to creating, where it refused the first way.
    pub(super) habits: HashMap<usize, super::habit::Habit>,
    /// Operations that nothing brought to create anything.
    pub(super) in_vain: HashSet<usize>,
    /// The fields that must be unique of which no free value was found: collection and field.
    pub(super) exhausted: HashSet<(String, String)>,
    pub(super) attempts: HashMap<usize, super::attempt::Attempt>,
    pub(super) identity: usize,
    /// Spoken with instead of any identity.
    pub(super) borrowed: Option<Identity>,
    pub(super) cleaning: bool,
    pub(super) watch: Option<Watch>,
    pub(super) due: Vec<super::sign_in::Due>,
    pub(super) oracle: Option<Box<Oracle>>,
}

/// Told of every exchange, for a progress bar.
#[derive(Clone)]
pub struct Watch(pub Arc<dyn Fn(&Exchange) + Send + Sync>);

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

/// Whether somebody asked for the run to end. Cloned into whatever listens for Ctrl-C.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicUsize>);

impl Interrupt {
    /// Somebody asks. Returns how often that has happened now.
    pub fn ask(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Whether somebody asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }
}

impl Session {
    /// Opens a conversation. Nothing is sent yet.
    ///
    /// # Errors
    /// A sentence, when the client library cannot be set up.
    pub fn open(
        reading: Arc<Reading>,
        target: Target,
        journal: Journal,
        interrupt: Interrupt,
        chance: Chance,
    ) -> Result<Self, String> {
        let secrets = target.identities.iter().enumerate().flat_map(|(index, identity)| {
            identity.credentials.iter().map(move |(scheme, secret)| match index {
                0 => (scheme.clone(), secret),
                _ => (format!("{scheme}_{}", index + 1), secret),
            })
        });
        let mut masks = Masks::default();
        for (name, secret) in secrets {
            masks.add(&crate::secret::variable(&name), secret.expose());
        }
        let wire = Wire::new(&target)?;
        let pace = Pace::new(&target.limits);
        Ok(Self {
            reading,
            target,
            masks,
            wire,
            pace,
            journal,
            interrupt,
            chance,
            exchanges: Vec::new(),
            made: Vec::new(),
            nobody: Vec::new(),
            seen: HashMap::new(),
            spares: HashMap::new(),
            habits: HashMap::new(),
            in_vain: HashSet::new(),
            exhausted: HashSet::new(),
            attempts: HashMap::new(),
            identity: 0,
            borrowed: None,
            cleaning: false,
            watch: None,
            due: Vec::new(),
            oracle: None,
        })
    }

    /// What the operations mean.
    #[must_use]
    pub fn reading(&self) -> Arc<Reading> {
        Arc::clone(&self.reading)
    }

    /// The deployment.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// What keeps secrets out of sight.
    #[must_use]
    pub fn masks(&self) -> &Masks {
        &self.masks
    }

    /// Keeps a secret out of sight that became known on the way; `name` is what it is a secret of.
    pub(crate) fn hide(&mut self, name: &str, secret: &str) {
        self.masks.add(&crate::secret::variable(name), secret);
    }

    /// The run's name, which its marks carry.
    #[must_use]
    pub fn run_name(&self) -> &str {
        self.chance.run()
    }

    /// Whether something was not done because a budget of the run was spent.
    #[must_use]
    pub fn is_out_of_budget(&self) -> bool {
        self.pace.spent
    }

    /// Whether somebody asked for the run to end.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.interrupt.is_asked()
    }

    /// Where chance comes from.
    pub fn chance(&mut self) -> &mut Chance {
        &mut self.chance
    }

    /// Tells `watch` of every exchange from now on.
    pub fn watch(&mut self, watch: Watch) {
        self.watch = Some(watch);
    }

    /// Asks the oracle whatever is asked from now on.
    ///
    /// # Errors
    /// Why the references cannot stand for the deployment's callers, in a sentence.
    pub fn consult_oracle(&mut self, mut oracle: Oracle) -> Result<(), String> {
        oracle.introduce(&self.target.identities)?;
        self.oracle = Some(Box::new(oracle));
        Ok(())
    }

    /// The oracle that is asked.
    pub(crate) fn oracle(&mut self) -> Option<&mut Oracle> {
        self.oracle.as_deref_mut()
    }

    /// Everything that went over the wire so far; exchange `n` stands at `n - 1`.
    #[must_use]
    pub fn exchanges(&self) -> &[Arc<Exchange>] {
        &self.exchanges
    }

    /// What the run created.
    #[must_use]
    pub fn made(&self) -> &[Made] {
        &self.made
    }

    /// The records of a collection that were there before, as far as listings showed them.
    #[must_use]
    pub fn seen(&self, collection: &str) -> &[Seen] {
        self.seen.get(collection).map_or(&[], Vec::as_slice)
    }

    /// Speaks as the usual identity from now on.
    pub fn be_usual(&mut self) {
        self.identity = 0;
        self.borrowed = None;
    }

    /// Speaks with a credential that the run was issued from now on, and with nothing else, until [`be_usual`](Self::be_usual).
    pub(crate) fn borrow(&mut self, scheme: &str, secret: Secret) {
        self.masks.add(&crate::secret::variable(&format!("{scheme}_issued")), secret.expose());
        self.borrowed =
            Some(Identity { credentials: vec![(scheme.to_owned(), secret)], ..Identity::default() });
    }

    /// Speaks as another identity of the target from now on; 0 is the usual one.
    ///
    /// # Errors
    /// [`crate::Stop::Blocked`] when the target has no such identity.
    pub fn speak_as(&mut self, identity: usize) -> Result<(), crate::Stop> {
        if identity >= self.target.identities.len().max(1) {
            return Err(crate::Stop::Blocked(
                "a second identity is needed (`--second-credential`, `--second-sign-in`)".to_owned(),
            ));
        }
        self.identity = identity;
        Ok(())
    }
}
