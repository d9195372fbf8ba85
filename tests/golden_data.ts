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
