/** Text of strangers inside a prompt: told apart by marks that it cannot hold, in letters that it cannot break. */
import { sha256 } from "../core/hash.ts";

/** Text behind a fence. */
export interface Fenced {
  /** Two lines that begin with the mark, the content on one line between them. */
  readonly text: string;
  /** Made of the content's hash: to forge it, a text would have to hold its own hash. */
  readonly mark: string;
}

/**
 * Puts one JSON text behind a fence. It keeps its meaning as JSON and loses what a prompt might take for structure: line
 * breaks, angle brackets, backticks, bars and the marks of other scripts that look like them stand as \u escapes.
 */
export function fenced(json: string): Fenced {
  const content = JSON.stringify(JSON.parse(json)).replace(
    /[<>`|\u2028\u2029\uff1c\uff1e\u2039\u203a\u00ab\u00bb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const mark = `NEWS-${sha256(content).slice(0, 16)}`;
  return { text: `${mark} begins\n${content}\n${mark} ends`, mark };
}
