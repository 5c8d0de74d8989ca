/** One run of `postlint server`, and the client that speaks with it. */

import { spawn, type ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from "vscode-languageclient/node";
import { POSTS } from "./documents.ts";
import { lastWords } from "./last_words.ts";
import type { Program } from "./places.ts";

/** Restarts within three minutes, after which the server is left alone. */
const MOST_RESTARTS = 3;
const WHILE = 180_000;
/** Milliseconds until a program that does not answer is not a server. */
const PATIENCE = 60_000;

/** A client whose own complaints go to the output only: the extension says in words for people what went wrong. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Server {
  readonly #client: LanguageClient;
  #reason = async (): Promise<string> => "";
  #child: ChildProcess | undefined;
  #hasStarted = false;
  readonly #ends: number[] = [];

  /**
   * @param folder the working folder
   * @param isIsolated whether settings, schemas and rules of the sites are ignored
   * @param ended is called if the server ended by itself and is not started again
   */
  constructor(
    program: Program,
    folder: string,
    isIsolated: boolean,
    output: vscode.LogOutputChannel,
    ended: (reason: string) => void,
  ) {
    const start = async (): Promise<ChildProcess> => {
      const child = spawn(program.path, ["server"], { cwd: folder });
      this.#reason = lastWords(child);
      this.#child = child;
      return child;
    };
    this.#client = new QuietClient("postlint", "postlint", start, {
      documentSelector: POSTS,
      outputChannel: output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: { isolated: isIsolated, config: vscode.workspace.getConfiguration("postlint").get("config") },
      initializationFailedHandler: () => false,
      // Posts that are shown in any tab are checked at once, the others with the workspace.
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: true },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: async () => {
          const again = this.#hasStarted && this.#mayRestart();
          if (this.#hasStarted && !again) ended(await this.#reason());
          return { action: again ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true };
        },
      },
    });
  }

  /**
   * @returns the version of postlint
   * @throws Error if the server did not start; its message says why
   */
  async start(): Promise<string> {
    const timer = setTimeout(() => this.#child?.kill(), PATIENCE);
    try {
      await this.#client.start();
    } catch (error) {
      throw new Error((await this.#reason()) || (error instanceof Error ? error.message : String(error)));
    } finally {
      clearTimeout(timer);
    }
    this.#hasStarted = true;
    return this.#client.initializeResult?.serverInfo?.version ?? "";
  }

  async stop(): Promise<void> {
    this.#hasStarted = false;
    await this.#client.dispose();
  }

  #mayRestart(): boolean {
    const now = Date.now();
    const recent = this.#ends.filter((end) => end > now - WHILE);
    this.#ends.splice(0, Infinity, ...recent, now);
    return recent.length < MOST_RESTARTS;
  }
}
