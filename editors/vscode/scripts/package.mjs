// Packages the extension with a server inside.
//   package.mjs [--target linux-x64] [--server FILE] [--out FILE.vsix]
// The target is one of vsce's; without, it is that of this machine. The server is a release build for it; without, the
// one in `target/release`.
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const most = 15_000_000;
const licences = ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"];
const root = join(import.meta.dirname, "..");
const { values: asked } = parseArgs({ options: { target: { type: "string" }, server: { type: "string" }, out: { type: "string" } } });
const target = asked.target ?? `${process.platform}-${process.arch}`;
const program = target.startsWith("win32") ? "asl-lsp.exe" : "asl-lsp";
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, "../../target"), "release", program);
const server = resolve(asked.server ?? built);
const out = resolve(asked.out ?? join(root, `asl-lsp-${target}.vsix`));

if (!existsSync(server)) fail(`there is no server at ${server}: cargo build --release --package asl-lsp, or --server FILE`);

rmSync(join(root, "server"), { recursive: true, force: true });
mkdirSync(join(root, "server"));
copyFileSync(server, join(root, "server", program));
chmodSync(join(root, "server", program), 0o755);
for (const licence of licences) copyFileSync(join(root, "../..", licence), join(root, licence));

const vsce = join(root, "node_modules/@vscode/vsce/vsce");
const done = spawnSync(process.execPath, [vsce, "package", "--target", target, "--no-dependencies", "--out", out], {
  cwd: root,
  stdio: "inherit",
});
for (const licence of licences) rmSync(join(root, licence));
if (done.status !== 0) process.exit(done.status ?? 1);

const size = statSync(out).size;
console.log(`${out}: ${(size / 1e6).toFixed(1)} MB`);
if (size > most) fail(`the package is larger than ${most / 1e6} MB`);

function fail(message) {
  console.error(message);
  process.exit(1);
}
