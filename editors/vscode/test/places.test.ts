import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../src/places.ts";
import { machine, search } from "./surroundings.ts";

const untrusted = { ...search, isTrusted: false };
const OWN = "/home/ada/.code/environment/bin/postlint";
const VENV = "/home/ada/blog/.venv/bin/postlint";
const GLOBAL = "/usr/bin/postlint";

test("the environment of the workspace comes first, PATH last", async () => {
  const all = [VENV, "/home/ada/blog/venv/bin/postlint", "/opt/python/bin/postlint", OWN, GLOBAL];
  for (let left = all; left.length; left = left.slice(1)) {
    const found = await find(search, machine(left, { interpreters: ["/opt/python/bin/python"] }));
    assert.equal(found?.path, left[0]);
  }
});

test("where it comes from is said", async () => {
  assert.equal((await find(search, machine([VENV])))?.origin, "the environment .venv");
  assert.equal((await find(search, machine([GLOBAL])))?.origin, "PATH");
});

test("the Python extension may name an interpreter or an environment", async () => {
  for (const path of ["/opt/python/bin/python3", "/opt/python"]) {
    const found = await find(search, machine(["/opt/python/bin/postlint"], { interpreters: [path] }));
    assert.equal(found?.path, "/opt/python/bin/postlint");
  }
});

test("each folder of the workspace is looked at", async () => {
  const folders = ["/home/ada/notes", "/home/ada/blog"];
  assert.equal((await find({ ...search, folders }, machine([VENV, GLOBAL])))?.path, VENV);
});

test("there may be none", async () => {
  assert.equal(await find(search, machine([])), undefined);
});

test("the setting is taken, and no other", async () => {
  const named = { ...search, setting: "/opt/tools/postlint" };
  assert.equal((await find(named, machine(["/opt/tools/postlint", VENV])))?.path, "/opt/tools/postlint");
  await assert.rejects(find(named, machine([VENV])), /names \/opt\/tools\/postlint, which is not a program/);
});

test("the setting may begin at home or in the workspace", async () => {
  for (const [setting, path] of [
    ["~/bin/postlint", "/home/ada/bin/postlint"],
    ["${workspaceFolder}/tools/postlint", "/home/ada/blog/tools/postlint"],
    ["tools/postlint", "/home/ada/blog/tools/postlint"],
  ] as const) {
    assert.equal((await find({ ...search, setting }, machine([path])))?.path, path);
  }
});

test("in a workspace that is not trusted, only what lies outside is taken", async () => {
  const inside = machine([VENV, "/home/ada/blog/venv/bin/postlint"], { interpreters: ["/home/ada/blog/.venv/bin/python"] });
  assert.equal(await find(untrusted, inside), undefined);
  assert.equal((await find(untrusted, machine([VENV, OWN, GLOBAL])))?.path, OWN);
  assert.equal((await find(untrusted, machine([VENV, GLOBAL])))?.path, GLOBAL);
});

test("PATH may lead into a workspace that is not trusted", async () => {
  const searchPath = "/home/ada/blog/.venv/bin:bin:.:/links:/usr/bin";
  const links = { "/links/postlint": "/home/ada/blog/run.sh" };
  const programs = [VENV, "/links/postlint", "bin/postlint", "postlint", GLOBAL];
  assert.equal((await find({ ...untrusted, searchPath }, machine(programs, { links })))?.path, GLOBAL);
});

test("a workspace that is not trusted may be known by a link", async () => {
  const links = { "/home/ada/blog": "/srv/blog" };
  const searchPath = "/srv/blog/bin:/usr/bin";
  const programs = machine(["/srv/blog/bin/postlint", GLOBAL], { links });
  assert.equal((await find({ ...untrusted, searchPath }, programs))?.path, GLOBAL);
});

test("the setting may not name a program in a workspace that is not trusted", async () => {
  const named = { ...untrusted, setting: "tools/postlint" };
  await assert.rejects(find(named, machine(["/home/ada/blog/tools/postlint"])), /a workspace that you don't trust/);
});

test("a folder whose name begins like that of the workspace is outside", async () => {
  const searchPath = "/home/ada/blog-tools/bin";
  const found = await find({ ...untrusted, searchPath }, machine(["/home/ada/blog-tools/bin/postlint"]));
  assert.equal(found?.path, "/home/ada/blog-tools/bin/postlint");
});
