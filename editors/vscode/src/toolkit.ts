//! Living beside AWS Toolkit, which has a server for the languages `asl` and `asl-yaml` as well, and no setting to switch
//! it off. The user chooses once: where asl-lsp is to be alone, workflows get languages that the Toolkit does not know;
//! where the Toolkit is, asl-lsp leaves its languages alone.

import * as vscode from "vscode";
import { languageFor, leftAlone, shared } from "./documents";
import type { Choice } from "./documents";

const toolkit = "amazonwebservices.aws-toolkit-vscode";
const setting = "coexistence.awsToolkit";

export class Coexistence implements vscode.Disposable {
  private readonly listeners: vscode.Disposable;
  private readonly changed = new vscode.EventEmitter<void>();
  private asking = false;
  readonly onDidChange = this.changed.event;

  constructor() {
    this.listeners = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.extensions.onDidChange(() => this.apply()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`asl.${setting}`)) {
          this.apply();
        }
      }),
    );
    vscode.workspace.textDocuments.forEach((document) => this.look(document));
  }

  theirs(): string[] {
    return leftAlone(choice(), installed());
  }

  /** Asks, also where there is an answer already. */
  async choose(): Promise<void> {
    const answers: (vscode.MessageItem & { choice: Choice })[] = [
      { title: "Use asl-lsp", choice: "asl-lsp" },
      { title: "Use AWS Toolkit", choice: "aws-toolkit" },
      { title: "Keep Both", choice: "both" },
    ];
    const answer = await vscode.window.showInformationMessage(
      "AWS Toolkit checks and completes workflows as well, so everything would come twice. Who should look after them?",
      ...answers,
    );
    if (answer !== undefined) {
      await vscode.workspace.getConfiguration("asl").update(setting, answer.choice, vscode.ConfigurationTarget.Global);
    }
  }

  dispose(): void {
    this.listeners.dispose();
    this.changed.dispose();
  }

  private look(document: vscode.TextDocument): void {
    const language = languageFor(document.languageId, choice(), installed());
    if (language !== undefined) {
      void vscode.languages.setTextDocumentLanguage(document, language);
    } else if (installed() && choice() === "ask" && shared.includes(document.languageId) && !this.asking) {
      this.asking = true;
      void this.choose();
    }
  }

  private apply(): void {
    this.changed.fire();
    vscode.workspace.textDocuments.forEach((document) => this.look(document));
  }
}

function installed(): boolean {
  return vscode.extensions.getExtension(toolkit) !== undefined;
}

function choice(): Choice {
  return vscode.workspace.getConfiguration("asl").get<Choice>(setting, "ask");
}
