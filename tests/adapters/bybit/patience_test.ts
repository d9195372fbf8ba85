import assert from "node:assert/strict";
import { adviceOn, ATTEMPTS } from "popagent/adapters/bybit/patience.ts";

const NOW = 1_700_000_000_000;

Deno.test("adviceOn() waits 1, 2, 4 ... 60 s after cuts, and stops after the last attempt", () => {
  const cut = { kind: "cut", reason: "reset" } as const;
  const waits = Array.from({ length: ATTEMPTS }, (_, i) => adviceOn(cut, i + 1, NOW));
  assert.deepEqual(waits.slice(0, -1).map((one) => one.kind === "wait" ? one.ms : NaN), [
    1000,
    2000,
    4000,
    8000,
    16000,
    32000,
  ]);
  assert.equal(waits.at(-1)!.kind, "stop");
});

Deno.test("adviceOn() waits until the reset after 10006, ten minutes after an address was shut out, and as asked after 429", () => {
  const code = { kind: "code", code: 10006, text: "Too many visits!", resetAt: NOW + 700 } as const;
  const ms = (advice: ReturnType<typeof adviceOn>) => advice.kind === "wait" ? advice.ms : NaN;
  assert.equal(ms(adviceOn(code, 1, NOW)), 750);
  assert.equal(ms(adviceOn({ ...code, resetAt: NOW - 5000 }, 1, NOW)), 100);
  const status = { kind: "status", status: 403, text: "403, access too frequent", retryAfter: null } as const;
  assert.ok(ms(adviceOn(status, 1, NOW)) >= 600_000);
  assert.equal(ms(adviceOn({ ...status, status: 429, retryAfter: 5000 }, 1, NOW)), 5000);
});

Deno.test("adviceOn() stops at once where asking again is no use", () => {
  for (const code of [10001, 110001]) {
    assert.equal(adviceOn({ kind: "code", code, text: "params error", resetAt: null }, 1, NOW).kind, "stop");
  }
  for (const status of [400, 401, 403, 404]) {
    assert.equal(adviceOn({ kind: "status", status, text: "no", retryAfter: null }, 1, NOW).kind, "stop");
  }
});
