// Runs in the extension host of VS Code: asserts on what the editor's own commands give for the stories, and on what the
// extension does when things go wrong. `host.mjs` starts it; the workspace holds the documents and `stories.json`.
"use strict";
const assert = require("node:assert/strict");
const { readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { performance } = require("node:perf_hooks");
const vscode = require("vscode");

const patience = Number(process.env.ASL_EDITORS_WAIT ?? 20_000);
const run = (command, ...words) => vscode.commands.executeCommand(command, ...words);
const sleep = (time) => new Promise((done) => setTimeout(done, time));
let folder;
let api;

async function until(what, probe, time = patience) {
  for (const end = Date.now() + time; ; await sleep(15)) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}

/** A document in an editor, as it is on disk. */
async function open(name) {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  await run("workbench.action.files.revert");
  return document;
}

async function fresh(name, text) {
  writeFileSync(vscode.Uri.joinPath(folder, name).fsPath, text);
  return open(name);
}

/** The place that a text with a `|` in it marks. */
function place(document, marked) {
  const [before, after] = marked.split("|");
  const at = document.getText().indexOf(before + after);
  assert.ok(at >= 0, `the document has no ${marked}`);
  return document.positionAt(at + before.length);
}

async function edit(document, change) {
  const changes = new vscode.WorkspaceEdit();
  change(changes);
  assert.ok(await vscode.workspace.applyEdit(changes));
}

const insert = (document, at, text) => edit(document, (changes) => changes.insert(document.uri, at, text));
const findings = (document) => vscode.languages.getDiagnostics(document.uri).filter((finding) => finding.source === "asl-lsp");
const codeOf = (finding) => (typeof finding.code === "object" ? finding.code.value : finding.code);
const found = (document, code) => until(code, () => findings(document).find((finding) => codeOf(finding) === code));
const labelOf = (item) => (typeof item.label === "string" ? item.label : item.label.label);
const told = (hovers) => hovers.flatMap((hover) => hover.contents.map((content) => content.value ?? content)).join("\n");
const condition = () => api.session.condition;
const running = () => until("the server", () => condition().is === "running" && api.session.client);

/** The processes that this one has started of the server. */
function servers() {
  return readdirSync("/proc").filter((name) => {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8");
      return fields.includes("(asl-lsp)") && fields.slice(fields.lastIndexOf(")") + 4).startsWith(`${process.pid} `) && !/\) [ZX] /.test(fields);
    } catch {
      return false;
    }
  });
}

/** A server that is asked to end may take a moment, and one that takes its place too. */
const onlyServer = (but) =>
  until("one server", () => {
    const [server, ...others] = servers();
    return others.length === 0 && server !== but && server;
  });

