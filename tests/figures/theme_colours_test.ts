import assert from "node:assert/strict";
import { lab, rgb } from "d3-color";
import * as theme from "popagent/figures/theme.ts";
import { themeColour } from "popagent/figures/theme_colours.ts";

const PALETTES = {
  STRONG: theme.STRONG,
  LEARNER: theme.LEARNER,
  REFERENCE: theme.REFERENCE,
  ORACLE: theme.ORACLE,
  VARIANT: theme.VARIANT,
  text: [theme.INK, theme.SOFT],
};

/** Contrast of two colours as WCAG 2.2 defines it, 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const { r, g, b } = rgb(colour);
    const [x, y, z] = [r, g, b].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

Deno.test("every colour of a line stands out from its ground, light and dark: contrast 2 at least, 4.5 for text", () => {
  for (const mode of ["light", "dark"] as const) {
    const ground = themeColour(theme.PAPER, mode);
    for (const [name, palette] of Object.entries(PALETTES)) {
      for (const colour of palette) {
        const found = contrast(themeColour(colour, mode), ground);
        assert.ok(found >= (name === "text" ? 4.5 : 2), `${mode} ${name} ${colour}: ${found}`);
      }
    }
  }
});

/** What a dichromat sees of linear RGB. @see G. M. Machado et al., IEEE TVCG 15 (2009), severity 1. */
const BLINDNESSES = {
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [
    -0.003882,
    -0.048116,
    1.051998,
  ]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [
    -0.01182,
    0.04294,
    0.968881,
  ]],
} as const;

function seen(colour: string, matrix: readonly (readonly number[])[]): string {
  const linear = (value: number) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const gamma = (value: number) => value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  const { r, g, b } = rgb(colour), channels = [r, g, b].map((value) => linear(value / 255));
  const out = matrix.map((row) => row.reduce((sum, weight, i) => sum + weight * channels[i]!, 0));
  const [x, y, z] = out.map((value) => 255 * gamma(Math.min(1, Math.max(0, value)))) as [
    number,
    number,
    number,
  ];
  return rgb(x, y, z).formatHex();
}

/** Distance in CIELAB: 2 or so can just be told apart. */
function distance(a: string, b: string): number {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);
}

Deno.test("the five colours of variants keep apart for readers without red or green cones, light and dark", () => {
  for (const mode of ["light", "dark"] as const) {
    for (const [name, matrix] of Object.entries(BLINDNESSES)) {
      const palette = theme.VARIANT.map((colour) => seen(themeColour(colour, mode), matrix));
      palette.forEach((a, i) =>
        palette.slice(0, i).forEach((b, j) =>
          assert.ok(distance(a, b) > 10, `${mode}, ${name}: ${i} and ${j} are ${distance(a, b)} apart`)
        )
      );
    }
  }
});

Deno.test("themeColour() greys by lightness, keeps light, and turns an unnamed colour round", () => {
  assert.equal(themeColour("#ff0000", "light"), "#ff0000");
  assert.match(themeColour("rgb(11, 63, 120)", "grey"), /^#(..)\1\1$/);
  assert.ok(lab(themeColour("#fdfdfd", "dark")).l < 12, "almost paper is almost ground");
  assert.ok(lab(themeColour("#101010", "dark")).l > 80);
  assert.throws(() => themeColour("no colour", "grey"), {
    name: "RangeError",
    message: /must be CSS colours.*no colour/,
  });
});
