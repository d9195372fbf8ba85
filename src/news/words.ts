/** Words of a text, so that whole words are compared and never parts of one. */

const WORD = /\p{Script=Han}+|[\p{L}\p{M}\p{N}]+(?:['’.-][\p{L}\p{M}\p{N}]+)*/gu;
const HAN = /^\p{Script=Han}+$/u;

/**
 * Words in order, in lower case. Width variants fold together (NFKC); a run of Han characters, which has no spaces, gives its
 * pairs of neighbours.
 */
export function words(text: string): string[] {
  const out: string[] = [];
  for (const [run] of text.normalize("NFKC").toLowerCase().matchAll(WORD)) {
    if (!HAN.test(run) || run.length < 3) out.push(run.replaceAll("’", "'"));
    else for (let i = 0; i + 1 < run.length; i++) out.push(run.slice(i, i + 2));
  }
  return out;
}
