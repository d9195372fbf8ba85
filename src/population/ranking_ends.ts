/** Index of the smallest value; ties go to the higher index, so that the worst is not the best unless alone. */
export function argminLast(values: readonly number[]): number {
  let worst = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! <= values[worst]!) worst = i;
  return worst;
}
