/** A number as it is stored: null where it does not exist or has no bound, and no sign on a zero. */
export function defined(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value + 0 : null;
}

/** Mean of the values that exist; null if none does. */
export function meanOfDefined(values: readonly (number | null)[]): number | null {
  const said = values.filter((value) => value !== null);
  return said.length > 0 ? said.reduce((sum, value) => sum + value, 0) / said.length : null;
}
