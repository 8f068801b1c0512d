// What a window of VS Code goes through beside the stories: a graph is exported, the window is loaded anew, and a folder
// is not trusted, and then is.
//
//   window.mjs PACKAGE SERVER SCREENS
//
// PACKAGE is the extension with the server inside; SERVER is another one, which a setting names.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Report } from "./report.mjs";
import { until } from "./vscode.mjs";

const [file, server, screens] = process.argv.slice(2);
const document = "glue.asl.json";
const home = mkdtempSync(join(tmpdir(), "vs."));
const report = new Report(180_000);
const folder = join(home, "work");
mkdirSync(folder);
copyFileSync(join(import.meta.dirname, "../cases", document), join(folder, document));

await report.drive(async () => {
  await graphs(await report.start({ home: join(home, "h"), extensions: [file] }));
  await trust(await report.start({ home: join(home, "t"), extensions: [file], settings: { "asl.server.path": server }, trust: false }));
});
rmSync(home, { recursive: true, force: true, maxRetries: 5 });
process.exit(report.failed === 0 ? 0 : 1);

function stepper(vscode) {
  return (name, run) => report.step(name, run, () => vscode.shoot(join(screens, `vscode-failed-${name.replace(/\W+/g, "-")}.png`)));
}

async function graphs(vscode) {
  const step = stepper(vscode);
  const nodes = () => vscode.graph().locator("g.node[data-name]");
  const names = () => nodes().evaluateAll((all) => all.map((node) => node.dataset.name));
  // Not by the address, which would open that one file alone also when the window is loaded anew.
  await vscode.page.goto(vscode.address(folder, []));
  const row = vscode.page.locator(".explorer-viewlet .monaco-list-row").filter({ hasText: document });
  await row.waitFor({ timeout: 40_000 });
  await row.dblclick();
  await vscode.editor().waitFor();
  await vscode.see("#status\\.editor\\.mode", "Amazon States Language");
  await vscode.keys("Control+k", "v");
  await nodes().first().waitFor();
  const drawn = await names();

  for (const [format, begins] of Object.entries({ svg: "<svg", png: "\x89PNG\r\n" })) {
    await step(`the graph is exported as ${format.toUpperCase()}`, async () => {
      await vscode.command(`ASL: Export Graph as ${format.toUpperCase()}`);
      const to = join(folder, `glue.${format}`);
      await until(`${to} to be proposed`, async () => (await vscode.box().inputValue()) === to);
      await vscode.shoot(join(screens, `vscode-export-${format}.png`));
      await vscode.keys("Enter");
      const content = await until(to, () => readFileSync(to, "latin1"));
      if (!content.startsWith(begins)) throw new Error(`it begins with ${content.slice(0, 40)}`);
      return `${content.length} bytes`;
    });
  }

  await step("a graph comes back with the window, as large as it was", async () => {
    const scale = async () => /scale\(([\d.]+)\)/.exec(await vscode.graph().locator("#stage > svg").getAttribute("style"))?.[1];
    const whole = await scale();
    await vscode.graph().locator("#stage").focus();
    await vscode.keys("+", "+");
    const before = await until("a larger graph", async () => (await scale()) > whole && scale());
    await vscode.keys("Control+1");
    await vscode.command("Developer: Reload Window");
    await until("the graph", async () => (await names()).join() === drawn.join());
    await until(`the scale ${before}`, async () => (await scale()) === before);
    return drawn.join(", ");
  });
}

async function trust(vscode) {
  const step = stepper(vscode);
  const runs = (path) =>
    until(`the server at ${path}`, async () => {
      await vscode.command("Notifications: Clear All Notifications");
      await vscode.command("ASL: Show Server Version");
      return vscode.see(".notifications-toasts", `, ${path}`);
    });

  await step("a folder without trust gets the server inside the extension, whatever the settings say", async () => {
    await vscode.open(folder, document);
    await vscode.see(".statusbar", "Restricted Mode");
    const said = await runs(join(vscode.home, "extensions"));
    await vscode.see("#status\\.problems", "1");
    await vscode.shoot(join(screens, "vscode-restricted.png"));
    return said;
  });

  await step("with trust, it is the server of the settings", async () => {
    await vscode.command("Workspaces: Manage Workspace Trust");
    await vscode.page.getByRole("button", { name: "Trust", exact: true }).click();
    await vscode.keys("Escape");
    await vscode.keys("Control+1");
    return runs(server);
  });
}
