/** Messages about a server that does not run, and what can be done about it. */

import * as vscode from "vscode";
import { REQUIREMENT } from "./installing.ts";
import type { State } from "./state.ts";

const INSTALL = "Install";
const HOW = "How to Install";
const OUTPUT = "Show Output";
const SETTINGS = "Open Settings";
const PAGE = "https://github.com/postlint/postlint/blob/main/docs/editors.md";

const COMMANDS: Readonly<Record<string, readonly [string, ...unknown[]]>> = {
  [INSTALL]: ["postlint.install"],
  [HOW]: ["vscode.open", vscode.Uri.parse(PAGE)],
  [OUTPUT]: ["postlint.showOutput"],
  [SETTINGS]: ["workbench.action.openSettings", "postlint.path"],
};

/** Say why nothing is checked, if that is so, and do what the user chooses. */
export async function offer(state: State): Promise<void> {
  const chosen = await asked(state);
  const command = chosen === undefined ? undefined : COMMANDS[chosen];
  if (command) await vscode.commands.executeCommand(...command);
}

function asked(state: State): Thenable<string | undefined> {
  if (state.kind === "missing") {
    const looked = vscode.workspace.isTrusted
      ? "postlint is not installed in this workspace or on PATH."
      : "postlint is not installed on PATH, and in Restricted Mode it is not started from the workspace.";
    const remedy = `Install it in an environment of this extension's own? That runs: pip install "${REQUIREMENT}"`;
    return vscode.window.showWarningMessage(`${looked} ${remedy}`, INSTALL, HOW);
  }
  if (state.kind === "failed") {
    return vscode.window.showErrorMessage(`postlint did not start. ${state.reason}`, OUTPUT, SETTINGS);
  }
  return Promise.resolve(undefined);
}
