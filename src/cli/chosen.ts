import { UserError } from "../core/user_error.ts";

/**
 * What a flag chooses of a list: words parted by commas, each once, in the order of the list.
 *
 * @throws {UserError} If a word is not in the list, or none is given.
 */
export function chosen<Word extends string>(text: string, from: readonly Word[], flag: string): Word[] {
  const words = text.split(",").map((word) => word.trim()).filter((word) => word !== "");
  const unknown = words.find((word) => !(from as readonly string[]).includes(word));
  if (words.length === 0 || unknown !== undefined) {
    throw new UserError(
      `Cannot take ${flag} as it must be one or more of ${from.join(", ")}: current value is ${
        unknown ?? text
      }`,
    );
  }
  return from.filter((word) => words.includes(word));
}

/** Paths of a flag, parted by commas; none where it was not given. */
export function pathsIn(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(",").map((path) => path.trim()).filter((path) => path !== "");
}
