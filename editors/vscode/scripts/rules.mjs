// Writes the rules of the server into the schema of the setting `asl.rules`.
//   rules.mjs [--check]       with --check it only says whether they are fresh
// The list is that of `asl-lsp rules`: of the program ASL_LSP, else of the one that cargo builds.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";

const file = join(import.meta.dirname, "../package.json");
const levels = ["error", "warning", "information", "hint", "off"];
const [program, ...leading] = process.env.ASL_LSP
  ? [resolve(process.env.ASL_LSP)]
  : ["cargo", "run", "--quiet", "--locked", "--package", "asl-lsp", "--"];

const listed = spawnSync(program, [...leading, "rules", "--format", "json"], { cwd: import.meta.dirname, encoding: "utf8" });
if (listed.status !== 0) {
  console.error(listed.error?.message ?? listed.stderr);
  process.exit(1);
}
const properties = Object.fromEntries(
  JSON.parse(listed.stdout).map((rule) => [
    rule.code,
    {
      type: "string",
      enum: levels,
      default: rule.enabled ? rule.severity : "off",
      markdownDescription: `${rule.summary}. [More](${rule.url})`,
    },
  ]),
);

// One rule a line, so that a new one is a line of difference.
const text = readFileSync(file, "utf8");
const lines = Object.entries(properties).map(([code, schema]) => `            ${JSON.stringify(code)}: ${JSON.stringify(schema)}`);
const list = /("additionalProperties": false,\n {10}"properties": )\{(?:\n {12}.*)*\s*\}/;
if (!list.test(text)) throw new Error("package.json has no place for the rules");
const after = text.replace(list, (_, head) => `${head}{\n${lines.join(",\n")}\n          }`);
JSON.parse(after);
if (process.argv.includes("--check")) {
  if (after !== text) {
    console.error("the schema of asl.rules is stale: run `node editors/vscode/scripts/rules.mjs`");
    process.exit(1);
  }
} else {
  writeFileSync(file, after);
}
