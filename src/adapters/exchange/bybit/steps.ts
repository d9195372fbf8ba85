/** Quantities and prices as the exchange wants them: decimals on its steps, without a float's last digits. Pure. */

/** Digits behind the point of a step such as "0.10": 1. */
function digitsOf(step: string): number {
  return (step.split(".")[1] ?? "").replace(/0+$/, "").length;
}

/** The multiple of a step that a value is, as text; null if it is none, by more than a millionth of a step. */
export function exactly(value: number, step: string): string | null {
  const steps = value / Number(step), whole = Math.round(steps);
  return Math.abs(steps - whole) < 1e-6 ? (whole * Number(step)).toFixed(digitsOf(step)) : null;
}

/** The multiple of a step that is nearest to a value, as text. */
export function nearest(value: number, step: string): string {
  return (Math.round(value / Number(step)) * Number(step)).toFixed(digitsOf(step));
}
