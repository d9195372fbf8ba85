/** What a terminal would act on instead of show: controls, marks of direction and joining, separators of lines, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A foreign text as it may be shown in a message: what cannot be seen is written out (\x1b, \u{202e}), and
 * whatever goes beyond `most` characters is cut.
 */
export function printable(text: string, most = Infinity): string {
  const shown = text.length > most ? `${text.slice(0, most)}...` : text;
  return shown.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0)!;
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}
