/**
 * JSONata, once for two parsers.
 *
 * `jsonata` reads an expression as text of its own. `jsonata_json` reads it where Step Functions keeps it: inside a
 * string of a JSON or YAML document, quotes, `{%` and `%}` included, escapes not undone. Both give the same tree.
 *
 * The powers are those of the reference's operator-precedence parser. An operator may bind its left side tighter than
 * its right one (`a ?? b or c` is `a ?? (b or c)`); that is why `infix` gives the two sides a precedence each.
 */

const POWER = {
  postfix: 80,
  path: 75,
  minus: 70,
  group: 70,
  product: 60,
  sum: 50,
  compare: 40,
  and: 30,
  or: 25,
  condition: 20,
  bind: 10,
};

/** Characters that end a name; a name takes any other one, `"` and no-break space included. */
const STOP = ' \\t\\n\\r\\v.\\[\\]{}(),@#;:?+\\-*/%|=<>\\^&!~';

/** How a piece of text is spelled: as it is, or as JSON's escapes make it. */
const PLAIN = {
  blank: /[ \t\n\r\v]+/,
  /** First and further characters of a name. */
  name: [`[^${STOP}0-9"'\`$]`, `[^${STOP}]`],
  quotes: ['"', "'"],
  /** What an escape begins with, and what may follow. */
  content: { '"': /[^"\\]+/, "'": /[^'\\]+/ },
  escape: { '"': /\\(["\\\/bfnrt]|u[0-9a-fA-F]{4})/, "'": /\\(["\\\/bfnrt]|u[0-9a-fA-F]{4})/ },
  quotedName: /`[^`]*`/,
  regex: { other: '[^/\\\\()\\[\\]{}]', first: '[^*/\\\\()\\[\\]{}]', escape: '\\\\+[^\\\\]' },
  symbol: (text) => text,
};

/** A JSON escape of a character beyond ASCII; those within it may be marks of the language. */
const BEYOND_ASCII = '\\\\u(00[89a-fA-F][0-9a-fA-F]|0[1-9a-fA-F][0-9a-fA-F]{2}|[1-9a-fA-F][0-9a-fA-F]{3})';

const JSON_ESCAPE = '\\\\([nrtbf/]|u[0-9a-fA-F]{4})';

/**
 * In a quoted scalar of YAML an apostrophe is written twice: `''x''` there is `'x'`. Elsewhere `''` is an empty string,
 * so what opens a string must be followed by something that cannot come behind an empty one: no mark, no operator.
 */
const DOUBLED = "''";
const NOT_AFTER_EMPTY = [
  `[^${STOP}'"\`\\\\aoi]`, "[ai][^n'\\\\]", "o[^r'\\\\]", "an[^d'\\\\]",
  ...['and', 'or', 'in'].map((it) => `${it}[^${STOP}'\\\\]`),
].join('|');

const ESCAPED = {
  blank: /([ \t\n\r\v]|\\[nrt]|\\\r?\n)+/,
  // A backslash in a name begins an escape: of a backslash, of a quote (but not in front), of a letter.
  name: [
    `([^${STOP}0-9"'\`$\\\\]|\\\\\\\\|${BEYOND_ASCII})`,
    `([^${STOP}\\\\]|\\\\["\\\\]|${BEYOND_ASCII})`,
  ],
  // A bare `"` cannot stand in a JSON string; it can in the other quotations of YAML.
  quotes: ['\\"', "'", '"', DOUBLED],
  content: {
    '\\"': new RegExp(`([^"\\\\]|${JSON_ESCAPE})+`),
    "'": new RegExp(`([^'\\\\]|\\\\"|${JSON_ESCAPE})+`),
    '"': /[^"\\]+/,
    [DOUBLED]: /[^'\\]+/,
  },
  escape: {
    '\\"': /\\\\(\\["\\]|[\/bfnrt]|u[0-9a-fA-F]{4})/,
    "'": /\\\\(\\["\\]|[\/bfnrt]|u[0-9a-fA-F]{4})/,
    '"': /\\(["\\\/bfnrt]|u[0-9a-fA-F]{4})/,
    [DOUBLED]: /\\(["\\\/bfnrt]|u[0-9a-fA-F]{4})/,
  },
  quotedName: /`([^`"\\]|\\["\\\/bfnrt]|\\u[0-9a-fA-F]{4})*`/,
  regex: {
    other: '([^/\\\\"()\\[\\]{}]|\\\\["nrtbf]|\\\\u[0-9a-fA-F]{4})',
    first: '([^*/\\\\"()\\[\\]{}]|\\\\["nrtbf]|\\\\u[0-9a-fA-F]{4})',
    escape: '(\\\\\\\\)+([^\\\\"]|\\\\["/nrtbf])',
  },
  // Some writers of JSON escape what could be taken for HTML.
  symbol: (text) => {
    const code = { '<': '3c', '>': '3e', '&': '26' };
    if (![...text].some((it) => code[it])) return text;
    const hex = (it) => (code[it] ? `\\\\u00${code[it][0]}[${code[it][1]}${code[it][1].toUpperCase()}]` : `\\${it}`);
    return choice(text, alias(token(new RegExp([...text].map(hex).join(''))), text));
  },
};

/**
 * A regular expression ends at the first slash outside of all brackets. Five levels of brackets are counted;
 * more would need a scanner written by hand.
 */
function regexPattern({ first, other, escape }) {
  let group = '';
  for (let level = 0; level < 5; level++) {
    group = `[(\\[{]([^()\\[\\]{}\\\\${other.includes('"') ? '"' : ''}]|${escape}|${other}${group && `|${group}`})*[)\\]}]`;
  }
  return new RegExp(`/(${first}|${escape}|${group})(${other}|${escape}|${group})*/[im]*`);
}

module.exports = function defineGrammar(dialect) {
  const embedded = dialect === 'jsonata_json';
  const text = embedded ? ESCAPED : PLAIN;
  const symbol = text.symbol;

  const list = (rule) => seq(rule, repeat(seq(',', rule)));
  const infix = ($, left, operator, right = left) => {
    const sides = seq(
      prec(left, seq(field('left', $._expression), field('operator', operator))),
      field('right', right === 0 ? $._body : $._expression),
    );
    return right === 0 ? prec.right(0, sides) : prec.left(left, sides);
  };
  const quoted = ($, quote) => {
    const content = (rule) => alias(token.immediate(prec(1, rule)), $.string_content);
    const escape = alias(token.immediate(prec(1, text.escape[quote])), $.escape_sequence);
    const rest = repeat(choice(content(text.content[quote]), escape));
    // Immediate, or the lexer would take a string of one blank for blank and quote.
    const close = token.immediate(quote);
    if (quote !== DOUBLED) return seq(quote, rest, close);
    const first = new RegExp(`(${NOT_AFTER_EMPTY})[^'\\\\]*`);
    return choice(quote, seq(quote, choice(content(first), escape), rest, close), seq(quote, close));
  };

  return grammar({
    name: dialect,

    extras: ($) => [text.blank, $.comment],

    word: ($) => $._identifier,

    rules: {
      source: ($) => (embedded ? seq($.open, optional($._body), $.close) : $._body),

      // The quote, or the header of a YAML block, belongs to the mark: an editor injects the whole string.
      ...(embedded && {
        open: (_) => token(choice(/["']?\{%/, /[|>][-+0-9]*[ \t]*(#[^\n]*)?\r?\n\s*\{%/)),
        close: (_) => /%\}["']?/,
      }),

      // A whole expression, as it stands in brackets or behind a comma.
      _body: ($) => choice($.binding, $._expression),

      binding: ($) => prec.right(POWER.bind, seq(field('name', $.variable), ':=', field('value', $._body))),

      _expression: ($) =>
        choice(
          $.name,
          $.quoted_name,
          $.variable,
          $.number,
          $.string,
          $.regex,
          $.boolean,
          $.null,
          $.wildcard,
          $.descendants,
          $.parent,
          $.block,
          $.array,
          $.object,
          $.transform,
          $.lambda,
          $.path,
          $.unary,
          $.binary,
          $.coalesce,
          $.default,
          $.conditional,
          $.call,
          $.filter,
          $.group_by,
          $.order_by,
          $.focus,
          $.index,
          $._power,
        ),

      // Behind an operand `**` is one token, as in the reference, and nothing can follow it. Without this rule
      // `a ** b` would be read as `a * *b`. The second token is a character that no text has.
      _power: ($) => prec.left(POWER.product, seq($._expression, '**', /\u{10FFFF}/)),

      // Operators between two expressions.
      path: ($) => infix($, POWER.path, '.'),
      binary: ($) =>
        choice(
          ...[
            [POWER.product, ['*', '/', '%']],
            [POWER.sum, ['+', '-', symbol('&')]],
            [POWER.compare, ['=', '!=', symbol('<'), symbol('<='), symbol('>'), symbol('>='), 'in', symbol('~>')]],
            [POWER.and, ['and']],
            [POWER.or, ['or']],
          ].map(([power, operators]) => infix($, power, choice(...operators))),
        ),
      // From JSONata 2.1 on, which Step Functions does not have: parsed, so that the rest of the text is understood.
      coalesce: ($) => infix($, POWER.compare, '??', 0),
      default: ($) => infix($, POWER.compare, '?:', 0),
      conditional: ($) =>
        prec.right(0, seq(
          prec(POWER.condition, seq(field('condition', $._expression), '?')),
          field('consequence', $._body),
          optional(seq(':', field('alternative', $._body))),
        )),
      unary: ($) => prec.left(POWER.minus, seq('-', field('operand', $._expression))),

      // Postfix forms.
      call: ($) =>
        prec.left(POWER.postfix, seq(
          field('function', choice(alias($.variable, $.function), $._expression)),
          field('arguments', $.arguments),
        )),
      arguments: ($) => seq('(', optional(list(choice($._body, $.placeholder))), ')'),
      placeholder: (_) => '?',
      filter: ($) =>
        prec.left(POWER.postfix, seq(field('operand', $._expression), '[', optional(field('filter', $._body)), ']')),
      focus: ($) => prec.left(POWER.postfix, seq(field('operand', $._expression), '@', field('name', $.variable))),
      index: ($) => prec.left(POWER.postfix, seq(field('operand', $._expression), '#', field('name', $.variable))),
      group_by: ($) => prec.left(POWER.group, seq(field('operand', $._expression), $._pairs)),
      order_by: ($) =>
        prec.left(POWER.compare, seq(field('operand', $._expression), '^', '(', list($.term), ')')),
      term: ($) => seq(optional(choice(symbol('<'), symbol('>'))), $._body),

      // Forms that begin with a mark of their own.
      block: ($) => seq('(', optional(seq($._body, repeat(seq(';', $._body)), optional(';'))), ')'),
      array: ($) => seq('[', optional(list(choice($._body, $.range))), ']'),
      range: ($) => seq(field('first', $._body), '..', field('last', $._body)),
      object: ($) => $._pairs,
      _pairs: ($) => seq('{', optional(list($.pair)), '}'),
      pair: ($) => seq(field('key', $._body), ':', field('value', $._body)),
      transform: ($) =>
        seq(
          '|',
          field('location', $._body),
          '|',
          field('update', $._body),
          optional(seq(',', field('delete', $._body))),
          '|',
        ),
      lambda: ($) =>
        prec(1, seq(
          $._function,
          field('parameters', $.parameters),
          optional(field('signature', $.signature)),
          '{',
          field('body', $._body),
          '}',
        )),
      _function: (_) => prec(1, choice('function', 'λ', '`function`', '`λ`')),
      parameters: ($) => seq('(', optional(list(alias($.variable, $.parameter))), ')'),

      // The letters are names to the lexer, or they would stop being names elsewhere. The reference counts `<` and
      // `>` and looks at the rest after parsing.
      signature: ($) => seq(symbol('<'), repeat($._signature_part), symbol('>')),
      _signature_part: ($) =>
        choice(
          alias($._identifier, $.type),
          ...['(', ')', '[', ']', '?', '+', '-', ':', '*', ',', '.', '|', '='],
          seq(symbol('<'), repeat($._signature_part), symbol('>')),
        ),

      // Words of the language that do not stand where an operator can are names.
      name: ($) =>
        choice($._identifier, prec(-1, choice('and', 'or', 'in', 'function', 'λ', '`function`', '`λ`'))),
      _identifier: (_) => new RegExp(text.name[0] + text.name[1] + '*'),
      quoted_name: (_) => text.quotedName,
      variable: (_) => new RegExp(`\\$${text.name[1]}*`),

      number: (_) => /(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/,
      string: ($) => choice(...text.quotes.map((quote) => quoted($, quote))),
      regex: (_) => token(regexPattern(text.regex)),
      boolean: (_) => choice('true', 'false'),
      null: (_) => 'null',
      wildcard: (_) => '*',
      descendants: (_) => '**',
      parent: (_) => '%',

      comment: (_) => token(prec(2, /\/\*([^*]|\*+[^*\/])*\*+\//)),
    },
  });
};
