// Drives VS Code through the stories, by its default keys, and asserts on what it shows and on the file that it writes.
//
//   screen.mjs PACKAGE SCREENS [STORY…]
//
// PACKAGE is the extension with the server inside, installed into a fresh VS Code. The same stories drive the other
// editors; the graph and a server that is killed are added here.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Report } from "./report.mjs";
import { VSCode, sleep, until } from "./vscode.mjs";

const [file, screens, ...only] = process.argv.slice(2);
const cases = join(import.meta.dirname, "../cases");
const stories = JSON.parse(readFileSync(join(cases, "stories.json"), "utf8")).filter((story) => only.length === 0 || only.includes(story.file.split(".")[0]));
const home = mkdtempSync(join(tmpdir(), "vs."));
const report = new Report(420_000);

await report.drive(async () => {
  const vscode = await report.start({ home: join(home, "h"), extensions: [file] });
  for (const story of stories) await play(vscode, story);
});
rmSync(home, { recursive: true, force: true, maxRetries: 5 });
process.exit(report.failed === 0 ? 0 : 1);

async function play(vscode, story) {
  const folder = join(home, story.file.split(".")[0]);
  mkdirSync(folder);
  copyFileSync(join(cases, story.file), join(folder, story.file));

  const keep = (name) => vscode.shoot(join(screens, `vscode-${story.file.split(".")[0]}-${name}.png`));
  const step = (name, run) =>
    report.step(`${story.file}: ${name}`, run, async () => {
      await keep(`failed-${name.replace(/\W+/g, "-")}`);
      await vscode.keys("Escape", "Escape");
    });
  /** What is on disk, after it has been saved. */
  const text = async () => {
    // VS Code writes a file anew even where nothing has changed, and for a moment it is empty then.
    const dirty = () => vscode.page.locator(".tab.dirty").count();
    await sleep(30);
    if (await dirty()) {
      await vscode.keys("Control+s");
      await until("the saved file", async () => !(await dirty()));
    }
    return until("the file", () => readFileSync(join(folder, story.file), "utf8"));
  };
  const holds = (parts) => until(`${parts.join(" and ")} in the file`, async () => {
    const now = await text();
    return parts.every((part) => now.includes(part)) && now;
  });
  const find = async (marked) => {
    const [before, after] = marked.split("|");
    const now = await text();
    const at = now.indexOf(before + after);
    if (at < 0) throw new Error(`the file has no ${marked}`);
    const lines = now.slice(0, at + before.length).split("\n");
    return [lines.length, lines.at(-1).length + 1];
  };
  const go = async (marked) => vscode.goTo(...(await find(marked)));
  const undo = async (before) => {
    await vscode.keys("Escape", "Escape");
    for (let times = 0; times < 25; times++) {
      if ((await text()) === before) return;
      await vscode.keys("Control+z");
      await sleep(60);
    }
    throw new Error("it cannot be undone");
  };
  /** Types in the place of a value. */
  const replace = async (marked, typed) => {
    const [line, column] = await find(marked);
    await vscode.goTo(line, column);
    const rest = (await text()).split("\n")[line - 1].slice(column - 1).search(/"|$/);
    for (let times = 0; times < rest; times++) await vscode.keys("Delete");
    await vscode.type(typed);
  };
  /** Walks to a label in the open list of suggestions, and takes it. */
  const take = async (label, picture = "completion") => {
    const rows = vscode.page.locator(".suggest-widget.visible .monaco-list-row");
    const row = rows.filter({ has: vscode.page.locator(".label-name", { hasText: new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) }) });
    if (!(await rows.first().isVisible())) await vscode.keys("Control+Space");
    await row.first().waitFor();
    await keep(picture);
    for (let times = 0; times < 40 && !(await row.first().getAttribute("class")).includes("focused"); times++) {
      await vscode.keys("ArrowDown");
      await sleep(30);
    }
    await vscode.keys("Enter");
    await vscode.page.locator(".suggest-widget.visible").waitFor({ state: "hidden" });
  };

  await step("it is opened", async () => {
    await vscode.open(folder, story.file);
    return vscode.see("#status\\.editor\\.mode", "Amazon States Language");
  });

  await step("the mistake is shown", async () => {
    await go(story.diagnostic.at);
    await vscode.page.locator(".squiggly-error, .squiggly-warning").first().waitFor({ state: "attached" });
    await vscode.keys("Control+Shift+m");
    const row = await vscode.see(".markers-panel .monaco-list-row", story.diagnostic.message, story.diagnostic.code, "asl-lsp");
    const [line, column] = await find(story.diagnostic.at);
    const [, atLine, atColumn] = /Ln (\d+), Col (\d+)/.exec(row) ?? [];
    if (Number(atLine) !== line || Math.abs(Number(atColumn) - column) > 1) throw new Error(`it is shown at ${atLine}:${atColumn}, not at ${line}:${column}`);
    await keep("diagnostic");
    await vscode.keys("Control+Shift+m");
    await vscode.page.locator(".markers-panel").waitFor({ state: "hidden" });
    await vscode.keys("Control+1");
    return row;
  });

  for (const [what, hover] of Object.entries({ field: story.hover, parameter: story.call.parameter })) {
    await step(`hover of a ${what} has a link`, async () => {
      await go(hover.at);
      await vscode.keys("Control+k", "Control+i");
      const said = await vscode.see(".monaco-hover:visible .hover-contents", ...hover.expect);
      const links = await vscode.page.locator(".monaco-hover:visible a").evaluateAll((all) => all.map((link) => link.dataset.href ?? link.href));
      if (!links.some((link) => link.startsWith(hover.link))) throw new Error(`its links are ${links.join(" ")}`);
      await keep(`hover-${what}`);
      await vscode.keys("Escape", "Escape");
      return said;
    });
  }

  await step("a quick fix is applied", async () => {
    await go(story.action.at);
    const rows = vscode.page.locator(".action-widget .monaco-list-row");
    await until("the menu", async () => {
      if (await rows.count()) return true;
      await vscode.keys("Control+.");
      await sleep(600);
      return rows.count();
    });
    const row = rows.filter({ hasText: story.action.title }).first();
    await row.waitFor();
    await keep("fix");
    // By keyboard: the menu ignores the mouse for a moment.
    for (let times = await rows.count(); times > 0 && !(await row.getAttribute("class")).includes("focused"); times--) await vscode.keys("ArrowDown");
    await vscode.keys("Enter");
    await holds(story.action.result);
    await until("no mistake", async () => !(await vscode.page.locator(".squiggly-error").count()));
    return story.action.title;
  });

  await step("to a state", async () => {
    await go(story.definition.at);
    await vscode.keys("F12");
    return until("the state", async () => {
      const lines = (await text()).split("\n");
      const [line] = await vscode.cursor();
      return lines[line - 1]?.trim().startsWith(story.definition.line) && lines[line - 1];
    });
  });

  await step("a field is completed", async () => {
    const before = await text();
    await go(`|${story.fields.below}`);
    await vscode.keys("End", "Enter");
    await vscode.type(story.fields.type.trim());
    await take(story.fields.label);
    await vscode.keys("Escape");
    const after = await holds([story.fields.result.trim()]);
    await keep("completed");
    await undo(before);
    return after.split("\n").find((line) => line.includes(story.fields.label))?.trim();
  });

  await step("a state is completed", async () => {
    const before = await text();
    await replace(story.states.at, story.states.type);
    await take(story.states.label);
    await holds([story.states.result]);
    await undo(before);
  });

  await step("a call is completed, from its service to a parameter", async () => {
    const call = story.call;
    const before = await text();
    await go(call.without);
    for (let times = 0; times < call.lines; times++) await vscode.keys("Control+Shift+k");
    await replace(call.at, call.type);
    await take(call.service);
    await holds([call.arn]);
    await take(call.action, "call");
    const after = await holds(call.result);
    await vscode.keys("Escape");
    // The mistake that is planted counts for one.
    await until("no mistake", async () => Number(/\d+/.exec(await vscode.says("#status\\.problems"))?.[0]) <= 1);
    await go(call.below);
    await vscode.keys("End", "Enter");
    await vscode.type(call.key);
    await take(call.label, "parameter");
    const line = await until("the parameter", async () => (await text()).split("\n").find((line) => line.includes(call.label)));
    const indent = (text) => text.length - text.trimStart().length;
    const above = after.split("\n").find((line) => line.includes(call.below.replace("|", "").split("\n")[0]));
    if (indent(line) !== indent(above) + 2) throw new Error(`its indent is ${indent(line)}`);
    await undo(before);
    return line.trim();
  });

  await step("a state is renamed", async () => {
    await go(story.rename.at);
    const box = vscode.page.locator(".rename-box input");
    await until("the box", async () => {
      await vscode.keys("F2");
      await sleep(300);
      return box.isVisible();
    });
    await box.fill(story.rename.to);
    await keep("rename");
    await vscode.keys("Enter");
    await box.waitFor({ state: "hidden" });
    await holds(story.rename.result);
  });

  await step("symbols are listed", async () => {
    await vscode.keys("Control+Shift+o");
    await vscode.see(".quick-input-list .monaco-list-row", ...story.symbols);
    await keep("symbols");
    await vscode.keys("Escape");
    await vscode.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  });

  await step("the document is formatted", async () => {
    const before = await text();
    await go(`|${story.fields.below}`);
    // The line breaks of a layout are the reader's; blanks are not.
    await vscode.keys("End");
    await vscode.type("    ");
    await until("the blanks", async () => (await text()) !== before);
    await vscode.command("Format Document");
    await until("the layout", async () => (await text()) === before);
  });

  await step("expressions are coloured", async () => {
    // A string of one colour has one span; what is coloured inside has spans of its own.
    const [before, after] = story.colour.at.split("|");
    const word = /[$\w]+$/.exec(before)[0] + /^\w*/.exec(after)[0];
    await go(story.colour.at);
    return until(`a span for ${word}`, async () => {
      const spans = await vscode.page.locator(".view-line span span").allInnerTexts();
      return spans.map((span) => span.replaceAll("\u00a0", " ").trim()).includes(word) && word;
    });
  });

  await step("the graph is shown, and follows", async () => {
    await go(story.definition.at);
    await vscode.keys("Control+k", "v");
    const nodes = vscode.graph().locator("g.node[data-name]");
    await nodes.first().waitFor();
    for (const name of story.symbols) await vscode.graph().locator(`g.node[data-name="${name}"]`).first().waitFor();
    await keep("graph");
    const target = vscode.graph().locator(`g.node[data-name="${story.symbols.at(-1)}"]`).first();

    // A click moves the cursor.
    await target.click();
    const now = await text();
    await until("the cursor at the state", async () => {
      const [line] = await vscode.cursor();
      return now.split("\n")[line - 1]?.includes(story.symbols.at(-1));
    });
    await until("the state to be marked", async () => (await target.getAttribute("class")).includes("current"));

    // A keystroke draws it anew.
    await vscode.type("x");
    const names = () => nodes.evaluateAll((all) => all.map((node) => node.dataset.name));
    await until("the new name in the graph", async () => (await names()).some((name) => name !== story.symbols.at(-1) && name.replace("x", "") === story.symbols.at(-1)));
    await undo(now);
    await until("the old name in the graph", async () => (await names()).includes(story.symbols.at(-1)));

    // The keyboard reaches the states, and jumps.
    const first = vscode.graph().locator("g.node[data-start]").first();
    await first.focus();
    await vscode.keys("+", "+", "ArrowLeft", "Enter");
    const name = await first.getAttribute("data-name");
    await until("the cursor at the first state", async () => now.split("\n")[(await vscode.cursor())[0] - 1]?.includes(name));
    return `${await nodes.count()} states`;
  });

  await step("a killed server is told, and comes back", async () => {
    const before = await text();
    const [server] = await until("the server", () => vscode.servers());
    process.kill(server, "SIGKILL");
    await vscode.see(".notifications-toasts", "ended unexpectedly");
    await keep("killed");
    await until("another server", () => vscode.servers().some((id) => id !== server));
    if ((await text()) !== before) throw new Error("text is lost");
    await vscode.keys("Control+1");
    await vscode.command("Notifications: Clear All Notifications");
    const [second] = vscode.servers();
    await vscode.command("ASL: Restart Server");
    await until("a third server", () => vscode.servers().length === 1 && vscode.servers()[0] !== second);
    // It finds a mistake again.
    await go(story.definition.at);
    await vscode.type("x");
    await vscode.page.locator(".squiggly-error").first().waitFor({ state: "attached" });
    await undo(before);
  });

  await step("nothing was asked of the network", () => {
    const asked = vscode.strangers.filter((url) => !/vscode-cdn\.net|microsoft|visualstudio/.test(url));
    if (asked.length > 0) throw new Error(asked.join(" "));
  });
}
