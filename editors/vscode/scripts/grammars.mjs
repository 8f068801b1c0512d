// Writes the TextMate grammars of workflows in JSON and in YAML into `syntaxes`.
//   grammars.mjs [--check]       with --check it only says whether they are fresh
//
// Expressions look the same in both, but for how quotes are written in the string around them. So each of the little
// languages is a function of the quoting, and stands in a grammar once for each quoting that it meets.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * How a text is written in the string around it: `double` are the quotes of JSON (and YAML), `single` those of YAML,
 * `bare` stands for YAML without quotes. `end` is where the string ends; an expression never reaches beyond it.
 */
const quotings = {
  double: { quote: '\\\\"', escape: '\\\\(?:["\\\\/bfnrt]|u[0-9A-Fa-f]{4})', end: '(?=")', inner: String.raw`(?:\\.|[^"\\])` },
  single: { quote: '"', escape: "''", end: "(?='(?!'))", inner: "(?:''|[^'])" },
  bare: { quote: '"', escape: "(?!)", end: "(?=$)", inner: "." },
};

const jsonataFunctions =
  "abs|append|assert|average|base64decode|base64encode|boolean|ceil|clone|contains|count|decodeUrl|decodeUrlComponent|distinct|each|encodeUrl|encodeUrlComponent|error|exists|filter|floor|formatBase|formatInteger|formatNumber|fromMillis|join|keys|length|lookup|lowercase|map|match|max|merge|millis|min|not|now|number|pad|parse|parseInteger|partition|power|random|range|reduce|replace|reverse|round|shuffle|sift|single|sort|split|spread|sqrt|string|substring|substringAfter|substringBefore|sum|toMillis|trim|type|uppercase|uuid|zip|hash";
const intrinsics =
  "Format|StringToJson|JsonToString|Array|ArrayPartition|ArrayContains|ArrayRange|ArrayGetItem|ArrayLength|ArrayUnique|Base64Encode|Base64Decode|Hash|JsonMerge|MathRandom|MathAdd|StringSplit|UUID";
const stateTypes = "Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map";
const stateKeys = "StartAt|Next|Default";

function jsonata(quoting) {
  const { quote, escape, end } = quotings[quoting];
  const apostrophe = quoting === "single" ? "''" : "'";
  const text = (delimiter) => ({
    name: "string.quoted.jsonata",
    begin: delimiter,
    end: `${delimiter}|${end}`,
    patterns: [
      // A quote that is escaped for JSONata is escaped for JSON on top.
      { name: "constant.character.escape.jsonata", match: quoting === "double" ? String.raw`\\\\\\"|\\\\(?:[\\'bfnrt/]|u\h{4})|\\(?!")[bfnrt/]|\\u\h{4}` : String.raw`\\(?:["'\\/bfnrt]|u\h{4})` },
    ],
  });
  return [
    { name: "comment.block.jsonata", begin: "/\\*", end: `\\*/|${end}` },
    text(quote),
    text(apostrophe),
    { name: "variable.other.property.quoted.jsonata", match: "`[^`]*`" },
    // A slash begins a regular expression only where a value may stand.
    {
      match: `([(,~>=:?])(\\s*)(/(?:\\\\{1,2}.|[^/\\\\"])+/[im]*)`,
      captures: { 1: { name: "punctuation.jsonata" }, 3: { name: "string.regexp.jsonata" } },
    },
    {
      match: String.raw`(\$states)(?:(\.)(input|result|errorOutput|context)\b)?(?![\w])`,
      captures: {
        1: { name: "variable.language.states.jsonata" },
        2: { name: "punctuation.accessor.jsonata" },
        3: { name: "support.variable.property.jsonata" },
      },
    },
    { name: "support.function.jsonata", match: `\\$(?:${jsonataFunctions})(?=\\s*\\()` },
    { name: "entity.name.function.jsonata", match: String.raw`\$[A-Za-z_]\w*(?=\s*\()` },
    { name: "variable.other.readwrite.jsonata", match: String.raw`\$\$?[A-Za-z_]\w*|\$\$?` },
    { name: "constant.numeric.jsonata", match: String.raw`\b\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b` },
    { name: "constant.language.jsonata", match: String.raw`\b(?:true|false|null)\b(?!\s*:)` },
    { name: "keyword.operator.word.jsonata", match: String.raw`(?<=[\s)\]}'"\\])(?:and|or|in)(?=[\s(\[{$'"\\])` },
    { name: "storage.type.function.jsonata", match: String.raw`\bfunction(?=\s*\()|λ(?=\s*\()` },
    { name: "variable.other.property.jsonata", match: String.raw`[A-Za-z_]\w*` },
    { name: "keyword.operator.jsonata", match: String.raw`:=|~>|\?\?|\?:|\.\.|\*\*|!=|<=|>=|[-+*/&=<>?^|@#~]|%(?!\})` },
    { name: "punctuation.separator.jsonata", match: "[,;:]" },
    { name: "punctuation.accessor.jsonata", match: "\\." },
    { name: "punctuation.section.brackets.jsonata", match: "[()\\[\\]{}]" },
    { name: "constant.character.escape.json", match: escape },
  ];
}

