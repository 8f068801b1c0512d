import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseServer } from "../../src/server/choose";
import type { Circumstances } from "../../src/server/choose";

function choose(files: string[], more: Partial<Circumstances> = {}) {
  return chooseServer({
    configured: "",
    trusted: true,
    extension: "/ext",
    home: "/home/me",
    workspace: "/project",
    searchPath: "/bin:/usr/bin",
    platform: "linux",
    isFile: (path) => files.includes(path),
    ...more,
  });
}

const everything = ["/ext/server/asl-lsp", "/usr/bin/asl-lsp", "/my/asl-lsp"];

void test("a configured server comes first", () => {
  assert.deepEqual(choose(everything, { configured: "/my/asl-lsp" }), { found: true, path: "/my/asl-lsp", origin: "setting" });
});

void test("then the one inside the extension, then PATH", () => {
  assert.deepEqual(choose(everything), { found: true, path: "/ext/server/asl-lsp", origin: "extension" });
  assert.deepEqual(choose(["/usr/bin/asl-lsp"]), { found: true, path: "/usr/bin/asl-lsp", origin: "PATH" });
  assert.equal(choose([]).found, false);
});

void test("a configured server that is not there is no reason to start another", () => {
  const choice = choose(everything, { configured: "/gone" });
  assert.ok(!choice.found && choice.reason.includes("/gone"));
});

void test("without trust, only the one inside the extension is started", () => {
  assert.deepEqual(choose(everything, { trusted: false, configured: "/my/asl-lsp" }), {
    found: true,
    path: "/ext/server/asl-lsp",
    origin: "extension",
  });
  assert.equal(choose(["/usr/bin/asl-lsp", "/my/asl-lsp"], { trusted: false, configured: "/my/asl-lsp" }).found, false);
});

void test("home and workspace are filled in", () => {
  assert.deepEqual(choose(["/home/me/bin/asl-lsp"], { configured: "~/bin/asl-lsp" }), {
    found: true,
    path: "/home/me/bin/asl-lsp",
    origin: "setting",
  });
  assert.equal(choose(["/project/target/asl-lsp"], { configured: "${workspaceFolder}/target/asl-lsp" }).found, true);
});

void test("Windows has other paths", () => {
  const windows = { platform: "win32", extension: "C:\\ext", searchPath: "C:\\a;C:\\b" };
  assert.equal(choose(["C:\\ext\\server\\asl-lsp.exe"], windows).found, true);
  assert.deepEqual(choose(["C:\\b\\asl-lsp.exe"], windows), { found: true, path: "C:\\b\\asl-lsp.exe", origin: "PATH" });
});
