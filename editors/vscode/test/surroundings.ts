/** A machine that exists only in a test. */

import type { Machine, Search } from "../src/places.ts";

export const search: Search = {
  platform: "linux",
  home: "/home/ada",
  searchPath: "/usr/bin:/bin",
  folders: ["/home/ada/blog"],
  isTrusted: true,
  setting: "",
  own: "/home/ada/.code/environment",
};

/** A machine with these programs; `links` are symbolic links, `interpreters` what the Python extension has chosen. */
export function machine(
  programs: readonly string[],
  { links = {}, interpreters = [] }: { links?: Readonly<Record<string, string>>; interpreters?: readonly string[] } = {},
): Machine {
  return {
    isProgram: (file) => programs.includes(file),
    resolve: (file) => links[file] ?? file,
    interpreters: async () => interpreters,
  };
}
