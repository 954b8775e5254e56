//! Jobs: waiting until one is done.

use std::fmt;
use std::time::Duration;

use tokio::time::Instant;

use super::Client;
use super::errors::GetJobError;
use super::types::Job;
use crate::Error;

/// The pauses between two looks at a job: the first, and the longest. Each is twice as long as the one before.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// Why a job gave nothing.
#[derive(Debug)]
#[non_exhaustive]
pub enum JobError {
    /// Asking how it is getting on failed.
    Call(Error<GetJobError>),
    /// It failed; [`Job::human_readable_error`] says why.
    Failed(Box<Job>),
    /// Somebody cancelled it.
    Cancelled(Box<Job>),
    /// It was not done in time. It goes on all the same.
    Deadline(Box<Job>),
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Failed(job) => {
                write!(f, "the job {} (`{}`) failed: {}", job.id, job.type_, job.human_readable_error)
            }
            Self::Cancelled(job) => write!(f, "the job {} (`{}`) was cancelled", job.id, job.type_),
            Self::Deadline(job) => write!(
                f,
                "the job {} (`{}`) was not done in time: it is `{}` at {} %",
                job.id, job.type_, job.state, job.progress_percentage
            ),
        }
    }
}

impl std::error::Error for JobError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Error<GetJobError>> for JobError {
    fn from(error: Error<GetJobError>) -> Self {
        Self::Call(error)
    }
}

impl Client {
    /// Waits until a job is done, no longer than `deadline`, looking at it in growing intervals and once more at the end.
    ///
    /// # Errors
    /// When the job fails, is cancelled or is not done in time, or when it cannot be asked for.
    pub async fn wait_for_job(&self, id: i64, deadline: Duration) -> Result<Job, JobError> {
        let begun = Instant::now();
        let mut pause = PAUSES.0;
        loop {
            let job = self.get_job(id).await?.into_inner();
            // `cancelled` and `failed` are final; every other word is something on the way (facts: baserow 3.10).
            match job.state.as_str() {
                "finished" => return Ok(job),
                "failed" => return Err(JobError::Failed(Box::new(job))),
                "cancelled" => return Err(JobError::Cancelled(Box::new(job))),
                _ => {}
            }
            let left = deadline.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return Err(JobError::Deadline(Box::new(job)));
            }
            // Up to a quarter less, so that many who wait do not ask at the same time.
            tokio::time::sleep(pause.mul_f64(1.0 - fastrand::f64() / 4.0).min(left)).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    }
}
