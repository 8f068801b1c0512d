// A real VS Code for tests: its server on 127.0.0.1, and its workbench in a Chromium without a screen. Both live in one
// folder and end with the test.
//
// VSCODE_FOLDER is where `install` has put everything.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

const installed = process.env.VSCODE_FOLDER ?? fail("VSCODE_FOLDER is not set");
const node = join(installed, "node/bin/node");
const main = join(installed, "vscode/out/server-main.js");
const patience = Number(process.env.ASL_EDITORS_WAIT ?? 20_000);

function fail(reason) {
  throw new Error(reason);
}

export const sleep = (time) => new Promise((done) => setTimeout(done, time));

/** What the probe gives, as soon as that is something. */
export async function until(what, probe, time = patience) {
  const end = Date.now() + time;
  let last;
  for (;;) {
    try {
      last = await probe();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const seen = last instanceof Error ? last.message.split("\n")[0] : JSON.stringify(last);
      throw new Error(`waited in vain for ${what}${last ? `; at last: ${seen}` : ""}`);
    }
    await sleep(40);
  }
}

/** Nothing that moves by itself, asks for attention or looks for the network. */
const calm = {
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.enableExperiments": false,
  "workbench.layoutControl.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export class VSCode {
  /** `home` must be a short path, as sockets lie in it. `extensions` are packages to install. */
  static async start({ home, extensions = [], settings = {}, trust = true, tests = false }) {
    mkdirSync(join(home, "tmp"), { recursive: true });
    const self = new VSCode();
    self.home = realpathSync(home);
    self.logFile = join(self.home, "server.log");
    const data = join(self.home, "data");
    // Settings of a machine are looked for elsewhere than those of a user, as the window counts as a remote one.
    for (const kind of ["User", "Machine"]) {
      mkdirSync(join(data, kind), { recursive: true });
      writeFileSync(join(data, kind, "settings.json"), JSON.stringify({ ...calm, ...settings }));
    }
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE|XDG)_/.test(name)));
    Object.assign(environment, { HOME: self.home, TMPDIR: join(self.home, "tmp"), EXTENSIONS_GALLERY: '{"serviceUrl":""}' });
    const folders = ["--server-data-dir", join(self.home, "server"), "--user-data-dir", data, "--extensions-dir", join(self.home, "extensions")];
    for (const file of extensions) {
      const done = spawnSync(node, [main, "--accept-server-license-terms", ...folders, "--install-extension", file, "--force"], {
        env: environment,
        encoding: "utf8",
        timeout: 90_000,
      });
      if (done.status !== 0 || !done.stdout.includes("successfully installed")) fail(`${file} is not installed: ${done.stdout}${done.stderr}`);
    }

    self.port = await freePort();
    const log = openSync(self.logFile, "a");
    self.server = spawn(
      node,
      [
        main,
        "--accept-server-license-terms",
        ...folders,
        ...["--host", "127.0.0.1", "--port", String(self.port), "--without-connection-token", "--disable-telemetry"],
        ...(trust ? ["--disable-workspace-trust"] : []),
        // Lets a page name an extension and its tests; but then nothing pops up any more.
        ...(tests ? ["--enable-smoke-test-driver"] : []),
      ],
      { env: environment, stdio: ["ignore", log, log], detached: true, cwd: self.home },
    );
    closeSync(log);
    process.once("exit", () => self.end("SIGKILL"));
    try {
      await until("the server of VS Code", () => {
        if (self.server.exitCode !== null) fail(`it has ended: ${self.log()}`);
        return answers(`http://127.0.0.1:${self.port}/version`);
      });
      const { chromium } = createRequire(join(installed, "driver/x.js"))("playwright-core");
      self.browser = await chromium.launch({
        executablePath: which(process.env.CHROMIUM ?? "chromium"),
        args: [
          ...["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync", "--disable-quic"],
          ...["--disable-background-networking", "--disable-component-update"],
          "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
      });
      self.context = await self.browser.newContext({ viewport: { width: 1280, height: 760 }, locale: "en-US" });
      self.page = await self.context.newPage();
      self.page.setDefaultTimeout(patience);
      // What the page asks of others than this machine, though it cannot have it.
      self.strangers = [];
      self.page.on("request", (request) => {
        const url = new URL(request.url());
        if (/^(https?|wss?):$/.test(url.protocol) && url.hostname !== "127.0.0.1") self.strangers.push(request.url());
      });
      return self;
    } catch (error) {
      await self.stop();
      throw error;
    }
  }

  log() {
    return readFileSync(this.logFile, "utf8").slice(-1500);
  }

  /** What the extension and its server have said. */
  extensionLog() {
    const logs = readdirSync(join(this.home, "data"), { recursive: true }).filter((name) => /asl-lsp[^/]*\.log$/.test(name));
    return logs.map((name) => `${name}:\n${readFileSync(join(this.home, "data", name), "utf8").slice(-6000)}`).join("\n");
  }

  /** Ends the server with all that it has started: it has a process group of its own. */
  end(signal) {
    try {
      process.kill(-this.server.pid, signal);
    } catch {
      // It has ended already.
    }
  }

  async stop() {
    await Promise.race([this.browser?.close().catch(() => undefined), sleep(5000)]);
    if (this.server.exitCode === null) {
      const gone = new Promise((done) => this.server.once("exit", done));
      this.end("SIGTERM");
      await Promise.race([gone, sleep(5000)]);
    }
    this.end("SIGKILL");
  }

  address(folder, payload) {
    const query = new URLSearchParams({ folder: realpathSync(folder), payload: JSON.stringify(payload) });
    return `http://127.0.0.1:${this.port}/?${query}`;
  }

  remote(path) {
    return `vscode-remote://127.0.0.1:${this.port}${path}`;
  }

  /** Opens a folder and a file in it. */
  async open(folder, file) {
    await this.page.goto(this.address(folder, [["openFile", this.remote(join(realpathSync(folder), file))]]));
    await this.editor().waitFor({ timeout: 2 * patience });
    await this.editor().locator(".view-line").first().click({ position: { x: 2, y: 5 } });
  }

  /** Runs `run` of a module in the extension host, where all of VS Code's interface is to be had. Gives what it printed. */
  async test(folder, extension, module, time) {
    const lines = [];
    const ended = new Promise((done) => {
      void this.page.exposeFunction("codeAutomationLog", (_kind, words) => lines.push(words.map(String).join(" ")));
      void this.page.exposeFunction("codeAutomationExit", (code) => done(code));
    });
    await this.page.goto(
      this.address(folder, [
        ["extensionDevelopmentPath", this.remote(realpathSync(extension))],
        ["extensionTestsPath", this.remote(realpathSync(module))],
      ]),
    );
    const code = await Promise.race([ended, sleep(time).then(() => "none: it took too long")]);
    return { code, lines };
  }

  editor() {
    return this.page.locator(".editor-instance .monaco-editor").first();
  }

  keys(...names) {
    return names.reduce((before, name) => before.then(() => this.page.keyboard.press(name)), Promise.resolve());
  }

  type(text) {
    return this.page.keyboard.type(text, { delay: 15 });
  }

  /** What a part of the screen says. VS Code writes blanks as hard ones. */
  async says(selector) {
    const parts = await this.page.locator(selector).allInnerTexts();
    return parts.join("\n").replaceAll("\u00a0", " ");
  }

  see(selector, ...texts) {
    return until(`${texts.join(" and ")} in ${selector}`, async () => {
      const said = await this.says(selector);
      return texts.every((text) => said.includes(text)) && said;
    });
  }

  /** The box of VS Code's into which one types. */
  box() {
    return this.page.locator(".quick-input-widget:visible input.input, .quick-input-widget:visible .quick-input-box input").first();
  }

  /** Opens it by a key, and types. A key that comes while the focus is on its way is lost. */
  async quickInput(key, text) {
    const input = this.box();
    await until(`the box of ${key}`, async () => {
      await this.keys(key);
      return input.waitFor({ timeout: 3000 }).then(() => true);
    });
    await input.fill(text);
    return input;
  }

  async command(title) {
    const input = await this.quickInput("F1", `>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first().waitFor();
    await this.keys("Enter");
    await input.waitFor({ state: "hidden" });
  }

  /** Puts the cursor to a place; both numbers count from 1. */
  async goTo(line, column) {
    const input = await this.quickInput("Control+g", `:${line}:${column}`);
    await sleep(40);
    await this.keys("Enter");
    await input.waitFor({ state: "hidden" });
    await until(`the cursor at ${line}:${column}`, async () => (await this.cursor()).join() === `${line},${column}`);
  }

  async cursor() {
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(await this.says("#status\\.editor\\.selection")) ?? [];
    return [Number(line), Number(column)];
  }

  /** The frame of the graph. */
  graph() {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  async shoot(file) {
    // What fades in is shown as it will be.
    await this.page.screenshot({ path: file, animations: "disabled" });
  }

  /** The processes of asl-lsp that this VS Code has started. */
  servers() {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((id) => {
        try {
          return (
            readlinkSync(`/proc/${id}/exe`).endsWith("/asl-lsp") &&
            readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(`HOME=${this.home}`)
          );
        } catch {
          return false;
        }
      });
  }
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function answers(url) {
  return new Promise((done, failed) => {
    get(url, (answer) => {
      answer.resume();
      done(answer.statusCode === 200);
    }).once("error", failed);
  });
}

function which(program) {
  if (program.includes("/")) return program;
  const found = spawnSync("which", [program], { encoding: "utf8" }).stdout.trim();
  return found || fail(`there is no ${program}`);
}
