use asl_grammar::tree::{Kind, Node};
use asl_grammar::write;

use crate::asl::is_unknown;
use crate::catalog::fields::Object;
use crate::catalog::limits;
use crate::check::{Level, Local, PlaceView, Report};

rule! {
    /// # ReaderConfig does not fit
    ///
    /// The options of `ReaderConfig` belong to certain kinds of files: the `CSV…` ones to `CSV` (and to manifests),
    /// `ItemsPointer` to `JSON`; `CSVHeaders` goes with `"CSVHeaderLocation": "GIVEN"`, and must be there then. An
    /// option that does not fit is ignored at best; at worst the Map Run fails with `States.ItemReaderFailed`, as it
    /// does when a name stands twice in `CSVHeaders`.
    ///
    /// `ItemsPointer` is a JSON Pointer such as `/orders/0/lines`, no path.
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemReader": {
    ///     "Resource": "arn:aws:states:::s3:getObject",
    ///     "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "GIVEN" },
    ///     ^^^^^^^^^^^^^^ the column names are to be given, but there are no `CSVHeaders`
    ///     "Parameters": { "Bucket": "rows", "Key": "rows.csv" }
    ///   },
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemReader": {
    ///     "Resource": "arn:aws:states:::s3:getObject",
    ///     "ReaderConfig": {
    ///       "InputType": "JSON",
    ///       "CSVDelimiter": "TAB",
    ///       ^^^^^^^^^^^^^^ `CSVDelimiter` is not for files of type `JSON`
    ///       "ItemsPointer": "$.rows"
    ///                       ^^^^^^^^ `ItemsPointer` is a JSON Pointer such as `/rows`, not a path
    ///     },
    ///     "Parameters": { "Bucket": "rows", "Key": "rows.json" }
    ///   },
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
    ///   "ItemReader": {
    ///     "Resource": "arn:aws:states:::s3:getObject",
    ///     "ReaderConfig": {
    ///       "InputType": "JSON",
    ///       "ItemsPointer": "/rows"
    ///     },
    ///     "Parameters": { "Bucket": "rows", "Key": "rows.json" }
    ///   },
    ///   "ItemProcessor": {
    ///     "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    pub static READER_CONFIG = { "reader-config", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::ReaderConfig) {
        if place.is_damaged() || is_unknown(place.node) {
            continue;
        }
        headers(&place, report);
        options(&place, report);
        if let Some(pointer) = place.node.get("ItemsPointer").filter(|it| !is_unknown(*it)) {
            items_pointer(pointer, report);
        }
        source(&place, report);
    }
}

/// A word that can be read.
fn word<'a>(place: &PlaceView<'a>, name: &str) -> Option<Node<'a>> {
    place.node.get(name).filter(|value| value.kind() == Kind::String && !is_unknown(*value))
}

/// `CSVHeaders` and where the names come from.
fn headers(place: &PlaceView, report: &mut Report) {
    let location = place.node.member("CSVHeaderLocation");
    let given = location.map(|it| it.value.text() == "GIVEN");
    let Some(headers) = place.node.member("CSVHeaders") else {
        // Where the files have no columns, the option itself is what does not fit.
        let wanted = given == Some(true) && fits(place, "CSVHeaderLocation");
        if let Some(location) = location.filter(|_| wanted) {
            report
                .owner(place, "the column names are to be given, but there are no `CSVHeaders`")
                .related(location.node.range(), "they are to be given by this");
        }
        return;
    };
    let unclear = location.is_some_and(|it| is_unknown(it.value));
    if given != Some(true) && !unclear && fits(place, "CSVHeaders") {
        let finding = report.at(headers.key, "`CSVHeaders` counts only when `CSVHeaderLocation` is `GIVEN`");
        finding.level(Level::Warning);
        if let Some(location) = location {
            finding.related(location.node.range(), "the column names come from somewhere else");
        }
        finding.fix("Remove `CSVHeaders`", [write::remove(headers.node)], false);
    }
    let mut seen: Vec<Node> = Vec::new();
    for name in headers.value.items().filter(|name| name.as_str().is_some() && !is_unknown(*name)) {
        match seen.iter().find(|earlier| earlier.text() == name.text()) {
            None => seen.push(name),
            Some(earlier) => {
                report
                    .at(name, format!("the column name `{}` stands here a second time", name.text()))
                    .level(Level::Warning)
                    .related(earlier.range(), "the first one");
            }
        }
    }
    if seen.iter().map(|name| name.text().len() + 1).sum::<usize>() > limits::CSV_HEADERS_BYTES {
        report
            .at(headers.key, format!("the column names are longer than {} bytes", limits::CSV_HEADERS_BYTES))
            .level(Level::Warning);
    }
}

