//! What is needed to send a request once more with less in it.

use std::sync::Arc;

use serde_json::Value;

use super::own::{MadeUp, Owned};
use super::requests::Aim;
use super::state::Session;
use crate::{Body, Exchange, Inputs, Purpose, Stop};

/// A request as it was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) operation: usize,
    pub(crate) inputs: Inputs,
    aim: Kept,
}

/// An aim that outlives its record's owner.
#[derive(Clone, Debug)]
enum Kept {
    New,
    Own(Box<Owned>),
    Nobody(Box<MadeUp>),
    Invented,
}

impl Session {
    /// Keeps what is needed to send this request again. What was only looked at is not worth it.
    pub(super) fn remember(&mut self, exchange: &Exchange, operation: usize, aim: Aim<'_>, inputs: &Inputs) {
        if matches!(
            exchange.purpose,
            Purpose::Look | Purpose::Anonymous | Purpose::OtherPath(_) | Purpose::Padded(_)
        ) {
            return;
        }
        let aim = match aim {
            Aim::New => Kept::New,
            Aim::Own(record) => Kept::Own(Box::new(record.clone())),
            Aim::Nobody(made_up) => Kept::Nobody(Box::new(made_up.clone())),
            Aim::Invented => Kept::Invented,
        };
        self.attempts.insert(exchange.number, Attempt { operation, inputs: inputs.clone(), aim });
    }

    /// What an exchange was asked for with, where that was kept.
    pub(crate) fn attempt(&self, number: usize) -> Option<Attempt> {
        self.attempts.get(&number).cloned()
    }

    /// Sends a request again with other inputs. Marks are renewed, so that what must be unique is.
    pub(crate) async fn again(
        &mut self,
        attempt: &Attempt,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<(Inputs, Arc<Exchange>), Stop> {
        let mut inputs = inputs.clone();
        if let (Kept::New, Some(Body::Value(_, body))) = (&attempt.aim, &mut inputs.body) {
            let mark = format!("cx-{}-", self.run_name());
            renew(body, &mark, &mut || self.chance.serial());
        }
        let aim = match &attempt.aim {
            Kept::New => Aim::New,
            Kept::Own(record) => Aim::Own(record),
            Kept::Nobody(made_up) => Aim::Nobody(made_up),
            Kept::Invented => Aim::Invented,
        };
        let exchange = self.write(attempt.operation, aim, &inputs, purpose).await?;
        Ok((inputs, exchange))
    }
}

/// Gives every marked text another number of as many digits as fit.
fn renew(value: &mut Value, mark: &str, serial: &mut dyn FnMut() -> u64) {
    match value {
        Value::String(text) => {
            if let Some(at) = text.find(mark) {
                let from = at + mark.len();
                let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
                text.replace_range(from..from + digits, &format!("{:0digits$}", serial()));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| renew(item, mark, serial)),
        Value::Object(members) => members.values_mut().for_each(|member| renew(member, mark, serial)),
        _ => {}
    }
}
