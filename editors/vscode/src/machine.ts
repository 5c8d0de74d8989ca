/** What the disk says about programs. */

import * as fs from "node:fs";

/** Whether there is a program at `file` that this user may run. */
export function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** `file` without symbolic links, also if it does not exist itself. */
export function resolve(file: string): string {
  try {
    return fs.realpathSync.native(file);
  } catch {
    return file;
  }
}
