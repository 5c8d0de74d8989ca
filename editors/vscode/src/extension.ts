/** What VS Code calls: connects the commands, the status item and the server. */

import * as vscode from "vscode";
import { fixAll } from "./fix_all.ts";
import { installAndStart } from "./install_command.ts";
import { showMenu } from "./menu.ts";
import { offer } from "./offers.ts";
import { openReport } from "./report.ts";
import { Session } from "./session.ts";
import { StatusItem } from "./status_item.ts";
import type { State } from "./state.ts";

/** What other extensions may ask. */
export interface Api {
  readonly state: State;
  /** The text of the status item, with icons as `$(error)`. */
  readonly statusText: string;
}

/** Where it is remembered that the user was asked to install postlint. */
const ASKED = "askedToInstall";

let running: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const home = context.globalStorageUri;
  await vscode.workspace.fs.createDirectory(home);
  const output = vscode.window.createOutputChannel("postlint", { log: true });
  const status = new StatusItem();
  const session = new Session(home, output, (state) => {
    status.state = state;
  });
  running = session;

  const startAndOffer = async (): Promise<void> => {
    await session.start();
    // Whoever waits for the start must not wait for an answer.
    void offer(session.state);
  };
  const startQuietly = async (): Promise<void> => {
    await session.start();
    // Many folders have a Markdown file. Whether to install postlint is asked once; the status item asks again.
    if (session.state.kind === "missing" && context.globalState.get(ASKED)) return;
    await context.globalState.update(ASKED, session.state.kind === "missing" || undefined);
    void offer(session.state);
  };
  const commands: Readonly<Record<string, () => unknown>> = {
    fixAll,
    openReport: () =>
      session.program ? openReport(session.program, home.fsPath, output).catch(said) : offer(session.state),
    restart: startAndOffer,
    showOutput: () => output.show(),
    install: () => installAndStart(session, home.fsPath, output),
    showMenu: () => (session.state.kind === "missing" ? offer(session.state) : showMenu(session.state)),
  };
  context.subscriptions.push(
    output,
    status,
    ...Object.entries(commands).map(([name, work]) => vscode.commands.registerCommand(`postlint.${name}`, work)),
    vscode.workspace.onDidGrantWorkspaceTrust(startAndOffer),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const mustRestart = event.affectsConfiguration("postlint.path") || event.affectsConfiguration("postlint.isolated");
      if (mustRestart) void startAndOffer();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      // The new folder may be the one that has postlint. A server that runs hears of it by itself.
      if (session.state.kind === "missing") void session.start();
    }),
  );
  void startQuietly();
  return {
    get state() {
      return session.state;
    },
    get statusText() {
      return status.text;
    },
  };
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}

function said(error: unknown): void {
  void vscode.window.showErrorMessage(`postlint: ${error instanceof Error ? error.message : String(error)}`);
}
