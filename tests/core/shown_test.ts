import assert from "node:assert/strict";
import { shown } from "popagent/core/shown.ts";

Deno.test("shown() tells a text that reads like a number from a number, and never prints what is large", () => {
  assert.deepEqual([20, "20", " ", "close", NaN, undefined, null].map(shown), [
    "20",
    '"20", a text',
    " ",
    "close",
    "NaN",
    "undefined",
    "null",
  ]);
  assert.deepEqual([[1, 2], { a: 1 }, Promise.resolve(1)].map(shown), [
    "a list",
    "an object",
    "a promise; write await before it",
  ]);
});