/// Options that belong to other kinds of files.
fn options(place: &PlaceView, report: &mut Report) {
    for member in place.node.members().filter(|member| !fits(place, member.name())) {
        let Some(kind) = place.node.member("InputType") else { continue };
        let finding = report
            .at(member.key, format!("`{}` is not for files of type `{}`", member.name(), kind.value.text()));
        finding.level(Level::Warning).related(kind.node.range(), "the type of the file");
        finding.fix(format!("Remove `{}`", member.name()), [write::remove(member.node)], false);
    }
}

/// Does the option fit the type of the file, as far as that is known?
fn fits(place: &PlaceView, option: &str) -> bool {
    let Some(kind) = word(place, "InputType") else { return true };
    match option {
        "CSVDelimiter" | "CSVHeaderLocation" | "CSVHeaders" => {
            !matches!(kind.text(), "JSON" | "JSONL" | "PARQUET")
        }
        "ItemsPointer" => !matches!(kind.text(), "CSV" | "JSONL" | "PARQUET" | "MANIFEST"),
        _ => true,
    }
}

fn items_pointer(pointer: Node, report: &mut Report) {
    let Some(text) = pointer.as_str() else { return };
    let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    if text.is_empty() || text.starts_with('/') && escapes {
        return;
    }
    let steps = super::common::plain_path(text).filter(|steps| !steps.is_empty());
    match steps {
        Some(steps) => {
            let fixed = format!("/{}", steps.replace('.', "/"));
            report
                .at(pointer, format!("`ItemsPointer` is a JSON Pointer such as `{fixed}`, not a path"))
                .replace(format!("Change to `{fixed}`"), pointer.content(), fixed.clone(), true);
        }
        None => {
            report.at(pointer, format!("`{text}` is no JSON Pointer; one looks like `/rows`"));
        }
    }
}

/// What the options say against where the data comes from.
fn source(place: &PlaceView, report: &mut Report) {
    let kind = place.node.member("InputType");
    let manifest = word(place, "ManifestType").filter(|manifest| manifest.text() == "S3_INVENTORY");
    if let (Some(manifest), Some(kind)) = (manifest, kind) {
        let finding =
            report.at(kind.key, "an `S3_INVENTORY` tells its format itself: `InputType` is left out");
        finding.level(Level::Warning).related(manifest.range(), "the kind of the manifest");
        finding.fix("Remove `InputType`", [write::remove(kind.node)], false);
    }
    let flatten = word(place, "Transformation").filter(|it| it.text() == "LOAD_AND_FLATTEN");
    let (Some(flatten), Some(member)) = (flatten, place.node.member("Transformation")) else { return };
    let reader = place.node.ancestors().skip(1).find(|node| node.kind() == Kind::Object);
    let resource = reader.and_then(|reader| reader.get("Resource"));
    if let Some(resource) = resource.filter(|it| it.text().ends_with(":s3:getObject")) {
        report
            .at(member.key, "`LOAD_AND_FLATTEN` works with `s3:listObjectsV2` only")
            .level(Level::Warning)
            .related(resource.range(), "this reads a single file");
    } else if kind.is_none() {
        report
            .owner(place, "`LOAD_AND_FLATTEN` needs `InputType`: the type of the files to load")
            .level(Level::Warning)
            .related(flatten.range(), "the files are to be loaded by this");
    }
}
