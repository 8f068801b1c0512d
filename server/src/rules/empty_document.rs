use crate::check::{Report, Whole};

rule! {
    /// # Empty document
    ///
    /// There is nothing to run. A machine needs `StartAt` and at least one state in `States`.
    ///
    /// ```asl fails
    ///
    /// ^ the document is empty; a state machine begins with `StartAt` and `States`
    /// ```
    ///
    /// ```asl fixed
    /// {
    ///   "StartAt": "Start",
    ///   "States": {
    ///     "Start": {
    ///       "Type": "Succeed"
    ///     }
    ///   }
    /// }
    /// ```
    pub static EMPTY_DOCUMENT = { "empty-document", Error, Document(check), fixable }
}

const SKELETON: &str = "{
  \"StartAt\": \"Start\",
  \"States\": {
    \"Start\": {
      \"Type\": \"Succeed\"
    }
  }
}
";

fn check(whole: &Whole, report: &mut Report) {
    if !whole.blank {
        return;
    }
    let message = "the document is empty; a state machine begins with `StartAt` and `States`";
    report.push(String::new(), 0..whole.len, message.into()).replace(
        "Insert a machine",
        0..whole.len,
        SKELETON,
        true,
    );
}
