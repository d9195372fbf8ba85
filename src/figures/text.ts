/** Text in figures: names come from configs and stores, so they may hold anything and have any length. */

const NARROW = new Set("iljItfr.,:;'|!()[]{} -\"`/\\");
const WIDE = new Set("mwMW@%&—…");

/** Text with single spaces, without control characters and lone surrogates, which XML cannot hold, and invisible format characters. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/gu, " ").replace(/\s+/g, " ").trim();
}

/** Width of a text in px at a font size in px: an estimate on the safe side for the sans faces in use. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) {
    if (NARROW.has(character)) em += 0.39;
    else if (WIDE.has(character) || character.codePointAt(0)! > 0x2fff) em += 1;
    else em += character >= "A" && character <= "Z" ? 0.7 : 0.62;
  }
  return em * fontSize;
}

/** The text, cut with an ellipsis where it would grow wider than `width` px. */
export function fitText(text: string, width: number, fontSize: number): string {
  const plain = plainText(text);
  if (textWidth(plain, fontSize) <= width) return plain;
  const characters = [...plain];
  while (characters.length > 1 && textWidth(characters.join("") + "…", fontSize) > width) characters.pop();
  return characters.join("").trimEnd() + "…";
}

/** The text in lines of at most `width` px, broken between words; a word that is too long is cut. */
export function wrapText(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of plainText(text).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== "") lines.push(line);
  return lines.map((entry) => fitText(entry, width, fontSize));
}