function story(story) {
  const name = story.file.split(".")[0];
  return {
    [`${name}: the mistake, and nothing else`]: async () => {
      const document = await open(story.file);
      assert.equal(document.languageId, story.filetype);
      const finding = await found(document, story.diagnostic.code);
      assert.ok(finding.message.includes(story.diagnostic.message), finding.message);
      const at = place(document, story.diagnostic.at);
      assert.ok(finding.range.start.line === at.line && Math.abs(finding.range.start.character - at.character) <= 1);
      assert.ok(finding.code.target.toString().startsWith("https://"), "its code has no link");
      assert.equal(findings(document).length, 1);
    },
    [`${name}: hover, with a link`]: async () => {
      const document = await open(story.file);
      const text = told(await run("vscode.executeHoverProvider", document.uri, place(document, story.hover.at)));
      for (const part of [...story.hover.expect, story.hover.link]) assert.ok(text.includes(part), text);
    },
    [`${name}: completion of fields and states`]: async () => {
      const document = await open(story.file);
      const json = story.filetype === "asl";
      const line = place(document, `|${story.fields.below}`).line;
      const end = document.lineAt(line).range.end;
      // A real Enter would indent the new line.
      const blanks = " ".repeat(document.lineAt(line).firstNonWhitespaceCharacterIndex);
      await insert(document, end, `\n${blanks}${story.fields.type}${json ? '"' : ""}`);
      const typed = new vscode.Position(line + 1, blanks.length + story.fields.type.length);
      const fields = await run("vscode.executeCompletionItemProvider", document.uri, typed);
      assert.ok(fields.items.some((item) => labelOf(item) === story.fields.label), fields.items.map(labelOf).join(", "));
      await run("workbench.action.files.revert");
      const states = await run("vscode.executeCompletionItemProvider", document.uri, place(document, story.states.at));
      assert.ok(states.items.some((item) => labelOf(item) === story.states.label), states.items.map(labelOf).join(", "));
    },
    [`${name}: the quick fix`]: async () => {
      const document = await open(story.file);
      await found(document, story.diagnostic.code);
      const at = place(document, story.action.at);
      const action = await until(story.action.title, async () => {
        const actions = await run("vscode.executeCodeActionProvider", document.uri, new vscode.Range(at, at));
        return actions.find((action) => action.title === story.action.title);
      });
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      for (const part of story.action.result) assert.ok(document.getText().includes(part), document.getText());
      await until("the end of the finding", () => !findings(document).some((finding) => codeOf(finding) === story.diagnostic.code));
    },
    [`${name}: definition, rename, symbols`]: async () => {
      const document = await open(story.file);
      const [target] = await run("vscode.executeDefinitionProvider", document.uri, place(document, story.definition.at));
      const line = (target.range ?? target.targetSelectionRange).start.line;
      assert.ok(document.lineAt(line).text.trim().startsWith(story.definition.line));
      const changes = await run("vscode.executeDocumentRenameProvider", document.uri, place(document, story.rename.at), story.rename.to);
      assert.ok(await vscode.workspace.applyEdit(changes));
      const fixed = new Set(story.action.result);
      for (const part of story.rename.result) {
        // What the quick fix would have made right is not renamed.
        if (!part.startsWith('"Next"') || !fixed.size || document.getText().includes(part)) assert.ok(document.getText().includes(part), part);
      }
      const names = [];
      const collect = (symbols) => symbols.forEach((symbol) => (names.push(symbol.name), collect(symbol.children)));
      collect(await run("vscode.executeDocumentSymbolProvider", document.uri));
      for (const name of story.symbols) assert.ok(names.includes(name), names.join(", "));
    },
    [`${name}: format`]: async () => {
      const document = await open(story.file);
      const before = document.getText();
      const options = { tabSize: 2, insertSpaces: true };
      // The line breaks of a layout are the reader's; blanks are not.
      await insert(document, document.lineAt(2).range.end, "    ");
      const edits = await run("vscode.executeFormatDocumentProvider", document.uri, options);
      await edit(document, (changes) => changes.set(document.uri, edits));
      assert.equal(document.getText(), before);
    },
    [`${name}: the graph`]: async (say) => {
      const document = await open(story.file);
      const panel = await run("asl-lsp.showGraph");
      await until("the drawing", () => panel.drawn?.version === document.version);
      const states = panel.drawn.states;
      assert.ok(states >= 3, `${states} states`);
      await insert(document, new vscode.Position(1, 0), "\n");
      await until("a new drawing", () => panel.drawn.version === document.version);
      const svg = (await panel.export("svg")).toString();
      assert.ok(svg.startsWith("<svg") && svg.includes("data-name"), svg.slice(0, 80));
      const png = await panel.export("png");
      assert.equal(png.subarray(1, 4).toString(), "PNG");
      panel.view.dispose();
      assert.equal(api.graphs.find(document.uri), undefined);
      return say(`${states} states, drawn in ${panel.drawn.time.toFixed(0)} ms; PNG of ${(png.length / 1000).toFixed(0)} kB`);
    },
  };
}

