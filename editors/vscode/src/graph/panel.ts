//! The graph of one document, in a panel beside it.

import * as vscode from "vscode";
import type { Session } from "../server/session";
import type { Format, FromPage, Memory, Place, ToPage } from "./messages";
import { page } from "./page";

/** How long the keyboard has to rest before the graph is drawn anew. */
const rest = 120;

interface Answer {
  content?: string;
}

export class Panel implements vscode.Disposable {
  /** What stands there now. */
  drawn: { version: number; states: number; time: number } | undefined;
  private readonly listeners: vscode.Disposable[] = [];
  private readonly redrawn = new vscode.EventEmitter<void>();
  private readonly closed = new vscode.EventEmitter<void>();
  private timer: NodeJS.Timeout | undefined;
  private ready = false;
  /** The answer to the newest question is the one that counts. */
  private asked = 0;
  private saving: { format: Format; done: (content: string) => void; failed: (error: Error) => void } | undefined;
  readonly onDidDraw = this.redrawn.event;
  readonly onDidClose = this.closed.event;

  constructor(
    readonly view: vscode.WebviewPanel,
    readonly uri: vscode.Uri,
    extension: vscode.Uri,
    private readonly session: Session,
  ) {
    const memory: Memory = { uri: uri.toString() };
    view.title = `Graph of ${uri.path.slice(uri.path.lastIndexOf("/") + 1)}`;
    view.iconPath = {
      light: vscode.Uri.joinPath(extension, "icons", "asl-light.svg"),
      dark: vscode.Uri.joinPath(extension, "icons", "asl-dark.svg"),
    };
    view.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, "dist")] };
    this.listeners.push(
      view.webview.onDidReceiveMessage((message: FromPage) => this.heard(message)),
      view.onDidDispose(() => this.dispose()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.mine(document) && this.soon()),
      vscode.workspace.onDidOpenTextDocument((document) => this.mine(document) && this.soon()),
      vscode.workspace.onDidCloseTextDocument((document) => this.mine(document) && document.isUntitled && this.soon()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.mine(textEditor.document) && this.tellCursor(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor !== undefined && this.mine(editor.document) && this.tellCursor(editor)),
      session.onDidChange(() => this.soon()),
    );
    view.webview.html = page(view.webview, extension, memory);
  }

  /** What a file of the drawing holds. */
  async export(format: Format): Promise<Uint8Array> {
    this.saving?.failed(new Error("another export was asked for"));
    const content = await new Promise<string>((done, failed) => {
      this.saving = { format, done, failed };
      this.tell({ type: "export", format });
      setTimeout(() => failed(new Error("the graph did not answer")), 20_000);
    }).finally(() => {
      this.saving = undefined;
    });
    return Buffer.from(content, format === "png" ? "base64" : "utf8");
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const listener of this.listeners.splice(0)) {
      listener.dispose();
    }
    this.closed.fire();
    this.closed.dispose();
    this.redrawn.dispose();
  }

  private mine(document: vscode.TextDocument): boolean {
    return document.uri.toString() === this.uri.toString();
  }

  /** The document, also when no editor has it any more; nothing if it is deleted, or was never saved. */
  private async document(): Promise<vscode.TextDocument | undefined> {
    const open = vscode.workspace.textDocuments.find((document) => this.mine(document));
    if (open !== undefined || this.uri.scheme === "untitled") {
      return open;
    }
    return vscode.workspace.openTextDocument(this.uri).then(undefined, () => undefined);
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.draw(), rest);
  }

  private async draw(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.ready) {
      return;
    }
    const ask = ++this.asked;
    const document = await this.document();
    const client = this.session.client;
    if (document === undefined) {
      this.tell({ type: "nothing", reason: "The document is gone." });
      return;
    }
    if (client === undefined) {
      // What was drawn last stays: it is better than nothing while the server starts.
      if (this.session.condition.is === "stopped") {
        this.tell({ type: "nothing", reason: this.session.condition.reason });
      }
      return;
    }
    const version = document.version;
    try {
      const answer = await client.sendRequest<Answer | null>("asl/graph", {
        textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
        format: "svg",
      });
      // While that was on its way, the text may have changed; then another drawing follows.
      if (ask !== this.asked || document.version !== version) {
        return;
      }
      if (typeof answer?.content === "string") {
        this.tell({ type: "draw", svg: answer.content, version });
        const editor = vscode.window.visibleTextEditors.find((editor) => this.mine(editor.document));
        if (editor !== undefined) {
          this.tellCursor(editor);
        }
      } else {
        this.tell({ type: "nothing", reason: "There is no state machine in this document." });
      }
    } catch (error) {
      if (ask === this.asked && this.session.client === client) {
        this.tell({ type: "nothing", reason: `The graph cannot be drawn: ${error instanceof Error ? error.message : String(error)}` });
      }
    }
  }

  private tell(message: ToPage): void {
    void this.view.webview.postMessage(message);
  }

  private tellCursor(editor: vscode.TextEditor): void {
    const { line, character } = editor.selection.active;
    this.tell({ type: "cursor", place: { line, character } });
  }

  private heard(message: FromPage): void {
    switch (message.type) {
      case "ready":
        this.ready = true;
        void this.draw();
        break;
      case "drawn":
        this.drawn = message;
        this.redrawn.fire();
        break;
      case "reveal":
        void this.reveal(message.place);
        break;
      case "save":
        if (this.saving?.format === message.format) {
          this.saving.done(message.content);
        }
        break;
      case "wish":
        void vscode.commands.executeCommand(message.format === "svg" ? "asl-lsp.exportGraphSvg" : "asl-lsp.exportGraphPng");
        break;
      case "failed":
        this.saving?.failed(new Error(message.reason));
        break;
    }
  }

  /** Shows the place in the text, in the editor that has it already if there is one. */
  private async reveal(place: Place): Promise<void> {
    const document = await this.document();
    if (document === undefined) {
      this.soon();
      return;
    }
    const column =
      vscode.window.visibleTextEditors.find((editor) => this.mine(editor.document))?.viewColumn ??
      vscode.window.tabGroups.all.find((group) =>
        group.tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === this.uri.toString()),
      )?.viewColumn ??
      vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(document, column);
    let at = document.validatePosition(new vscode.Position(place.line, place.character));
    // Behind the quote the cursor stands on the name, so that it can be renamed at once.
    if (/^["']/.test(document.getText(new vscode.Range(at, at.translate(0, 1))))) {
      at = at.translate(0, 1);
    }
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
