/** Tags, and the entities that search engines leave in titles. */
const TAG = /<[^<>]{0,300}>/g;
const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};
/** Controls, and marks that are not seen or turn the direction of writing: text may hide behind them. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A provider's text without tags, entities and what cannot be seen, on one line, cut at `most` characters. */
export function plainText(text: string, most: number): string {
  return text
    .slice(0, 4 * most + 1000)
    .replace(TAG, " ")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity]!)
    .normalize("NFC")
    .replace(UNSEEN, (character) => /[\n\r\t\u2028\u2029]/.test(character) ? " " : "")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, most)
    .toWellFormed();
}
