/** What of fft.js is used; the package states no types. */
export default class FFT {
  /** @param size A power of 2, at least 2. */
  constructor(size: number);
  createComplexArray(): number[];
  /** Transforms real values; the second half of `out`, which mirrors the first, is not written. */
  realTransform(out: number[], values: ArrayLike<number>): void;
}
