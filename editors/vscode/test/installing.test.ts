import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { install, REQUIREMENT, steps } from "../src/installing.ts";
import { isProgram, resolve } from "../src/machine.ts";
import { search } from "./surroundings.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "postlint-"));
});
after(() => rm(folder, { recursive: true }));

/** A program that stands for an interpreter, on a PATH of its own. */
async function python(body: string): Promise<string> {
  const bin = await mkdtemp(join(folder, "bin-"));
  await writeFile(join(bin, "python3"), `#!/bin/sh\n${body}\n`);
  await chmod(join(bin, "python3"), 0o755);
  return bin;
}

const tried = (searchPath: string, heard: (text: string) => void = () => undefined) =>
  install(join(folder, "own"), { ...search, searchPath }, { isProgram, resolve }, { folder, heard });
const unix = { skip: process.platform === "win32" };

test("an environment is made, and pip installs into it", () => {
  const [environment, packages] = steps("/usr/bin/python3", "/own", search);
  assert.deepEqual(environment, ["/usr/bin/python3", "-I", "-m", "venv", "--clear", "/own"]);
  assert.equal(packages?.[0], "/own/bin/python");
  assert.deepEqual(packages?.slice(-1), [REQUIREMENT]);
});

test("what is run is shown, and why it failed", unix, async () => {
  const said: string[] = [];
  const bin = await python('[ "$2" = -c ] || { echo "no module named venv" >&2; exit 1; }');
  await assert.rejects(tried(bin, (text) => said.push(text)), /^Error: no module named venv$/);
  assert.match(said.join(""), /^\$ \S+python3 -I -m venv --clear \S+own\nno module named venv\n$/);
});

test("an interpreter that is too old is passed over", unix, async () => {
  const old = await python("exit 1");
  const log = join(folder, "log");
  const young = await python(`[ "$2" = -c ] || { echo "$@" > ${log}; exit 1; }`);
  await assert.rejects(tried(`${old}:${young}`));
  assert.match(await readFile(log, "utf8"), /-m venv/);
});

test("without Python, there is a remedy", async () => {
  await assert.rejects(tried(folder), /Python 3\.11 or newer was not found on PATH\. Install it from python\.org/);
});
