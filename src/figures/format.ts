/** Numbers as a reader sees them: a true minus sign, no sign on a rounded zero, and a dash for what does not exist. */
import { BAR_MS } from "../core/universe.ts";

const BARS_PER_DAY = 86_400_000 / BAR_MS;

/** A number, or null where there is none. */
type Maybe = number | null;

/** 0.123 -> "0.12". Nothing, and what is not a number, reads as a dash. */
export function decimal(value: Maybe, digits = 2): string {
  if (value === null || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = group(Math.abs(value).toFixed(digits));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** 0.123 -> "+0.12": a plus sign on what is above zero after rounding. */
export function signed(value: Maybe, digits = 2): string {
  const text = decimal(value, digits);
  return value !== null && value > 0 && /[1-9∞]/.test(text) ? `+${text}` : text;
}

/** A fraction in percent: 0.1234 -> "12.3%". */
export function percent(fraction: Maybe, digits = 1): string {
  return withUnit(decimal(inPercent(fraction), digits), "%");
}

/** A fraction in percent with its sign: 0.1234 -> "+12.3%". */
export function signedPercent(fraction: Maybe, digits = 1): string {
  return withUnit(signed(inPercent(fraction), digits), "%");
}

/** A number of any size to some digits that matter: 0.00012345678 -> "0.000123457", 60448.6 -> "60,448.6". */
export function significant(value: Maybe, digits = 6): string {
  if (value === null || !Number.isFinite(value) || value === 0) return decimal(value, 0);
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  return decimal(value, Math.max(0, Math.min(12, places)));
}

/** A whole number with thousands apart: 12345 -> "12,345". */
export function count(value: Maybe): string {
  return decimal(value, 0);
}

/** A number of bars in days: 9 -> "1.5". */
export function days(bars: number | null): string {
  return decimal(bars === null ? null : bars / BARS_PER_DAY, 1);
}

/** "2023-11-05" of an instant in ms UTC. */
export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A p-value as it is written in figures, tables and the paper. */
export function pText(p: number | null): string {
  return p !== null && p < 0.001 ? "<0.001" : decimal(p, 3);
}

function inPercent(fraction: number | null): number | null {
  return fraction === null ? null : fraction * 100;
}

function withUnit(text: string, unit: string): string {
  return text === "–" ? text : text + unit;
}

function group(digits: string): string {
  const [whole, rest] = digits.split(".") as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
