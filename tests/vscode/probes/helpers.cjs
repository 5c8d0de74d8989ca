// What the probes share; each runs in the extension host of a window.
const { setTimeout: sleep } = require("node:timers/promises");

/** Milliseconds, on a machine that is busy. */
const PATIENCE = 1000 * Number(process.env.POSTLINT_PATIENCE ?? 120);

/** Wait until `read` gives something that is true, and return that. */
exports.until = async (read) => {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const got = await read();
    if (got) return got;
    if (Date.now() > end) throw new Error(`waited in vain: ${read}`);
    await sleep(10);
  }
};

/** The extension's own interface, when it has come to rest. */
exports.postlint = async (vscode) => {
  const extension = vscode.extensions.getExtension("postlint.postlint");
  const api = await extension.activate();
  await exports.until(() => api.state.kind !== "starting");
  return api;
};

exports.place = (vscode, path) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, path);

exports.open = async (vscode, path) =>
  vscode.window.showTextDocument(await vscode.workspace.openTextDocument(exports.place(vscode, path)));

/** What postlint has found in a file. */
exports.found = (vscode, path) =>
  vscode.languages.getDiagnostics(exports.place(vscode, path)).filter((one) => one.source === "postlint");

exports.rules = (vscode, path) => exports.found(vscode, path).map((one) => one.code?.value ?? one.code);
