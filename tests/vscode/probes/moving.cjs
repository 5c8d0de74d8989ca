// A post is renamed in the window: the links to it follow.
const { place, postlint, until } = require("./helpers.cjs");

module.exports = async (vscode) => {
  const api = await postlint(vscode);
  await until(() => !api.statusText.includes("loading"));
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(place(vscode, "content/posts/a.md"), place(vscode, "content/posts/z.md"));
  await vscode.workspace.applyEdit(edit);
  const read = async (path) => (await vscode.workspace.openTextDocument(place(vscode, path))).getText();
  return { other: await read("content/posts/b.md"), moved: await read("content/posts/z.md") };
};
