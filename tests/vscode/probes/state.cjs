// Whether postlint runs in this window, and which one.
const { postlint } = require("./helpers.cjs");

module.exports = async (vscode) => {
  const api = await postlint(vscode);
  return { state: api.state, text: api.statusText, isTrusted: vscode.workspace.isTrusted };
};
