// What the server offers, as VS Code's own commands ask for it.
const { open, place, found, postlint, rules, until } = require("./helpers.cjs");

const BLOG = "src/content/blog";

module.exports = async (vscode) => {
  const ask = (provider, ...rest) => vscode.commands.executeCommand(`vscode.${provider}`, ...rest);
  const api = await postlint(vscode);
  const said = { state: api.state };

  // Also of the posts that are not open.
  await until(() => api.statusText === "postlint $(error) 15 $(warning) 3");
  said.posts = vscode.languages.getDiagnostics().filter(([, all]) => all.some((one) => one.source === "postlint")).length;

  const basil = `${BLOG}/basil-from-seed.md`;
  const editor = await open(vscode, basil);
  await until(() => rules(vscode, basil).includes("slug-duplicate"));
  const duplicate = found(vscode, basil).find((one) => one.code.value === "slug-duplicate");
  said.related = duplicate.relatedInformation.map((one) => one.location.uri.path.split("/").at(-1));
  said.page = duplicate.code.target.toString();

  const uri = place(vscode, basil);
  const at = (line, character) => new vscode.Position(line, character);
  const texts = async (line, character) =>
    (await ask("executeHoverProvider", uri, at(line, character))).flatMap((one) => one.contents.map((part) => part.value));
  said.image = (await texts(10, 30)).join("\n");
  said.field = (await texts(3, 3)).join("\n");
  said.links = (await ask("executeLinkProvider", uri)).length;
  said.definition = (await ask("executeDefinitionProvider", uri, at(10, 30))).map((one) =>
    (one.uri ?? one.targetUri).path.split("/").at(-1),
  );
  said.symbols = (await ask("executeDocumentSymbolProvider", uri)).map((one) => one.name);
  said.bySymbol = (await ask("executeWorkspaceSymbolProvider", "Mint")).map((one) => one.name);

  await editor.edit((change) => change.replace(new vscode.Range(5, 0, 5, 99), "tags: ["));
  const completed = await ask("executeCompletionItemProvider", uri, at(5, 7));
  said.tags = completed.items
    .filter((one) => one.detail?.includes("post"))
    .map((one) => `${one.label?.label ?? one.label}: ${one.detail}`);
  await vscode.commands.executeCommand("undo");

  await vscode.commands.executeCommand("postlint.fixAll");
  await until(() => !rules(vscode, basil).includes("mojibake"));
  said.fixed = editor.document.lineAt(8).text;
  said.formatted = (await ask("executeFormatDocumentProvider", uri, { tabSize: 2, insertSpaces: true }))?.length ?? 0;

  const untitled = await vscode.workspace.openTextDocument({ language: "markdown", content: "---\ntitle: A\n---\n\na â€” b\n" });
  await vscode.window.showTextDocument(untitled);
  await until(() => vscode.languages.getDiagnostics(untitled.uri).some((one) => one.code?.value === "mojibake"));

  const mint = `${BLOG}/mint-in-a-bucket.md`;
  await vscode.workspace.fs.delete(place(vscode, mint));
  await until(() => !found(vscode, mint).length && !rules(vscode, basil).includes("slug-duplicate"));

  await vscode.commands.executeCommand("postlint.restart");
  said.restarted = api.state.kind;
  await until(() => rules(vscode, `${BLOG}/repotting.md`).includes("schema-unknown-field"));
  return said;
};
