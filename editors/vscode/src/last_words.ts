/** Why a program ended: the last line that it wrote to standard error. */

import { once } from "node:events";
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const MOST = 8_192;
/** Milliseconds that a program may take to end after its connection did. */
const PATIENCE = 2_000;

/** What `child` said last, to be asked when it ends or has ended. */
export function lastWords(child: ChildProcess): () => Promise<string> {
  let said = "";
  child.stderr?.on("data", (data: Buffer | string) => {
    said = (said + data.toString()).slice(-MOST);
  });
  const hasEnded = once(child, "close").catch((error: Error) => {
    said = error.message;
  });
  return async () => {
    await Promise.race([hasEnded, sleep(PATIENCE, undefined, { ref: false })]);
    return said.trim().split(/\r?\n/).at(-1) ?? "";
  };
}
