/** Which documents of the editor are posts. */

import type { DocumentSelector } from "vscode-languageclient/node";

/** Endings of the files that postlint reads as posts: those of `src/postlint/files/endings.py`. */
export const POST_ENDINGS = [
  "md", "mdx", "markdown", "mdown", "mkd", "mkdn", "mkdown", "mdwn", "mdtxt", "mdtext", "qmd", "rmd", "svx",
] as const;

const LANGUAGES = ["markdown", "mdx"];

/** The documents that the server gets to know: files by their language or ending, and texts that were never saved. */
export const POSTS: DocumentSelector = [
  ...LANGUAGES.flatMap((language) => [{ scheme: "file", language }, { scheme: "untitled", language }]),
  { scheme: "file", pattern: `**/*.{${POST_ENDINGS.map(inAnyCase).join(",")}}` },
];

/** A glob for `ending`: `.Rmd` is as common as `.rmd`. */
function inAnyCase(ending: string): string {
  return [...ending].map((letter) => `[${letter}${letter.toUpperCase()}]`).join("");
}
