/** One command for a warm process. */
export interface Asked {
  readonly cwd: string;
  readonly args: readonly string[];
}

/** What a warm process writes once a command is over, and no command ever: print.ts spells a NUL out. */
export const END = "\0end of command\n";