function path(quoting) {
  const { escape } = quotings[quoting];
  const apostrophe = quoting === "single" ? "''" : "'";
  return [
    { name: "variable.language.context.asl-path", match: String.raw`\$\$(?=[.\[])` },
    { name: "variable.language.states.asl-path", match: String.raw`\$states(?=[.\[])` },
    { name: "variable.other.readwrite.asl-path", match: String.raw`\$[A-Za-z_]\w*` },
    { name: "variable.language.root.asl-path", match: String.raw`\$` },
    { name: "variable.language.current.asl-path", match: "@" },
    { name: "string.quoted.asl-path", match: quoting === "single" ? "''(?:[^'])*''" : `${apostrophe}(?:\\\\{1,2}.|[^'\\\\])*${apostrophe}` },
    { name: "keyword.operator.asl-path", match: String.raw`\.\.|\*|==|!=|<=|>=|&&|\|\||=~|[<>!?:,]` },
    { name: "constant.numeric.asl-path", match: String.raw`-?\b\d+\b` },
    { name: "constant.language.asl-path", match: String.raw`\b(?:true|false|null)\b` },
    { name: "variable.other.property.asl-path", match: String.raw`[\p{L}_][\p{L}\p{N}_-]*` },
    { name: "punctuation.accessor.asl-path", match: "\\." },
    { name: "punctuation.section.brackets.asl-path", match: "[()\\[\\]]" },
    { name: "constant.character.escape.json", match: escape },
  ];
}

function intrinsic(quoting) {
  const { end } = quotings[quoting];
  const apostrophe = quoting === "single" ? "''" : "'";
  return [
    {
      match: `(States)(\\.)(${intrinsics})(?=\\s*\\()`,
      captures: {
        1: { name: "support.class.intrinsic" },
        2: { name: "punctuation.accessor.intrinsic" },
        3: { name: "support.function.intrinsic" },
      },
    },
    { name: "invalid.illegal.function.intrinsic", match: String.raw`States\.\w*(?=\s*\()` },
    {
      name: "string.quoted.intrinsic",
      begin: apostrophe,
      end: `${apostrophe}|${end}`,
      patterns: [
        { name: "constant.other.placeholder.intrinsic", match: "\\{\\}" },
        { name: "constant.character.escape.intrinsic", match: quoting === "double" ? String.raw`\\\\.` : String.raw`\\.` },
      ],
    },
    { name: "punctuation.separator.intrinsic", match: "," },
    { name: "punctuation.section.brackets.intrinsic", match: "[()]" },
    { include: `#path-${quoting}` },
  ];
}

/** What a string holds: one of the little languages, the name of a resource, or just text. */
function content(quoting) {
  const { escape, end } = quotings[quoting];
  const embedded = (language, begin, patterns, extra = {}) => ({
    contentName: `meta.embedded.inline.${language}`,
    begin,
    end,
    patterns,
    ...extra,
  });
  return [
    {
      begin: "\\G\\s*(\\{%)",
      beginCaptures: { 1: { name: "punctuation.section.embedded.begin.asl" } },
      end: `(%\\})|${end}`,
      endCaptures: { 1: { name: "punctuation.section.embedded.end.asl" } },
      contentName: "meta.embedded.inline.jsonata",
      patterns: [{ include: `#jsonata-${quoting}` }],
    },
    embedded("intrinsic", "\\G(?=States\\.\\w+\\s*\\()", [{ include: `#intrinsic-${quoting}` }]),
    embedded("asl-path", String.raw`\G(?=\$(?:\$?[.\[]|[A-Za-z_]\w*(?:[.\[]|${end})|\$?${end}))`, [{ include: `#path-${quoting}` }]),
    {
      match: String.raw`\G(arn:[\w-]+:states:[\w-]*:[\w-]*:)([A-Za-z][\w-]*)(?::([\w-]+))?(?::([\w-]+))?((?:\.\w+)(?::2)?)?${end}`,
      captures: {
        1: { name: "constant.other.arn.asl" },
        2: { name: "entity.name.namespace.service.asl" },
        3: { name: "entity.name.function.action.asl" },
        4: { name: "entity.name.function.action.asl" },
        5: { name: "storage.modifier.pattern.asl" },
      },
    },
    { name: "constant.other.placeholder.asl", match: String.raw`\$\{[^}"]*\}` },
    { name: "constant.character.escape.json", match: escape },
  ];
}

