/**
 * Straight-line code for one size of regression, made once per size: no loop over coefficients, no index to be
 * worked out, sums held in registers. The operations and their order are those of the loops in kernels.ts.
 */
import type { Kernels } from "./kernels.ts";

type Range = readonly number[];

const upTo = (end: number, from = 0): Range =>
  Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i);
const lines = (range: Range, line: (i: number) => string) => range.map(line).join("\n");

/** A function of the named arguments whose body is `body`; nothing but numbers enters the text. */
function made<Kind>(parameters: string, body: string): Kind {
  return new Function(
    ...parameters.split(" "),
    `"use strict";\n${body}\n//# sourceURL=straight-line`,
  ) as Kind;
}

/** Kernels of `size` coefficients, an integer >= 1. */
export function straightKernels(size: number): Kernels {
  return {
    size,
    addScaled: made("s x o y keep", addScaled(size)),
    factor: made("g p out", factor(size)),
    solve: made("l b", solve(size)),
    norms: made("l design o out", norms(size)),
    predict: made("b design o out t", predict(size)),
    products: made("bs x o out", products(size)),
    addRows: made("g x n", addRows(size)),
  };
}

const regressors = (size: number) => lines(upTo(size, 1), (i) => `const x${i} = x[o + ${i - 1}];`);

function addScaled(d: number): string {
  return `s[0] = keep * s[0] + y;\n${
    lines(upTo(d, 1), (i) => `s[${i}] = keep * s[${i}] + y * x[o + ${i - 1}];`)
  }`;
}

/**
 * Every entry of the factor is a constant of its own; they are written out at the end. Column by column, as the
 * entries of one column do not wait for one another.
 */
function factor(d: number): string {
  const entries = upTo(d).flatMap((j) => upTo(d, j).map((i) => [i, j] as const));
  const sum = (i: number, j: number) =>
    `g[${i * d + j}]${i === j ? ` + p[${i}]` : ""}${
      upTo(j).map((k) => ` - l${i}_${k} * l${j}_${k}`).join("")
    }`;
  return `${
    entries.map(([i, j]) =>
      i === j
        ? `const s${i} = ${sum(i, j)};\nif (!(s${i} > 0)) return false;\nconst l${i}_${i} = Math.sqrt(s${i});`
        : `const l${i}_${j} = (${sum(i, j)}) / l${j}_${j};`
    ).join("\n")
  }\n${entries.map(([i, j]) => `out[${i * d + j}] = l${i}_${j};`).join("\n")}\nreturn true;`;
}

/** Forward, then backward substitution. */
function solve(d: number): string {
  const minus = (range: Range, term: (k: number) => string) => range.map((k) => ` - ${term(k)}`).join("");
  const forward = (i: number) =>
    `const f${i} = (b[${i}]${minus(upTo(i), (k) => `l[${i * d + k}] * f${k}`)}) / l[${i * d + i}];`;
  const backward = (i: number) =>
    `const x${i} = (f${i}${minus(upTo(d, i + 1), (k) => `l[${k * d + i}] * x${k}`)}) / l[${i * d + i}];`;
  return `${lines(upTo(d), forward)}\n${lines([...upTo(d)].reverse(), backward)}\n${
    lines(upTo(d), (i) => `b[${i}] = x${i};`)
  }`;
}

/** |L^-1 z|^2 for each coin, two of them side by side. */
function norms(d: number): string {
  const body = (lanes: Range) =>
    `${lanes.map((n) => `const x${n} = design[c + ${n}];`).join("\n")}\n${
      lines(upTo(d), (i) =>
        lanes.map((n) =>
          `const w${n}_${i} = (${i === 0 ? "1" : `x${n}[o + ${i - 1}]`}${
            upTo(i).map((k) =>
              ` - l[${i * d + k}] * w${n}_${k}`
            ).join("")
          }) / l[${i * d + i}];`
        ).join("\n"))
    }\n${
      lanes.map((n) => `out[c + ${n}] = ${upTo(d).map((i) => `w${n}_${i} * w${n}_${i}`).join(" + ")};`).join(
        "\n",
      )
    }`;
  return `const coins = design.length;
let c = 0;
for (; c + 1 < coins; c += 2) {\n${body([0, 1])}\n}
if (c < coins) {\n${body([0])}\n}`;
}

function predict(d: number): string {
  return `${lines(upTo(d), (i) => `const b${i} = b[${i}];`)}
for (let c = 0; c < design.length; c++) {
  const x = design[c];
  out[c][t] = b0${upTo(d, 1).map((i) => ` + b${i} * x[o + ${i - 1}]`).join("")};
}`;
}

function products(d: number): string {
  return `${regressors(d)}
for (let k = 0; k < bs.length; k++) {
  const b = bs[k];
  out[k] = b[0]${upTo(d, 1).map((i) => ` + b[${i}] * x${i}`).join("")};
}`;
}

/** Sums of one tile are held in registers over all rows: as many as a processor has, with what they are made of. */
const TILE_ROWS = 4, TILE_COLUMNS = 3;

function addRows(d: number): string {
  const tiles = upTo(Math.ceil(d / TILE_ROWS)).flatMap((a) =>
    upTo(Math.ceil(d / TILE_COLUMNS)).map((b) => tile(d, TILE_ROWS * a, TILE_COLUMNS * b))
  );
  return tiles.join("\n");
}

function tile(d: number, row: number, column: number): string {
  const rows = upTo(Math.min(d, row + TILE_ROWS), row);
  const entries = rows.flatMap((i) =>
    upTo(Math.min(i + 1, column + TILE_COLUMNS), column).map((k) => [i, k] as const)
  );
  if (entries.length === 0) return "";
  const read = [...new Set(entries.flat())].sort((a, b) => a - b);
  return `{\n${entries.map(([i, k]) => `let s${i}_${k} = g[${i * d + k}];`).join("\n")}
for (let r = 0, at = 0; r < n; r++, at += ${d}) {
${read.map((i) => `const x${i} = x[at + ${i}];`).join("\n")}
${entries.map(([i, k]) => `s${i}_${k} += x${i} * x${k};`).join("\n")}
}
${entries.map(([i, k]) => `g[${i * d + k}] = s${i}_${k};`).join("\n")}\n}`;
}
