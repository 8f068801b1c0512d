/**
 * Paths, context paths, variables and intrinsic functions of Amazon States Language, once for two parsers.
 *
 * `aslpath` reads the decoded text. `aslpath_json` reads it as it stands in a JSON or YAML document: quotes or block
 * header included, escapes not undone. Both give the same tree.
 *
 * What is documented or in use is accepted, not everything that the engine at Amazon lets pass; which field takes
 * which form, and how many arguments a function has, is for the server to say.
 */

const PLAIN = {
  blank: /[ \t\n\r]+/,
  // A bare name ends where a filter or a call would go on; `${…}` is filled in by a template.
  name: /([^\s.\[\](){}'"`,*<>=!&|~?\\]|\\.|\$\{[^{}"'\s]*\})+/,
  variable: /\$[\p{L}_][\p{L}\p{N}_]*/,
  quotes: ["'", '"'],
  content: { "'": /[^'\\]+/, '"': /[^"\\]+/ },
  escape: { "'": /\\./, '"': /\\./ },
  argument: { quotes: ["'"], content: { "'": /[^'\\{}]+/ }, escape: { "'": /\\./ } },
  regex: /\/([^\/\\]|\\.)+\/[a-zA-Z]*/,
  symbol: (text) => text,
};

const JSON_ESCAPE = '\\\\([nrtbf/]|u[0-9a-fA-F]{4})';
/**
 * In a quoted scalar of YAML an apostrophe is written twice: `''x''` there is `'x'`. Elsewhere `''` is an empty string,
 * so what opens a string must be followed by a character that cannot come behind an empty one.
 */
const DOUBLED = "''";
const NOT_AFTER_EMPTY = "[^'\\\\{},)\\]\\s=!<>&|]";

const ESCAPED = {
  blank: /([ \t\n\r]|\\[nrt]|\\\r?\n)+/,
  name: /([^\s.\[\](){}'"`,*<>=!&|~?\\]|\$\{[^{}"'\s]*\}|\\\\([^"\\]|\\["\\])|\\u[0-9a-fA-F]{4}|\\\/)+/,
  variable: /\$([\p{L}_]|\\u[0-9a-fA-F]{4})([\p{L}\p{N}_]|\\u[0-9a-fA-F]{4})*/,
  quotes: ["'", '\\"', DOUBLED, '"'],
  content: {
    "'": new RegExp(`([^'\\\\]|\\\\"|${JSON_ESCAPE})+`),
    '\\"': new RegExp(`([^"\\\\]|${JSON_ESCAPE})+`),
    '"': /[^"\\]+/,
    [DOUBLED]: /[^'\\]+/,
  },
  escape: {
    "'": /\\\\([^"\\]|\\["\\])/,
    '\\"': /\\\\([^"\\]|\\["\\])/,
    '"': /\\./,
    [DOUBLED]: /\\[^']|\\''/,
  },
  argument: {
    quotes: ["'", DOUBLED],
    content: {
      "'": new RegExp(`([^'\\\\{}]|\\\\"|${JSON_ESCAPE})+`),
      [DOUBLED]: /[^'\\{}]+/,
    },
    escape: { "'": /\\\\([^"\\]|\\["\\])|\\['{}]/, [DOUBLED]: /\\[^']|\\''/ },
  },
  regex: /\/([^\/\\"]|\\["nrtbf]|\\u[0-9a-fA-F]{4}|\\\\([^"\\]|\\["\\]))+\/[a-zA-Z]*/,
  symbol: (text) => {
    const code = { '<': '3c', '>': '3e', '&': '26' };
    if (![...text].some((it) => code[it])) return text;
    const hex = (it) => (code[it] ? `\\\\u00${code[it][0]}[${code[it][1]}${code[it][1].toUpperCase()}]` : `\\${it}`);
    return choice(text, alias(token(new RegExp([...text].map(hex).join(''))), text));
  },
};

/** Words of filters may be written in capitals. */
const word = (text) => new RegExp([...text].map((it) => `[${it}${it.toUpperCase()}]`).join(''));

module.exports = function defineGrammar(dialect) {
  const embedded = dialect === 'aslpath_json';
  const text = embedded ? ESCAPED : PLAIN;
  const symbol = text.symbol;

  const list = (rule) => seq(rule, repeat(seq(',', rule)));
  const quoted = ($, spelling, quote, ...more) => {
    const content = (rule) => alias(token.immediate(prec(1, rule)), $.string_content);
    const escape = alias(token.immediate(prec(1, spelling.escape[quote])), $.escape_sequence);
    const rest = repeat(choice(content(spelling.content[quote]), escape, ...more));
    if (quote !== DOUBLED) return seq(quote, rest, token.immediate(quote));
    const first = new RegExp(NOT_AFTER_EMPTY + spelling.content[quote].source.replace('+', '*'));
    return choice(
      quote,
      seq(quote, choice(content(first), escape, ...more), rest, token.immediate(quote)),
      seq(quote, token.immediate(quote)),
    );
  };

  return grammar({
    name: dialect,

    extras: (_) => [text.blank],

    rules: {
      source: ($) =>
        embedded
          ? choice(
            seq(optional(alias($._block_header, $.open)), $._start),
            seq(alias('"', $.open), $._start, alias('"', $.close)),
            seq(alias("'", $.open), $._start, alias("'", $.close)),
          )
          : $._start,
      ...(embedded && { _block_header: (_) => /[|>][-+0-9]*[ \t]*(#[^\n]*)?\r?\n/ }),

      _start: ($) => choice($._path, $.call, seq($.substitution, repeat($._step))),

      // What a template fills in before Step Functions sees the text.
      substitution: (_) => /\$\{[^{}"'\s]*\}/,

      // Paths.
      _path: ($) => choice($.path, $.context_path, $.variable_path),
      path: ($) => seq($.root, repeat($._step)),
      context_path: ($) => seq($.context, repeat($._step)),
      variable_path: ($) => seq($.variable, repeat($._step)),
      root: (_) => '$',
      context: (_) => '$$',
      variable: (_) => text.variable,

      _step: ($) => choice($.child, $.descendant, $.subscript, $.method),
      child: ($) => seq(token.immediate('.'), choice($.name, $.wildcard)),
      descendant: ($) => seq(token.immediate('..'), choice($.name, $.wildcard, $._bracket)),
      subscript: ($) => seq(optional(token.immediate('.')), $._bracket),
      method: ($) =>
        seq(
          choice(token.immediate('.'), token.immediate('..')),
          field('name', $.name),
          token.immediate('('),
          optional(list($._value)),
          ')',
        ),
      name: (_) => token.immediate(text.name),
      wildcard: (_) => '*',

      _bracket: ($) =>
        seq(
          token.immediate('['),
          choice(list($.string), list($.integer), $.slice, $.wildcard, $.filter, $.script),
          ']',
        ),
      slice: ($) =>
        choice(
          seq(field('start', $.integer), ':', optional(field('end', $.integer))),
          seq(':', field('end', $.integer)),
        ),
      integer: (_) => /-?[0-9]+/,

      // `[(@.length-1)]`, which only old versions of the engine take; to this grammar `length-1` is a name.
      script: ($) => seq('(', $.item_path, ')'),

      // Filters.
      filter: ($) => seq('?', '(', $._condition, ')'),
      _condition: ($) => choice($.or, $.and, $.not, $.group, $.comparison, $._value),
      or: ($) => prec.left(1, seq($._condition, '||', $._condition)),
      and: ($) =>
        prec.left(2, seq($._condition, embedded ? choice('&&', alias(/\\u0026\\u0026/, '&&')) : '&&', $._condition)),
      not: ($) => prec(3, seq('!', $._condition)),
      group: ($) => seq('(', $._condition, ')'),
      comparison: ($) =>
        prec(4, seq(field('left', $._value), field('operator', $.operator), field('right', $._value))),
      operator: (_) =>
        choice(
          '==', '!=', '===', '!==', symbol('<'), symbol('<='), symbol('>'), symbol('>='), '=~',
          ...['in', 'nin', 'contains', 'all', 'size', 'empty', 'subsetof', 'anyof', 'noneof', 'type', 'matches']
            .map(word),
        ),
      _value: ($) =>
        choice(
          $.item_path, $._path, $.string, $.number, $.boolean, $.null, $.array, $.regex, $.word,
        ),
      item_path: ($) => seq($.item, repeat($._step)),
      item: (_) => '@',
      array: ($) => seq('[', optional(list($._value)), ']'),
      regex: (_) => text.regex,
      // Text without quotes, which only old versions of the engine take.
      word: (_) => /[\p{L}_][\p{L}\p{N}_\-]*/,

      // Intrinsic functions.
      call: ($) =>
        seq(field('function', $.function), field('arguments', $.arguments)),
      function: (_) => /States\.[A-Za-z0-9]+/,
      arguments: ($) => seq('(', optional(list($._argument)), ')'),
      _argument: ($) =>
        choice(alias($.template, $.string), $.number, $.boolean, $.null, $._path, $.call),

      // In an argument `{}` is a place to fill.
      template: ($) =>
        choice(...text.argument.quotes.map((quote) =>
          quoted($, text.argument, quote,
            alias(token.immediate('{}'), $.placeholder),
            alias(token.immediate(/[{}]/), $.string_content)))),
      string: ($) => choice(...text.quotes.map((quote) => quoted($, text, quote))),
      number: (_) => /-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?/,
      boolean: (_) => choice('true', 'false'),
      null: (_) => 'null',
    },
  });
};
