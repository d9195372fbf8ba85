/** What the colours of the one theme become on a dark ground and in grey: a figure is made once and painted thrice. */
import { color, lab } from "d3-color";
import { printable } from "../core/printable.ts";
import { FAINT, INK, LEARNER, ORACLE, PAPER, QUIET, REFERENCE, SOFT, STRONG, VARIANT } from "./theme.ts";

/** How a figure may be painted; "auto" follows the reader's light or dark mode, which browsers alone can do. */
export const THEMES = ["light", "dark", "grey", "auto"] as const;
/**
 * How a figure may be painted.
 *
 * @internal
 */
export type Theme = (typeof THEMES)[number];

/** Refuses a theme that there is not. @throws {RangeError} With those that there are. */
export function requireTheme(theme: unknown, known: readonly Theme[]): void {
  if (known.some((one) => one === theme)) return;
  throw new RangeError(
    `Cannot draw a figure as its theme must be one of ${known.join(", ")}: current value is ${
      printable(String(theme), 60)
    }`,
  );
}

/** Named colours on a dark ground: hue kept, lightness turned round, order in lightness kept. */
const DARK: Readonly<Record<string, string>> = {
  [PAPER]: "#14171a",
  [INK]: "#e8ebee",
  [SOFT]: "#a7afb8",
  [FAINT]: "#2d3339",
  [QUIET]: "#59626c",
  [STRONG[0]]: "#7cbcf5",
  [STRONG[1]]: "#ee8a3c",
  [LEARNER[0]]: "#3fc7a4",
  [LEARNER[1]]: "#7fd4bb",
  [LEARNER[2]]: "#aecb5c",
  [REFERENCE[0]]: "#9aa1a9",
  [REFERENCE[1]]: "#7f868e",
  [REFERENCE[2]]: "#c3c9cf",
  [ORACLE[0]]: "#dc94cb",
  [ORACLE[1]]: "#bf7dae",
  [VARIANT[1]]: "#f0935a",
  [VARIANT[2]]: "#35c4a0",
  [VARIANT[3]]: "#b8779f",
  [VARIANT[4]]: "#f5cd57",
};

/** CIE lightness of the dark ground and of its ink, between which other colours are turned round. */
const GROUND = lab(DARK[PAPER]!).l, LIGHTEST = lab(DARK[INK]!).l;

/**
 * A colour of a light figure as another theme shows it. A colour without a name in the theme (a cell of a heat
 * map) keeps its hue, and its lightness is turned round: what stood out from paper stands out from the dark.
 *
 * @param colour Any CSS colour that is opaque.
 * @returns "#rrggbb".
 * @throws {RangeError} If it is not a colour.
 */
export function themeColour(colour: string, theme: Exclude<Theme, "auto">): string {
  const light = color(colour)?.formatHex();
  if (light === undefined) {
    throw new RangeError(
      `Cannot paint a figure as its colours must be CSS colours: current value is ${colour}`,
    );
  }
  if (theme === "light") return light;
  const { l, a, b } = lab(light);
  if (theme === "grey") return lab(l, 0, 0).formatHex();
  return DARK[light] ?? lab(GROUND + (1 - l / 100) * (LIGHTEST - GROUND), a, b).formatHex();
}
