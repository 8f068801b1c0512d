//! The item of the status bar that tells how the server is.

import * as vscode from "vscode";
import { selector } from "./documents";
import type { Condition, Session } from "./server/session";

export function showStatus(session: Session): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("asl-lsp", selector([]));
  item.name = "asl-lsp";
  const show = (condition: Condition) => {
    item.busy = condition.is === "starting";
    item.severity = condition.is === "stopped" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = condition.is === "stopped" ? "asl-lsp is not running" : "asl-lsp";
    item.detail = condition.is === "running" ? condition.version : condition.is === "stopped" ? condition.reason : "starting";
    item.command =
      condition.is === "stopped"
        ? { command: "asl-lsp.restart", title: "Restart" }
        : { command: "asl-lsp.showLog", title: "Show Log" };
  };
  show(session.condition);
  return vscode.Disposable.from(item, session.onDidChange(show));
}
