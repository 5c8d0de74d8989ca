// A window with several folders: all posts are judged, each as a part of its own site, also in a folder that comes later.
const path = require("node:path");
const { postlint, until } = require("./helpers.cjs");

module.exports = async (vscode) => {
  const api = await postlint(vscode);
  const judged = () =>
    vscode.languages
      .getDiagnostics()
      .filter(([, all]) => all.some((one) => one.source === "postlint"))
      .map(([uri, all]) => `${path.basename(path.dirname(uri.fsPath))}/${path.basename(uri.fsPath)}: ${all[0].code.value}`)
      .sort();
  await until(() => judged().length === 2);
  const before = judged();
  const folders = vscode.workspace.workspaceFolders;
  const third = vscode.Uri.joinPath(folders[0].uri, "..", "three");
  vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri: third });
  await until(() => judged().length === 3);
  return { before, after: judged(), state: api.state.kind };
};