const others = {
  "documents of other kinds get silence": async () => {
    const document = await fresh("other.json", '{ "name": "x", "States": 3 }\n');
    await sleep(300);
    assert.equal(findings(document).length, 0);
    assert.equal((await run("vscode.executeHoverProvider", document.uri, new vscode.Position(0, 5))).length, 0);
  },
  "a workflow is known by its content": async () => {
    const document = await fresh("machine.json", '{ "StartAt": "A", "States": { "B": { "Type": "Succeed" } } }\n');
    assert.equal(document.languageId, "json");
    await found(document, "unknown-start-at");
  },
  "a new document is looked after before it has a file": async () => {
    const document = await vscode.workspace.openTextDocument({ language: "asl", content: '{ "StartAt": "A", "States": { "B": { "Type": "Succeed" } } }' });
    await vscode.window.showTextDocument(document);
    await found(document, "unknown-start-at");
    await run("workbench.action.revertAndCloseActiveEditor");
  },
  "a new workflow begins with whole ones to choose from": async () => {
    await run("asl-lsp.newWorkflow");
    const { document } = vscode.window.activeTextEditor;
    assert.equal(document.languageId, "asl");
    const list = await run("vscode.executeCompletionItemProvider", document.uri, new vscode.Position(0, 0));
    assert.ok(list.items.some((item) => String(item.insertText?.value).includes("StartAt")), list.items.map(labelOf).join(", "));
    await run("workbench.action.revertAndCloseActiveEditor");
  },
  "the palette's commands are the ones that there are": async () => {
    const { contributes } = vscode.extensions.getExtension("asl-lsp.asl-lsp").packageJSON;
    const registered = (await vscode.commands.getCommands(true)).filter((name) => /^asl-lsp\.(?!graph\b)/.test(name));
    assert.deepEqual(registered.sort(), contributes.commands.map(({ command }) => command).sort());
  },
  "settings take effect at once": async () => {
    const document = await open("glue.asl.json");
    await found(document, "unknown-next-state");
    const settings = () => vscode.workspace.getConfiguration("asl");
    await settings().update("rules", { "unknown-next-state": "off" }, vscode.ConfigurationTarget.Global);
    await until("silence", () => !findings(document).some((finding) => codeOf(finding) === "unknown-next-state"));
    await settings().update("rules", { "unknown-next-state": "hint" }, vscode.ConfigurationTarget.Global);
    const finding = await found(document, "unknown-next-state");
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Hint);
    await settings().update("rules", undefined, vscode.ConfigurationTarget.Global);
  },
  "a comment is toggled in YAML": async () => {
    const document = await open("orders.asl.yaml");
    vscode.window.activeTextEditor.selection = new vscode.Selection(4, 0, 4, 0);
    const before = document.lineAt(4).text;
    await run("editor.action.commentLine");
    assert.equal(document.lineAt(4).text.trim(), `# ${before.trim()}`);
    await run("editor.action.commentLine");
    assert.equal(document.lineAt(4).text, before);
    await run("workbench.action.files.revert");
  },
  "a half-written document is drawn": async () => {
    const document = await fresh("half.asl.json", '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Ty');
    const panel = await run("asl-lsp.showGraph");
    await until("the drawing", () => panel.drawn?.version === document.version);
    assert.equal(panel.drawn.states, 2);
    panel.view.dispose();
    await run("workbench.action.revertAndCloseActiveEditor");
  },
  "a document that was never saved does not come back for its graph": async () => {
    const text = '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }';
    const document = await vscode.workspace.openTextDocument({ language: "asl", content: text });
    await vscode.window.showTextDocument(document);
    const panel = await run("asl-lsp.showGraph");
    await until("the drawing", () => panel.drawn?.version === document.version);
    await run("workbench.action.revertAndCloseActiveEditor");
    await until("its end", () => document.isClosed);
    await run("asl-lsp.restart");
    await running();
    await sleep(500);
    assert.deepEqual(vscode.workspace.textDocuments.filter((document) => document.isUntitled), []);
    panel.view.dispose();
  },
  "a thousand states can be read in a picture": async (say) => {
    const states = Array.from({ length: 1000 }, (_, index) => [`Step ${index}`, { Type: "Pass", ...(index < 999 ? { Next: `Step ${index + 1}` } : { End: true }) }]);
    const document = await fresh("long.asl.json", JSON.stringify({ StartAt: "Step 0", States: Object.fromEntries(states) }, null, 1));
    const panel = await run("asl-lsp.showGraph");
    await until("the drawing", () => panel.drawn?.version === document.version);
    const [, drawn] = /height="(\d+)"/.exec((await panel.export("svg")).toString());
    const height = (await panel.export("png")).readUInt32BE(20);
    // The smallest letters are eleven pixels high.
    assert.ok(height / drawn > 0.7, `${drawn} pixels become ${height}`);
    panel.view.dispose();
    await run("workbench.action.revertAndCloseActiveEditor");
    return say(`drawn in ${panel.drawn.time.toFixed(0)} ms, ${height} pixels high`);
  },
  "a megabyte stays responsive": async (say) => {
    const states = Array.from({ length: 3500 }, (_, index) => [
      `Step ${index}`,
      {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: "step", Payload: { "input.$": "$.input", "all.$": `States.Format('{} of {}', $.number, ${index})` } },
        TimeoutSeconds: 30,
        Retry: [{ ErrorEquals: ["States.TaskFailed"], MaxAttempts: 2, JitterStrategy: "FULL" }],
        ...(index < 3499 ? { Next: `Step ${index + 1}` } : { End: true }),
      },
    ]);
    const text = JSON.stringify({ StartAt: "Nowhere", States: Object.fromEntries(states) }, null, 2);
    assert.ok(text.length > 1_000_000, `${text.length}`);
    const begun = performance.now();
    const document = await fresh("large.asl.json", text);
    await found(document, "unknown-start-at");
    const opened = performance.now() - begun;
    const times = [];
    const at = place(document, '"Step 1700": {\n      |"Type"');
    for (let round = 0; round < 8; round++) {
      const before = performance.now();
      await insert(document, at, "\n      ");
      const list = await run("vscode.executeCompletionItemProvider", document.uri, new vscode.Position(at.line + 1, 6));
      assert.ok(list.items.length > 0);
      times.push(performance.now() - before);
    }
    times.sort((one, other) => one - other);
    assert.ok(times[4] < 3000, `completion after a keystroke takes ${times[4].toFixed(0)} ms`);
    await run("workbench.action.revertAndCloseActiveEditor");
    return say(`found after ${opened.toFixed(0)} ms; completion after a keystroke in ${times[4].toFixed(0)} ms, at most ${times[7].toFixed(0)} ms`);
  },
  "the server is restarted by command": async () => {
    const [before] = servers();
    await run("asl-lsp.restart");
    await running();
    await onlyServer(before);
    const document = await open("glue.asl.json");
    await found(document, "unknown-next-state");
  },
  "many restarts at once leave one server": async () => {
    await Promise.all([1, 2, 3, 4].map(() => run("asl-lsp.restart")));
    await running();
    await onlyServer();
  },
  "a killed server is started again, but not for ever": async (say) => {
    await run("asl-lsp.restart");
    const document = await open("glue.asl.json");
    await insert(document, new vscode.Position(1, 0), "\n");
    const text = document.getText();
    await running();
    let server = await onlyServer();
    // The third is killed as soon as it is there, perhaps while it is being started.
    for (const patient of [true, false, true]) {
      process.kill(Number(server), "SIGKILL");
      server = await onlyServer(server);
      if (patient) await running();
    }
    await found(document, "unknown-next-state");
    process.kill(Number(server), "SIGKILL");
    await until("the end", () => condition().is === "stopped");
    say(condition().reason);
    assert.equal(document.getText(), text);
    await run("asl-lsp.restart");
    await running();
    const at = place(document, '"Next": "Job| failed"');
    assert.ok((await run("vscode.executeDefinitionProvider", document.uri, at)).length > 0);
    await run("workbench.action.files.revert");
  },
  "beside AWS Toolkit, the user's choice counts": async () => {
    const choose = (choice) => vscode.workspace.getConfiguration("asl").update("coexistence.awsToolkit", choice, vscode.ConfigurationTarget.Global);
    // A document whose language changes is another document.
    const now = () => vscode.workspace.textDocuments.find((document) => document.uri.path.endsWith("/glue.asl.json"));
    await open("glue.asl.json");
    await choose("asl-lsp");
    await until("a language of our own", () => now()?.languageId === "states-language");
    await found(now(), "unknown-next-state");
    await choose("aws-toolkit");
    await until("their language", () => now()?.languageId === "asl");
    await until("silence", () => condition().is === "running" && findings(now()).length === 0);
    assert.equal((await run("vscode.executeHoverProvider", now().uri, place(now(), '"Jitter|Strategy"'))).length, 0);
    await choose("both");
    await found(now(), "unknown-next-state");
  },
  "a server that cannot be started is told, and a better path helps": async (say) => {
    const settings = () => vscode.workspace.getConfiguration("asl");
    const path = settings().inspect("server.path").globalValue;
    await settings().update("server.path", "/nowhere/asl-lsp", vscode.ConfigurationTarget.Global);
    await until("the trouble", () => condition().is === "stopped");
    assert.ok(condition().reason.includes("/nowhere/asl-lsp"), condition().reason);
    await until("no server", () => servers().length === 0);
    say(condition().reason);
    // A program that is no server.
    await settings().update("server.path", "/bin/false", vscode.ConfigurationTarget.Global);
    await until("the trouble", () => condition().is === "stopped" && condition().reason.includes("/bin/false"));
    await settings().update("server.path", path, vscode.ConfigurationTarget.Global);
    await running();
  },
};

