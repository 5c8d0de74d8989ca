/** The workspace of this window, as the rest of the extension needs it. */

import * as os from "node:os";
import * as vscode from "vscode";
import type { Search } from "./places.ts";

/** Where to look for programs now. `own` is the environment that the extension makes. */
export function search(own: string): Search {
  return {
    platform: process.platform,
    home: os.homedir(),
    searchPath: process.env["PATH"] ?? process.env["Path"] ?? "",
    folders: folders(),
    isTrusted: vscode.workspace.isTrusted,
    setting: settings().get<string>("path", "").trim(),
    own,
  };
}

/** The folders of the workspace that are on this machine. */
export function folders(): string[] {
  const all = vscode.workspace.workspaceFolders ?? [];
  return all.filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath);
}

/** Whether settings, schemas and rules of the sites are ignored. */
export function isIsolated(): boolean {
  return !vscode.workspace.isTrusted || settings().get<boolean>("isolated", false);
}

export function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("postlint");
}
