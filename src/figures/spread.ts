/**
 * Positions for labels that must not overlap: at least `gap` apart, within low..high, and as near to the
 * wanted ones as least squares allows. With equal gaps this is isotonic regression of wanted[i] - i gap in
 * sorted order, solved by pooling adjacent violators.
 *
 * @param wanted Positions in px, in any order; shape [n].
 * @returns Shape [n], in the order of `wanted`; equal wishes keep their order.
 * @throws {RangeError} If n labels do not fit between low and high.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const n = wanted.length;
  if ((n - 1) * gap > high - low) {
    throw new RangeError(
      `Cannot spread ${n} labels as ${
        (n - 1) * gap
      } px must fit between ${low} and ${high}: current value is ${high - low} px`,
    );
  }
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const blocks: { mean: number; size: number }[] = [];
  order.forEach((item, rank) => {
    let block = { mean: wanted[item]! - rank * gap, size: 1 };
    for (let last = blocks.at(-1); last && last.mean >= block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const size = last.size + block.size;
      block = { mean: (last.mean * last.size + block.mean * block.size) / size, size };
    }
    blocks.push(block);
  });
  const out = new Array<number>(n);
  let rank = 0;
  for (const { mean, size } of blocks) {
    const start = Math.min(Math.max(mean, low), high - (n - 1) * gap);
    for (let i = 0; i < size; i++, rank++) out[order[rank]!] = start + rank * gap;
  }
  return out;
}
