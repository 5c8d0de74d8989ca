/** Programs on PATH. */

import * as path from "node:path";
import type { Surroundings } from "./surroundings.ts";

/** Where PATH may hold a program named `name`. Relative entries are left out: they depend on the working folder. */
export function onSearchPath(name: string, around: Surroundings): string[] {
  const separator = around.platform === "win32" ? ";" : ":";
  return around.searchPath
    .split(separator)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, executable(name, around.platform)));
}

/** The file name of the program `name`. */
export function executable(name: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? `${name}.exe` : name;
}
