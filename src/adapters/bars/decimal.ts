/** Decimal numbers read straight from the bytes of a file. */

/** The powers of ten that a double holds exactly. */
// deno-fmt-ignore
const POWERS = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
  1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
/** Longest decimal that is read: no double needs more than 24 characters, and a longer cell is some accident. */
const LONGEST = 64;
/** Digits that fit into a double whatever they are: 10^15 < 2^53. */
const EXACT_DIGITS = 15;

const ZERO = 48, NINE = 57, POINT = 46, MINUS = 45, PLUS = 43;

/**
 * The double nearest to the decimal in bytes from..to-1: digits with at most one point, a sign before them and
 * an exponent after them ("-1", "0.5", ".5", "1e-05"); NaN for anything else, blanks, "inf" and more than 64
 * characters included.
 *
 * Up to 15 digits the mantissa and the power of ten are exact doubles, so one rounding, that of their product or
 * quotient, gives the nearest. Up to 30 digits of a fraction are divided in two steps, the second for what the first
 * left, and taken where their sum rounds alike however the second was rounded; all others are left to the language.
 *
 * @see W. D. Clinger, How to read floating point numbers accurately, PLDI (1990).
 */
export function parseDecimal(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > LONGEST) return NaN;
  let at = from;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at++;
  let mantissa = 0, rest = 0, digits = 0, decimals = 0, seen = 0, point = false;
  for (; at < to; at++) {
    const code = bytes[at]!;
    if (code >= ZERO && code <= NINE) {
      seen++;
      if (digits > 0 || code !== ZERO) digits++;
      if (digits <= EXACT_DIGITS) mantissa = 10 * mantissa + (code - ZERO);
      else rest = 10 * rest + (code - ZERO);
      if (point) decimals++;
    } else if (code === POINT && !point) point = true;
    else break;
  }
  if (seen === 0) return NaN;
  let exponent = 0;
  if (at < to) {
    exponent = parseExponent(bytes, at, to);
    if (Number.isNaN(exponent)) return NaN;
  }
  const power = exponent - decimals;
  let value: number;
  if (power > 22 || power < -22) value = NaN;
  else if (digits > EXACT_DIGITS) value = longFraction(mantissa, rest, digits - EXACT_DIGITS, -power);
  else value = power < 0 ? mantissa / POWERS[-power]! : mantissa * POWERS[power]!;
  if (value !== value) return Number(textOf(bytes, from, to));
  return negative ? -value : value;
}

/** Splits a double into two halves of 26 bits. */
const HALVES = 2 ** 27 + 1;

/**
 * (mantissa + rest / 10^further) / 10^(decimals - further), the nearest double; NaN where the digits are too many, or two
 * doubles do not tell which is the nearest.
 *
 * @see T. J. Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971), of the
 *   exact product.
 */
function longFraction(mantissa: number, rest: number, further: number, decimals: number): number {
  if (further > EXACT_DIGITS || decimals < further) return NaN;
  const divisor = POWERS[decimals - further]!;
  const near = mantissa / divisor, product = near * divisor;
  const a = HALVES * near - (HALVES * near - near), b = HALVES * divisor - (HALVES * divisor - divisor);
  const lost = (near - a) * (divisor - b) - (((product - a * b) - (near - a) * b) - a * (divisor - b));
  const one = (mantissa - product - lost) / divisor, two = rest / POWERS[decimals]!;
  const slack = 2 ** -50 * (Math.abs(one) + two);
  const value = near + (one + two + slack);
  return value === near + (one + two - slack) ? value : NaN;
}

/** The exponent "e-05" that fills bytes from..to-1; NaN if they are none. Far exponents are cut to +-9999. */
function parseExponent(bytes: Uint8Array, from: number, to: number): number {
  if ((bytes[from]! | 32) !== 101) return NaN; // e or E
  let at = from + 1;
  const negative = bytes[at] === MINUS;
  if (negative || bytes[at] === PLUS) at++;
  if (at >= to) return NaN;
  let exponent = 0;
  for (; at < to; at++) {
    const code = bytes[at]!;
    if (code < ZERO || code > NINE) return NaN;
    exponent = Math.min(10 * exponent + (code - ZERO), 9999);
  }
  return negative ? -exponent : exponent;
}

/** ASCII text of bytes from..to-1. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}
