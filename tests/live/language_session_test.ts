/** Sessions whose traders ask a language model: a script answers, which knows the market and costs what it is told to. */
import assert from "node:assert/strict";
import { type ExchangeFile, openExchangeFile } from "popagent/adapters/exchange/exchange_file.ts";
import { alertsOf } from "popagent/admin/alert_fold.ts";
import { eventsOfType, type RecordedEvent } from "popagent/events/event.ts";
import type { PopulationRunConfig } from "popagent/experiments/config.ts";
import { asker } from "popagent/experiments/language/asker.ts";
import { countThoughts } from "popagent/experiments/language/counts.ts";
import { scriptedModel, scriptMarket } from "popagent/experiments/language/scripted.ts";
import { populationLearner } from "popagent/experiments/learners/population.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { advance } from "popagent/experiments/prequential.ts";
import { type Asking, askingModels, askingRecord } from "popagent/live/asking.ts";
import { runAgain } from "popagent/live/compare_session.ts";
import { DECLARED_GUARDS } from "popagent/live/guards.ts";
import { memoryJournal } from "popagent/live/memory_journal.ts";
import { beginAsking } from "popagent/live/replay_session.ts";
import type { LanguageModel } from "popagent/llm/language_model.ts";
import type { PopulationState } from "popagent/population/state.ts";
import { populationConfig } from "../run_config.ts";
import { HISTORY, ITERATIONS, market, MEMO, smallSession } from "./small_session.ts";

/** Decisions at rows 401 and 419, which the history holds, and 437; questions at every sixth row. */
const UNTIL = 441;

function config(language: object = {}, firstDecision = 401): PopulationRunConfig {
  return populationConfig({
    seed: 3,
    clock: { firstDecision, stepRows: 18 },
    population: {
      size: 3,
      transferEvery: 1,
      committeeShare: 5 / 81,
      mirror: { rules: [] },
      agents: { trader: ["languageGeneral", "languageForecast", "momentum"] },
      language: {
        model: "scripted-truth",
        every: 6,
        validRows: 12,
        mostCalls: 10_000,
        research: { analyst: "momentum", researcher: "bayesian" },
        mask: { coins: false, dates: false },
        ...language,
      },
    },
  });
}

const script = scriptedModel("scripted-truth", scriptMarket(createDesk(market, config(), MEMO)));

/** The script at its price a call, or for nothing. */
function priced(dollars: number): LanguageModel {
  return {
    ask: async (question) => {
      const { outcome, calls } = await script.ask(question);
      return { outcome, calls: calls.map((call) => ({ ...call, dollars })) };
    },
  };
}
/** Never over: nobody is late. */
const patient = () => new Promise<void>(() => {});
const asking = (model: LanguageModel, wait: () => Promise<void> = patient): Asking =>
  askingModels({ model, mostCalls: 2 }, { model, mostCalls: 2 }, wait);

async function begun(
  asks: Asking,
  own = config(),
  journal = memoryJournal(),
  memory: Pick<ExchangeFile, "load" | "save"> | null = null,
) {
  if (journal.point() === null) {
    const parts = { config: own, panel: market, history: HISTORY, iterations: ITERATIONS, memoBytes: MEMO };
    await beginAsking({ ...parts, journal }, asks);
  }
  const exchange = memory?.load() ?? null;
  return smallSession({
    config: own,
    until: UNTIL,
    journal,
    asking: asks,
    exchange,
    ...(memory ? { save: memory.save } : {}),
  });
}
const learned = (events: readonly RecordedEvent[]) =>
  events.filter(({ type }) => type === "thought" || type === "iteration");

/** What a research run over the same rows is asked and learns, up to the iteration that the session is in. */
async function research(model: LanguageModel, until: number): Promise<readonly RecordedEvent[]> {
  const own = config();
  const context = {
    desk: createDesk(market, own, MEMO),
    config: own.population,
    clock: own.clock,
    seed: own.seed,
    iterations: ITERATIONS,
  };
  const learner = populationLearner(
    "population",
    context,
    false,
    () => {},
    asker(context, { model, mostCalls: 2 }),
  );
  const events: RecordedEvent[] = [];
  let state: PopulationState = learner.start();
  while (state.k < until) {
    const iteration = await advance(learner, state);
    state = iteration.state;
    events.push(...iteration.events);
  }
  return events;
}

