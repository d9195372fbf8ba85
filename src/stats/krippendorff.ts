/**
 * Krippendorff's alpha of labels that have no order: 1 is full agreement, 0 what chance gives, below 0 systematic
 * disagreement. Units with fewer than two labels say nothing and are left out.
 *
 * @param units Per unit the labels it was given, one for each rater who gave one; shape [units][<= raters].
 * @returns Null if no unit has two labels, or all labels are the same: chance then explains any agreement.
 * @see K. Krippendorff, Content Analysis, 4th ed. (2018), section 12.3.
 */
export function nominalAlpha(units: readonly (readonly string[])[]): number | null {
  const paired = units.filter((labels) => labels.length >= 2);
  const totals = new Map<string, number>();
  let disagreeing = 0, n = 0;
  for (const labels of paired) {
    const counts = new Map<string, number>();
    for (const label of labels) {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      totals.set(label, (totals.get(label) ?? 0) + 1);
    }
    const m = labels.length;
    let same = 0;
    for (const count of counts.values()) same += count * (count - 1);
    disagreeing += (m * (m - 1) - same) / (m - 1);
    n += m;
  }
  let sameByChance = 0;
  for (const total of totals.values()) sameByChance += total * (total - 1);
  const expected = (n * (n - 1) - sameByChance) / (n - 1);
  return n < 2 || expected === 0 ? null : 1 - disagreeing / expected;
}
