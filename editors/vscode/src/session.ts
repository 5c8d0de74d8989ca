/** Finding, starting and ending the server, one of these at a time. */

import * as vscode from "vscode";
import { isProgram, resolve } from "./machine.ts";
import { find, type Program } from "./places.ts";
import { chosenInterpreters } from "./python_extension.ts";
import { Server } from "./server.ts";
import type { State } from "./state.ts";
import { folders, isIsolated, search } from "./workspace.ts";

export class Session {
  /** The environment that the extension makes. */
  readonly own: string;
  readonly #home: string;
  readonly #output: vscode.LogOutputChannel;
  readonly #changed: (state: State) => void;
  #server: Server | undefined;
  #state: State = { kind: "stopped" };
  #queue: Promise<void> = Promise.resolve();

  /**
   * @param home a folder of the extension's own
   * @param changed gets each new state
   */
  constructor(home: vscode.Uri, output: vscode.LogOutputChannel, changed: (state: State) => void) {
    this.#home = home.fsPath;
    this.own = vscode.Uri.joinPath(home, "environment").fsPath;
    this.#output = output;
    this.#changed = changed;
  }

  get state(): State {
    return this.#state;
  }

  get program(): Program | undefined {
    return this.#state.kind === "running" ? this.#state.program : undefined;
  }

  /** The working folder of programs: in a workspace that is not trusted, a folder of the extension's own. */
  get folder(): string {
    return (vscode.workspace.isTrusted ? folders()[0] : undefined) ?? this.#home;
  }

  /** Start the server, or start it again. Does not throw: what went wrong is the new state. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end();
      this.#become({ kind: "starting" });
      try {
        this.#become(await this.#started());
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.#output.error(reason);
        this.#become({ kind: "failed", reason });
      }
    });
  }

  /** End the server; `kind` says what for. */
  stop(kind: "stopped" | "installing" = "stopped"): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end();
      this.#become({ kind });
    });
  }

  async #started(): Promise<State> {
    const where = search(this.own);
    const program = await find(where, { isProgram, resolve, interpreters: chosenInterpreters });
    if (!program) return { kind: "missing" };
    this.#output.info(`${program.path} (${program.origin})`);
    const server = new Server(program, this.folder, isIsolated(), this.#output, (reason) =>
      this.#become({ kind: "failed", reason: reason || "The server ended several times." }),
    );
    try {
      const version = await server.start();
      this.#server = server;
      return { kind: "running", program, version, isRestricted: !where.isTrusted };
    } catch (error) {
      await server.stop().catch(() => undefined);
      throw error;
    }
  }

  async #end(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.stop().catch((error: unknown) => this.#output.warn(String(error)));
  }

  #become(state: State): void {
    this.#state = state;
    this.#changed(state);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work, work);
    return this.#queue;
  }
}
