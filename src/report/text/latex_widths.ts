/** How wide pdfLaTeX sets a text, so that a table can be laid out to fit: measured, not guessed. */
import { plainText } from "../../figures/text.ts";

/**
 * Widths of the signs from space to tilde in thousandths of an em, as pdfLaTeX sets them with the T1 fonts of its own
 * (ecrm0800 and ecbx0800, measured by \wd). The larger sizes are narrower in ems, so that what is said errs on the
 * side of too wide.
 */
const MEDIUM =
  "354 295 531 885 531 885 826 295 413 413 531 826 295 354 295 531 531 531 531 531 531 531 531 531 531 531 295 295 826 " +
  "826 826 502 826 796 752 767 811 722 693 833 796 383 545 825 663 973 796 826 722 826 781 590 767 796 796 1091 796 796 " +
  "649 295 531 295 649 826 531 531 590 472 590 472 325 531 590 295 325 561 295 885 590 531 590 561 414 419 413 590 561 " +
  "767 561 561 472 531 295 531 649";
const BOLD =
  "408 373 612 1021 612 1021 953 340 476 476 612 953 340 408 340 612 612 612 612 612 612 612 612 612 612 612 340 340 953 " +
  "953 953 578 953 922 869 885 937 803 769 962 955 459 631 956 735 1159 955 920 835 920 915 680 852 938 922 1262 922 922 " +
  "748 340 612 340 748 953 612 595 680 544 680 561 374 612 680 340 374 646 340 1021 680 612 680 646 506 483 476 680 646 " +
  "885 646 646 544 612 340 612 748";
const WIDTHS = [MEDIUM, BOLD].map((list) => list.split(" ").map(Number));

/** Signs beyond ASCII that tables hold, in thousandths of an em, medium and bold. */
const SIGNS: Readonly<Record<string, readonly [number, number]>> = {
  "−": [826, 826],
  "–": [531, 612],
  "—": [1062, 1225],
  "×": [826, 826],
  "±": [826, 826],
  "∞": [1063, 1063],
  "≤": [826, 826],
  "≥": [826, 826],
  "≈": [826, 826],
  "…": [1416, 1633],
  "·": [295, 295],
  "→": [1063, 1063],
};
/** Any other letter of Latin, and a sign that is named by its code point. */
const WIDEST_LETTER = 1100, NAMED = 3800;

/** Width of a text, pt, at a size of so many pt. */
export function textWidth(text: string, size: number, bold: boolean): number {
  const widths = WIDTHS[bold ? 1 : 0]!;
  let sum = 0;
  for (const sign of plainText(text)) {
    sum += widths[sign.codePointAt(0)! - 32] ?? SIGNS[sign]?.[bold ? 1 : 0] ??
      (sign <= "\u017f" ? WIDEST_LETTER : NAMED);
  }
  return sum * size / 1000;
}
