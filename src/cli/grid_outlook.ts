/** How far a grid is whose cells run elsewhere, each saying how far it is. */

/** Share of all work from which on its pace is told. */
const ENOUGH = 0.02;

/** The outlook of so many cells of about the same work. */
export function createGridOutlook(cells: number, now: () => number) {
  const begun = now(), shares = new Map<string, number>();
  let done = 0;
  const share = () => cells === 0 ? 1 : done / cells;
  return {
    /** Takes note of how far a cell is, a share in [0, 1]. */
    update(cell: string, of: number): void {
      done += of - (shares.get(cell) ?? 0);
      shares.set(cell, of);
    },
    /** Share of all work that is done, in [0, 1]. */
    share,
    /** Seconds that are left at the pace so far; null while that says nothing. */
    left: (): number | null => share() < ENOUGH ? null : (now() - begun) / 1000 * (1 - share()) / share(),
  };
}
