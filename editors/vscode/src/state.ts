/** What the extension is doing. */

import type { Program } from "./places.ts";

export type State =
  | { readonly kind: "starting" }
  | { readonly kind: "running"; readonly program: Program; readonly version: string; readonly isRestricted: boolean }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "stopped" | "installing" };
