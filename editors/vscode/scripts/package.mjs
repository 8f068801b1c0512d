// Packages the extension with a server inside.
//   package.mjs [--target linux-x64] [--server FILE] [--out FILE.vsix]
// The target is one of vsce's; without, it is that of this machine. The server is a release build for it; without, the
// one in `target/release`.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const most = 15_000_000;
const root = join(import.meta.dirname, "..");
const repository = join(root, "../..");
const { values: asked } = parseArgs({ options: { target: { type: "string" }, server: { type: "string" }, out: { type: "string" } } });
const target = asked.target ?? `${process.platform}-${process.arch}`;
const program = target.startsWith("win32") ? "asl-lsp.exe" : "asl-lsp";
const built = join(process.env.CARGO_TARGET_DIR ?? join(repository, "target"), "release", program);
const server = resolve(asked.server ?? built);
const out = resolve(asked.out ?? join(root, `asl-lsp-${target}.vsix`));

if (!existsSync(server)) fail(`there is no server at ${server}: cargo build --release --package asl-lsp, or --server FILE`);

rmSync(join(root, "server"), { recursive: true, force: true });
mkdirSync(join(root, "server"));
copyFileSync(server, join(root, "server", program));
chmodSync(join(root, "server", program), 0o755);
// vsce knows one licence, by this name; without it, it asks whether to go on.
const text = (name) => readFileSync(join(repository, name), "utf8").trimEnd();
const licence = ["Licensed under either of MIT or Apache 2.0, at your option.", text("LICENSE-MIT"), text("LICENSE-APACHE")];
writeFileSync(join(root, "LICENSE.txt"), licence.join(`\n\n${"-".repeat(72)}\n\n`) + "\n");
copyFileSync(join(repository, "NOTICE"), join(root, "NOTICE"));

// The page in the marketplace shows the pictures from the repository; vsce takes its root to be the extension.
const { repository: source } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const address = (kind) => `${source.url}/${kind}/HEAD/${source.directory}`;
const vsce = join(root, "node_modules/@vscode/vsce/vsce");
const options = ["--target", target, "--no-dependencies", "--baseContentUrl", address("blob"), "--baseImagesUrl", address("raw")];
const done = spawnSync(process.execPath, [vsce, "package", ...options, "--out", out], { cwd: root, stdio: "inherit" });
for (const copy of ["LICENSE.txt", "NOTICE"]) rmSync(join(root, copy));
if (done.status !== 0) process.exit(done.status ?? 1);

const size = statSync(out).size;
console.log(`${out}: ${(size / 1e6).toFixed(1)} MB`);
if (size > most) fail(`the package is larger than ${most / 1e6} MB`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
