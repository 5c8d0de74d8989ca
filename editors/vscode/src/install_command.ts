/** The command that installs postlint, with its progress. */

import * as vscode from "vscode";
import { install } from "./installing.ts";
import { isProgram, resolve } from "./machine.ts";
import type { Session } from "./session.ts";
import { search } from "./workspace.ts";

export async function installAndStart(session: Session, home: string, output: vscode.LogOutputChannel): Promise<void> {
  // On Windows, programs that run cannot be replaced.
  await session.stop("installing");
  const place = { location: vscode.ProgressLocation.Notification, title: "Installing postlint", cancellable: true };
  await vscode.window.withProgress(place, async (_progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    const heard = (text: string): void => output.info(text.trimEnd());
    try {
      await install(session.own, search(session.own), { isProgram, resolve }, { folder: home, signal: abort.signal, heard });
    } catch (error) {
      if (!abort.signal.aborted) sorry(error, output);
    }
  });
  await session.start();
}

function sorry(error: unknown, output: vscode.LogOutputChannel): void {
  const reason = error instanceof Error ? error.message : String(error);
  output.error(reason);
  const message = `postlint could not be installed. ${reason}`;
  void vscode.window.showErrorMessage(message, "Show Output").then((chosen) => chosen && output.show());
}