function languages(...names) {
  return Object.fromEntries(
    names.flatMap((quoting) => [
      [`jsonata-${quoting}`, { patterns: jsonata(quoting) }],
      [`path-${quoting}`, { patterns: path(quoting) }],
      [`intrinsic-${quoting}`, { patterns: intrinsic(quoting) }],
      [`content-${quoting}`, { patterns: content(quoting) }],
    ]),
  );
}

const quoted = (quote, quoting, kind, name = `string.quoted.${kind}`) => ({
  name,
  begin: quote,
  beginCaptures: { 0: { name: "punctuation.definition.string.begin" } },
  end: quoting === "single" ? "'(?!')" : quote,
  endCaptures: { 0: { name: "punctuation.definition.string.end" } },
  patterns: [{ include: `#content-${quoting}` }],
});

const json = {
  name: "Amazon States Language",
  scopeName: "source.asl",
  patterns: [{ include: "#value" }],
  repository: {
    value: {
      patterns: [
        { include: "#object" },
        { include: "#array" },
        { include: "#string" },
        { name: "constant.language.json", match: String.raw`\b(?:true|false|null)\b` },
        { name: "constant.numeric.json", match: String.raw`-?\b\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b` },
        { name: "constant.other.placeholder.asl", match: String.raw`\$\{[^}"]*\}` },
        { name: "comment.line.double-slash.json invalid.illegal.comment.json", match: "//.*$" },
        { name: "comment.block.json invalid.illegal.comment.json", begin: "/\\*", end: "\\*/" },
      ],
    },
    array: {
      name: "meta.structure.array.json",
      begin: "\\[",
      beginCaptures: { 0: { name: "punctuation.definition.array.begin.json" } },
      end: "\\]",
      endCaptures: { 0: { name: "punctuation.definition.array.end.json" } },
      patterns: [{ include: "#value" }, { name: "punctuation.separator.array.json", match: "," }],
    },
    object: {
      name: "meta.structure.dictionary.json",
      begin: "\\{",
      beginCaptures: { 0: { name: "punctuation.definition.dictionary.begin.json" } },
      end: "\\}",
      endCaptures: { 0: { name: "punctuation.definition.dictionary.end.json" } },
      patterns: [
        // The few fields whose values are words of the language, or names of states.
        {
          match: `(")(Type)(")\\s*(:)\\s*(")(${stateTypes})(")`,
          captures: {
            1: { name: "support.type.property-name.json punctuation.support.type.property-name.begin.json" },
            2: { name: "support.type.property-name.json" },
            3: { name: "support.type.property-name.json punctuation.support.type.property-name.end.json" },
            4: { name: "punctuation.separator.dictionary.key-value.json" },
            5: { name: "string.quoted.double.json" },
            6: { name: "string.quoted.double.json support.class.state-type.asl" },
            7: { name: "string.quoted.double.json" },
          },
        },
        {
          match: String.raw`(")(${stateKeys})(")\s*(:)\s*(")((?:\\.|[^"\\$])*)(")`,
          captures: {
            1: { name: "support.type.property-name.json punctuation.support.type.property-name.begin.json" },
            2: { name: "support.type.property-name.json" },
            3: { name: "support.type.property-name.json punctuation.support.type.property-name.end.json" },
            4: { name: "punctuation.separator.dictionary.key-value.json" },
            5: { name: "string.quoted.double.json" },
            6: { name: "string.quoted.double.json entity.name.label.state.asl" },
            7: { name: "string.quoted.double.json" },
          },
        },
        {
          name: "support.type.property-name.json",
          match: String.raw`(")(?:\\.|[^"\\])*(")(?=\s*:)`,
          captures: {
            1: { name: "punctuation.support.type.property-name.begin.json" },
            2: { name: "punctuation.support.type.property-name.end.json" },
          },
        },
        { name: "punctuation.separator.dictionary.key-value.json", match: ":" },
        { name: "punctuation.separator.dictionary.pair.json", match: "," },
        { include: "#value" },
      ],
    },
    string: {
      // A string ends with its line, also when its quote is missing.
      ...quoted('"', "double", "double.json"),
      end: '"|$',
    },
    ...languages("double"),
  },
};

