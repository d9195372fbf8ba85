import type { FillKind } from "../simulation/trace.ts";
import type { LegendEntry, LegendShape } from "./figure.ts";
import { INK, STRONG } from "./theme.ts";

/** A fill of one coin as a figure sees it. */
export interface ChartFill {
  /** Open time of the bar in which it happened, ms UTC. */
  readonly time: number;
  /** Why it was traded. */
  readonly kind: FillKind;
  /** Coins bought (> 0) or sold (< 0). */
  readonly quantity: number;
  /** USDT. */
  readonly price: number;
}

/** How kinds of fills are drawn: by shape first, so that grey tells them apart too. */
export const FILL_STYLES = [
  {
    kinds: ["entry", "increase", "limit"],
    side: 1,
    label: "buy to open",
    symbol: "triangle",
    rotate: 0,
    filled: true,
  },
  {
    kinds: ["entry", "increase", "limit"],
    side: -1,
    label: "sell to open",
    symbol: "triangle",
    rotate: 180,
    filled: true,
  },
  {
    kinds: ["reduce", "close", "target"],
    side: 1,
    label: "buy to close",
    symbol: "triangle",
    rotate: 0,
    filled: false,
  },
  {
    kinds: ["reduce", "close", "target"],
    side: -1,
    label: "sell to close",
    symbol: "triangle",
    rotate: 180,
    filled: false,
  },
  { kinds: ["stop"], side: 0, label: "stop", symbol: "times", rotate: 0, filled: false },
  { kinds: ["liquidation"], side: 0, label: "liquidation", symbol: "diamond", rotate: 0, filled: true },
] as const satisfies readonly {
  readonly kinds: readonly FillKind[];
  readonly side: number;
  readonly label: string;
  readonly symbol: string;
  readonly rotate: number;
  readonly filled: boolean;
}[];
export type FillStyle = (typeof FILL_STYLES)[number];

/** Style of a fill; undefined for funding, which is no trade. */
export function fillStyle({ kind, quantity }: Pick<ChartFill, "kind" | "quantity">): FillStyle | undefined {
  return FILL_STYLES.find(({ kinds, side }) =>
    (kinds as readonly FillKind[]).includes(kind) && (side === 0 || side === Math.sign(quantity))
  );
}

/** Buys and sells differ in hue; what ended against one's will is in ink. */
export function fillColour({ side }: FillStyle): string {
  return side === 0 ? INK : side > 0 ? STRONG[0] : STRONG[1];
}

/** Keys of the styles that occur. */
export function fillLegend(fills: readonly ChartFill[]): LegendEntry[] {
  const seen = new Set(fills.map(fillStyle));
  const shapes: Record<string, LegendShape> = {
    "triangle 0 filled": "triangle",
    "triangle 180 filled": "triangleDown",
    "triangle 0 hollow": "triangleRing",
    "triangle 180 hollow": "triangleDownRing",
    "times 0 hollow": "cross",
    "diamond 0 filled": "diamond",
  };
  return FILL_STYLES.filter((style) => seen.has(style)).map((style) => ({
    label: style.label,
    colour: fillColour(style),
    shape: shapes[`${style.symbol} ${style.rotate} ${style.filled ? "filled" : "hollow"}`]!,
  }));
}
