//! Which server to start: a pure function, so that every case can be tested.

import { posix, win32 } from "node:path";

export interface Circumstances {
  /** The setting `asl.server.path`. */
  configured: string;
  /** Whether the workspace may say what is run. */
  trusted: boolean;
  /** The folder of the extension. */
  extension: string;
  home: string;
  workspace: string | undefined;
  /** The variable PATH. */
  searchPath: string;
  platform: string;
  isFile: (path: string) => boolean;
}

export type Choice =
  | { found: true; path: string; origin: "setting" | "extension" | "PATH" }
  | { found: false; reason: string };

/** A configured server, else the one inside the extension, else one on PATH; without trust only the second. */
export function chooseServer(where: Circumstances): Choice {
  const configured = where.configured.trim();
  if (configured !== "" && where.trusted) {
    const path = expanded(configured, where);
    return where.isFile(path)
      ? { found: true, path, origin: "setting" }
      : { found: false, reason: `The setting asl.server.path names ${path}, and there is no such file.` };
  }

  const paths = where.platform === "win32" ? win32 : posix;
  const program = where.platform === "win32" ? "asl-lsp.exe" : "asl-lsp";
  const bundled = paths.join(where.extension, "server", program);
  if (where.isFile(bundled)) {
    return { found: true, path: bundled, origin: "extension" };
  }
  if (!where.trusted) {
    return { found: false, reason: "This extension has no server inside, and a workspace without trust may start no other." };
  }

  for (const folder of where.searchPath.split(where.platform === "win32" ? ";" : ":")) {
    const path = paths.join(folder, program);
    if (folder !== "" && where.isFile(path)) {
      return { found: true, path, origin: "PATH" };
    }
  }
  return { found: false, reason: "This extension has no server inside, and there is no asl-lsp on PATH." };
}

function expanded(path: string, where: Circumstances): string {
  if (path === "~" || path.startsWith("~/") || path.startsWith("~\\")) {
    return where.home + path.slice(1);
  }
  return path.replaceAll("${workspaceFolder}", where.workspace ?? "").replaceAll("${userHome}", where.home);
}