Deno.test("a session with language traders is asked, decides and learns as research does, answers recorded, killed on the way or replayed", async () => {
  const model = priced(0.0001);
  const folder = await Deno.makeTempDir();
  using memory = openExchangeFile(`${folder}/exchange.sqlite`, "process");
  const { loop, journal, mind } = await begun(asking(model), config(), memoryJournal(), memory);
  for (let bars = 0; bars < 12; bars++) await loop.bar();
  // a process that ends between two bars, in the middle of a window
  const { loop: after, mind: then } = await begun(asking(model), config(), journal, memory);
  while (await after.bar());
  const events = learned(journal.events());
  const k = then.population()!.k;
  assert.equal(k, 2, "two windows ended");
  const whole = (one: RecordedEvent) => (one.type === "thought" || one.type === "iteration") && one.k < k;
  assert.deepEqual(events.filter(whole), await research(model, k));
  const thoughts = eventsOfType(events, "thought");
  assert.ok(thoughts.some(({ row, k }) => row > HISTORY && k === 1), "and in the middle of a window");
  assert.ok(thoughts.some(({ verdict }) => verdict !== null), "with verdicts");
  assert.ok(thoughts.every(({ outcome }) => outcome === "answered"));
  assert.notEqual(mind, then);

  const parts = { id: "t", config: config(), panel: market, history: HISTORY, iterations: ITERATIONS };
  const compared = {
    ...parts,
    until: UNTIL,
    memoBytes: MEMO,
    limits: DECLARED_GUARDS,
    asking: askingRecord(journal.events()),
  };
  const again = await runAgain(compared, journal.events());
  const orders = (some: readonly RecordedEvent[]) =>
    eventsOfType(some, "order").filter(({ from }) => from === null).map(({ clientId, quantity }) => [
      clientId,
      quantity,
    ]);
  assert.deepEqual(learned(again), events, "the record is told again, and nobody is asked");
  assert.deepEqual(orders(again), orders(journal.events()));
  assert.ok(orders(again).length > 3);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("where asking costs nothing a language session's book is the research account, to the bit", async () => {
  const { loop, mind } = await begun(asking(priced(0)), config({}, HISTORY - 1)); // both accounts begin there
  while (await loop.bar()) {
    if (loop.row() % 5 === 0 || loop.row() + 1 === UNTIL) {
      assert.deepEqual(loop.book(), mind.research(), `row ${loop.row()}`);
    }
  }
});

Deno.test("a model that fails, or never answers, has abstained: the session trades on", async () => {
  const broken: readonly [LanguageModel, () => Promise<void>, string][] = [
    [{ ask: () => Promise.reject(new Error("connection reset")) }, patient, "connection"],
    [{ ask: () => new Promise(() => {}) }, () => Promise.resolve(), "timeout"],
    [
      {
        ask: () => {
          throw new Error("cannot write the cassette: disk full");
        },
      },
      patient,
      "connection",
    ],
  ];
  for (const [model, wait, reason] of broken) {
    const past = { model: priced(0), mostCalls: 2 };
    const { loop, journal } = await begun(askingModels(past, { model, mostCalls: 2 }, wait));
    for (let bars = 0; bars < 8; bars++) assert.ok(await loop.bar());
    const asked = eventsOfType(journal.events(), "thought").filter(({ row }) => row >= HISTORY - 1);
    assert.ok(asked.length > 5);
    assert.ok(asked.every((one) => one.outcome === "failed" && one.reason === reason), reason);
  }
});

Deno.test("a session asks no more than mostCalls, says what asking cost, and when nothing is left", async () => {
  const past = { model: priced(0.5), mostCalls: 2 };
  const own = config({ mostCalls: 90 });
  const { loop, journal } = await begun(askingModels(past, past, patient), own);
  while (await loop.bar());
  const events = journal.events(), thoughts = eventsOfType(events, "thought");
  const { calls, dollars } = countThoughts(thoughts);
  assert.ok(calls <= 90 && calls > 80, `${calls}`);
  assert.ok(thoughts.some(({ reason }) => reason === "mostCalls"));
  const alerts = alertsOf(events);
  const [cost] = alerts.filter(({ rule }) => rule === "llmBudget");
  assert.ok(cost!.value >= 5 && cost!.value <= dollars);
  const [left] = alerts.filter(({ rule }) => rule === "llmExhausted");
  assert.match(left!.text, /mostCalls/);
});
