/** What a model writes of a champion; here scripts do, in this process or over the loopback: SIMULATED, no language model. */
import assert from "node:assert/strict";
import { agentOf } from "popagent/agents/agent.ts";
import { variantNamed } from "popagent/agents/catalogue.ts";
import { authorsOf } from "popagent/agents/told.ts";
import { startGenome } from "popagent/agents/variant.ts";
import type { RecordedEvent } from "popagent/events/event.ts";
import { eventsOfType } from "popagent/events/event.ts";
import { population } from "popagent/experiments/jobs/population.ts";
import type { Act } from "popagent/experiments/language/champion_actions.ts";
import { languageNotes } from "popagent/experiments/language/counts.ts";
import { championOf, distil, distillationQuestion } from "popagent/experiments/language/distillation.ts";
import { type DistilledFacts, factsAt } from "popagent/experiments/language/distilled_facts.ts";
import {
  DISTILLATION_FORM,
  type Distilled,
  ruleAction,
} from "popagent/experiments/language/distilled_rules.ts";
import { fidelityOf } from "popagent/experiments/language/fidelity.ts";
import { foreseenLoops } from "popagent/experiments/language/slow_loops_plan.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { planRun } from "popagent/experiments/run_plan.ts";
import { distillationsTable } from "popagent/figures/distillations_table.ts";
import type { LanguageModel } from "popagent/llm/language_model.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { type Arrived, withProvider, type World } from "../../adapters/llm/fake_provider.ts";
import { completion } from "../../llm/forms.ts";
import { contextOf, panel, sharedDesk, smallConfig, steps } from "../../population/small_run.ts";
import { stumps } from "../../../tools/scripted_distiller.ts";

const SETTINGS = { model: "m", maxTokens: 400 };
const iterations = steps(contextOf(), 6).map(({ event }) => event), event = iterations[1]!;

const CANARY = "sk-canary-5f1d9c7e2b";
const CARD = {
  structured: ["jsonSchema" as const],
  context: 32_000,
  maxOutput: 4000,
  price: { input: 1, output: 4, date: "2026-11-26", source: "a test" },
};

/** Serves what a test makes of the facts that are shown; the n-th request counts from 0. */
function withWriter(
  write: (facts: DistilledFacts, n: number) => Distilled,
  use: (world: World) => Promise<void>,
  budget = { run: { dollars: 1 }, day: { dollars: 2 }, roles: {} },
) {
  return withProvider(
    ({ body, headers }: Arrived, n) => {
      const { content } = (body.messages as { content: string }[])[1]!;
      const said = write(JSON.parse(content), n), text = `${said.text} I was sent ${headers.authorization}.`;
      return new Response(completion(JSON.stringify({ ...said, text })));
    },
    { card: CARD, budget, provider: { key: "SOME_KEY" }, environment: { SOME_KEY: CANARY } },
    use,
  );
}

Deno.test("fidelity matches the worked example", () => {
  // Right are 2, 1 and 1 of two; flat, the most frequent action, is so in 1, 0 and 2. Gains 1/2, 1/2, -1/2: mean 1/6.
  // Deviations 1/3, 1/3, -2/3: autocovariances 2/9, -1/27, -2/27; weights 1, 2/3, 1/3: variance 2/9 - 8/81 = 10/81.
  const read = (_: unknown, row: number, coin: number) => [[1, -1], [1, 1], [-1, 1]][row - 5]![coin]!;
  const actions: Act[][] = [["long", "flat"], ["long", "short"], ["flat", "flat"]];
  const rules = {
    rules: [{ feature: "edge", comparison: "above", threshold: 0, action: "long" }],
    otherwise: "flat",
  } as const;
  const found = fidelityOf({ rules, read, from: 5, actions, coins: [0, 1] })!;
  const { from, to, decisions, agreement, baseline, baselineAction } = found;
  assert.deepEqual([from, to, decisions, agreement, baseline, baselineAction], [
    5,
    7,
    6,
    4 / 6,
    3 / 6,
    "flat",
  ]);
  assert.ok(Math.abs(found.gain - 1 / 6) < 1e-15);
  assert.ok(Math.abs(found.gainError - Math.sqrt(10 / 243)) < 1e-15);
  const constant = fidelityOf({
    rules: { rules: [], otherwise: "flat" },
    read,
    from: 5,
    actions,
    coins: [0, 1],
  })!;
  assert.deepEqual([constant.gain, constant.gainError], [0, 0], "rules that say one thing gain nothing");
  assert.equal(fidelityOf({ rules, read, from: 5, actions: actions.slice(1, 2), coins: [0, 1] }), null);
  assert.equal(
    ruleAction({ rules: rules.rules, otherwise: "short" }, () => NaN),
    "short",
    "what is not known holds nothing",
  );
});

