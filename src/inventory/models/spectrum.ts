// @ts-types="./fft_js.d.ts"
import FFT from "fft.js";

/** Writes the energy of a window at frequencies 0..size/2 (cycles per window) to `out`. */
export type Spectrum = (values: Float64Array, from: number, out: Float64Array) => void;

/**
 * The energy spectrum of windows of `size` rows after their mean is taken away and the ends are faded out by a Hann
 * window: |X_k|^2 over the window's sum of squares, so that white noise of variance 1 has an energy of 1 at every frequency.
 *
 * @param size A power of 2.
 * @see F. Harris, Proceedings of the IEEE 66 (1978) 51.
 */
export function createSpectrum(size: number): Spectrum {
  const fft = new FFT(size), transformed = fft.createComplexArray(), work = new Float64Array(size);
  const fade = Float64Array.from({ length: size }, (_, i) => .5 - .5 * Math.cos(2 * Math.PI * i / size));
  let norm = 0;
  for (const value of fade) norm += value * value;
  return (values, from, out) => {
    let mean = 0;
    for (let i = 0; i < size; i++) mean += values[from + i]! / size;
    for (let i = 0; i < size; i++) work[i] = (values[from + i]! - mean) * fade[i]!;
    fft.realTransform(transformed, work);
    for (let k = 0; k <= size / 2; k++) {
      const re = transformed[2 * k]!, im = transformed[2 * k + 1]!;
      out[k] = (re * re + im * im) / norm;
    }
  };
}