// Everything of a plain scalar up to a comment, or to what ends it inside of brackets.
const plainKey = String.raw`(?:[^\s#'"\[\]{},&*!|>%@\`:-]|[-:](?=\S))(?:[^:#\n]|:(?=\S)|(?<=\S)#)*?`;

const yaml = {
  name: "Amazon States Language (YAML)",
  scopeName: "source.asl.yaml",
  patterns: [{ include: "#line" }],
  repository: {
    line: {
      patterns: [
        { include: "#comment" },
        { name: "entity.other.document.begin.yaml", match: "^---(?=\\s|$)" },
        { name: "entity.other.document.end.yaml", match: "^\\.\\.\\.(?=\\s|$)" },
        { name: "keyword.other.directive.yaml", match: "^%\\w+.*$" },
        { include: "#block-scalar" },
        { name: "punctuation.definition.block.sequence.item.yaml", match: "(?<=^|\\s)-(?=\\s|$)" },
        { name: "punctuation.definition.key.yaml", match: "(?<=^|\\s)\\?(?=\\s|$)" },
        { include: "#state-type" },
        { include: "#state-name" },
        { include: "#key" },
        { include: "#value" },
      ],
    },
    comment: {
      name: "comment.line.number-sign.yaml",
      match: "(?:(?<=\\s)|^)(#).*$",
      captures: { 1: { name: "punctuation.definition.comment.yaml" } },
    },
    "state-type": {
      match: `(?<=^|[\\s{,])(Type)(:)\\s+(["']?)(${stateTypes})(\\3)(?=\\s*(?:#|$|[,}]))`,
      captures: {
        1: { name: "entity.name.tag.yaml" },
        2: { name: "punctuation.separator.key-value.mapping.yaml" },
        3: { name: "string.quoted.yaml" },
        4: { name: "string.unquoted.plain.out.yaml support.class.state-type.asl" },
        5: { name: "string.quoted.yaml" },
      },
    },
    "state-name": {
      match: String.raw`(?<=^|[\s{,])(${stateKeys})(:)\s+([^\s"'#{\[!&*|>$](?:[^#,}\n]|(?<=\S)#)*?)(?=\s*(?:\s#|$|[,}]))`,
      captures: {
        1: { name: "entity.name.tag.yaml" },
        2: { name: "punctuation.separator.key-value.mapping.yaml" },
        3: { name: "string.unquoted.plain.out.yaml entity.name.label.state.asl" },
      },
    },
    key: {
      patterns: [
        {
          match: String.raw`("(?:\\.|[^"\\])*"|'(?:''|[^'])*')\s*(:)(?=\s|$|,)`,
          captures: { 1: { name: "string.quoted.yaml entity.name.tag.yaml" }, 2: { name: "punctuation.separator.key-value.mapping.yaml" } },
        },
        {
          match: `(${plainKey})\\s*(:)(?=\\s|$)`,
          captures: { 1: { name: "entity.name.tag.yaml" }, 2: { name: "punctuation.separator.key-value.mapping.yaml" } },
        },
      ],
    },
    value: {
      patterns: [
        { name: "storage.type.tag-handle.yaml", match: "(?<=^|\\s)!\\S*" },
        {
          match: "(?<=^|[\\s\\[{,])([&*])([^\\s,\\[\\]{}]+)",
          captures: { 1: { name: "keyword.control.flow.anchor.yaml" }, 2: { name: "variable.other.alias.yaml" } },
        },
        { include: "#flow" },
        quoted('"', "double", "double.yaml"),
        quoted("'", "single", "single.yaml"),
        { name: "constant.language.yaml", match: "(?<=^|[\\s\\[{,])(?:true|false|null|~)(?=\\s*(?:#|$|[,\\]}]))" },
        { name: "constant.numeric.yaml", match: String.raw`(?<=^|[\s\[{,])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?=\s*(?:#|$|[,\]}]))` },
        { include: "#plain" },
      ],
    },
    flow: {
      patterns: [
        {
          name: "meta.flow-mapping.yaml",
          begin: "\\{(?!%)",
          beginCaptures: { 0: { name: "punctuation.definition.mapping.begin.yaml" } },
          end: "\\}",
          endCaptures: { 0: { name: "punctuation.definition.mapping.end.yaml" } },
          patterns: [{ include: "#flow-content" }],
        },
        {
          name: "meta.flow-sequence.yaml",
          begin: "\\[",
          beginCaptures: { 0: { name: "punctuation.definition.sequence.begin.yaml" } },
          end: "\\]",
          endCaptures: { 0: { name: "punctuation.definition.sequence.end.yaml" } },
          patterns: [{ include: "#flow-content" }],
        },
      ],
    },
    "flow-content": {
      patterns: [
        { include: "#comment" },
        { name: "punctuation.separator.flow.yaml", match: "," },
        { include: "#state-type" },
        {
          match: `("(?:\\\\.|[^"\\\\])*"|'(?:''|[^'])*'|[\\w$.-]+)\\s*(:)(?=\\s|$|[,"'\\[{])`,
          captures: { 1: { name: "entity.name.tag.yaml" }, 2: { name: "punctuation.separator.key-value.mapping.yaml" } },
        },
        { include: "#flow" },
        quoted('"', "double", "double.yaml"),
        quoted("'", "single", "single.yaml"),
        { name: "constant.language.yaml", match: "(?<=[\\s\\[{,:])(?:true|false|null|~)(?=\\s*(?:#|$|[,\\]}]))" },
        { name: "constant.numeric.yaml", match: String.raw`(?<=[\s\[{,:])[-+]?\d+(?:\.\d+)?(?=\s*(?:#|$|[,\]}]))` },
        { name: "string.unquoted.plain.in.yaml", match: String.raw`[^\s,\[\]{}#"':][^,\[\]{}#\n]*` },
      ],
    },
    plain: {
      name: "string.unquoted.plain.out.yaml",
      // Up to a comment, or to the end of the line.
      begin: String.raw`(?=[^\s#"'\[\]{},&*!|>%@\`]|\{%)`,
      end: "(?=\\s+#)|$",
      patterns: [{ include: "#content-bare" }],
    },
    "block-scalar": {
      // The line's end is taken too: what `\\G` stands for must be the start of the next line.
      begin: "(?<=[:\\s-])([|>])([1-9]?[-+]?|[-+][1-9])\\s*(#.*)?$\\n?",
      beginCaptures: {
        1: { name: "keyword.control.flow.block-scalar.yaml" },
        2: { name: "storage.modifier.chomping-indicator.yaml" },
        3: { name: "comment.line.number-sign.yaml" },
      },
      end: "^(?=\\S)|(?!\\G)",
      patterns: [
        { include: "#comment" },
        {
          begin: "^([ ]+)(?! )",
          end: "^(?!\\1|\\s*$)",
          name: "string.unquoted.block.yaml",
          patterns: [
            {
              begin: "\\{%",
              beginCaptures: { 0: { name: "punctuation.section.embedded.begin.asl" } },
              end: "%\\}",
              endCaptures: { 0: { name: "punctuation.section.embedded.end.asl" } },
              contentName: "meta.embedded.inline.jsonata",
              patterns: [{ include: "#jsonata-block" }],
            },
            { include: "#intrinsic-line" },
          ],
        },
      ],
    },
    "intrinsic-line": {
      contentName: "meta.embedded.inline.intrinsic",
      begin: "(?=States\\.\\w+\\s*\\()",
      end: "$",
      patterns: [{ include: "#intrinsic-bare" }],
    },
    // In a block a text may go on in the next line.
    "jsonata-block": { patterns: blockwise(jsonata("bare")) },
    ...languages("double", "single", "bare"),
  },
};

function blockwise(patterns) {
  return patterns.map((pattern) => (pattern.end?.endsWith("|(?=$)") ? { ...pattern, end: pattern.end.slice(0, -"|(?=$)".length) } : pattern));
}

const folder = join(import.meta.dirname, "../syntaxes");
let stale = false;
for (const [name, grammar] of [
  ["asl.tmLanguage.json", json],
  ["asl-yaml.tmLanguage.json", yaml],
]) {
  const file = join(folder, name);
  const text = `${JSON.stringify({ information_for_contributors: ["Written by scripts/grammars.mjs; do not edit."], ...grammar }, null, 1)}\n`;
  if (!process.argv.includes("--check")) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  } else if (readFileSync(file, "utf8") !== text) {
    console.error(`syntaxes/${name} is stale: run \`node scripts/grammars.mjs\``);
    stale = true;
  }
}
process.exit(stale ? 1 : 0);
