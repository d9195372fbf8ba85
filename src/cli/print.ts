/** All that is said to a person goes through here: results to stdout, everything else to stderr. */
import { ruleOf } from "../adapters/files/system_error.ts";
import { UserError } from "../core/user_error.ts";

/** Characters that a terminal acts on instead of showing them: controls, and marks that turn the writing direction. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * Text as a terminal may be given it. A path or a cell may hold anything; its unseen characters are spelt out as
 * \u001b, which in JSON means the same as before. Tabs and line ends stay.
 */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    if (character === "\n" || character === "\t") return character;
    return character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join(
      "",
    );
  });
}

/**
 * Prints a result.
 *
 * @param kept Where it is kept, for who cannot read it here; null for a command that keeps nothing.
 * @throws {UserError} If stdout takes it no more. Whoever prints has kept what there is to keep before.
 */
export function say(text: string, kept: string | null = null): void {
  try {
    console.log(visible(text));
  } catch (error) {
    const where = kept === null ? "" : ` The result is kept in ${kept}.`;
    throw new UserError(`Cannot print on stdout as ${ruleOf(error)}.${where}`, {
      cause: error,
    });
  }
}

/** Prints what is no result: a mistake, a note. */
export function tell(text: string): void {
  unheard(() => console.error(visible(text)));
}

/** Does what only shows something on stderr: where that takes nothing, nobody hears it and nothing else may fail. */
export function unheard(show: () => void): void {
  try {
    show();
  } catch {
    return;
  }
}
