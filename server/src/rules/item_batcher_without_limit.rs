use asl_grammar::write::{self, Value};

use crate::asl::is_unknown;
use crate::catalog::fields::Object;
use crate::check::{Local, Report};

const LIMITS: [&str; 4] =
    ["MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"];

rule! {
    /// # ItemBatcher sets no limit
    ///
    /// A batcher must be told when a batch is full: by the number of items (`MaxItemsPerBatch`), by their size
    /// (`MaxInputBytesPerBatch`), or by both.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemBatcher": { "BatchInput": { "run": 1 } },
    ///   ^^^^^^^^^^^^^ `ItemBatcher` says neither how many items nor how many bytes make a batch
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemBatcher": { "MaxItemsPerBatch": 100, "BatchInput": { "run": 1 } },
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static ITEM_BATCHER_WITHOUT_LIMIT = { "item-batcher-without-limit", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::ItemBatcher) {
        // A misspelt limit is reported as an unknown field.
        let unclear = place.members().any(|(_, field)| field.is_none()) || is_unknown(place.node);
        if unclear || place.is_damaged() || LIMITS.iter().any(|name| place.has(name)) {
            continue;
        }
        let message = "`ItemBatcher` says neither how many items nor how many bytes make a batch";
        let value = Value::plain(100);
        let edit = match place.node.members().next() {
            Some(first) => write::insert_before(local.source, first, LIMITS[0], &value),
            None => write::append(local.source, place.node, LIMITS[0], &value),
        };
        report.owner(&place, message).fix(format!("Add `{}`", LIMITS[0]), [edit], false);
    }
}
