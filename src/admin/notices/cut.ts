/** What a cut text ends with. */
const CUT = "…";

/** A text of at most `most` UTF-16 units, cut where it is longer; no character is halved. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - CUT.length;
  const halved = /[\ud800-\udbff]/.test(text[end - 1] ?? ""); // a pair that would lose its second half
  return text.slice(0, halved ? end - 1 : end) + CUT;
}

/** One line of visible text: what a header may hold. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").replace(/ {2,}/g, " ").trim();
}
