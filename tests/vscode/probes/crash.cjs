// The server ends by itself, again and again: it is started again, and at last it is said that it does not run.
const { readFileSync } = require("node:fs");
const { open, place, postlint, rules, until } = require("./helpers.cjs");

module.exports = async (vscode) => {
  const api = await postlint(vscode);
  const post = "src/content/blog/a.md";
  const pids = () => readFileSync(place(vscode, ".venv/pids").fsPath, "utf8").trim().split("\n");
  const editor = await open(vscode, post);
  await until(() => rules(vscode, post).includes("mojibake"));
  for (let number = 1; number <= 4; number++) {
    process.kill(Number(pids().at(-1)));
    if (number === 4) break;
    await until(() => pids().length === number + 1 && api.state.kind === "running");
    // What is found by the new server is about the text of now.
    const line = editor.document.lineCount - 1;
    await editor.edit((change) => change.insert(new vscode.Position(line, 0), "a â€” b\n"));
    await until(() => rules(vscode, post).length === number + 1);
  }
  await until(() => api.state.kind === "failed");
  return { starts: pids().length, text: api.statusText };
};