exports.run = async () => {
  folder = vscode.workspace.workspaceFolders[0].uri;
  const stories = JSON.parse(readFileSync(vscode.Uri.joinPath(folder, "stories.json").fsPath, "utf8"));
  const started = Date.now();
  let failed = 0;
  const test = async (name, body) => {
    let note = "";
    let error;
    try {
      await body((words) => (note = ` – ${words}`));
    } catch (problem) {
      failed += 1;
      error = problem;
    }
    const time = `${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s`;
    console.log(`${error ? "not ok" : "ok    "} ${time}  vscode  ${name}${error ? `: ${error.stack?.split("\n").slice(0, 3).join(" ")}` : note}`);
  };

  await test("it is activated in no time", async (say) => {
    const extension = vscode.extensions.getExtension("asl-lsp.asl-lsp");
    api = await extension.activate();
    await running();
    // VS Code may have opened a JSON document of its own, and activated it, before the tests. So it is loaded once more.
    const main = require.resolve(`${extension.extensionPath}/dist/extension.js`);
    delete require.cache[main];
    const begun = performance.now();
    const work = process.cpuUsage();
    require(main);
    const loaded = performance.now() - begun;
    // What it takes of a processor: other programs on this machine do not count.
    const { user, system } = process.cpuUsage(work);
    say(`loaded in ${loaded.toFixed(0)} ms, ready in ${api.activated.toFixed(0)} ms more; asl-lsp ${condition().version}`);
    assert.ok(Math.min(loaded, (user + system) / 1000) + api.activated < 300, `loaded in ${loaded.toFixed(0)} ms, ready in ${api.activated.toFixed(0)} ms more`);
  });
  const wanted = new RegExp(process.env.ASL_EDITORS_TESTS ?? "");
  for (const [name, body] of Object.entries({ ...Object.assign({}, ...stories.map(story)), ...others })) {
    if (wanted.test(name)) await test(name, body);
  }
  if (failed > 0) throw new Error(`${failed} failed`);
};
