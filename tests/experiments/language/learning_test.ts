/** What a population makes of prompts and answers, without anybody being asked. */
import assert from "node:assert/strict";
import { agentOf } from "popagent/agents/agent.ts";
import { variantNamed } from "popagent/agents/catalogue.ts";
import { kinOf } from "popagent/agents/kin.ts";
import { authorsOf } from "popagent/agents/told.ts";
import { geneSet, startGenome } from "popagent/agents/variant.ts";
import { languageChecks, languageProofSchema } from "popagent/experiments/language/proof.ts";
import type { ThoughtEvent } from "popagent/events/thought.ts";
import { encodeGenome, type Genome } from "popagent/genome/genome.ts";
import { methodNamed } from "popagent/inventory/pools.ts";
import { listensTo, promptAuthor, promptShares } from "popagent/inventory/trader/prompts/listening.ts";
import type { Proposal, Proposals } from "popagent/inventory/trader/proposal.ts";
import { parameterDiversity } from "popagent/population/diversity.ts";
import { lessonsOf } from "popagent/population/lessons.ts";
import { populationConfigSchema } from "popagent/population/config.ts";
import { ownSince, withAnswers, withTold } from "popagent/population/thoughts.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";
import { sharedDesk } from "../../population/small_run.ts";

const COINS = ["BTC", "ETH"];

/** A language trader that listens to prompts by shares. */
function genomeOf(shares: Readonly<Record<string, number>>): Genome {
  const variant = variantNamed("trader", "languageGeneral");
  return encodeGenome(variant.name, geneSet(variant), promptShares(shares));
}
const traderOf = (shares: Readonly<Record<string, number>>) => agentOf("trader", genomeOf(shares));

const LONG: Proposal = {
  row: 2,
  coin: "ETH",
  direction: "long",
  size: 0.2,
  leverage: 3,
  target: 0.1,
  stop: 0.02,
  confidence: 0.8,
  rationale: "",
  validRows: 4,
};

/** The plan row of ETH under answers. */
function planAt(shares: Readonly<Record<string, number>>, answers: Proposals, row: number) {
  const { run } = methodNamed("trader.styles", "answered");
  const forecast = { rows: 10, coins: COINS } as never;
  const input = { forecast, coins: COINS, answers, firstRow: 0, genes: traderOf(shares).genes };
  const { values } = run(input as never, {});
  const at = planIndex(COINS.length, row, 1);
  return Object.fromEntries(
    Object.entries(PLAN).map(([name, offset]) => [name, values[at + offset]!]),
  ) as Record<keyof typeof PLAN, number>;
}

Deno.test("one prompt's answer is traded as it is, until it expires", () => {
  const answers = { [promptAuthor("generalist")]: [LONG] };
  const at = planAt({ generalist: 1 }, answers, 5);
  assert.deepEqual(
    [at.conviction, at.baseSize, at.leverage, at.stop, at.target],
    [0.8, 0.2, 3, 0.02, 0.1],
  );
  assert.equal(planAt({ generalist: 1 }, answers, 1).conviction, 0);
  assert.equal(planAt({ generalist: 1 }, answers, 6).conviction, 0);
  const later = { [promptAuthor("generalist")]: [LONG, { ...LONG, row: 10 }] }; // the market ends before
  assert.equal(planAt({ generalist: 1 }, later, 5).conviction, 0.8);
});

// By hand: exposures .8 x .2 x 3 = .48 and -.5 x .1 x 2 = -.1; weights .75 and .25: .36 - .025 = .335. Margin .75 x .2
// + .25 x .1 = .175, leverage 2.75: conviction .335 / .48125. Stop and target are those of the side that won.
Deno.test("the plan of several prompts is the mean exposure of their answers; who has none has no say", () => {
  const short: Proposal = { ...LONG, direction: "short", size: 0.1, leverage: 2, confidence: 0.5, stop: 0.3 };
  const answers = { [promptAuthor("generalist")]: [LONG], [promptAuthor("macro")]: [short] };
  const at = planAt({ generalist: 0.75, macro: 0.25 }, answers, 3);
  assert.ok(Math.abs(at.conviction * at.baseSize * at.leverage - 0.335) < 1e-12);
  assert.ok(Math.abs(at.conviction - 0.335 / 0.48125) < 1e-12);
  assert.ok(Math.abs(at.stop - 0.02) < 1e-12 && Math.abs(at.target - 0.1) < 1e-12);

  const flat: Proposal = { ...LONG, direction: "flat" };
  const half = planAt({ generalist: 0.5, macro: 0.5 }, { ...answers, [promptAuthor("macro")]: [flat] }, 3);
  assert.ok(Math.abs(half.conviction * half.baseSize * half.leverage - 0.24) < 1e-12, "flat counts as 0");
  const alone = planAt({ generalist: 0.5, macro: 0.5 }, { [promptAuthor("generalist")]: [LONG] }, 3);
  assert.ok(Math.abs(alone.conviction * alone.baseSize * alone.leverage - 0.48) < 1e-12, "none counts not");
});

