/** A quantity of coins as a line shows it: sums of lots carry rounding noise beyond twelve digits. */
export function shownQuantity(quantity: number): string {
  return String(Number(quantity.toPrecision(12)));
}
