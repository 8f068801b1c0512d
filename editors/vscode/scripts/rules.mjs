// Writes the rules of the server into the schema of the setting `asl.rules`.
//   rules.mjs [--check]       with --check it only says whether they are fresh
// The list is the table at the top of `server/docs/rules.md`, which the tests of the server keep true.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const file = join(import.meta.dirname, "../package.json");
const table = readFileSync(join(import.meta.dirname, "../../../server/docs/rules.md"), "utf8");
const page = "https://github.com/asl-lsp/asl-lsp/blob/main/server/docs/rules.md";
const levels = ["error", "warning", "information", "hint", "off"];

// One rule a line, so that a new one is a line of difference.
const rules = [...table.matchAll(/^\| \[`([a-z-]+)`\]\(#[a-z-]+\) \| (\w+)( \(off\))? \|[^|]*\| (.*) \|$/gm)].map(([, code, level, off, summary]) => {
  if (!levels.includes(level)) throw new Error(`${code} has the level ${level}`);
  const schema = { type: "string", enum: levels, default: off ? "off" : level, markdownDescription: `${summary}. [More](${page}#${code})` };
  return `            ${JSON.stringify(code)}: ${JSON.stringify(schema)}`;
});
if (rules.length < 100) throw new Error(`rules.md has another form: ${rules.length} rules were found`);

const text = readFileSync(file, "utf8");
const place = /("additionalProperties": false,\n {10}"properties": )\{(?:\n {12}.*)*\s*\}/;
if (!place.test(text)) throw new Error("package.json has no place for the rules");
const fresh = text.replace(place, (_, head) => `${head}{\n${rules.join(",\n")}\n          }`);
JSON.parse(fresh);
if (!process.argv.includes("--check")) {
  writeFileSync(file, fresh);
} else if (fresh !== text) {
  console.error("the schema of asl.rules is stale: run `npm run generate` in editors/vscode");
  process.exit(1);
}
