import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDecimal } from "popagent/adapters/bars/decimal.ts";

const encoder = new TextEncoder();
const parsed = (text: string) =>
  parseDecimal(encoder.encode(`,${text},`), 1, 1 + encoder.encode(text).length);

function same(text: string): void {
  const expected = Number(text);
  assert.ok(Object.is(parsed(text), expected), `${text} reads as ${parsed(text)}, not ${expected}`);
}

Deno.test("findings H.6: parseDecimal() gives the double that the language gives, for every way to write one", () => {
  const digits = fc.stringMatching(/^\d{0,20}$/);
  const decimals = fc.tuple(
    fc.constantFrom("", "-", "+"),
    digits,
    fc.constantFrom("", "."),
    digits,
    fc.option(
      fc.tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "-", "+"), fc.integer({ min: 0, max: 330 })),
    ),
  ).filter(([, whole, point, part]) => whole !== "" || (point !== "" && part !== ""))
    .map(([sign, whole, point, part, exponent]) =>
      `${sign}${whole}${point}${point === "" ? "" : part}${exponent === null ? "" : exponent.join("")}`
    );
  fc.assert(fc.property(decimals, same), { seed: 7, numRuns: 20_000 });
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => same(String(x))), {
    seed: 7,
    numRuns: 20_000,
  });
});

Deno.test("findings H.6: parseDecimal() is right where fast ways are wrong", () => {
  const hard = [
    "9007199254740993", // 2^53 + 1, halfway between two doubles
    "9007199254740992999",
    "1e22",
    "1e23", // the first power of ten that no double holds
    "123456789012345e22",
    "123456789012345e23",
    "5e-324",
    "2.2250738585072011e-308", // a loop in old readers
    "1.7976931348623157e308",
    "0.1",
    ".5",
    "5.",
    "-0",
    "-0.0",
    "0e400",
    "000000000000000000000000001",
    "0.000000000000000000000000000001",
    "4.865e-05",
  ];
  hard.forEach(same);
  assert.equal(parsed("9007199254740993"), 9007199254740992);
});

Deno.test("findings J.12: parseDecimal() reads nothing else as a number", () => {
  const wrong = [
    "",
    " ",
    " 1",
    "1 ",
    "+",
    "-",
    ".",
    "e5",
    "1e",
    "1e+",
    "1e5.0",
    "1.2.3",
    "--1",
    "0x10",
    "1_0",
    "inf",
  ];
  wrong.push("Infinity", "nan", "NaN", "1,5", "１", "1\u0000", "1e5e5", "1".repeat(65), "null", "1f");
  for (const text of wrong) assert.ok(Number.isNaN(parsed(text)), JSON.stringify(text));
});