Deno.test("issue 14.5: a champion's account at t knows no row after t, and names no coin, date or price", () => {
  const { row } = event, champion = championOf(event);
  const facts = JSON.stringify(factsAt(sharedDesk, champion, row));
  const cut = createDesk(truncatePanel(panel, row + 1), smallConfig(), 2 ** 26);
  assert.equal(JSON.stringify(factsAt(cut, champion, row)), facts);
  assert.notEqual(
    JSON.stringify(factsAt(sharedDesk, champion, row + 1)),
    facts,
    "the next row is another account",
  );
  assert.doesNotMatch(facts, /BTC|ETH|SOL|DOGE|XRP|20\d\d-/);
  const { decisions, team } = JSON.parse(facts) as DistilledFacts;
  assert.equal(decisions.rows.length, 12 * 5);
  assert.deepEqual(team.map(({ methods }) => methods.length > 0), [true, true, true, true]);
  const closes = panel.coins.map(({ close }) => Number(close[row]!.toPrecision(3)));
  assert.ok(closes.every((close) => !decisions.rows.flat().includes(close)));
});

Deno.test("rows before a trader was told anything say nothing of it, and are neither counted nor shown", () => {
  const { row } = event, since = row - 23;
  const trader = agentOf("trader", startGenome(variantNamed("trader", "languageForecast")));
  const answer = {
    direction: "long",
    size: 0.2,
    leverage: 2,
    target: 0,
    stop: 0,
    confidence: 1,
    rationale: "",
  } as const;
  const proposals = {
    [authorsOf(trader)[0]!]: [{ ...answer, row: since, coin: panel.coins[0]!.coin, validRows: 100 }],
  };
  const { shares, decisions } = factsAt({ ...sharedDesk, proposals }, { ...championOf(event), trader }, row);
  assert.deepEqual(shares, { long: 0.2, short: 0, flat: 0.8 }, "one coin of five, on each of 24 rows");
  assert.equal(new Set(decisions.rows.map(([before]) => before)).size, 12);
  assert.deepEqual([decisions.rows[0]![0], decisions.rows.at(-1)![0]], [22, 0]);
});

Deno.test("issue 14.5: rules read off what is shown beat every constant on later rows, their contrary none, in 6 of 6 champions (simulated)", async () => {
  const scripted = (turn: (answer: Distilled) => Distilled): LanguageModel => ({
    ask: ({ messages }) =>
      Promise.resolve({
        outcome: {
          kind: "proposal",
          value: turn(stumps(JSON.parse(messages[1]!.content))) as never,
          repairs: [],
        },
        calls: [],
      }),
  });
  const contrary = { long: "short", short: "long", flat: "long" } as const;
  const honest = scripted((answer) => answer);
  const lying = scripted(({ rules, otherwise, text }) => ({
    text,
    rules: rules.map((rule) => ({ ...rule, action: contrary[rule.action] })),
    otherwise: contrary[otherwise],
  }));
  for (const one of iterations) {
    const { from, to, gain, baseline } = (await distil(sharedDesk, one, SETTINGS, honest)).fidelity!;
    assert.deepEqual([from, to], [one.row + 1, panel.rows - 1], "rows after the decision, all of them");
    assert.ok(gain > 0 && baseline > 1 / 3, `iteration ${one.k}: ${gain}`);
    assert.ok((await distil(sharedDesk, one, SETTINGS, lying)).fidelity!.gain < 0, `iteration ${one.k}`);
  }
});

Deno.test("issue 14.5: a distillation is asked over the wire, priced beforehand, recorded and replayed to the same bytes (simulated)", () =>
  withWriter(stumps, async ({ open, arrived, folder }) => {
    using recording = await open({ cassettes: "record", folder });
    const first = await distil(sharedDesk, event, SETTINGS, recording);
    assert.deepEqual([first.outcome, first.repaired, first.calls, first.otherwise !== null], [
      "answered",
      false,
      1,
      true,
    ]);
    assert.ok(first.dollars > 0 && first.fidelity !== null);
    assert.match(first.text!, /I was sent Bearer \[key\]\.$/, "a key that comes back is in no event");
    using replay = await open({ cassettes: "replay", folder });
    assert.deepEqual(await distil(sharedDesk, event, SETTINGS, replay), first);
    assert.equal(arrived.length, 1, "a replay sends nothing");
    const { cells } = distillationsTable([event, first]).rows[0]!;
    assert.match(cells.join(), /else (long|short|flat)/);
    const language = { ...contextOf().config.language, distil: [event.k] };
    const [loop] = foreseenLoops(contextOf({ language }));
    const [{ request, further, times }] = loop!.questions as [(typeof loop & object)["questions"][number]];
    const asked = distillationQuestion(factsAt(sharedDesk, championOf(event), event.row), SETTINGS);
    const letters = (messages: unknown) => JSON.stringify(messages).length;
    assert.equal(times, 1);
    assert.ok(
      letters(asked.messages) <= letters(request.messages) + further,
      "no question is longer than its bound",
    );
    assert.ok(letters(asked.messages) > 0.7 * letters(request.messages), "and none is far from its estimate");
  }));

