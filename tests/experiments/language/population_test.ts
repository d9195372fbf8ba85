/** A population with language traders, asked over a loopback server that answers by script. */
import assert from "node:assert/strict";
import { checkpointFiles } from "popagent/adapters/runs/checkpoint_files.ts";
import type { Desk } from "popagent/agents/desk.ts";
import { eventsOfType, type RecordedEvent } from "popagent/events/event.ts";
import { thoughtEvent } from "popagent/events/thought.ts";
import { asker } from "popagent/experiments/language/asker.ts";
import { countThoughts, languageNotes } from "popagent/experiments/language/counts.ts";
import { scriptedCompletion, scriptMarket } from "popagent/experiments/language/scripted.ts";
import { thoughtOf } from "popagent/experiments/language/thought.ts";
import { populationLearner } from "popagent/experiments/learners/population.ts";
import { createDesk, growDesk } from "popagent/experiments/market.ts";
import { type Checkpoints, noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { follow, writeIteration } from "popagent/experiments/prequential.ts";
import type { LanguageModel } from "popagent/llm/language_model.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import type { LanguageConfig, PopulationConfig } from "popagent/population/config.ts";
import { withProvider, type World } from "../../adapters/llm/fake_provider.ts";
import { panel, smallConfig } from "../../population/small_run.ts";

const ITERATIONS = 3;
const TRADERS = ["languageGeneral", "languageForecast", "momentum"];
const LANGUAGE: LanguageConfig = {
  ...smallConfig().population.language,
  model: "m",
  every: 18,
  validRows: 30,
  research: { analyst: "momentum", researcher: "bayesian" },
  mask: { coins: false, dates: false },
};

function contextOf(language: Partial<LanguageConfig> = {}, desk: Desk | null = null) {
  const population: Partial<PopulationConfig> = {
    agents: { analyst: null, researcher: null, trader: TRADERS, risk: null },
    language: { ...LANGUAGE, ...language },
    credit: "pipeline",
  };
  const bare = smallConfig({ credit: "pipeline", mirror: { ...smallConfig().population.mirror, rules: [] } });
  const config = { ...bare, references: false, population: { ...bare.population, ...population } };
  return {
    desk: desk ?? createDesk(panel, config, 2 ** 28),
    config: config.population,
    clock: config.clock,
    seed: 1,
    iterations: 7,
  };
}

/** Follows a population whose traders ask a model. */
async function run(
  model: LanguageModel,
  language: Partial<LanguageConfig> = {},
  checkpoints: Checkpoints = noCheckpoints,
  killAt = Infinity,
) {
  const context = contextOf(language);
  const ask = asker(context, { model, mostCalls: 2 });
  const learner = populationLearner("population", context, false, () => {}, (state) => {
    if (state.k === killAt) throw new Error("killed");
    return ask(state);
  });
  const followed = await follow(learner, ITERATIONS, checkpoints, () => {});
  const { events, bars, state } = followed;
  const thoughts = eventsOfType(events as RecordedEvent[], "thought");
  return { state, bars, thoughts, bytes: JSON.stringify([state, writeIteration({ events, bars })]) };
}

/** Serves the truth of the small market. */
async function withScript(use: (world: World) => Promise<void>) {
  const market = scriptMarket(createDesk(panel, smallConfig(), 2 ** 24));
  const script = ({ body }: { readonly body: Readonly<Record<string, unknown>> }) =>
    new Response(scriptedCompletion("scripted-truth", market, body));
  const price = { input: 1, output: 4, date: "2026-11-26", source: "a test" };
  await withProvider(script, {
    card: { structured: ["jsonSchema"], context: 32_000, maxOutput: 4000, price },
  }, use);
}

Deno.test("issue 14: a recorded run replays to the same bytes without network, and a killed one is resumed to them", async () => {
  await withScript(async ({ arrived, open, folder }) => {
    using recording = await open({ cassettes: "record", folder });
    const first = await run(recording);
    const { length: sent } = arrived;
    assert.ok(sent > 0 && first.thoughts.every(({ outcome }) => outcome === "answered"));
    using replay = await open({ cassettes: "replay", folder });
    assert.equal((await run(replay)).bytes, first.bytes);
    const kept = await Deno.makeTempDir();
    try {
      await assert.rejects(run(replay, {}, checkpointFiles(kept), 2), /killed/);
      assert.equal((await run(replay, {}, checkpointFiles(kept))).bytes, first.bytes);
    } finally {
      await Deno.remove(kept, { recursive: true });
    }
    assert.equal(arrived.length, sent, "a replay sends nothing");

    // money: what every bar added is profit of the coins less what was asked
    for (const [account, book] of Object.entries(first.bars)) {
      let before = 10_000;
      book.equity.forEach((equity, t) => {
        const profit = book.ledger!.coinProfit.reduce((sum, coin) => sum + coin[t]!, 0);
        assert.ok(Math.abs(equity - before - profit + book.modelCost[t]!) < 1e-8, `${account} at bar ${t}`);
        before = equity;
      });
      const paid = book.modelCost.reduce((sum, x) => sum + x, 0);
      assert.ok(Math.abs(paid - countThoughts(first.thoughts).dollars) < 1e-12 && paid > 0, account);
    }

    // where the champion listens there is a verdict of its risk agent
    const judged = first.thoughts.filter(({ verdict }) => verdict !== null);
    assert.ok(judged.length > 0 && judged.some(({ verdict }) => verdict!.verdict === "soft_fail"));

    // every row's thought is the same where the market ends right after it
    const at = first.thoughts.find(({ k }) => k === 1)!;
    const cut = truncatePanel(panel, at.row + 2);
    const context = contextOf();
    const short = { ...context, desk: growDesk(context.desk, cut, smallConfig()) };
    const state = { ...populationLearner("p", context).start(), k: 1 };
    const { thoughts } = await asker(short, { model: replay, mostCalls: 2 })(state);
    assert.deepEqual(
      thoughts.map(({ observation, reply }) => [observation, reply]),
      first.thoughts.filter(({ row }) => row === at.row).map((
        { observation, reply },
      ) => [observation, reply]),
    );
  });
});

Deno.test("issue 14: a run without a key or a cassette works and says so once; mostCalls is never passed", async () => {
  await withScript(async ({ open, folder, arrived }) => {
    using nobody = await open({ cassettes: "offline", folder });
    const alone = await run(nobody);
    assert.equal(arrived.length, 0);
    assert.ok(alone.thoughts.length > 0);
    assert.ok(
      alone.thoughts.every(({ outcome, reason }) => outcome === "unasked" && reason === "notRecorded"),
    );
    assert.equal(languageNotes(alone.thoughts).length, 1);
    assert.match(languageNotes(alone.thoughts)[0]!, /no cassette holds them; .* stayed flat/);

    using live = await open({ cassettes: "live", folder });
    const bounded = await run(live, { mostCalls: 25 });
    assert.ok(arrived.length > 20 && arrived.length <= 25, `${arrived.length}`);
    assert.equal(bounded.state.told!.calls, arrived.length);
    assert.ok(bounded.thoughts.some(({ reason }) => reason === "mostCalls"));
  });
});

Deno.test("a run whose budget was spent says which cap, and what to do", () => {
  const detail = "the day may spend 20 USD: 20.000000 are spent or reserved. Raise budget.day.dollars";
  const event = {
    ...thoughtOf({ outcome: { kind: "abstention", reason: "budget", detail }, calls: [] }),
    type: "thought" as const,
    k: 0,
    row: 100,
    time: 0,
    coin: "BTC",
    model: "m",
    prompt: "trendShort",
    version: "v",
    observation: "o",
    verdict: null,
  };
  assert.deepEqual(thoughtEvent.schema.parse(event), event);
  assert.match(
    languageNotes([event, event])[0]!,
    /2 not asked \(2: the budget was spent: the day may spend 20 USD: .* Raise budget\.day\.dollars\)/,
  );
  const long = thoughtOf({ outcome: { kind: "abstention", reason: "tooLong", detail }, calls: [] });
  assert.ok(!("cap" in long), "no other line of the log is longer for it");
});
