/** Installing postlint in an environment of the extension's own: nothing in the workspace is changed. */

import * as path from "node:path";
import { inEnvironment } from "./places.ts";
import { run, type Options } from "./running.ts";
import { onSearchPath } from "./search_path.ts";
import type { Surroundings } from "./surroundings.ts";
import { mayRun } from "./trust.ts";
import type { Machine } from "./places.ts";

/** What pip installs. */
export const REQUIREMENT = "postlint[lsp] @ git+https://github.com/postlint/postlint";

const UNIX = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"];
const WINDOWS = ["py", "python"];
/** Fails in a Python that is too old, and in one without the parts that make environments. */
const PROBE = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";

type Command = readonly [string, ...string[]];

/** The commands that install postlint in `folder` with the interpreter `python`. */
export function steps(python: string, folder: string, around: Surroundings): Command[] {
  return [
    [python, "-I", "-m", "venv", "--clear", folder],
    [
      inEnvironment(folder, "python", around),
      ...["-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input", REQUIREMENT],
    ],
  ];
}

/**
 * Install postlint in `folder`. `options.heard` gets the commands and what they write.
 * @throws Error if there is no suitable Python or a command fails; its message says why.
 */
export async function install(
  folder: string,
  around: Surroundings,
  machine: Pick<Machine, "isProgram" | "resolve">,
  options: Options & { readonly heard: (text: string) => void },
): Promise<void> {
  const python = await suitable(around, machine, options);
  for (const command of steps(python, folder, around)) {
    options.heard(`$ ${command.map(quoted).join(" ")}\n`);
    const { status, reason } = await run(command, options);
    if (status !== 0) throw new Error(reason || `${path.basename(command[0])} ended with status ${status}`);
  }
}

async function suitable(
  around: Surroundings,
  machine: Pick<Machine, "isProgram" | "resolve">,
  options: Options,
): Promise<string> {
  const names = around.platform === "win32" ? WINDOWS : UNIX;
  for (const file of names.flatMap((name) => onSearchPath(name, around))) {
    if (!machine.isProgram(file) || !mayRun(file, around, machine.resolve)) continue;
    const { status } = await run([file, "-I", "-c", PROBE], { folder: options.folder });
    if (status === 0) return file;
  }
  throw new Error("Python 3.11 or newer was not found on PATH. Install it from python.org, and try again.");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
