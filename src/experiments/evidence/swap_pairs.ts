/** The null hypothesis imposed exactly: which of two paired arms is which is drawn anew on each market. */
import { type Contrast, termOf } from "./evidence_plan.ts";
import { type EvidenceRecord, sealedCell } from "./evidence_record.ts";

/**
 * A record in which, on each market and for each contrast by a coin of its own, the i-th arms of plus and minus have
 * changed places. Of two factors of two levels, swapped independently, main effects and interaction all have the null
 * imposed, whatever was true of the record.
 *
 * @param contrasts Contrasts of arms, without strategies.
 * @param uniform Source of uniform numbers in (0, 1).
 */
export function swapPairs(
  record: EvidenceRecord,
  contrasts: readonly Contrast[],
  uniform: () => number,
): EvidenceRecord {
  const places = Map.groupBy(record.cells, ({ market, marketSeed }) => `${market}.${marketSeed}`);
  const cells = [...places.values()].flatMap((own) => {
    const from = new Map(own.flatMap(({ arm }) => arm === null ? [] : [[arm, arm]]));
    for (const { plus, minus } of contrasts) {
      if (uniform() < 0.5) continue;
      plus.forEach((text, i) => {
        const a = termOf(text, "").arm!, b = termOf(minus[i]!, "").arm!;
        const kept = from.get(a)!;
        from.set(a, from.get(b)!);
        from.set(b, kept);
      });
    }
    return own.map(({ hash: _, ...cell }) => {
      if (cell.arm === null) return sealedCell(cell);
      const { measures } = own.find(({ arm, seed }) => arm === from.get(cell.arm!) && seed === cell.seed)!;
      return sealedCell({ ...cell, measures });
    });
  });
  return { ...record, cells };
}
