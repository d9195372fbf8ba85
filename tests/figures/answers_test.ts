import assert from "node:assert/strict";
import type { SharpeComparison } from "popagent/experiments/comparison.ts";
import type { RunResult } from "popagent/experiments/result.ts";
import { dataAnswer } from "popagent/figures/data_answer.ts";
import { comparisonText, learningAnswer } from "popagent/figures/learning_answer.ts";
import { marketAnswer } from "popagent/figures/market_answer.ts";
import { moneyLine, moneyShort, moneySteps } from "popagent/figures/money_answer.ts";
import { assertClose } from "../close_to.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture();

const compared = (difference: number, lower: number, upper: number): SharpeComparison => ({
  strategy: "champion",
  against: "selectionOnly",
  rows: 2900,
  estimate: { difference, error: .4, lower, upper, p: .4 },
  why: null,
  flat: [],
});

/** The fixture's result with its headline's metrics replaced. */
function withHeadline(
  metrics: Partial<RunResult["strategies"][number]["metrics"]>,
  rest: Partial<RunResult> = {},
) {
  const strategies = run.result.strategies.map((one) =>
    one.name === run.result.headline ? { ...one, metrics: { ...one.metrics, ...metrics } } : one
  );
  return { ...run.result, ...rest, strategies };
}

Deno.test("findings I.1: a paired difference in words a person understands", () => {
  assert.equal(
    comparisonText(run.result, compared(.31, -.47, 1.09)),
    "The population earned an annual Sharpe ratio 0.31 higher than choosing alone would have (selection only; SE 0.40, " +
      "95% interval −0.47 to 1.09): no effect can be told from chance on these 2,900 rows.",
  );
  assert.match(
    comparisonText(run.result, compared(-1.2, -2, -.4)),
    /1\.20 lower than .* more than chance explains/,
  );
});

Deno.test("findings I.1: the short answer follows the interval", () => {
  const short = (one: SharpeComparison) => learningAnswer(run.result, [one]).short;
  assert.equal(short(compared(.31, -.47, 1.09)), "It cannot be told from chance.");
  assert.equal(short(compared(.9, .1, 1.7)), "Yes, on these rows.");
  assert.equal(short(compared(-.9, -1.7, -.1)), "No: it cost, on these rows.");
  const same = { ...compared(0, 0, 0), estimate: { difference: 0, error: 0, lower: 0, upper: 0, p: 1 } };
  assert.equal(short(same), "No lesson reached the champion on these rows.");
  assert.match(
    comparisonText(run.result, same),
    /earned the same as choosing alone would have, on every one/,
  );
});

Deno.test("findings I.1: without references the answer names the flag that gives them", () => {
  const { short, sentences } = learningAnswer(run.result, []);
  assert.equal(short, "Not measured.");
  assert.match(sentences.join(" "), /Run again without --no-references/);
});

Deno.test("findings I.1: one pipeline is judged by its own Sharpe ratio and by buy and hold", () => {
  const result = withHeadline({ sharpe: 1, sharpeError: .5 }, { command: "multi" });
  const held = { ...compared(.2, -.5, .9), against: "buyAndHold" };
  const { question, short, sentences } = learningAnswer(result, [held]);
  assert.deepEqual([question, short], ["Did it earn anything?", "Yes, on these rows."]); // 1 - 1.96 x .5 = .02
  assert.match(sentences[0]!, /annual Sharpe ratio 1\.00 \(SE 0\.50, 95% interval 0\.02 to 1\.98\)/);
  assert.match(sentences[1]!, /0\.20 higher than buying and holding the coins/);
});

Deno.test("findings I.2: a strategy that never traded has no Sharpe ratio", () => {
  const idle = { sharpe: 0, sharpeError: 0, volatility: 0 };
  assert.match(
    learningAnswer(withHeadline(idle), []).sentences.join(" "),
    /never traded: it has no Sharpe ratio/,
  );
  const flat = { ...compared(0, 0, 0), estimate: null, why: "neverMoved" as const, flat: ["champion"] };
  assert.match(comparisonText(run.result, flat), /cannot be compared with Selection only: it never traded/);
});

