/** Programs that lie in the workspace, which may have come with somebody else's repository. */

import * as path from "node:path";
import type { Surroundings } from "./surroundings.ts";

/** A path without symbolic links, or the path itself if it does not exist. */
export type Resolve = (file: string) => string;

/** Whether `program` may run: in a workspace that is not trusted, nothing that lies in it, by its name or behind links. */
export function mayRun(program: string, around: Surroundings, resolve: Resolve): boolean {
  if (around.isTrusted) return true;
  const names = [program, resolve(program)];
  const folders = around.folders.flatMap((folder) => [folder, resolve(folder)]);
  return !names.some((name) => folders.some((folder) => isIn(name, folder)));
}

function isIn(file: string, folder: string): boolean {
  const below = path.relative(folder, file);
  return below === "" || (below.split(path.sep)[0] !== ".." && !path.isAbsolute(below));
}
