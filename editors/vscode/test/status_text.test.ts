import assert from "node:assert/strict";
import { test } from "node:test";
import { count, NOTHING } from "../src/counts.ts";
import { shown } from "../src/status_text.ts";
import type { State } from "../src/state.ts";

const running: State = {
  kind: "running",
  program: { path: "/usr/bin/postlint", origin: "PATH" },
  version: "1.2.3",
  isRestricted: false,
};
const error = { source: "postlint", severity: 0 };
const warning = { source: "postlint", severity: 1 };

test("only findings of postlint count", () => {
  const other = { source: "markdownlint", severity: 1 };
  const found = [["a", [error, other, warning]], ["b", [other]], ["c", [warning]]] as const;
  assert.deepEqual(count(found), { errors: 1, warnings: 2, posts: 2 });
});

test("errors and warnings are counted apart", () => {
  const all = { errors: 15, warnings: 1, posts: 6 };
  const { text, label, tooltip } = shown(running, all, { errors: 0, warnings: 1, posts: 1 });
  assert.equal(text, "postlint $(error) 15 $(warning) 1");
  assert.equal(label, "postlint: 15 errors and 1 warning");
  assert.match(tooltip, /15 errors and 1 warning in 6 posts\n\nThis post: 1 warning\n/);
  assert.match(tooltip, /From PATH: `\/usr\/bin\/postlint`/);
});

test("no findings are good news", () => {
  const { text, label, tooltip } = shown(running, NOTHING, NOTHING);
  assert.equal(text, "$(check) postlint");
  assert.equal(label, "postlint: no findings");
  assert.match(tooltip, /There are no findings\./);
});

test("Restricted Mode is named", () => {
  assert.match(shown({ ...running, isRestricted: true }, NOTHING, undefined).tooltip, /Restricted Mode/);
});

test("what does not work has a colour and a reason", () => {
  const failed = shown({ kind: "failed", reason: "it needs pygls" }, NOTHING, undefined);
  assert.equal(failed.level, "error");
  assert.match(failed.tooltip, /it needs pygls/);
  assert.equal(shown({ kind: "missing" }, NOTHING, undefined).level, "warning");
});
