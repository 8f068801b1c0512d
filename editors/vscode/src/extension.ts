//! What happens when VS Code starts the extension, and when it ends it.

import * as vscode from "vscode";
import { Graphs } from "./graph/graphs";
import { Session } from "./server/session";
import { showStatus } from "./status";
import { Coexistence } from "./toolkit";

/** What other extensions, and the tests, may use. */
export interface Api {
  session: Session;
  graphs: Graphs;
  /** When the server has been started, or could not be. */
  started: Promise<void>;
  /** How many milliseconds it took to get ready, which does not include the server. */
  activated: number;
}

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): Api {
  const begun = performance.now();
  const coexistence = new Coexistence();
  session = new Session(context, () => coexistence.theirs());
  const graphs = new Graphs(context, session);
  context.subscriptions.push(session, coexistence, graphs, showStatus(session), ...commands(session, coexistence, graphs));

  // Nothing waits for the server: VS Code goes on with its own start.
  const started = session.start();
  let theirs = coexistence.theirs().join();
  const again = () => void session?.restart();
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("asl.server.path")) {
        again();
      }
    }),
    coexistence.onDidChange(() => {
      if (theirs !== coexistence.theirs().join()) {
        theirs = coexistence.theirs().join();
        again();
      }
    }),
  );
  return { session, graphs, started, activated: performance.now() - begun };
}

export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}

function commands(session: Session, coexistence: Coexistence, graphs: Graphs): vscode.Disposable[] {
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`asl-lsp.${name}`, run);
  return [
    command("restart", () => session.restart()),
    command("showLog", () => session.showLog()),
    command("showVersion", async () => {
      const condition = session.condition;
      const text =
        condition.is === "running"
          ? `asl-lsp ${condition.version}, ${condition.path}`
          : condition.is === "starting"
            ? "asl-lsp is starting."
            : condition.reason;
      if ((await vscode.window.showInformationMessage(text, "Copy")) === "Copy") {
        await vscode.env.clipboard.writeText(text);
      }
    }),
    command("chooseServer", () => coexistence.choose()),
    command("openSettings", () => vscode.commands.executeCommand("workbench.action.openSettings", "@ext:asl-lsp.asl-lsp")),
    command("newWorkflow", async () => {
      // Empty on purpose: completion offers whole workflows.
      const document = await vscode.workspace.openTextDocument({ language: "asl", content: "" });
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("editor.action.triggerSuggest");
    }),
    command("showGraph", () => graphs.show()),
    command("exportGraphSvg", () => graphs.save("svg")),
    command("exportGraphPng", () => graphs.save("png")),
  ];
}
