//! What comes before an operation is asked: credentials that are refused whatever the path, paths that are nearly known,
//! and steps that run before the request is read.

use crate::decode::Wire;
use crate::inputs::Inputs;
use crate::outcome::Outcome;
use crate::pipeline::{Pipeline, Ready, Refusal, Request, Verdict, add_allow, shown};
use crate::route::Matched;
use crate::state::{State, Transaction};

impl Pipeline {
    /// A credential that is presented for the document's own `security` and not recognised, where that is asked before the
    /// path is looked up (`x-conduct.order`).
    pub(crate) fn refused_first(&self, state: &State, inputs: &Inputs, wire: &Wire<'_>) -> Option<Refusal> {
        let alternatives = self.contract.conduct.refused_first.as_ref()?;
        let outcome = self.engine.refused(state, alternatives, inputs, wire)?;
        let place = self.contract.conduct.pointer.child("order");
        Some(Refusal::new("authenticate", outcome, Some(place)))
    }

    /// How a request ends that no operation has, where the document demands something of it (`x-conduct.unrouted`).
    pub(crate) fn unrouted(&self, state: &State, inputs: &Inputs, wire: &Wire<'_>) -> Option<Verdict> {
        let (index, outcome) = self.engine.unrouted(state, inputs, wire).err()?;
        let answer = self.engine.answer_default(state, inputs, &outcome);
        let place = self.contract.conduct.unrouted[index].pointer.clone();
        Some(Verdict::new(answer, Some(Refusal::new("route", outcome, Some(place)))))
    }

    /// Runs the steps that come before the request is read, and notes what they bind and keep.
    pub(crate) fn open(&self, state: &State, ready: &mut Ready) -> Result<(), Refusal> {
        let plan = self.plans.of(ready.operation);
        if !plan.opens {
            return Ok(());
        }
        let Ready { operation, inputs, callers, produced, kept } = ready;
        let mut transaction = Transaction::begin(state);
        if plan.keeps && callers.touches() {
            self.engine.touch(&mut transaction, inputs, callers);
        }
        let ended = self.engine.open(&mut transaction, *operation, inputs, callers, produced);
        if plan.keeps {
            *kept = Some(transaction.commit());
        }
        ended.map_err(|outcome| self.of_effect(*operation, outcome))
    }

    /// The answer to a path that would be known with or without a slash at its end, where the platform has one.
    pub(crate) fn slash(
        &self,
        state: &State,
        request: &Request<'_>,
        inputs: &Inputs,
        matched: &Matched<'_>,
    ) -> Option<Verdict> {
        let conduct = &self.contract.conduct;
        let (name, key, what) = match matched {
            Matched::MissingSlash => {
                (&conduct.missing_trailing_slash, "missing-trailing-slash", "lacks the slash at its end")
            }
            Matched::ExtraSlash => {
                (&conduct.trailing_slash, "trailing-slash", "has a slash too many at its end")
            }
            Matched::Operation { .. } | Matched::OtherMethod { .. } | Matched::Nothing => return None,
        };
        let outcome = Outcome::new(name.clone()?, format!("`{}` {what}", shown(request.path)));
        let mut answer = self.engine.answer_default(state, inputs, &outcome);
        if answer.status == 405 {
            // RFC 9110, 10.2.1: where nothing is allowed `Allow` is there and empty.
            add_allow(&mut answer, "");
        }
        let refusal = Refusal::new("route", outcome, Some(conduct.pointer.child("paths").child(key)));
        Some(Verdict::new(answer, Some(refusal)))
    }

    /// Whether steps of the operation keep what they write before the request is read: it is served in a writer's turn.
    pub(crate) fn keeps(&self, matched: &Matched<'_>) -> bool {
        matches!(matched, Matched::Operation { index, .. } if self.plans.of(*index).keeps)
    }

    /// Whether steps that come later write, too.
    pub(crate) fn writes_later(&self, operation: usize) -> bool {
        self.plans.of(operation).writes_later
    }
}
