/** Where postlint may be installed, and which of these places is taken. */

import * as path from "node:path";
import { executable, onSearchPath } from "./search_path.ts";
import type { Surroundings } from "./surroundings.ts";
import { mayRun, type Resolve } from "./trust.ts";

/** A program `postlint`, and in words where it comes from. */
export interface Program {
  readonly path: string;
  readonly origin: string;
}

/** What can be asked about the machine. */
export interface Machine {
  /** Whether there is a program at this path that may be executed. */
  readonly isProgram: (file: string) => boolean;
  readonly resolve: Resolve;
  /** The Python interpreters, or their environments, that the Python extension has chosen for the folders. */
  readonly interpreters: () => Promise<readonly string[]>;
}

/** A search: the surroundings, the value of `postlint.path`, and the environment that the extension makes. */
export interface Search extends Surroundings {
  readonly setting: string;
  readonly own: string;
}

const ENVIRONMENTS = [".venv", "venv"];

/**
 * The first program `postlint`, undefined if there is none. If the setting names one, no other is taken.
 * @throws Error if the program of the setting cannot be taken; its message says why.
 */
export async function find(search: Search, machine: Machine): Promise<Program | undefined> {
  if (search.setting !== "") return named(search, machine);
  for await (const program of places(search, machine)) {
    if (mayRun(program.path, search, machine.resolve) && machine.isProgram(program.path)) return program;
  }
  return undefined;
}

function named(search: Search, machine: Machine): Program {
  const file = settingPath(search.setting, search);
  if (!mayRun(file, search, machine.resolve)) {
    throw new Error(`The setting postlint.path names ${file}, which is in a workspace that you don't trust.`);
  }
  if (!machine.isProgram(file)) throw new Error(`The setting postlint.path names ${file}, which is not a program.`);
  return { path: file, origin: "the setting postlint.path" };
}

async function* places(search: Search, machine: Machine): AsyncGenerator<Program> {
  if (search.isTrusted) {
    for (const folder of search.folders) {
      for (const name of ENVIRONMENTS) {
        yield { path: inEnvironment(path.join(folder, name), "postlint", search), origin: `the environment ${name}` };
      }
    }
    const origin = "the environment of the Python extension";
    for (const python of await machine.interpreters()) {
      yield { path: path.join(path.dirname(python), executable("postlint", search.platform)), origin };
      yield { path: inEnvironment(python, "postlint", search), origin };
    }
  }
  yield { path: inEnvironment(search.own, "postlint", search), origin: "the environment of this extension" };
  for (const file of onSearchPath("postlint", search)) yield { path: file, origin: "PATH" };
}

/** The program `name` of the Python environment in `folder`. */
export function inEnvironment(folder: string, name: string, around: Surroundings): string {
  return path.join(folder, around.platform === "win32" ? "Scripts" : "bin", executable(name, around.platform));
}

/** The absolute path that a setting names: `~`, `${workspaceFolder}` and relative paths are understood. */
export function settingPath(value: string, around: Surroundings): string {
  const folder = around.folders[0] ?? around.home;
  const written = value.replaceAll("${workspaceFolder}", folder).replace(/^~(?=[/\\]|$)/, around.home);
  return path.resolve(folder, written);
}
