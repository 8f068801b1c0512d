//! The life of the server: started, watched, restarted, and its troubles told with a way out.

import { statSync } from "node:fs";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State, TransportKind } from "vscode-languageclient/node";
import type { ClientCapabilities, StaticFeature } from "vscode-languageclient/node";
import { selector } from "../documents";
import { forServer } from "../settings";
import { Crashes } from "./crashes";
import { chooseServer } from "./choose";
import type { Choice } from "./choose";

export type Condition =
  | { is: "starting" }
  | { is: "running"; version: string; path: string }
  | { is: "stopped"; reason: string };

const installing = "https://github.com/asl-lsp/asl-lsp#readme";

export class Session implements vscode.Disposable {
  private readonly log = vscode.window.createOutputChannel("asl-lsp", { log: true });
  private readonly trace = vscode.window.createOutputChannel("asl-lsp trace", { log: true });
  private readonly crashes = new Crashes();
  private readonly changed = new vscode.EventEmitter<Condition>();
  private current: LanguageClient | undefined;
  /** Starts and stops come one after the other, however fast they are asked for. */
  private queue: Promise<void> = Promise.resolve();
  condition: Condition = { is: "starting" };
  readonly onDidChange = this.changed.event;

  /** `theirs` tells the languages that another server looks after. */
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly theirs: () => string[],
  ) {}

  get client(): LanguageClient | undefined {
    return this.current?.state === State.Running ? this.current : undefined;
  }

  start(): Promise<void> {
    return this.next(() => this.open());
  }

  restart(): Promise<void> {
    this.crashes.forget();
    return this.replace();
  }

  stop(): Promise<void> {
    return this.next(() => this.close());
  }

  showLog(): void {
    this.log.show(true);
  }

  dispose(): void {
    this.changed.dispose();
    this.log.dispose();
    this.trace.dispose();
  }

  /** Another client with each server: nothing that one knew of the documents outlives it. */
  private replace(ended?: LanguageClient): Promise<void> {
    return this.next(async () => {
      await this.close(ended);
      await this.open(ended !== undefined);
    });
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step, step);
    return this.queue;
  }

  /** `again`: in the place of one that ended, so that it does not start is one more end. */
  private async open(again = false): Promise<void> {
    this.become({ is: "starting" });
    const choice = this.choose();
    if (!choice.found) {
      this.fail(choice.reason);
      return;
    }
    this.log.info(`starting ${choice.path} (from the ${choice.origin === "PATH" ? "search path" : choice.origin})`);
    const client = this.makeClient(choice.path);
    this.current = client;
    client.onDidChangeState(({ newState }) => {
      if (this.current !== client) {
        return;
      }
      if (newState === State.Running) {
        const version = client.initializeResult?.serverInfo?.version ?? "unknown";
        this.become({ is: "running", version, path: choice.path });
      } else if (newState === State.Stopped && this.condition.is === "running") {
        this.ended(client);
      }
    });
    try {
      await client.start();
    } catch (error) {
      if (this.current !== client) {
        // It ended as soon as it ran, which is told already.
      } else if (again) {
        this.ended(client);
      } else {
        await this.close();
        this.fail(`The server ${choice.path} does not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private async close(client = this.current): Promise<void> {
    this.current = undefined;
    // A server that has ended, or hangs, must not keep another from being started.
    await client?.dispose(2000).catch((error: unknown) => this.log.warn(`the server did not end well: ${String(error)}`));
  }

  private choose(): Choice {
    return chooseServer({
      configured: vscode.workspace.getConfiguration("asl").get("server.path", ""),
      trusted: vscode.workspace.isTrusted,
      extension: this.context.extensionPath,
      home: homedir(),
      workspace: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
      searchPath: process.env["PATH"] ?? "",
      platform: process.platform,
      isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
    });
  }

  private makeClient(command: string): LanguageClient {
    const settings = () => forServer(vscode.workspace.getConfiguration("asl"));
    const client = new LanguageClient(
      // The setting `asl.trace.server` is found by this name.
      "asl",
      "asl-lsp",
      { command, args: ["serve", "--log-level", "warn"], transport: TransportKind.stdio },
      {
        documentSelector: selector(this.theirs()),
        outputChannel: this.log,
        traceOutputChannel: this.trace,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: settings,
        initializationFailedHandler: () => false,
        errorHandler: {
          // A server that has ended makes many of these; what is acted upon is that the client has stopped.
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
        },
        middleware: {
          workspace: {
            configuration: async (params, token, next) => {
              const values = await next(params, token);
              return Array.isArray(values)
                ? values.map((value, index) => (params.items[index]?.section === "asl" ? forServer(value) : (value as unknown)))
                : values;
            },
            didChangeConfiguration: async () => {
              await this.client?.sendNotification("workspace/didChangeConfiguration", { settings: { asl: settings() } });
            },
          },
        },
      },
    );
    client.registerFeature(editsBehindCompletion);
    return client;
  }

  /** The server ended without being asked to: the user is told, and another is started in its place, within reason. */
  private ended(client: LanguageClient): void {
    this.current = undefined;
    if (this.crashes.another(Date.now())) {
      this.become({ is: "starting" });
      this.log.error("the server ended unexpectedly; it is started again");
      void this.replace(client);
      void this.offer(vscode.window.showWarningMessage, "The server asl-lsp ended unexpectedly, and was started again. Your text is safe.", ["Show Log"]);
      return;
    }
    const reason = "The server asl-lsp keeps ending unexpectedly, and is left alone now. Your text is safe.";
    this.become({ is: "stopped", reason });
    this.log.error(reason);
    void this.offer(vscode.window.showErrorMessage, reason, ["Restart", "Show Log", "Report"]);
  }

  private fail(reason: string): void {
    this.become({ is: "stopped", reason });
    this.log.error(reason);
    void this.offer(vscode.window.showErrorMessage, reason, ["Open Settings", "Show Log", "How to Install"]);
  }

  private async offer(
    show: (message: string, ...choices: string[]) => Thenable<string | undefined>,
    message: string,
    choices: string[],
  ): Promise<void> {
    switch (await show(message, ...choices)) {
      case "Restart":
        await this.restart();
        break;
      case "Show Log":
        this.showLog();
        break;
      case "Open Settings":
        await vscode.commands.executeCommand("workbench.action.openSettings", "asl.server.path");
        break;
      case "How to Install":
        await vscode.env.openExternal(vscode.Uri.parse(installing));
        break;
      case "Report":
        await vscode.commands.executeCommand("workbench.action.openIssueReporter", { extensionId: this.context.extension.id });
        break;
    }
  }

  private become(condition: Condition): void {
    this.condition = condition;
    this.changed.fire(condition);
  }
}

/** VS Code applies additional edits of a completion where they belong also behind the cursor; the server wants to know. */
const editsBehindCompletion: StaticFeature = {
  fillClientCapabilities: (capabilities: ClientCapabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), editsBehindCompletion: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};
