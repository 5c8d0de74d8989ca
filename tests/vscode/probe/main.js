// Runs probe.cjs, which lies beside the folder of the window, and writes what it returns or throws beside it.
const { existsSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

exports.activate = async () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const script = folder && path.join(folder, "..", "probe.cjs");
  if (!script || !existsSync(script)) return;
  const result = path.join(folder, "..", "result.json");
  let said;
  try {
    said = { value: await require(script)(vscode) };
  } catch (error) {
    said = { error: error?.stack ?? String(error) };
  }
  writeFileSync(`${result}.part`, JSON.stringify(said));
  renameSync(`${result}.part`, result);
};
