/**
 * JSON of plain data as it is; numbers survive the round trip but for the sign of a zero.
 *
 * @throws {RangeError} On a number that JSON would silently turn into null.
 */
export function strictJson(value: unknown): string {
  return JSON.stringify(value, (key, item: unknown) => {
    if (typeof item === "number" && !Number.isFinite(item)) {
      throw new RangeError(`Cannot write JSON as its numbers must be finite: ${key} is ${item}`);
    }
    return item;
  });
}
