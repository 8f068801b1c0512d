use crate::catalog::functions::{INTRINSICS, intrinsic};
use crate::check::{Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Unknown intrinsic function
    ///
    /// There is no intrinsic function of that name; case matters, and all of them begin with `States.`. AWS refuses
    /// the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "text.$": "States.format('{} items', $.count)" },
    ///                              ^^^^^^^^^^^^^ there is no intrinsic function `States.format`; did you mean `States.Format`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "text.$": "States.Format('{} items', $.count)" },
    ///   "End": true
    /// } } }
    /// ```
    pub static UNKNOWN_INTRINSIC = { "unknown-intrinsic", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        for (_, call) in tree.calls() {
            let name = tree.name(call);
            // Without parentheses it is not even a call.
            if intrinsic(name).is_some() || call.open == call.name.end {
                continue;
            }
            let bare = |name: &'static str| name.trim_start_matches("States.");
            let near = nearest(name, INTRINSICS.iter().map(|it| it.name)).or_else(|| {
                let written = name.rsplit('.').next().unwrap_or(name);
                let alone = nearest(written, INTRINSICS.iter().map(|it| bare(it.name)))
                    .or_else(|| INTRINSICS.iter().map(|it| bare(it.name)).find(|it| *it == written));
                INTRINSICS.iter().map(|it| it.name).find(|name| Some(bare(name)) == alone)
            });
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let range = it.range(call.name);
            let message = format!("there is no intrinsic function `{name}`{hint}");
            let finding = report.on(it.node, range.clone(), message);
            if let Some(near) = near {
                finding.replace(format!("Change to `{near}`"), range, near, true);
            }
        }
    }
}
