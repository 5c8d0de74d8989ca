/** The report on all posts of a site, as a page beside the editors. */

import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { settingPath, type Program } from "./places.ts";
import { run } from "./running.ts";
import { folders, isIsolated, search, settings } from "./workspace.ts";

/** What `postlint check` ends with if there are findings that are errors. */
const FOUND = 1;

/** Check the site with `program`, and show its report. `home` is a folder in which the report may lie. */
export async function openReport(program: Program, home: string, output: vscode.LogOutputChannel): Promise<void> {
  const folder = await chosenFolder();
  if (folder === undefined) return;
  const place = { location: vscode.ProgressLocation.Notification, title: "postlint: checking all posts", cancellable: true };
  const page = await vscode.window.withProgress(place, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const file = path.join(home, `report-${process.pid}.html`);
    const config = settings().get<string>("config", "");
    const command: [string, ...string[]] = [
      ...([program.path, "check", folder, "--output-format", `html=${file}`, "--allow-empty", "--quiet"] as const),
      ...(isIsolated() ? ["--isolated"] : []),
      ...(config && !isIsolated() ? ["--config", settingPath(config, search(home))] : []),
    ];
    try {
      const { status, reason } = await run(command, { folder: home, signal: abort.signal });
      if (abort.signal.aborted) return undefined;
      if (status !== 0 && status !== FOUND) throw new Error(reason || `postlint ended with status ${status}`);
      return await fs.readFile(file, "utf8");
    } finally {
      await fs.rm(file, { force: true });
    }
  });
  if (page === undefined) return;
  output.info(`report on ${folder}`);
  const title = `postlint: ${path.basename(folder)}`;
  const options = { enableScripts: true, enableFindWidget: true, localResourceRoots: [] };
  vscode.window.createWebviewPanel("postlint.report", title, vscode.ViewColumn.Active, options).webview.html = page;
}

/** The folder of the post in the active editor, or the one that the user picks. */
async function chosenFolder(): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const around = active && vscode.workspace.getWorkspaceFolder(active);
  if (around?.uri.scheme === "file") return around.uri.fsPath;
  const all = folders();
  return all.length > 1 ? vscode.window.showQuickPick(all, { placeHolder: "The report on which folder?" }) : all[0];
}
