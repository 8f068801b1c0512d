//! The operators and other marks of JSONata and of paths: what each of them does, in a sentence.

/// A mark with a meaning. The same character can be several: `*` multiplies, or stands for every field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    pub name: &'static str,
    /// As it is written; `…` stands for what goes in between.
    pub mark: &'static str,
    pub summary: &'static str,
    pub link: &'static str,
}

macro_rules! jsonata {
    ($page:literal) => {
        concat!("https://docs.jsonata.org/", $page)
    };
}

macro_rules! operators {
    ($($id:ident = $name:literal, $mark:literal, $link:expr, $summary:expr;)*) => {
        $(pub static $id: Operator = Operator { name: $name, mark: $mark, summary: $summary, link: $link };)*
        /// All of them.
        pub static ALL: &[&Operator] = &[$(&$id),*];
    };
}

/// Where the Developer Guide tells which paths Step Functions takes.
const PATHS: &str = super::pages::PATHS;

operators! {
    MAP = "map", "a.b", jsonata!("path-operators"),
        "Evaluates the right side for each item of the left side, and gathers what comes out.";
    FILTER = "filter", "a[…]", jsonata!("path-operators"),
        "Keeps the items for which the condition holds; a number picks one item, counted from 0 or back from -1.";
    KEEP_ARRAY = "keep as array", "a[]", jsonata!("predicate"),
        "Gives an array even where there is only one value.";
    ORDER_BY = "order by", "a^(…)", jsonata!("path-operators"),
        "Sorts the items by the terms: `<` before a term is ascending, as is a term without a mark, `>` descending.";
    GROUP = "group by", "a{…}", jsonata!("path-operators"),
        "Gathers the items into one object: those with the same key are grouped under it.";
    WILDCARD = "wildcard", "*", jsonata!("path-operators"),
        "The values of all fields of an object.";
    DESCENDANTS = "descendants", "**", jsonata!("path-operators"),
        "The value itself with everything inside of it, at any depth.";
    PARENT = "parent", "%", jsonata!("path-operators"),
        "The object that the item of the step before was found in.";
    FOCUS = "bind the item", "a@$v", jsonata!("path-operators"),
        "Names the item of this step, for the steps behind it; the context stays that of the step before.";
    INDEX = "bind the position", "a#$i", jsonata!("path-operators"),
        "Names the position of the item in its sequence, counted from 0, for the steps behind it.";
    ADD = "add", "+", jsonata!("numeric-operators"), "The sum of two numbers.";
    SUBTRACT = "subtract", "-", jsonata!("numeric-operators"), "The difference of two numbers.";
    NEGATE = "negate", "-a", jsonata!("numeric-operators"), "The number with the other sign.";
    MULTIPLY = "multiply", "*", jsonata!("numeric-operators"), "The product of two numbers.";
    DIVIDE = "divide", "/", jsonata!("numeric-operators"), "The quotient of two numbers.";
    REMAINDER = "remainder", "%", jsonata!("numeric-operators"), "What is left over when the left number is divided by the right one.";
    CONCATENATE = "concatenate", "&", jsonata!("other-operators"),
        "Joins two values as text; what is no string is turned into one, nothing becomes the empty string.";
    EQUAL = "equals", "=", jsonata!("comparison-operators"), "True when both values are equal, of the same type and at any depth.";
    NOT_EQUAL = "not equals", "!=", jsonata!("comparison-operators"), "True when the values differ, be it in type.";
    LESS = "less than", "<", jsonata!("comparison-operators"), "True when the left number or string comes before the right one.";
    LESS_EQUAL = "less or equal", "<=", jsonata!("comparison-operators"), "True when the left number or string does not come behind the right one.";
    GREATER = "greater than", ">", jsonata!("comparison-operators"), "True when the left number or string comes behind the right one.";
    GREATER_EQUAL = "greater or equal", ">=", jsonata!("comparison-operators"), "True when the left number or string does not come before the right one.";
    IN = "in", "a in b", jsonata!("comparison-operators"), "True when the left value is among the items of the right one.";
    AND = "and", "a and b", jsonata!("boolean-operators"), "True when both sides are; what is no boolean counts as `$boolean` has it.";
    OR = "or", "a or b", jsonata!("boolean-operators"), "True when one of the sides is; what is no boolean counts as `$boolean` has it.";
    CHAIN = "chain", "a ~> $f", jsonata!("other-operators"),
        "Passes the left value to the function on the right, as its first argument. Two functions make one that runs both.";
    CONDITION = "condition", "a ? b : c", jsonata!("other-operators"),
        "Gives the second value when the condition holds, else the third; nothing when that is left out.";
    BIND = "bind", "$v := a", jsonata!("other-operators"),
        "Names a value for the rest of the block, that is of the parentheses around. It does not outlive the expression: `Assign` sets variables of the workflow.";
    COALESCE = "coalesce", "a ?? b", jsonata!("other-operators"),
        "The left value where it exists, else the right one. Of JSONata 2.1: Step Functions refuses it; write `$exists(a) ? a : b`.";
    DEFAULT = "default", "a ?: b", jsonata!("other-operators"),
        "The left value where it counts as true, else the right one. Of JSONata 2.1: Step Functions refuses it; write `a ? a : b`.";
    RANGE = "range", "[a..b]", jsonata!("numeric-operators"), "The whole numbers from the left one to the right one, both included.";
    TRANSFORM = "transform", "|a|b, c|", jsonata!("other-operators"),
        "A function that copies its argument; what `a` finds in it is merged with the object `b` and loses the fields named by `c`.";
    BLOCK = "block", "(a; b)", jsonata!("programming"),
        "Evaluates its expressions one after the other and gives the last one; variables bound in it end with it.";
    ARRAY = "array", "[a, b]", jsonata!("construction"), "An array of the values; what has no value is left out.";
    OBJECT = "object", "{\"a\": b}", jsonata!("construction"), "An object; members without a value are left out.";
    LAMBDA = "function", "function($a){…}", jsonata!("programming"),
        "A function of one's own: it sees the variables around it, and gives the value of its body.";
    PLACEHOLDER = "partial application", "$f(?, a)", jsonata!("programming"),
        "Leaves this argument open: the call gives a function that takes it.";
    CONTEXT_ITEM = "context item", "$", jsonata!("programming"),
        "The item that the step of a path or a filter is looking at. At the top of an expression there is none.";
    ROOT = "root", "$$", jsonata!("programming"),
        "The input document of JSONata. In Step Functions there is none; the input of the state is `$states.input`.";
    REGEX = "regular expression", "/…/", jsonata!("regex"), "A regular expression, a function that finds its matches; `i` and `m` may follow.";

    PATH_INPUT = "input", "$", PATHS, "The document that the path looks into: the input of the state, or its result where the field stands behind the work.";
    PATH_CONTEXT = "context object", "$$", super::pages::CONTEXT, "The context object: what is known of the execution, the state and the machine.";
    PATH_ITEM = "item", "@", PATHS, "The item that the filter is looking at.";
    PATH_FIELD = "field", ".name", PATHS, "The member of that name.";
    PATH_INDEX = "index", "[n]", PATHS, "The item at that position, counted from 0, or back from -1.";
    PATH_WILDCARD = "wildcard", "[*]", PATHS, "All items of an array, or all members of an object: the path gives an array.";
    PATH_DESCENT = "recursive descent", "..", PATHS, "Looks for what follows at every depth: the path gives an array.";
    PATH_UNION = "union", "[a,b]", PATHS, "Several items or members at once: the path gives an array.";
    PATH_SLICE = "slice", "[start:end]", PATHS, "The items from the first position up to, not including, the second: the path gives an array.";
    PATH_FILTER = "filter", "[?(…)]", PATHS, "The items for which the condition holds; `@` is the item. The path gives an array.";
    PATH_FUNCTION = "function", ".length()", PATHS, "Computes something from what the path before it finds.";
}

/// What the functions at the end of a path give.
static PATH_FUNCTIONS: [(&str, &str); 13] = [
    ("length", "The number of items of an array."),
    ("size", "The number of items of an array."),
    ("min", "The smallest number of an array."),
    ("max", "The largest number of an array."),
    ("avg", "The average of the numbers of an array."),
    ("sum", "The sum of the numbers of an array."),
    ("stddev", "The standard deviation of the numbers of an array."),
    ("keys", "The names of the members of an object."),
    ("concat", "The texts of an array joined to one."),
    ("append", "The array with further items behind it."),
    ("first", "The first item of an array."),
    ("last", "The last item of an array."),
    ("index", "The item of an array at a position."),
];

/// What a function at the end of a path gives, by its name.
pub fn path_function(name: &str) -> Option<&'static str> {
    PATH_FUNCTIONS.iter().find(|(known, _)| *known == name).map(|(_, summary)| *summary)
}

#[cfg(test)]
mod tests {
    #[test]
    fn rows_are_complete() {
        for it in super::ALL {
            assert!(it.summary.ends_with('.') && it.link.starts_with("https://"), "{}", it.name);
        }
    }
}
