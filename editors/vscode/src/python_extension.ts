/** The interpreters that the user has chosen in the Python extension, which need not be installed. */

import * as vscode from "vscode";

/** The part of the Python extension's interface that is used here. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
  };
}

/** Paths of interpreters or of their environments, by folder of the workspace. */
export async function chosenInterpreters(): Promise<string[]> {
  const extension = vscode.extensions.getExtension<PythonExtension>("ms-python.python");
  if (!extension) return [];
  const { environments } = await extension.activate();
  if (!environments) return [];
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(folders.map((folder) => environments.getActiveEnvironmentPath(folder.uri).path))];
}
