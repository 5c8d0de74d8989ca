/** What a click on the status item offers. */

import * as vscode from "vscode";
import type { State } from "./state.ts";

interface Item extends vscode.QuickPickItem {
  readonly command: string;
}

const RUNNING: readonly Item[] = [
  { label: "$(list-unordered) Show the problems", command: "workbench.actions.view.problems" },
  { label: "$(wand) Fix everything that is certain in this post", command: "postlint.fixAll" },
  { label: "$(graph) Open the report on all posts", command: "postlint.openReport" },
];
const ALWAYS: readonly Item[] = [
  { label: "$(debug-restart) Restart postlint", command: "postlint.restart" },
  { label: "$(output) Show the output", command: "postlint.showOutput" },
  { label: "$(cloud-download) Install or update postlint", command: "postlint.install" },
];

export async function showMenu(state: State): Promise<void> {
  const items = state.kind === "running" ? [...RUNNING, ...ALWAYS] : ALWAYS;
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "postlint" });
  if (chosen) await vscode.commands.executeCommand(chosen.command);
}
