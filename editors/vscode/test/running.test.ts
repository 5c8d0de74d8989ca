import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { run } from "../src/running.ts";

const folder = tmpdir();
const script = (code: string): [string, ...string[]] => [process.execPath, "-e", code];

test("the status and the last words are those of the program", async () => {
  const ended = await run(script("console.error('first\\nlast\\n'); process.exitCode = 3"), { folder });
  assert.deepEqual(ended, { status: 3, reason: "last" });
});

test("a program that is missing has a reason", async () => {
  const { status, reason } = await run(["/there/is/none"], { folder });
  assert.equal(status, -1);
  assert.match(reason, /ENOENT/);
});

test("a program can be ended", async () => {
  const signal = AbortSignal.timeout(50);
  assert.equal((await run(script("setInterval(() => 0, 1000)"), { folder, signal })).status, -1);
});

test("what it writes is heard", async () => {
  let said = "";
  await run(script("console.log('out'); console.error('err')"), { folder, heard: (text) => (said += text) });
  assert.deepEqual(said.trim().split("\n").sort(), ["err", "out"]);
});
