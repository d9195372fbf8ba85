import { type Rng, rng } from "../../core/rng.ts";
import type { OrnsteinUhlenbeck } from "./parameters.ts";

/**
 * The random stream of one component of the synthetic market. Every component draws a fixed number of
 * values per row from a stream of its own, so that row t depends on no later row and changing one component
 * moves no other.
 */
export function componentStream(seed: number, component: string, coin = -1): Rng {
  return rng("synthetic", seed, component, coin);
}

/** Independent standard normals; shape [rows]. */
export function whiteNoise(stream: Rng, rows: number): Float64Array {
  const out = new Float64Array(rows);
  for (let t = 0; t < rows; t++) out[t] = stream.normal();
  return out;
}

/** A stationary Gaussian AR(1) of unit variance, x_t = phi x_{t-1} + sqrt(1 - phi^2) e_t, drawn from its stationary law at row 0; shape [rows]. */
export function autoregression(stream: Rng, rows: number, phi: number): Float64Array {
  const out = new Float64Array(rows);
  const innovation = Math.sqrt(1 - phi * phi);
  let x = stream.normal();
  for (let t = 0; t < rows; t++) {
    if (t > 0) x = phi * x + innovation * stream.normal();
    out[t] = x;
  }
  return out;
}

/** A stationary Ornstein-Uhlenbeck process sampled once per bar; shape [rows]. */
export function ornsteinUhlenbeck(
  stream: Rng,
  rows: number,
  { tau, variance }: OrnsteinUhlenbeck,
): Float64Array {
  const sd = Math.sqrt(variance);
  return autoregression(stream, rows, Math.exp(-1 / tau)).map((x) => sd * x);
}

/** Student's t with 4 degrees of freedom, scaled to unit variance: normal over the root of a chi-square, which is -2 ln(u1 u2). */
export function studentFour(stream: Rng): number {
  const chiSquare = -2 * Math.log(stream.uniform() * stream.uniform());
  return stream.normal() / Math.sqrt(chiSquare / 2); // sqrt(chi2 / 4) times the sd sqrt(2)
}

/** Student's t with 5 degrees of freedom, scaled to unit variance. */
export function studentFive(stream: Rng): number {
  const extra = stream.normal();
  const chiSquare = -2 * Math.log(stream.uniform() * stream.uniform()) + extra * extra;
  return stream.normal() / Math.sqrt(chiSquare / 3); // sqrt(chi2 / 5) times the sd sqrt(5/3)
}
