//! How Step Functions names services, actions, parameters and errors, computed from the names in the
//! API models.
//!
//! There are two regimes. SDK integrations follow the AWS SDK for Java 2.x; optimized integrations only
//! raise the first letter of an API member. The generator includes this file too, hence no imports.

/// Which of the two regimes a model follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Naming {
    /// `aws-sdk:…`: a leading acronym loses its capitals (`DBName` → `DbName`).
    Sdk,
    /// Optimized integrations: only the first letter is raised.
    Optimized,
}

impl Naming {
    /// The parameter or result key of an API member.
    pub fn key(self, member: &str) -> String {
        match self {
            Naming::Sdk => sdk_key(member),
            Naming::Optimized => capitalize(member),
        }
    }
}

/// Words that Java keeps for itself, so the SDK appends `Value` to a member of that name.
const RESERVED: &[&str] = &[
    "abstract",
    "assert",
    "boolean",
    "break",
    "byte",
    "case",
    "catch",
    "char",
    "class",
    "const",
    "continue",
    "default",
    "do",
    "double",
    "else",
    "enum",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "for",
    "goto",
    "if",
    "implements",
    "import",
    "instanceof",
    "int",
    "interface",
    "long",
    "native",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "short",
    "static",
    "strictfp",
    "super",
    "switch",
    "synchronized",
    "this",
    "throw",
    "throws",
    "transient",
    "true",
    "try",
    "void",
    "volatile",
    "while",
];

/// Methods that every SDK class has; these clash only when they are spelt exactly so.
const METHODS: &[&str] = &[
    "equals",
    "finalize",
    "getClass",
    "hashCode",
    "notify",
    "notifyAll",
    "toString",
    "wait",
    "builder",
    "sdkFields",
    "toBuilder",
    "overrideConfiguration",
    "sdkHttpResponse",
];

/// The first letter in upper case, the rest as it is.
pub fn capitalize(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
        None => String::new(),
    }
}

/// Lowers the first letter and the acronym it begins: `DBName` → `dbName`, `IPSetId` → `ipSetId`.
pub fn uncapitalize(name: &str) -> String {
    let mut name = name.to_owned();
    lower_acronym(&mut name);
    name
}

/// [`uncapitalize`] in place.
pub fn lower_acronym(name: &mut str) {
    let bytes = name.as_bytes();
    let is_upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let ends_acronym = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    let end = (1..bytes.len()).find(|&at| !is_upper(at) || ends_acronym(at)).unwrap_or(bytes.len());
    if let Some(acronym) = name.get_mut(..end) {
        acronym.make_ascii_lowercase();
    }
}

/// The action in a Resource: `DescribeDBInstances` → `describeDBInstances`.
pub fn action(operation: &str) -> String {
    uncapitalize(operation)
}

/// The parameter or result key of an SDK integration.
pub fn sdk_key(member: &str) -> String {
    let name = uncapitalize(member);
    let key = capitalize(&name);
    if is_reserved(&name) { key + "Value" } else { key }
}

/// Whether a name stays as it is in both regimes, which is so for most (`JobName`).
pub fn is_plain(member: &str) -> bool {
    let [first, second, rest @ ..] = member.as_bytes() else { return false };
    first.is_ascii_uppercase()
        && second.is_ascii_lowercase()
        && !METHODS.iter().any(|it| it.as_bytes().get(2..) == Some(rest))
        && !RESERVED.iter().any(|it| it.eq_ignore_ascii_case(member))
}

fn is_reserved(name: &str) -> bool {
    METHODS.contains(&name) || RESERVED.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// The name of a service in errors (`DynamoDb`), from its `serviceId`. In lower case it is the token in
/// a Resource.
pub fn service_name(service_id: &str) -> String {
    let mut name = pascal(service_id);
    for prefix in ["Amazon", "Aws"] {
        if let Some(rest) = name.strip_prefix(prefix) {
            name = rest.to_owned();
        }
    }
    match name.strip_suffix("Service") {
        Some(rest) => rest.to_owned(),
        None => name,
    }
}

/// The part of an error name after the service: `DBInstanceNotFoundFault` →
/// `DbInstanceNotFoundException`.
pub fn exception(shape: &str) -> String {
    if let Some(rest) = shape.strip_suffix("Fault") {
        return pascal(rest) + "Exception";
    }
    if shape.ends_with("Exception") {
        return pascal(shape);
    }
    pascal(shape) + "Exception"
}

fn pascal(text: &str) -> String {
    words(text).iter().map(|word| capitalize(&word.to_ascii_lowercase())).collect()
}

/// Splits a name into words the way the SDK's code generator does. The steps are applied one after the
/// other to the whole text, because each sees the blanks that the former put in.
fn words(text: &str) -> Vec<String> {
    let text: Vec<char> = text.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { ' ' }).collect();
    let text = squeeze(&text);
    let text = cut_version(&text, 'v', |it| !it.is_ascii_lowercase());
    let text = cut_version(&text, 'V', |it| !it.is_ascii_uppercase());
    let text = cut_before(&text, |before, at, after| {
        before.is_some_and(|it| it.is_ascii_lowercase())
            && at.is_ascii_uppercase()
            && after.is_some_and(|it| it.is_ascii_alphanumeric())
    });
    let text = cut_before(&text, |before, at, after| {
        before.is_some_and(|it| it.is_ascii_uppercase())
            && at.is_ascii_uppercase()
            && after.is_some_and(|it| it.is_ascii_lowercase())
    });
    let text = cut_before(&text, |before, at, _| {
        before.is_some_and(|it| it.is_ascii_digit()) && at.is_ascii_alphabetic()
    });
    let text: String = text.into_iter().collect();
    text.split_whitespace().map(str::to_owned).collect()
}

/// Runs of blanks count as one.
fn squeeze(text: &[char]) -> Vec<char> {
    let mut squeezed = Vec::with_capacity(text.len());
    for &it in text {
        if it != ' ' || squeezed.last() != Some(&' ') {
            squeezed.push(it);
        }
    }
    squeezed
}

/// Makes `v2` a word of its own when at least two characters of `is_before` stand in front of it.
fn cut_version(text: &[char], letter: char, is_before: fn(char) -> bool) -> Vec<char> {
    let mut cut = Vec::with_capacity(text.len() + 4);
    let mut run = 0;
    let mut at = 0;
    while at < text.len() {
        let digits = text[at + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
        if text[at] == letter && run >= 2 && digits > 0 {
            cut.push(' ');
            cut.extend_from_slice(&text[at..=at + digits]);
            cut.push(' ');
            at += digits + 1;
            run = 0;
            continue;
        }
        run = if is_before(text[at]) { run + 1 } else { 0 };
        cut.push(text[at]);
        at += 1;
    }
    cut
}

/// Puts a blank before each character that `is_start` names, given the one before and the one after.
fn cut_before(text: &[char], is_start: fn(Option<char>, char, Option<char>) -> bool) -> Vec<char> {
    let mut cut = Vec::with_capacity(text.len() + 4);
    for (at, &it) in text.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| text[at]);
        if is_start(before, it, text.get(at + 1).copied()) {
            cut.push(' ');
        }
        cut.push(it);
    }
    cut
}
