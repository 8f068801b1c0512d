//! Many documents at a time, with a line on the terminal that says how far we are.

use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::files::Input;

/// How many, when nobody says so.
pub fn threads(asked: Option<u16>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(processors, usize::from)
}

/// Does the same with each input on several threads, and gives the outcomes in the order of the inputs. An input that
/// makes us panic gives what `failed` makes of the sentence that says so.
pub fn in_parallel<T: Send>(
    inputs: &[Input],
    threads: usize,
    work: impl Fn(&Input) -> T + Sync,
    failed: impl Fn(String) -> T + Sync,
) -> impl Iterator<Item = T> {
    let next = AtomicUsize::new(0);
    let mut outcomes: Vec<Option<T>> = inputs.iter().map(|_| None).collect();
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads.clamp(1, inputs.len().max(1)) {
            let (sender, next, work, failed) = (sender.clone(), &next, &work, &failed);
            scope.spawn(move || {
                while let Some((index, input)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|it| Some((it, inputs.get(it)?)))
                {
                    let outcome = catch_unwind(AssertUnwindSafe(|| work(input))).unwrap_or_else(|_| {
                        failed(format!("`{}` made the command fail; please report this", input.name))
                    });
                    if sender.send((index, outcome)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut progress = Progress::new(inputs.len());
        for (done, (index, outcome)) in receiver.into_iter().enumerate() {
            outcomes[index] = Some(outcome);
            progress.show(done + 1);
        }
        progress.clear();
    });
    outcomes.into_iter().flatten()
}

/// A line on the terminal that says how far we are.
struct Progress {
    total: usize,
    shown: Option<Instant>,
}

impl Progress {
    fn new(total: usize) -> Progress {
        Progress { total, shown: (total > 200 && io::stderr().is_terminal()).then(Instant::now) }
    }

    fn show(&mut self, done: usize) {
        if let Some(shown) = self.shown.filter(|shown| shown.elapsed() > Duration::from_millis(100)) {
            let _ = write!(io::stderr(), "\rchecking {done} of {} files", self.total);
            self.shown = Some(shown.max(Instant::now()));
        }
    }

    fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
