//! The integration catalogue: a first lookup, later ones, a search over all actions.
//!
//! `cargo bench --bench catalogue`. The first lookup of a service is measured by dropping it from the
//! cache in between: enough other services are touched. That drops only those whose names come early, so
//! the first lines of the output tell of some others, once each.

use std::hint::black_box;
use std::time::{Duration, Instant};

use asl_lsp::catalog::integrations::resource::parse;
use asl_lsp::catalog::integrations::{
    Integration, Pattern, Place, action, problems, search, service, services,
};
use divan::Bencher;

fn main() {
    eprintln!("first index: {:?}", time(|| service(Integration::Sdk, "ec2")));
    for name in ["ec2", "quicksight", "sagemaker", "glue", "sqs"] {
        eprintln!("first lookup of {name}: {:?}", time(|| service_inputs(name)));
    }
    eprintln!("first search: {:?}", time(|| search("startJob", 20)));
    eprintln!("memory of the twenty largest services: {} KB", memory_of_twenty_services());
    divan::main();
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn service_inputs(token: &str) -> usize {
    let first = service(Integration::Sdk, token).and_then(|it| it.actions().into_iter().next());
    first.map_or(0, |it| it.parameters().len())
}

/// Touches all services, so that what is measured next is no longer in the cache.
fn fill_cache() {
    for service in services() {
        for action in service.actions().iter().take(1) {
            black_box(action.result(Pattern::RequestResponse));
        }
    }
}

#[divan::bench(sample_count = 20, sample_size = 1, args = ["ec2"])]
fn first_lookup(bencher: Bencher, token: &str) {
    bencher.with_inputs(fill_cache).bench_values(|()| service_inputs(token));
}

#[divan::bench]
fn later_lookup() -> usize {
    let action = action(Integration::Sdk, black_box("ec2"), black_box("describeInstances"));
    action.and_then(|it| it.parameter("InstanceIds").map(|it| it.name.len())).unwrap_or_default()
}

#[divan::bench]
fn later_result() -> usize {
    let result = action(Integration::Sdk, "ec2", "describeInstances")
        .and_then(|it| it.result(Pattern::RequestResponse));
    result.and_then(|it| it.shape().map(|it| it.members().len())).unwrap_or_default()
}

#[divan::bench(args = ["startJob", "s3 list", "e", "describe instances", "gtitm"])]
fn search_all_actions(query: &str) -> usize {
    search(black_box(query), 50).len()
}

#[divan::bench(args = ["arn:aws:states:::glue:startJobRun.sync", "arn:aws:states:::aws-sdk:dynamodb:qury"])]
fn judge_resource(text: &str) -> usize {
    problems(&parse(black_box(text)), Place::Task).len()
}

/// Memory that the process holds, in kilobytes; 0 where the system does not say.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    line.and_then(|it| it.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// What touching the twenty largest services, inputs and results, adds to the process.
fn memory_of_twenty_services() -> usize {
    let before = resident();
    let mut largest: Vec<_> = services().filter(|it| it.integration == Integration::Sdk).collect();
    largest.sort_by_key(|it| std::cmp::Reverse(it.action_count));
    for service in largest.iter().take(20) {
        for action in service.actions() {
            black_box(action.result(Pattern::RequestResponse));
        }
    }
    resident().saturating_sub(before)
}
