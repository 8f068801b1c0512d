//! All panels with graphs: opened, found again, brought back after a reload, and exported.

import { homedir } from "node:os";
import * as vscode from "vscode";
import { mayHoldWorkflow } from "../documents";
import type { Session } from "../server/session";
import type { Format, Memory } from "./messages";
import { Panel } from "./panel";

const kind = "asl-lsp.graph";

export class Graphs implements vscode.Disposable {
  private readonly panels = new Map<string, Panel>();
  private readonly listeners: vscode.Disposable;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly session: Session,
  ) {
    this.listeners = vscode.window.registerWebviewPanelSerializer(kind, {
      deserializeWebviewPanel: (view, memory: Partial<Memory> | undefined) => {
        if (typeof memory?.uri === "string") {
          this.add(view, vscode.Uri.parse(memory.uri, true));
        } else {
          view.dispose();
        }
        return Promise.resolve();
      },
    });
  }

  /** Shows the graph of the document in front, beside it. */
  show(): Panel | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !mayHoldWorkflow(document)) {
      void vscode.window.showInformationMessage("Open a workflow first: the graph is drawn of the document in front.");
      return undefined;
    }
    const open = this.find(document.uri);
    if (open !== undefined) {
      open.view.reveal(undefined, true);
      return open;
    }
    const view = vscode.window.createWebviewPanel(
      kind,
      "Graph",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableFindWidget: true },
    );
    return this.add(view, document.uri);
  }

  find(uri: vscode.Uri): Panel | undefined {
    return this.panels.get(uri.toString());
  }

  /** Asks where to, and writes the graph in front there. */
  async save(format: Format): Promise<void> {
    const panel = this.inFront();
    if (panel === undefined) {
      void vscode.window.showInformationMessage("Show a graph first, then it can be exported.");
      return;
    }
    const to = await vscode.window.showSaveDialog({
      defaultUri: proposal(panel.uri, format),
      filters: format === "svg" ? { "Scalable Vector Graphics": ["svg"] } : { "Portable Network Graphics": ["png"] },
    });
    if (to !== undefined) {
      try {
        await vscode.workspace.fs.writeFile(to, await panel.export(format));
      } catch (error) {
        void vscode.window.showErrorMessage(`The graph was not exported: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  dispose(): void {
    this.listeners.dispose();
    for (const panel of [...this.panels.values()]) {
      panel.view.dispose();
    }
  }

  private inFront(): Panel | undefined {
    const document = vscode.window.activeTextEditor?.document.uri;
    const all = [...this.panels.values()];
    return all.find((panel) => panel.view.active) ?? (document && this.find(document)) ?? all.find((panel) => panel.view.visible);
  }

  private add(view: vscode.WebviewPanel, uri: vscode.Uri): Panel {
    const panel = new Panel(view, uri, this.context.extensionUri, this.session);
    this.panels.set(uri.toString(), panel);
    panel.onDidClose(() => {
      if (this.find(uri) === panel) {
        this.panels.delete(uri.toString());
      }
      this.count();
    });
    this.count();
    return panel;
  }

  private count(): void {
    void vscode.commands.executeCommand("setContext", "asl-lsp.graphs", this.panels.size);
  }
}

/** Beside the document, with its name; what was never saved goes to the folder that is open. */
function proposal(document: vscode.Uri, format: Format): vscode.Uri {
  const path = `${document.path.replace(/(\.asl)?\.\w+$/, "")}.${format}`;
  if (document.scheme === "file") {
    return document.with({ path });
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  return vscode.Uri.joinPath(folder, path.slice(path.lastIndexOf("/") + 1));
}
