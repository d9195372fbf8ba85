import assert from "node:assert/strict";
import { metricsTables, metricsText } from "popagent/report/text/metrics_text.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const { result } = createRunFixture();
const tableNamed = (name: string, of = result) => metricsTables(of).find((table) => table.name === name);

Deno.test("--metrics all: tables of every further metric, in lines of at most 100 signs", () => {
  assert.deepEqual(metricsTables(result).map(({ name }) => name), [
    "ratios",
    "tails",
    "time",
    "scaling",
    "risk_agents",
    "round_trips",
    "coin_profit",
    "monthly_returns",
    "agent_performance",
    "researcher_quality",
  ]);
  for (const line of metricsText(result).split("\n")) assert.ok(line.length <= 100, line);
});

Deno.test("a strategy without an account has no row, one that never moved has dashes, an oracle says it is one", () => {
  const { rows } = tableNamed("ratios")!;
  const row = (label: string) => rows.find(({ cells }) => cells[0] === label)?.cells;
  assert.equal(row("Random pipeline (mean of the field)"), undefined);
  assert.deepEqual(row("Flat"), ["Flat", "0.0%", "–", "–", "–", "–", "–"]);
  assert.ok(row("Hindsight best, oracle"));
  assert.ok(rows.find(({ cells }) => cells[0] === "Population (champion)")!.strong);
});

Deno.test("every agent and every researcher has its row; the captions say what is meant", () => {
  const agents = tableNamed("agent_performance")!;
  assert.equal(agents.rows.length, 20);
  assert.deepEqual(agents.rows[1]!.cells, [
    "Analyst",
    "1",
    agents.rows[1]!.cells[2],
    "0.10 ± 0.75",
    "+2.0%",
    "49.0%",
  ]);
  assert.match(agents.caption, /Out of sample: at every decision the drawn teams that hold the agent/);
  const researchers = tableNamed("researcher_quality")!;
  assert.deepEqual(researchers.rows.map(({ cells }) => cells[1]), ["5-7", "5-8", "5-9", "5-10", "5-11"]);
  assert.match(researchers.caption, /a coin flip has 0\.25/);
});

Deno.test("monthly returns: a row a year, months without rows are dashes", () => {
  const { rows, columns } = tableNamed("monthly_returns")!;
  assert.equal(columns.length, 13);
  assert.deepEqual(rows.map(({ cells }) => cells[0]), ["2024", "2025", "2026"]);
  const { months } = result.strategies[0]!.account!;
  assert.deepEqual([months[0]!.year, months[0]!.month], [2024, 4]); // row 720 of 2024 is 30 April
  assert.deepEqual(rows[0]!.cells.slice(1, 4), ["–", "–", "–"]);
});

Deno.test("a run without learning has no table of agents", () => {
  const alone = { ...result, agentPerformance: [] };
  assert.equal(tableNamed("agent_performance", alone), undefined);
  assert.ok(!metricsText(alone).includes("each agent"));
});
