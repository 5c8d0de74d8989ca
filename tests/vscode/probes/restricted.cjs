// A workspace that is not trusted: what is found in its post, and by which program.
const { open, postlint, rules, until } = require("./helpers.cjs");

module.exports = async (vscode) => {
  const api = await postlint(vscode);
  const post = "src/content/blog/a.md";
  await open(vscode, post);
  if (api.state.kind === "running") await until(() => rules(vscode, post).length);
  return { state: api.state, isTrusted: vscode.workspace.isTrusted, rules: rules(vscode, post) };
};
