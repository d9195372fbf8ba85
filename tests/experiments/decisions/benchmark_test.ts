import assert from "node:assert/strict";
import { COMMITTED_BENCHMARK, readBenchmark } from "../../../src/adapters/llm/benchmark_files.ts";
import { benchmarkQuestions } from "../../../src/experiments/decisions/ask_benchmark.ts";
import { drawRows } from "../../../src/experiments/decisions/draw_rows.ts";
import { groundingOf } from "../../../src/experiments/decisions/grounding.ts";
import { mirrored } from "../../../src/experiments/decisions/mirror.ts";
import { stratumOf } from "../../../src/experiments/decisions/strata.ts";
import { syntheticMarket } from "../../../src/market/synthetic/synthetic_market.ts";
import { assertClose } from "../../close_to.ts";

const benchmark = await readBenchmark(COMMITTED_BENCHMARK);

Deno.test("drawRows(): no two decisions share a bar, coins take turns, and a shorter draw is the beginning of a longer one", () => {
  const { panel } = syntheticMarket({
    mode: "null",
    ic: 0,
    seed: 3,
    rows: 2000,
    coins: ["BTC", "ETH", "SOL"],
  });
  const request = { points: 60, horizon: 6, from: 720, seed: 1 };
  const drawn = drawRows(panel, request), rows = drawn.map(({ row }) => row).sort((a, b) => a - b);
  for (let i = 1; i < rows.length; i++) assert.ok(rows[i]! - rows[i - 1]! > 6);
  assert.ok(rows.at(-1)! + 6 < panel.rows && rows[0]! >= 720);
  for (let i = 0; i < 60; i += 3) {
    assert.equal(new Set(drawn.slice(i, i + 3).map(({ coin }) => coin)).size, 3);
  }
  assert.deepEqual(drawRows(panel, { ...request, points: 12 }), drawn.slice(0, 12));
  assert.throws(() => drawRows(panel, { ...request, points: 400 }), /points must be at most \d+/);
});

Deno.test("a question shows coin and date only where it is asked by name, and features only where it is asked with them", () => {
  const questions = benchmarkQuestions(benchmark, { points: 4, probed: 2 });
  assert.equal(questions.length, 4 + 2 * 6 + 1);
  for (const { probe, point, messages } of questions) {
    const user = messages.at(-1)!.content, isNamed = probe === "named" || probe === "recall";
    const isBare = probe === "recall" || probe === "prior";
    assert.equal(user.includes(new Date(point.closedAt).toISOString()), isNamed, probe);
    assert.equal(user.includes(`"${point.coin}"`), isNamed, probe);
    assert.equal(user.includes("closes"), !isBare, probe);
    for (const later of [point.move, point.traded]) {
      assert.ok(!user.includes(`${later}`), `${probe} tells the future`);
    }
  }
  const texts = questions.filter(({ point }) => point.id === "001").map(({ messages }) =>
    JSON.stringify(messages)
  );
  assert.equal(new Set(texts).size, texts.length); // each probe changes something
});

Deno.test("probes: reverse order keeps every value, percent is a hundred times the fraction", () => {
  const of = (probe: string) =>
    benchmarkQuestions(benchmark, { points: 1, probed: 1 }).find((one) => one.probe === probe)!.messages;
  const plain = JSON.parse(of("plain")[1]!.content), reordered = JSON.parse(of("fieldOrder")[1]!.content);
  assert.deepEqual(reordered, plain);
  assert.notEqual(Object.keys(reordered)[0], Object.keys(plain)[0]);
  const units = JSON.parse(of("units")[1]!.content);
  assertClose(units.research.sdPerBar, 100 * plain.research.sdPerBar, 1e-9);
  assert.deepEqual(units.prices.closes, plain.prices.closes); // rebased to 100 in both
  assert.match(of("units")[0]!.content, /are in percent/);
});

// By hand: a price that went 80 -> 100 mirrors to 125 -> 100; its return of 0.25 to 1 / 1.25 - 1 = -0.2.
Deno.test("mirrored() turns gains into losses, bulls into bears, and back again", () => {
  const { observation } = benchmark.points[0]!;
  const seen = {
    ...observation,
    prices: { closes: [80, 100], high: 100, low: 80, returns: { "1": 0.25 } },
  };
  const other = mirrored(seen);
  assert.deepEqual(other.prices, { closes: [125, 100], high: 125, low: 100, returns: { "1": -0.2 } });
  assert.equal(other.research.regimes.bull, seen.research.regimes.bear);
  const [forecast] = seen.research.forecasts, [turned] = other.research.forecasts;
  assertClose(turned!.pUp, 1 - forecast!.pUp, 1e-4);
  assert.equal(turned!.quantiles["0.05"], -forecast!.quantiles["0.95"]!);
  assert.deepEqual(mirrored(other).prices, seen.prices);
});

// By hand: 2 % cites -0.02, 1.26 is within 1 % of 1.25, 0.3 is 0.28 rounded; 7 stands nowhere.
Deno.test("groundingOf() counts cited numbers that were shown, as fractions, in percent or rounded", () => {
  const shown = { a: -0.02, b: 1.25, c: [0.28] };
  assert.deepEqual(groundingOf("Fell 2 %, ratio 1.26, share 0.3, but 7 bars.", shown, { z: 7 }), {
    numbers: 4,
    matched: 3,
    elsewhere: 1,
  });
  const zeros = `1.${"0".repeat(118)}`; // a small model wrote this
  assert.equal(groundingOf(zeros, { a: 1 }, {}).matched, 1);
});

Deno.test("stratumOf(): six months around the end of the stated month are grey, outcomes count, synthetic has no stratum", () => {
  const point = (time: string) => ({ ...benchmark.points[0]!, closedAt: Date.parse(time) });
  const real = { synthetic: false, horizon: 6 };
  assert.equal(stratumOf(real, point("2023-12-31T00:00:00Z"), "2024-06"), "grey"); // its outcome is of 1 January
  assert.equal(stratumOf(real, point("2023-12-30T00:00:00Z"), "2024-06"), "pre");
  assert.equal(stratumOf(real, point("2024-12-31T20:00:00Z"), "2024-06"), "grey");
  assert.equal(stratumOf(real, point("2025-01-01T00:00:00Z"), "2024-06"), "post");
  assert.equal(stratumOf(real, point("2025-01-01T00:00:00Z"), null), "unstated");
  assert.equal(
    stratumOf({ ...real, synthetic: true }, point("2025-01-01T00:00:00Z"), "2024-06"),
    "synthetic",
  );
});
