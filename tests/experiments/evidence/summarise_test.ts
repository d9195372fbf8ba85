import assert from "node:assert/strict";
import { changedCells, sealedCell } from "popagent/experiments/evidence/evidence_record.ts";
import { costCurveFigure } from "popagent/figures/cost_curve.ts";
import { contrastValues } from "popagent/experiments/evidence/contrast_values.ts";
import { levelsOf } from "popagent/experiments/evidence/levels.ts";
import { summarise } from "popagent/experiments/evidence/summarise.ts";
import { decide, judge } from "popagent/experiments/evidence/verdict.ts";
import { registrationHash, registrationOf } from "popagent/experiments/evidence/registration.ts";
import { summaryText } from "popagent/report/text/evidence_text.ts";
import { assertClose } from "../../close_to.ts";
import { gridOf, gridText, recordOf } from "./record.ts";

const DRAWS = { draws: 199 };
const rulings = (summary: ReturnType<typeof summarise>) =>
  summary.claims.map(({ name, market, ruling }) => `${name} ${market} ${ruling}`);

// By hand: main effect of transfer (10 + 3)/2 - (6 + 1)/2 = 3, interaction (10 + 1)/2 - (6 + 3)/2 = 1 on the first market.
Deno.test("a contrast is the mean of its plus arms less that of its minus arms, market by market", () => {
  const cell = (arm: string, marketSeed: number, populationMean: number) => ({
    label: "",
    arm,
    market: "weak",
    marketSeed,
    seed: marketSeed,
    rowsHash: `${marketSeed}`,
    measures: { populationMean },
  });
  const cells = [[1, 10, 6, 3, 1], [2, 4, 4, 4, 4]].flatMap(([seed, ...values]) =>
    ["full", "noTransfer", "noDiversity", "neither"].map((arm, i) => cell(arm, seed!, values[i]!))
  );
  const of = (plus: string[], minus: string[]) =>
    contrastValues(cells, { plus, minus }, "weak", "populationMean");
  assert.deepEqual([...of(["full", "noDiversity"], ["noTransfer", "neither"]).differences], [3, 0]);
  assert.deepEqual([...of(["full", "neither"], ["noTransfer", "noDiversity"]).differences], [1, 0]);
  assert.throws(() => of(["full/champion"], ["neither"]), /Cannot find champion of full on weak 1/);
});

Deno.test("what no seed enters has a level on a single market too", () => {
  const { cells, registration } = recordOf({ markets: 2 });
  const own = cells.filter(({ market }) => market === "weak").map((cell) => ({ ...cell, marketSeed: null }));
  const fixed = { ...own[0]!, arm: null, seed: null, measures: { champion: 0.7 } };
  const levels = levelsOf({ cells: [...own, fixed], registration }, "populationMean");
  const [beside, ...more] = levels.filter(({ arm }) => arm === null);
  assert.deepEqual([beside!.n, beside!.mean, beside!.se, more.length], [1, 0.7, null, 0]);
});

Deno.test("planted effects win, planted harm loses, nothing planted is shown to be no effect", () => {
  assert.deepEqual(rulings(summarise(recordOf({ transfer: .5, diversity: -.5 }), DRAWS)), [
    "transfer weak win",
    "transfer strong win",
    "diversity weak lose",
    "diversity strong lose",
    "interaction weak no effect",
    "interaction strong no effect",
  ]);
});

Deno.test("much noise is inconclusive: neither a difference nor no effect", () => {
  const { claims } = summarise(recordOf({ markets: 8, noise: 2 }), DRAWS);
  assert.deepEqual([...new Set(claims.map(({ ruling }) => ruling))], ["inconclusive"]);
});

Deno.test("an effect that is there and smaller than the margin is a win that is called small", () => {
  const [transfer] = summarise(recordOf({ transfer: .1, noise: .02 }), DRAWS).claims;
  assert.deepEqual([transfer!.ruling, transfer!.small], ["win", true]);
});

Deno.test("an arm whose manipulation never fired is refused, and stays in the family it is corrected with", () => {
  const summary = summarise(recordOf({ transfer: .5, lessons: 0 }), DRAWS);
  const transfer = summary.claims.filter(({ name }) => name !== "diversity");
  for (const { ruling, reason, holmP } of transfer) {
    assert.equal(ruling, null);
    assert.match(reason, /differ in population\.transfer, and it never showed: 0 and 0 lessons/);
    assert.equal(holmP, 1);
  }
  const diversity = summary.claims.find(({ name }) => name === "diversity")!;
  assert.notEqual(diversity.ruling, null);
});

Deno.test("without a registration before the first run, or by another one, there is no verdict", () => {
  const record = recordOf({ transfer: .5 });
  const none = summarise({ ...record, registered: null }, DRAWS);
  assert.ok(none.claims.every(({ ruling }) => ruling === null));
  assert.match(summaryText(none), /No verdict \(all\): not registered before .*nothing was frozen/s);
  const late = { ...record.registered!, frozenAt: "2026-02-01T00:00:00.000Z" };
  assert.ok(summarise({ ...record, registered: late }, DRAWS).claims.every(({ ruling }) => ruling === null));
  const other = { ...record.registered!, hash: "0".repeat(64) };
  assert.match(
    summarise({ ...record, registered: other }, DRAWS).claims[0]!.reason,
    /0000000000 was registered/,
  );
  const look = summarise(record, { ...DRAWS, outcome: "champion" });
  assert.match(look.claims[0]!.reason, /a look: the registered outcome is populationMean/);
});

