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
    addOuter: made("g x o keep", addOuter(size)),
    addScaled: made("s x o y keep", addScaled(size)),
    factor: made("g p out", factor(size)),
    solve: made("l b", solve(size, 1)),
    solveThree: made("l b b1 b2", solve(size, 3)),
    norms: made("l design o out", norms(size)),
    predict: made("b design o out t", predict(size)),
    products: made("bs x o out", products(size)),
    addRows: made("g x n", addRows(size)),
    armaRows: made("z x first last v state out", armaRows(size)),
    checkLoss: made("x y n b level halfWidth descent out", checkLoss(size)),
  };
}

const regressors = (size: number) => lines(upTo(size, 1), (i) => `const x${i} = x[o + ${i - 1}];`);

function addOuter(d: number): string {
  return `g[0] = keep * g[0] + 1;\n${regressors(d)}\n${
    lines(upTo(d, 1), (i) =>
      `g[${i * d}] = keep * g[${i * d}] + x${i};\n${
        lines(upTo(i + 1, 1), (k) =>
          `g[${i * d + k}] = keep * g[${i * d + k}] + x${i} * x${k};`)
      }`)
  }`;
}

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

/** Solves for one or three right-hand sides side by side: each step of one waits for its last, not for the others. */
function solve(d: number, sides: number): string {
  const side = (n: number) => n === 0 ? "b" : `b${n}`;
  const each = (line: (n: number) => string) => upTo(sides).map(line).join("\n");
  const minus = (range: Range, term: (k: number) => string) => range.map((k) => ` - ${term(k)}`).join("");
  const forward = (i: number) =>
    each((n) =>
      `const f${n}_${i} = (${side(n)}[${i}]${minus(upTo(i), (k) => `l[${i * d + k}] * f${n}_${k}`)}) / l[${
        i * d + i
      }];`
    );
  const backward = (i: number) =>
    each((n) =>
      `const x${n}_${i} = (f${n}_${i}${minus(upTo(d, i + 1), (k) => `l[${k * d + i}] * x${n}_${k}`)}) / l[${
        i * d + i
      }];`
    );
  return `${lines(upTo(d), forward)}\n${lines([...upTo(d)].reverse(), backward)}\n${
    lines(upTo(d), (i) => each((n) => `${side(n)}[${i}] = x${n}_${i};`))
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

function checkLoss(d: number): string {
  return `const inverse = 1 / (2 * halfWidth), base = level > 0.5 ? 1 : 0;
${lines(upTo(d), (i) => `const b${i} = b[${i}];`)}
let loss = 0, near = 0;
for (let row = 0, at = 0; row < n; row++, at += ${d}) {
  const r = y[row] - (${upTo(d).map((i) => `b${i} * x[at + ${i}]`).join(" + ")});
  let below;
  if (r >= halfWidth) {
    below = 0;
    loss += level * r;
  } else if (r <= -halfWidth) {
    below = 1;
    loss += (level - 1) * r;
  } else {
    below = 0.5 - r * inverse;
    loss += r * r * inverse / 2 + halfWidth / 4 + (level - 0.5) * r;
    near++;
  }
  const share = base - below;
  if (descent !== null && share !== 0) {
${lines(upTo(d), (i) => `descent[${i}] = descent[${i}] + share * x[at + ${i}];`)}
  }
}
out[0] = loss;
out[1] = near;`;
}

/** With fewer than three coefficients there is no ARMA regression, and nobody asks. */
function armaRows(size: number): string {
  const width = size - 3;
  if (width < 0) return "";
  const all = upTo(size);
  return `const phi = v[${width + 1}], theta = v[${width + 2}];
${lines(upTo(width + 1), (i) => `const v${i} = v[${i}];`)}
${lines(all, (i) => `let d${i} = state[${i}];`)}
let before = state[${size}], e = state[${size + 1}];
for (let t = first + 1, at = 0; t <= last; t++, at += ${size + 1}) {
  const now = (t - 1) * ${width}, past = now - ${width};
${lines(upTo(width), (i) => `const x${i} = x[now + ${i}];`)}
  const n = z[t] - v0${upTo(width).map((i) => ` - v${i + 1} * x${i}`).join("")};
  d0 = phi - 1 - theta * d0;
${lines(upTo(width + 1, 1), (i) => `d${i} = phi * x[past + ${i - 1}] - x${i - 1} - theta * d${i};`)}
  d${width + 1} = -before - theta * d${width + 1};
  d${width + 2} = -e - theta * d${width + 2};
  e = n - phi * before - theta * e;
  before = n;
${lines(all, (i) => `out[at + ${i}] = d${i};`)}
  out[at + ${size}] = e;
}
${lines(all, (i) => `state[${i}] = d${i};`)}
state[${size}] = before;
state[${size + 1}] = e;`;
}