Deno.test("DSR and PBO stand in the first answer, and say where they cannot be told", () => {
  const text = (result: RunResult) => learningAnswer(result, []).sentences.join(" ");
  assert.match(text(run.result), /625 pipelines .* \(DSR\) 0\.60, .* \(PBO\) 0\.40/);
  const field = { pipelines: 625, overfitting: null, deflatedSharpe: .1 };
  assert.match(text({ ...run.result, field }), /\(PBO\) not to be told on these rows/);
});

// By hand: 10,000 USDT, net -5 %, fees 3 %, slippage 1 %, funding received 0.5 %: price moves brought -1.5 %.
Deno.test("findings I.2: money adds up, signed as it acts on the account", () => {
  const result = withHeadline({ totalReturn: -.05, fees: .03, slippage: .01, funding: -.005 });
  const steps = moneySteps(result);
  assert.deepEqual(steps.map(({ label }) => label), ["Gross", "Fees", "Slippage", "Funding", "Net"]);
  [-150, -300, -100, 50, -500].forEach((amount, i) => assertClose(steps[i]!.amount, amount, 1e-9));
  assert.deepEqual(moneyLine(result).rows.map(({ cells }) => cells), [
    ["USDT", "−150", "−300", "−100", "+50", "−500"],
    ["of the start", "−1.5%", "−3.0%", "−1.0%", "+0.5%", "−5.0%"],
  ]);
  assert.equal(moneyShort(result), "10,000 USDT became 9,500.");
});

Deno.test("findings I.2: time in the market is the stored share of bars that closed with a position; the answer names the rules", () => {
  const result = withHeadline({ blocked: { drawdown: .21, dailyLoss: .001, coolDown: 0 }, refusals: 1 });
  const text = marketAnswer(result).sentences.join(" ");
  assert.match(text, /the maximum drawdown on 21%, the daily loss on less than 1%\./);
  const account = {
    ...result.strategies.find(({ name }) => name === result.headline)!.account!,
    timeInMarket: .3,
  };
  const strategies = result.strategies.map((one) => one.name === result.headline ? { ...one, account } : one);
  assert.match(marketAnswer({ ...result, strategies }).sentences[0]!, /at the close of 30% of rows/);
  assert.match(text, /1 refusal by risk/);
  assert.doesNotMatch(text, /cools down/);
  const free = withHeadline({ blocked: { drawdown: 0, dailyLoss: 0, coolDown: 0 } });
  assert.match(marketAnswer(free).sentences.join(" "), /No rule blocked an order/);
});

Deno.test("findings I.4: the data's answer names source, sealed rows, span, coins and what is missing", () => {
  const synthetic = dataAnswer(run.result);
  assert.equal(synthetic.short, "SYNTHETIC.");
  assert.match(synthetic.sentences[0]!, /planted world .* information coefficient 0\.05\), market seed 42/);
  assert.equal(synthetic.sentences[2], "Coins: BTC, ETH.");
  assert.equal(
    synthetic.sentences[3],
    "No column is missing; what else is odd about bars, popagent data check says.",
  );
  const real = dataAnswer({
    ...run.result,
    source: { kind: "bybit", folder: "data/bybit", unsealed: false, sealedRows: 2196 },
    warnings: ["openInterest is missing."],
    config: { universe: { coins: ["BTC", "ETH"] }, coins: ["ETH"] },
  });
  assert.equal(real.short, "Real bars.");
  assert.match(
    real.sentences[0]!,
    /^Bars from the files in data\/bybit, none marked synthetic; its last 2,196 rows are sealed and were not looked at/,
  );
  assert.match(real.sentences[1]!, /^3,672 rows of 4 hours are reported \(rows 720 to 4391\)/); // 102 x 36
  assert.match(real.sentences[1]!, /1\.68 years, .* about 0\.77/); // 3672 / 2190; 1 / sqrt(1.68)
  assert.equal(real.sentences[2], "Coins traded: ETH; looked at: BTC, ETH.");
  assert.match(real.sentences[3]!, /openInterest is missing\./);
  const imported = dataAnswer({
    ...run.result,
    source: { kind: "bybit", folder: "data/imported", unsealed: false, sealedRows: 0, imported: true },
  });
  assert.equal(imported.short, "Imported bars.");
  assert.match(
    imported.sentences[0]!,
    /^Bars from the files in data\/imported, which lack columns that Bybit's have, none marked/,
  );
});