Deno.test("an incomplete grid is refused by naming the missing cells", () => {
  const record = recordOf();
  const cells = record.cells.filter(({ label }) =>
    label !== "neither/weak.3/3" && label !== "full/strong.7/7"
  );
  assert.throws(
    () => summarise({ ...record, cells }, DRAWS),
    /every registered cell must be done: 2 are missing, neither\/weak\.3\/3, full\/strong\.7\/7/,
  );
});

Deno.test("a changed number, other bars, or a control that differs take every verdict away", () => {
  const record = recordOf({ more: "  same: { neither: noTransfer }\n" });
  const [first, ...rest] = record.cells;
  const changed = {
    ...record,
    cells: [{ ...first!, measures: { ...first!.measures, champion: 9 } }, ...rest],
  };
  assert.deepEqual(changedCells(changed), ["full/weak.1/1"]);
  const otherBars = { ...record, cells: [{ ...first!, rowsHash: "other" }, ...rest] };
  const failing = (one: typeof record) =>
    summarise(one, DRAWS).guards.filter(({ holds }) => !holds).map(({ name }) => name);
  assert.deepEqual(failing(record), ["neither equals noTransfer to the byte"]);
  assert.ok(failing(otherBars).includes("all arms saw the same bars, no two markets do"));
  assert.ok(summarise(record, DRAWS).claims.every(({ ruling }) => ruling === null));
});

// By hand: p .01 and .02 of two give Holm .02 and .02; with a third of 1, .03, .04 and 1.
Deno.test("verdicts are corrected over the family", () => {
  const one = judge(Float64Array.of(.1, .2, .3), { alpha: .05, margin: .25, power: .8 }, 2, ["by hand"], 99);
  assertClose(one.p, .25, 1e-12); // 2 of 2^3 sign patterns are as far out
  const family = [.01, .02, 1].map((p) => ({ ...one, p, equivalenceP: 1 }));
  const [a, b, c] = decide(family, { alpha: .035 });
  assertClose(a!.holmP, .03, 1e-12);
  assertClose(b!.holmP, .04, 1e-12);
  assert.deepEqual([a!.verdict, b!.verdict, c!.verdict], ["win", "inconclusive", "inconclusive"]);
});

Deno.test("a registration's hash is that of all it says; what a grid does not have is refused", () => {
  const hash = (text: string) => registrationHash(registrationOf(gridOf(text)));
  assert.equal(hash(gridText(20)), hash(gridText(20)));
  assert.notEqual(hash(gridText(20)), hash(gridText(21)));
  assert.notEqual(hash(gridText(20)), hash(gridText(20).replace("transfer: none", "transfer: hybrid")));
  assert.throws(
    () => hash(gridText(20).replace("[full, neither]", "[full, nether]")),
    /must be an arm of the grid, .*current value is "nether"/,
  );
  assert.throws(() => hash(gridText(20, "  markets: [mild]\n")), /current value is "mild"/);
  assert.throws(
    () => gridOf(gridText(20, "  margin: -1\n")),
    /evidence\.margin: .* current value is -1 \(two\.yaml, line 17\)/,
  );
  const { claims, tests } = registrationOf(gridOf(gridText(20)));
  assert.deepEqual(
    claims.map(({ id, contrasts }) => `${id}:${contrasts.length}`).join(" "),
    "C1:0 C2:3 C3:0 C4:0 C5:0 C6:0 C7:0 C8:0",
  );
  assert.equal(tests, 6);
});

Deno.test("the best of many is not shown without its deflated Sharpe ratio and its probability of overfitting", () => {
  const record = recordOf({ more: "" });
  const { registration } = record;
  const described = {
    ...record,
    registration: { ...registration, evidence: { ...registration.evidence, describe: ["hindsight"] } },
  };
  const withBest = (selection: typeof record.cells[0]["selection"]) => ({
    ...described,
    cells: record.cells.map(({ hash: _, ...cell }) =>
      sealedCell({ ...cell, selection, measures: { ...cell.measures, hindsight: 3 } })
    ),
  });
  assert.throws(() => summarise(withBest(null), DRAWS), /Cannot show hindsight as the best of many/);
  const selection = { pipelines: 625, overfitting: .4, deflatedSharpe: .12 };
  const text = summaryText(summarise(withBest(selection), DRAWS));
  assert.match(text, /hindsight: best of 625, DSR 0\.12, PBO 0\.40/);
  assert.throws(() => costCurveFigure(withBest(selection), "hindsight"), /must not be chosen afterwards/);
  const claimed = gridText(20).replace("[full, neither]", "[full/hindsight, neither]");
  assert.throws(() => registrationOf(gridOf(claimed)), /no strategy that was chosen afterwards/);
});

Deno.test("issue evidence A1: copies of one market count as one, and take every verdict away", () => {
  const record = recordOf({ transfer: .5 });
  const copied = (from: number) =>
    record.cells.map(({ hash: _, ...cell }) =>
      sealedCell({ ...cell, rowsHash: cell.marketSeed! > from ? `${cell.market}${from}` : cell.rowsHash })
    );
  const { claims, guards } = summarise({ ...record, cells: copied(18) }, DRAWS);
  assert.deepEqual(claims[0]!.values.units.length, 18, "19 and 20 are averaged into 18");
  assert.match(
    claims[0]!.reason,
    /no two markets do: copies of .*counted as one with it: weak 19, 20; strong 19, 20/,
  );
  assert.deepEqual(guards.filter(({ holds }) => !holds).length, 1);
  const one = record.cells.map(({ hash: _, ...cell }) => sealedCell({ ...cell, rowsHash: "real", seed: 1 }));
  assert.throws(
    () => summarise({ ...record, cells: one }, DRAWS),
    /two markets or more: .* is 1\. Copies .*: weak 2, 3,/,
  );
});
