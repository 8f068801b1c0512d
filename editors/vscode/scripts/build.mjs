// Bundles the extension and the page of the graph into `dist`.
//   build.mjs [--minify] [--watch]      build.mjs --tests: the unit tests into `test/unit/out`
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, context } from "esbuild";

const root = join(import.meta.dirname, "..");
const asked = new Set(process.argv.slice(2));
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: asked.has("--minify"),
  sourcemap: asked.has("--minify") ? false : "linked",
  logLevel: "warning",
};
const extension = {
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
};
const page = {
  ...common,
  entryPoints: ["src/webview/graph.ts", "src/webview/graph.css"],
  outdir: "dist",
  platform: "browser",
  format: "iife",
  target: "chrome120",
};

if (asked.has("--tests")) {
  rmSync(join(root, "test/unit/out"), { recursive: true, force: true });
  const tests = readdirSync(join(root, "test/unit")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => join("test/unit", name)),
    outdir: "test/unit/out",
    platform: "node",
    format: "cjs",
    target: "node20",
  });
} else if (asked.has("--watch")) {
  for (const options of [extension, page]) await (await context(options)).watch();
} else {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  await Promise.all([build(extension), build(page)]);
}
