/** The command that fixes everything that is certain in the post of the active editor. */

import * as vscode from "vscode";

const KIND = "source.fixAll.postlint";

export async function fixAll(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const whole = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  const provided = "vscode.executeCodeActionProvider";
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(provided, document.uri, whole, KIND);
  const edit = actions.find((action) => action.kind?.value === KIND)?.edit;
  if (edit) await vscode.workspace.applyEdit(edit);
  else vscode.window.setStatusBarMessage("postlint: nothing in this post can be fixed with certainty", 5_000);
}
