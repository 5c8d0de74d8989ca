/** Counting what postlint has found. */

/** The part of a diagnostic that counts. */
export interface Counted {
  readonly source?: string | undefined;
  /** 0 is an error, 1 a warning, as in `vscode.DiagnosticSeverity`. */
  readonly severity: number;
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  /** Posts with at least one finding. */
  readonly posts: number;
}

export const NOTHING: Counts = { errors: 0, warnings: 0, posts: 0 };

/** The findings of postlint among those of all files. */
export function count(found: Iterable<readonly [unknown, readonly Counted[]]>): Counts {
  let errors = 0;
  let warnings = 0;
  let posts = 0;
  for (const [, all] of found) {
    const ours = all.filter((one) => one.source === "postlint");
    const wrong = ours.filter((one) => one.severity === 0).length;
    errors += wrong;
    warnings += ours.length - wrong;
    posts += ours.length ? 1 : 0;
  }
  return { errors, warnings, posts };
}

/** `2 errors and 1 warning`. */
export function inWords({ errors, warnings }: Counts): string {
  const parts = [...(errors ? [several(errors, "error")] : []), ...(warnings ? [several(warnings, "warning")] : [])];
  return parts.join(" and ") || "no findings";
}

export function several(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