Deno.test("issue 14.5: six rules are sent back once; what does not fit twice is an abstention (simulated)", async () => {
  const six = (facts: DistilledFacts) => {
    const answer = stumps(facts), rule = answer.rules[0]!;
    return { ...answer, rules: Array.from({ length: 6 }, () => rule) };
  };
  await withWriter((facts, n) => n === 0 ? six(facts) : stumps(facts), async ({ open }) => {
    using model = await open();
    const mended = await distil(sharedDesk, event, SETTINGS, model);
    assert.deepEqual([mended.outcome, mended.repaired, mended.calls], ["answered", true, 2]);
  });
  await withWriter(six, async ({ open }) => {
    using model = await open();
    const { outcome, reason, text, rules, otherwise, fidelity, calls } = await distil(
      sharedDesk,
      event,
      SETTINGS,
      model,
    );
    assert.deepEqual([outcome, reason, text, rules, otherwise, fidelity, calls], [
      "abstained",
      "wrongSchema",
      null,
      [],
      null,
      null,
      2,
    ]);
  });
});

Deno.test("issue 14.5: where the budget is spent nothing is sent, and the run says so (simulated)", () =>
  withWriter(stumps, async ({ open, arrived }) => {
    using model = await open();
    const { outcome, reason, dollars } = await distil(sharedDesk, event, SETTINGS, model);
    assert.deepEqual([outcome, reason, dollars, arrived.length], ["unasked", "budget", 0, 0]);
  }, { run: { dollars: 1e-6 }, day: { dollars: 1 }, roles: {} }));

Deno.test("issue 14.5: a run in which champions are distilled is the same run, with a line more an iteration that is named", async () => {
  const model: LanguageModel = {
    ask: ({ messages, form }) =>
      Promise.resolve({
        outcome: form?.name === DISTILLATION_FORM.name
          ? { kind: "proposal", value: stumps(JSON.parse(messages[1]!.content)) as never, repairs: [] }
          : { kind: "abstention", reason: "refused", detail: "a script that trades nothing" },
        calls: [],
      }),
  };
  const run = async (distilled: readonly number[]) => {
    const bare = smallConfig({
      credit: "pipeline",
      mirror: { ...smallConfig().population.mirror, rules: [] },
    });
    const config = {
      ...bare,
      references: false,
      iterations: 2,
      population: {
        ...bare.population,
        agents: { ...bare.population.agents, trader: ["languageForecast", "momentum", "adaptive"] },
        language: { ...bare.population.language, model: "scripted", every: 36, distil: [...distilled] },
      },
    };
    const plan = planRun(config, panel), { config: { population: { language } } } = plan;
    const { events, strategies, proposals } = await population.run({
      plan,
      desk: createDesk(plan.panel, plan.config, 2 ** 28),
      checkpoints: noCheckpoints,
      iterations: [],
      proposals: {},
      onProgress: () => {},
      openModel: () => Promise.resolve({ model, mostCalls: 2, close: () => {} }),
    });
    return { events, language, bytes: JSON.stringify([strategies.map(({ metrics }) => metrics), proposals]) };
  };
  const off = await run([]), on = await run([1, 0, 99]);
  const types = (events: readonly RecordedEvent[]) =>
    events.map(({ type }) => type).filter((type) => type !== "thought");
  assert.deepEqual(types(off.events), ["iteration", "iteration"]);
  assert.deepEqual(types(on.events), ["iteration", "distillation", "iteration", "distillation"]);
  assert.equal(on.bytes, off.bytes);
  assert.deepEqual(on.events.filter(({ type }) => type !== "distillation"), off.events);
  const [note] = languageNotes(
    eventsOfType(on.events, "thought"),
    [],
    [],
    eventsOfType(on.events, "distillation"),
  );
  assert.match(
    note!,
    /scripted: no language model.* asked 2 times to say what the champion does: 2 answers; 0\.0000 USD/s,
  );
});
