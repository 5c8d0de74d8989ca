// How long findings take in a window: milliseconds. A key is followed by the pause of two tenths of a second.
const { found, open, postlint, until } = require("./helpers.cjs");

const BLOG = "src/content/blog";

module.exports = async (vscode) => {
  const times = { opened: [], typed: [] };
  const begun = Date.now();
  await postlint(vscode);
  times.started = Date.now() - begun;
  for (const name of ["repotting.md", "basil-from-seed.md", "mint-in-a-bucket.md", "balcony-tomatoes.md"]) {
    const asked = Date.now();
    await open(vscode, `${BLOG}/${name}`);
    await until(() => found(vscode, `${BLOG}/${name}`).length);
    times.opened.push(Date.now() - asked);
  }
  const post = `${BLOG}/hello-windowsill.md`;
  const editor = await open(vscode, post);
  for (let number = 0; number < 10; number++) {
    const typed = Date.now();
    await editor.edit((change) => change.insert(new vscode.Position(editor.document.lineCount - 1, 0), "It â€” rains."));
    await until(() => found(vscode, post).length);
    times.typed.push(Date.now() - typed);
    await vscode.commands.executeCommand("undo");
    await until(() => !found(vscode, post).length);
  }
  return times;
};
