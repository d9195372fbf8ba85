import assert from "node:assert/strict";
import fc from "fast-check";
import { budgetFault, dollarText } from "popagent/llm/budget.ts";
import { costOf, DOLLAR, mostCost } from "popagent/llm/price.ts";
import { retryAdvice } from "popagent/llm/retry.ts";
import { type Failure, failureIn } from "popagent/llm/failure.ts";

const PRICE = { input: 2.5, output: 10, cachedInput: 1.25, date: "2026-09-23", source: "a test" };
const NOTHING = { tokens: 0, pico: 0 };
const usage = (
  input: number,
  cachedInput: number,
  output: number,
  reportedDollars: number | null = null,
) => ({
  input,
  cachedInput,
  output,
  reasoning: 0,
  reportedDollars,
});

// By hand: 936 x 2.5 + 64 x 1.25 + 200 x 10 = 2340 + 80 + 2000 = 4420 USD per million, 0.00442 USD.
Deno.test("costOf() matches the worked example, and believes a provider that charges more", () => {
  assert.equal(costOf(usage(1000, 64, 200), PRICE), 0.00442 * DOLLAR);
  assert.equal(costOf(usage(1000, 64, 200, 0.01), PRICE), 0.01 * DOLLAR);
  assert.equal(costOf(usage(1000, 64, 200, 0.001), PRICE), 0.00442 * DOLLAR);
});

Deno.test("no usage within its bounds costs more than mostCost(), and costs are whole", () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e5), (a, b, output) => {
      const cost = costOf(usage(Math.max(a, b), Math.min(a, b), output), PRICE);
      assert.ok(Number.isInteger(cost) && cost <= mostCost(Math.max(a, b), output, PRICE));
    }),
    { seed: 7 },
  );
});

Deno.test("a cap is met exactly and passed by nothing; the message names it", () => {
  const caps = { run: { dollars: 1, tokens: 100 }, day: { dollars: 2 }, roles: { trader: { dollars: 0.5 } } };
  const spent = (run: number, role: number, day: number) => ({
    run: { tokens: 0, pico: run * DOLLAR },
    role: { tokens: 0, pico: role * DOLLAR },
    day: { tokens: 0, pico: day * DOLLAR },
  });
  const wanted = { tokens: 10, pico: 0.25 * DOLLAR };
  assert.equal(budgetFault(wanted, "trader", spent(0.75, 0.25, 1.75), caps), null);
  assert.match(
    budgetFault({ ...wanted, pico: wanted.pico + 1 }, "news", spent(0.75, 0, 0), caps)!,
    /^the run may spend 1 USD: 0\.750000/,
  );
  assert.match(
    budgetFault({ ...wanted, pico: wanted.pico + 1 }, "trader", spent(0.5, 0.25, 0), caps)!,
    /^the role trader/,
  );
  assert.match(
    budgetFault({ ...wanted, pico: wanted.pico + 1 }, "news", spent(0, 0, 1.75), caps)!,
    /^the day/,
  );
  assert.match(
    budgetFault({ tokens: 101, pico: 0 }, "news", { run: NOTHING, role: NOTHING, day: NOTHING }, caps)!,
    /100 tokens/,
  );
  assert.equal(dollarText(1), "0.000001");
});

Deno.test("what costs nothing passes a cap of dollars that is spent, and no cap of tokens; the words say which cap and what to do", () => {
  const spent = { tokens: 90, pico: 20 * DOLLAR }, all = { run: spent, role: spent, day: spent };
  const caps = { run: {}, day: { dollars: 20 }, roles: {} };
  assert.equal(budgetFault({ tokens: 10, pico: 0 }, "ask", all, caps), null);
  assert.match(
    budgetFault({ tokens: 10, pico: 1 }, "ask", all, caps)!,
    /^the day may spend 20 USD: .* Raise budget\.day\.dollars in .*, or go on when the day is over \(UTC\)$/,
  );
  const role = { run: {}, day: {}, roles: { trader: { tokens: 99 } } };
  assert.match(
    budgetFault({ tokens: 10, pico: 0 }, "trader", all, role)!,
    /^the role trader may use 99 tokens: 90 .* Raise budget\.roles\.trader\.tokens in the table of models \(configs\/models\.yaml\)$/,
  );
});

Deno.test("retryAdvice() waits as it was asked, and for everyone; what cannot pass stops at once", () => {
  const failure = (kind: Failure["kind"], retryAfterMs: number | null = null): Failure => ({
    kind,
    text: "",
    retryAfterMs,
  });
  assert.deepEqual(retryAdvice(failure("rateLimited", 7000), 1, 0), {
    kind: "wait",
    ms: 7000,
    everyone: true,
  });
  assert.deepEqual(retryAdvice(failure("serverFault"), 1, 0), { kind: "wait", ms: 500, everyone: false });
  assert.deepEqual(retryAdvice(failure("rateLimited"), 3, 0.5), { kind: "wait", ms: 3000, everyone: true });
  for (const kind of ["quota", "keyRefused", "badRequest", "filtered", "budget", "modelUnknown"] as const) {
    assert.deepEqual(retryAdvice(failure(kind), 1, 0), { kind: "stop" });
  }
  assert.deepEqual(retryAdvice(failure("serverFault"), 5, 0), { kind: "stop" });
  assert.deepEqual(
    retryAdvice(failure("rateLimited", 3_600_000), 1, 0),
    { kind: "stop" },
    "an hour is too long",
  );
});

Deno.test("a refused call says how long its provider asks to wait: a day is why it was asked once", () => {
  const reply = { kind: "status" as const, status: 429, text: "slow down", retryAfterMs: 86_400_000 };
  assert.match(failureIn(reply)!.text, /^HTTP 429: slow down \(it asks to wait 86400 s\)$/);
  assert.equal(failureIn({ ...reply, retryAfterMs: null })!.text, "HTTP 429: slow down");
});