Deno.test("a prompt below a quarter of the largest probability is not asked, and shares sum to 1", () => {
  const heard = listensTo(traderOf({ generalist: 0.6, macro: 0.3, sceptic: 0.1 }).genes);
  assert.deepEqual(heard.map(({ key }) => key), ["generalist", "macro"]);
  assert.ok(Math.abs(heard.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-12);
  assert.deepEqual(authorsOf(traderOf({ macro: 1 })), ["prompt:macro"]);
  assert.deepEqual(authorsOf(agentOf("trader", startGenome(variantNamed("trader", "momentum")))), []);
});

const THOUGHT: ThoughtEvent = {
  type: "thought",
  k: 0,
  row: 2,
  time: 0,
  coin: "ETH",
  model: "m",
  prompt: "macro",
  version: "v",
  observation: "o",
  outcome: "answered",
  decision: {
    action: "long",
    size: 0.2,
    leverage: 3,
    stop: 0,
    target: 0,
    confidence: 0.6,
    pUp: 0.6,
    rationale: "as the script says",
  },
  reason: null,
  repaired: false,
  reply: "r",
  calls: 1,
  inputTokens: 1,
  outputTokens: 1,
  dollars: 0,
  verdict: null,
};

Deno.test("hold renews what stands and says nothing where nothing does; an abstention lets the last answer expire", () => {
  const hold: ThoughtEvent = {
    ...THOUGHT,
    outcome: "held",
    decision: { ...THOUGHT.decision!, action: "hold", size: 0.9 },
  };
  const abstained: ThoughtEvent = { ...THOUGHT, outcome: "abstained", decision: null, reason: "refused" };
  const rows = (...thoughts: ThoughtEvent[]) =>
    (withAnswers({}, thoughts, 5)["prompt:macro"] ?? []).map((
      { row, size, validRows },
    ) => [row, size, validRows]);
  assert.deepEqual(rows(THOUGHT, { ...hold, row: 6 }), [[2, 0.2, 5], [6, 0.2, 5]]);
  assert.deepEqual(rows(THOUGHT, { ...hold, row: 7 }), [[2, 0.2, 5]], "it had expired");
  assert.deepEqual(rows(hold), []);
  assert.deepEqual(rows(THOUGHT, { ...abstained, row: 4 }), [[2, 0.2, 5]]);
});

Deno.test("a trader's own rows begin when prompts with half of its shares have been asked", () => {
  const told = withTold(withTold(undefined, [THOUGHT]), [{ ...THOUGHT, row: 9, prompt: "generalist" }])!;
  assert.deepEqual(told, { since: { "prompt:macro": 2, "prompt:generalist": 9 }, calls: 2 });
  assert.equal(ownSince(traderOf({ macro: 1 }), told), 2);
  assert.equal(ownSince(traderOf({ macro: 0.3, generalist: 0.7 }), told), 9);
  assert.equal(ownSince(traderOf({ sceptic: 1 }), told), null);
  assert.equal(ownSince(agentOf("trader", startGenome(variantNamed("trader", "momentum"))), told), -1);
});

Deno.test("language traders are taught by the best of their kind, and traders by rules by the best of theirs", () => {
  const names = ["momentum", "languageTrend", "adaptive", "languageGeneral"];
  const genomes = names.map((name) => startGenome(variantNamed("trader", name)));
  assert.deepEqual(kinOf("trader", genomes), [[0, 2], [1, 3]]);
  const ranking = { score: [0, 1, 3, 2], best: 2, credit: [], novelty: [] };
  const lessons = lessonsOf({
    desk: sharedDesk,
    config: { ...populationConfigSchema.parse({}), transferTau: 0.5 },
    seed: 1,
    k: 10,
    last: 20,
    row: 600,
    genomes: { trader: genomes } as never,
    champion: {} as never,
    ranking: { trader: ranking } as never,
  }, "trader");
  assert.deepEqual(lessons.map(({ teacher, student }) => [teacher, student]), [[2, 0], [3, 1]]);
  const { genes } = agentOf("trader", lessons[1]!.genome);
  assert.deepEqual(
    [genes.generalistPrompt, genes.trendShortPrompt],
    [0.5, 0.25],
    "probabilities, on their simplex",
  );
  const agents = genomes.map((genome) => agentOf("trader", genome));
  const pair = (i: number, j: number) =>
    parameterDiversity([agents[i]!, agents[j]!], [genomes[i]!, genomes[j]!]);
  assert.ok(Math.abs(parameterDiversity(agents, genomes) - (pair(0, 2) + pair(1, 3)) / 2) < 1e-15);
});

Deno.test("issue 14: right answers lift the planted run, and a liar loses its credit, in 5 of 5 markets (stored)", () => {
  const stored = new URL("../../../results/validation/language.json", import.meta.url);
  const { markets } = languageProofSchema.parse(JSON.parse(Deno.readTextFileSync(stored)));
  assert.ok(markets.length >= 5);
  for (const { rule, measured, holds } of languageChecks(markets)) assert.ok(holds, `${rule}: ${measured}`);
});
