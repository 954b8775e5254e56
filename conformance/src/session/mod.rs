//! A run's conversation with a deployment. Whatever a run sends goes through here: pace, budget, consent, ownership and
//! journal are not left to the care of those who ask.
//!
//! What a law may ask for; every `async` method ends in `Result<_, Stop>`, to be passed on with `?`:
//!
//! | ask | get |
//! |---|---|
//! | `reading()` | uses, namings, views, predictions |
//! | `create(&use, &Wishes)`, `create_below(&use, &[&record], &Wishes)` | an `Owned`; parents are made or found |
//! | `prepare(operation, &[&record], &Wishes)` | valid `Inputs`, names filled in from the records |
//! | `made_up(collection)` | a `MadeUp`: names of nobody |
//! | `ask(operation, &Inputs, Purpose)` | the exchange of a safe operation |
//! | `write(operation, Aim, &Inputs, Purpose)` | the exchange of an unsafe one, aimed at `New`, `Own(&Owned)` or `Nobody(&MadeUp)` |
//! | `read(&find, &record)`, `list(&list, &[&record], &Wishes)` | the exchange |
//! | `update(&update, &Owned, &Wishes)` | what was sent, and the exchange |
//! | `delete(&delete, &Owned)` | the exchange; a success notes that the record is gone |
//! | `takes(&use, &Inputs, &Owned)` | whether the step's `where` takes the record, when that can be told |
//! | `speak_as(1)`, and `speak_as(0)` afterwards | another identity |
//! | `borrow(scheme, secret)`, and `be_usual()` afterwards | a credential that the run was issued |
//! | `can_let_pass(time)`, `let_pass(time)`, `turn_back(time)` | time that passes at the deployment |
//!
//! Slots for `Wishes::with` come from `Reading::source_of(use, field)` and `Naming::slot`.

mod attempt;
mod cleanup;
mod clock;
mod create;
mod fresh;
mod habit;
mod journal;
mod own;
mod pace;
mod permit;
mod prepare;
mod requests;
mod sign_in;
mod state;

pub use cleanup::Leftover;
pub(crate) use fresh::repeats;
pub use journal::{Journal, JournalError, Line};
pub use own::{Made, MadeUp, Nameable, Owned, Seen};
pub use permit::irreversible;
pub use prepare::{Shape, Wishes};
pub use requests::Aim;
pub use state::{Interrupt, Session, Watch};
