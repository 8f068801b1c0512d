//! The frames in use: unpacked on first touch, the least recently used dropped when they grow too large.

use std::sync::{Arc, Mutex, PoisonError};

use super::frame::Model;
use super::naming::Naming;
use super::{Integration, index};

/// The services of many workspaces fit; the largest one takes half a megabyte.
const BUDGET: usize = 12 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Inputs,
    Outputs,
}

type Key = (Integration, Side, usize);

struct Entry {
    key: Key,
    model: Arc<Model>,
    used: u64,
}

#[derive(Default)]
struct Cache {
    entries: Vec<Entry>,
    bytes: usize,
    clock: u64,
}

static CACHE: Mutex<Cache> = Mutex::new(Cache { entries: Vec::new(), bytes: 0, clock: 0 });

/// The inputs of a service.
pub fn inputs(integration: Integration, number: usize) -> Option<Arc<Model>> {
    model((integration, Side::Inputs, number))
}

/// The results of a service.
pub fn outputs(integration: Integration, number: usize) -> Option<Arc<Model>> {
    model((integration, Side::Outputs, number))
}

/// Memory held by the cache, by its own reckoning.
#[cfg(test)]
pub fn bytes() -> usize {
    lock().bytes
}

fn model(key: Key) -> Option<Arc<Model>> {
    if let Some(model) = lock().get(key) {
        return Some(model);
    }
    // Unpacked without the lock: readers of other services do not wait. Two threads may both do it.
    let model = Arc::new(read(key)?);
    lock().insert(key, model.clone());
    Some(model)
}

fn read((integration, side, number): Key) -> Option<Model> {
    let index = index();
    let (inputs, outputs, naming) = match integration {
        Integration::Sdk => {
            let entry = index.services.get(number)?;
            (&entry.inputs, &entry.outputs, Naming::Sdk)
        }
        Integration::Optimized => {
            let entry = index.optimized.get(number)?;
            (&entry.inputs, &entry.outputs, Naming::Optimized)
        }
    };
    let range = if side == Side::Inputs { inputs } else { outputs };
    Model::read(index.frame(range), naming)
}

fn lock() -> std::sync::MutexGuard<'static, Cache> {
    // What a panic elsewhere left behind is still a list of whole frames.
    CACHE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cache {
    fn get(&mut self, key: Key) -> Option<Arc<Model>> {
        self.clock += 1;
        let entry = self.entries.iter_mut().find(|it| it.key == key)?;
        entry.used = self.clock;
        Some(entry.model.clone())
    }

    fn insert(&mut self, key: Key, model: Arc<Model>) {
        if self.entries.iter().any(|it| it.key == key) {
            return;
        }
        self.bytes += model.bytes();
        self.entries.push(Entry { key, model, used: self.clock });
        while self.bytes > BUDGET && self.entries.len() > 1 {
            let oldest = self.entries.iter().enumerate().min_by_key(|(_, it)| it.used);
            let Some((oldest, _)) = oldest else { break };
            let entry = self.entries.swap_remove(oldest);
            self.bytes -= entry.model.bytes();
        }
    }
}
