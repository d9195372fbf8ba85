/**
 * Pseudo-random data behind golden values that were computed in R and Python on the same numbers. Mulberry32
 * serves this alone: with 32 bits of state its streams overlap, so the product uses src/core/rng.ts.
 */
export function mulberry32(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Uniform numbers in (0, 1) from mulberry32. */
export function uniforms(seed: number): () => number {
  const next = mulberry32(seed);
  return () => (next() + 0.5) / 4294967296;
}

/** Standard normals (Box-Muller, both values used). Shape [n]. */
export function normals(seed: number, n: number): Float64Array {
  const uniform = uniforms(seed);
  const out = new Float64Array(n);
  for (let i = 0; i < n; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(uniform())), angle = 2 * Math.PI * uniform();
    out[i] = radius * Math.cos(angle);
    if (i + 1 < n) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}

/** R12: twelve returns per bar. */
export const r12 = Float64Array.of(.01, -.02, .015, .03, -.01, .005, -.025, .02, .01, -.005, 0, .012);

/** C12: twelve forecast probabilities and their outcomes. */
export const c12 = {
  probabilities: Float64Array.of(.1, .2, .3, .4, .45, .55, .6, .7, .8, .9, .95, .52),
  outcomes: Float64Array.of(0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0),
};

/** DS2: two correlated return series of 500 bars. */
export function twoStrategies(): { readonly a: Float64Array; readonly b: Float64Array } {
  const zA = normals(1, 500), zB = normals(2, 500);
  const a = zA.map((z) => .0006 + .01 * z);
  return { a, b: a.map((r, i) => .0001 + .5 * (r - .0006) + .008 * zB[i]!) };
}

/** DS4: an AR(1) with coefficient 0.6 over 200 bars. */
export function autoregression(): Float64Array {
  const out = normals(7, 200);
  for (let i = 1; i < out.length; i++) out[i]! += .6 * out[i - 1]!;
  return out;
}

/** DS5: a GARCH(1,1) with omega 2e-6, alpha .1, beta .85 over 1,500 bars, starting from a variance of 4e-5. */
export function conditionalVolatility(): Float64Array {
  const e = normals(11, 1500), out = new Float64Array(1500);
  let h = 4e-5;
  for (let t = 0; t < out.length; t++) {
    out[t] = Math.sqrt(h) * e[t]!;
    h = 2e-6 + .1 * out[t]! ** 2 + .85 * h;
  }
  return out;
}

/** DS6: 120 prices of a random walk. */
export function walk(): Float64Array {
  let level = 0;
  return normals(5, 120).map((e) => 100 * Math.exp(level += .01 * e));
}

/** DS7: a line, a season of six rows and noise, over 96 rows; the first row is t = 0. */
export function seasonalSeries(): Float64Array {
  return normals(9, 96).map((e, t) => .05 * t + 2 * Math.sin(2 * Math.PI * t / 6) + .5 * e);
}

/** DS8: 60 rows of y = .5 + x1 - .7 x2 + (1 + .5 |x1|) e, row-major x without an intercept. */
export function heteroskedasticRegression(): { readonly x: Float64Array; readonly y: Float64Array } {
  const x1 = normals(21, 60), x2 = normals(22, 60), e = normals(23, 60);
  const x = new Float64Array(120), y = new Float64Array(60);
  for (let i = 0; i < 60; i++) {
    x.set([x1[i]!, x2[i]!], 2 * i);
    y[i] = 0.5 + x1[i]! - 0.7 * x2[i]! + (1 + 0.5 * Math.abs(x1[i]!)) * e[i]!;
  }
  return { x, y };
}
