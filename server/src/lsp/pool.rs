//! The threads that compute.
//!
//! tokio's blocking pool also reads stdin and writes stdout, so computing must never fill it. And an allocator keeps a
//! heap for each thread: what is computed by few threads needs a fraction of the memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

/// More would help nobody: one document is checked, another is asked about.
const THREADS: usize = 2;

type Job = Box<dyn FnOnce() + Send>;

#[derive(Clone)]
pub(crate) struct Pool {
    jobs: Sender<Job>,
}

/// A job ended in a panic; the message is in the log.
#[derive(Debug)]
pub(crate) struct Panicked;

impl Pool {
    pub fn new() -> Pool {
        let (jobs, waiting) = channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..THREADS {
            let waiting = waiting.clone();
            let thread = std::thread::Builder::new().name(format!("compute {number}"));
            if let Err(error) = thread.spawn(move || work(&waiting)) {
                tracing::error!(%error, "cannot start a thread");
            }
        }
        Pool { jobs }
    }

    /// Runs a function on one of the threads. A job that nobody waits for any more is still run: whoever wants it to
    /// stop tells it so.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Panicked> {
        let (done, result) = oneshot::channel();
        let job = move || {
            if let Ok(result) = catch_unwind(AssertUnwindSafe(job)) {
                // The one who asked may have gone.
                let _ = done.send(result);
            }
        };
        self.jobs.send(Box::new(job)).map_err(|_| Panicked)?;
        result.await.map_err(|_| Panicked)
    }
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_and_the_pool_goes_on() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let pool = Pool::new();
        for _ in 0..2 * THREADS {
            assert!(runtime.block_on(pool.run(|| -> () { panic!("of a test") })).is_err());
        }
        assert_eq!(runtime.block_on(pool.run(|| 7)).unwrap(), 7);
    }
}
