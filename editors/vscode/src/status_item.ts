/** The item in the status bar: how many findings there are, or why there are none. */

import * as vscode from "vscode";
import { count, type Counts } from "./counts.ts";
import type { State } from "./state.ts";
import { shown } from "./status_text.ts";

/** Milliseconds: findings come in bursts. */
const PAUSE = 150;

export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("postlint", vscode.StatusBarAlignment.Left, 10);
  readonly #listeners: vscode.Disposable[];
  #state: State = { kind: "stopped" };
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#item.name = "postlint";
    this.#item.command = "postlint.showMenu";
    this.#listeners = [
      vscode.languages.onDidChangeDiagnostics(() => this.#soon()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#soon()),
    ];
    this.#show();
    this.#item.show();
  }

  set state(state: State) {
    this.#state = state;
    this.#show();
  }

  /** What the workspace's posts have. */
  get counts(): Counts {
    return count(vscode.languages.getDiagnostics());
  }

  get text(): string {
    return this.#item.text;
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#show();
    }, PAUSE);
  }

  #show(): void {
    const open = vscode.window.activeTextEditor?.document.uri;
    const here = open && count([[open, vscode.languages.getDiagnostics(open)]]);
    const { text, label, tooltip, level } = shown(this.#state, this.counts, here);
    this.#item.text = text;
    this.#item.accessibilityInformation = { label };
    this.#item.tooltip = new vscode.MarkdownString(tooltip);
    this.#item.backgroundColor = level && new vscode.ThemeColor(`statusBarItem.${level}Background`);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    vscode.Disposable.from(this.#item, ...this.#listeners).dispose();
  }
}
