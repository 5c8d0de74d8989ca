/** Running a program to its end. */

import { spawn } from "node:child_process";
import { lastWords } from "./last_words.ts";

export interface Ended {
  /** The exit status; -1 if the program could not be started or was ended by a signal. */
  readonly status: number;
  /** The last line on standard error, or why the program could not be started. */
  readonly reason: string;
}

export interface Options {
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** Gets what the program writes. */
  readonly heard?: (text: string) => void;
}

/** Run `command` without a shell in `folder`. */
export function run(command: readonly [string, ...string[]], { folder, signal, heard }: Options): Promise<Ended> {
  const [program, ...rest] = command;
  return new Promise((done) => {
    const child = spawn(program, rest, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], ...(signal && { signal }) });
    const reason = lastWords(child);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => heard?.(data.toString()));
    child.on("error", () => void reason().then((said) => done({ status: -1, reason: said })));
    child.on("close", (status) => void reason().then((said) => done({ status: status ?? -1, reason: said })));
  });
}
