import assert from "node:assert/strict";
import { err, ok, type Result } from "../../src/core/result.ts";

Deno.test("a result holds a value or an error, told apart by ok", () => {
  const describe = (
    result: Result<number, string>,
  ) => (result.ok ? result.value + 1 : result.error.toUpperCase());
  assert.equal(describe(ok(1)), 2);
  assert.equal(describe(err("late")), "LATE");
});
