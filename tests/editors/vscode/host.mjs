// Runs the tests in the extension host of VS Code, against the extension in its folder.
//
//   host.mjs EXTENSION SERVER
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VSCode } from "./vscode.mjs";

const [extension, server] = process.argv.slice(2);
const home = mkdtempSync(join(tmpdir(), "vs."));
const folder = join(home, "work");
cpSync(join(import.meta.dirname, "../cases"), folder, { recursive: true });
// Stands for AWS Toolkit: all that we look at is whether it is there.
const toolkit = { publisher: "amazonwebservices", name: "aws-toolkit-vscode", version: "0.0.1", engines: { vscode: "^1.91.0" } };
const place = join(home, `h/extensions/${toolkit.publisher}.${toolkit.name}-${toolkit.version}`);
mkdirSync(place, { recursive: true });
writeFileSync(join(place, "package.json"), JSON.stringify(toolkit));
let vscode;
let failed = true;
try {
  vscode = await VSCode.start({ home: join(home, "h"), settings: { "asl.server.path": server, "asl.coexistence.awsToolkit": "both" }, tests: true });
  const { code, lines } = await vscode.test(folder, extension, join(import.meta.dirname, "host.cjs"), 240_000);
  failed = code !== 0;
  for (const line of lines) if (failed || /^(not ok|ok) /.test(line)) console.log(line);
  if (failed) console.log(`the tests ended with ${code}\n${vscode.log()}\n${vscode.extensionLog()}`);
} catch (error) {
  console.log(`not ok  ${error.stack}`);
} finally {
  await vscode?.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(failed ? 1 : 0);
