import { createHash } from "node:crypto";

/** A stream of pseudo-random numbers. Streams with different paths are independent. */
export interface Rng {
  /** Uniform integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in the open interval (0, 1), 2^32 values. */
  uniform(): number;
  /** Standard normal (Box-Muller, both values used). */
  normal(): number;
  /** Uniform integer in [0, n). */
  int(n: number): number;
  /** A new array with the items in random order (Fisher-Yates). */
  shuffle<Item>(items: readonly Item[]): Item[];
}

/**
 * A random stream named by a path, such as rng("design", seed, k). The 128 bits of state are the first
 * half of the SHA-256 of the path, so streams never overlap in practice and adding one moves no other.
 *
 * Generator: sfc32 (C. Doty-Humphrey, PractRand), 12 rounds of warm-up.
 */
export function rng(...path: readonly (string | number)[]): Rng {
  const digest = createHash("sha256").update(JSON.stringify(path)).digest();
  let a = digest.readUInt32LE(0) | 0;
  let b = digest.readUInt32LE(4) | 0;
  let c = digest.readUInt32LE(8) | 0;
  let counter = digest.readUInt32LE(12) | 0;
  let spare = NaN;

  function uint32(): number {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  }
  for (let i = 0; i < 12; i++) uint32();

  const uniform = () => (uint32() + 0.5) / 4294967296;
  const int = (n: number) => Math.floor(uniform() * n);

  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = NaN;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  function shuffle<Item>(items: readonly Item[]): Item[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = int(i + 1);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }

  return { uint32, uniform, normal, int, shuffle };
}
