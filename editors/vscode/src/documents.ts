//! Which documents are looked after.

import type { TextDocument } from "vscode";

/** The languages of workflows, with those that AWS Toolkit does not know. */
export const shared = ["asl", "asl-yaml"];
export const alone: Record<string, string> = { asl: "states-language", "asl-yaml": "states-language-yaml" };
export const workflows = [...shared, ...Object.values(alone)];

/** Who looks after workflows where AWS Toolkit is installed: the setting `asl.coexistence.awsToolkit`. */
export type Choice = "ask" | "asl-lsp" | "aws-toolkit" | "both";

/** What a document's language should be, if another than it is. */
export function languageFor(language: string, choice: Choice, installed: boolean): string | undefined {
  if (installed && choice === "asl-lsp") {
    return alone[language];
  }
  return Object.entries(alone).find(([, own]) => own === language)?.[0];
}

/** The languages that are left to the Toolkit. */
export function leftAlone(choice: Choice, installed: boolean): string[] {
  return installed && choice === "aws-toolkit" ? shared : [];
}

/** Files that may hold a workflow: the server is silent about those that don't. */
const others = ["json", "jsonc", "yaml", "cloudformation", "cloudformation-yaml", "cloudformation-json"];

export interface Filter {
  language: string;
  scheme: string;
}

/** `theirs` are languages that another server looks after. */
export function selector(theirs: string[]): Filter[] {
  const languages = [...workflows, ...others].filter((language) => !theirs.includes(language));
  return languages.flatMap((language) => ["file", "untitled"].map((scheme) => ({ language, scheme })));
}

export function mayHoldWorkflow(document: TextDocument): boolean {
  return workflows.includes(document.languageId) || others.includes(document.languageId);
}
