/** Numbers in a text with their units: percentages and sums of money. */

const NUMBER =
  /(?<![\p{L}\p{N}.,])([-+]?)(\$|US\$|€)?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(%|percent\b|trillion\b|billion\b|million\b|bn\b|[BMK]\b|BTC\b|ETH\b)?/gu;
const SCALE: Readonly<Record<string, number>> = {
  trillion: 1e12,
  billion: 1e9,
  bn: 1e9,
  B: 1e9,
  million: 1e6,
  M: 1e6,
  K: 1e3,
};
const MOST = 12;

/** Numbers in the order of the text, at most 12. Units: `%`, `USD`, `EUR`, `BTC`, `ETH`, or "" for a bare number. */
export function numbersIn(text: string): { readonly value: number; readonly unit: string }[] {
  const out: { value: number; unit: string }[] = [];
  for (const [, sign, money, digits, unit = ""] of text.matchAll(NUMBER)) {
    const value = (sign === "-" ? -1 : 1) * Number(digits!.replaceAll(",", "")) * (SCALE[unit] ?? 1);
    if (!Number.isFinite(value)) continue;
    out.push({ value, unit: unitOf(money, unit) });
    if (out.length === MOST) break;
  }
  return out;
}

function unitOf(money: string | undefined, unit: string): string {
  if (unit === "%" || unit === "percent") return "%";
  if (money !== undefined) return money === "€" ? "EUR" : "USD";
  return unit === "BTC" || unit === "ETH" ? unit : "";
}
