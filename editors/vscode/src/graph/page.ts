//! The page of a graph: nothing runs there but our own script, and nothing comes from the network.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Memory } from "./messages";

export function page(webview: vscode.Webview, extension: vscode.Uri, memory: Memory): string {
  const nonce = randomBytes(16).toString("base64");
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, "dist", name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    // The drawing becomes a picture on its way to a PNG.
    "img-src data:",
  ].join("; ");
  const button = (action: string, label: string, sign: string) =>
    `<button type="button" data-action="${action}" title="${label}" aria-label="${label}">${sign}</button>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${file("graph.css")}">
<title>Graph</title>
</head>
<body data-memory="${escaped(JSON.stringify(memory))}">
<div id="stage" tabindex="0" role="region" aria-label="Graph of the state machine. Plus and minus zoom, arrows move, 0 shows all, Tab goes from state to state, Enter jumps to the text."></div>
<p id="notice" role="status" hidden></p>
<div id="tools" role="toolbar" aria-label="Graph">
${button("in", "Zoom in (+)", "+")}
${button("out", "Zoom out (-)", "−")}
${button("fit", "Show all (0)", "Fit")}
${button("svg", "Export as SVG", "SVG")}
${button("png", "Export as PNG", "PNG")}
</div>
<script nonce="${nonce}" src="${file("graph.js")}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
