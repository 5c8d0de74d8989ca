/** What the search for programs needs to know about the machine and the workspace. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  /** The value of PATH. */
  readonly searchPath: string;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** Whether code from these folders may run. */
  readonly isTrusted: boolean;
}
