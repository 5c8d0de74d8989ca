/** What the status item says. */

import { inWords, several, type Counts } from "./counts.ts";
import type { State } from "./state.ts";

export interface Shown {
  /** With icons, as `$(error)`. */
  readonly text: string;
  /** The same for a screen reader. */
  readonly label: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly level?: "warning" | "error";
}

/** What to show in this state. `all` is about the workspace, `here` about the post in the active editor, if it is one. */
export function shown(state: State, all: Counts, here: Counts | undefined): Shown {
  switch (state.kind) {
    case "starting":
      return plain("loading~spin", "postlint is starting");
    case "installing":
      return plain("loading~spin", "postlint is being installed");
    case "stopped":
      return plain("circle-slash", "postlint is stopped");
    case "missing":
      return {
        text: "$(warning) postlint",
        label: "postlint is not installed",
        tooltip: "postlint is not installed. Click to install it.",
        level: "warning",
      };
    case "failed":
      return {
        text: "$(error) postlint",
        label: "postlint did not start",
        tooltip: `postlint did not start.\n\n${state.reason}`,
        level: "error",
      };
    case "running":
      return running(state, all, here);
  }
}

function plain(icon: string, label: string): Shown {
  return { text: `$(${icon}) postlint`, label, tooltip: `${label}.` };
}

function running(state: State & { kind: "running" }, all: Counts, here: Counts | undefined): Shown {
  const parts = [
    ...(all.errors ? [`$(error) ${all.errors}`] : []),
    ...(all.warnings ? [`$(warning) ${all.warnings}`] : []),
  ];
  const counted = inWords(all);
  const lines = [
    `**postlint ${state.version}**`,
    all.posts ? `${counted} in ${several(all.posts, "post")}` : "There are no findings.",
    ...(here && all.posts ? [`This post: ${inWords(here)}`] : []),
    ...(state.isRestricted ? ["Restricted Mode: settings, schemas and rules of the site are ignored."] : []),
    `From ${state.program.origin}: \`${state.program.path}\``,
  ];
  return {
    text: parts.length ? `postlint ${parts.join(" ")}` : "$(check) postlint",
    label: `postlint: ${counted}`,
    tooltip: lines.join("\n\n"),
  };
}
