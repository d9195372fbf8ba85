/** Mutants that a model proposes; here a script does, over the loopback: SIMULATED, no language model. */
import assert from "node:assert/strict";
import { agentOf } from "popagent/agents/agent.ts";
import { geneSet } from "popagent/agents/variant.ts";
import { eventsOfType, type RecordedEvent } from "popagent/events/event.ts";
import { countChanges, totalChanges } from "popagent/events/change_counts.ts";
import { asker } from "popagent/experiments/language/asker.ts";
import { languageNotes } from "popagent/experiments/language/counts.ts";
import { type ForeseenLoop, foreseenLoops } from "popagent/experiments/language/slow_loops_plan.ts";
import { scriptedCompletion, scriptMarket } from "popagent/experiments/language/scripted.ts";
import {
  heldToRanges,
  suggestionMessages,
  withSuggestions,
} from "popagent/experiments/language/suggestions.ts";
import { populationLearner } from "popagent/experiments/learners/population.ts";
import { hashedConfig, writtenConfig } from "popagent/experiments/hashed_config.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { follow, writeIteration } from "popagent/experiments/prequential.ts";
import { genesOf } from "popagent/genome/gene.ts";
import { decodeGenome } from "popagent/genome/genome.ts";
import type { Role } from "popagent/genome/role.ts";
import type { LanguageModel } from "popagent/llm/language_model.ts";
import { startState } from "popagent/population/state.ts";
import { withGenes } from "popagent/population/suggested_mutants.ts";
import { completion } from "../../llm/forms.ts";
import { type Arrived, withProvider, type World } from "../../adapters/llm/fake_provider.ts";
import { panel, smallConfig } from "../../population/small_run.ts";

const ITERATIONS = 3, STEP = 2; // of three iterations the last is the one transfer step

function contextOf(mutants: readonly Role[], mostCalls = 300) {
  const bare = smallConfig({
    credit: "pipeline",
    mutation: "off",
    transfer: "none",
    mirror: { ...smallConfig().population.mirror, rules: [] },
  });
  const population = {
    ...bare.population,
    agents: { ...bare.population.agents, trader: ["languageForecast", "momentum", "adaptive"] },
    language: {
      ...bare.population.language,
      model: "m",
      every: 36,
      validRows: 36,
      mostCalls,
      mutants: [...mutants],
      research: { analyst: "momentum", researcher: "bayesian" },
      mask: { coins: false, dates: false },
    },
  };
  const config = { ...bare, references: false, population };
  const { clock } = config;
  return {
    desk: createDesk(panel, config, 2 ** 28),
    config: population,
    clock,
    seed: 1,
    iterations: 7,
    whole: config,
  };
}

async function run(model: LanguageModel, context: ReturnType<typeof contextOf>) {
  const asked = { model, mostCalls: 2 };
  const ask = withSuggestions(asker(context, asked), context, asked);
  const followed = await follow(
    populationLearner("population", context, false, () => {}, ask),
    ITERATIONS,
    noCheckpoints,
    () => {},
  );
  const events = followed.events as RecordedEvent[], { state, bars } = followed;
  return {
    state,
    book: bars.champion,
    iterations: eventsOfType(events, "iteration"),
    thoughts: eventsOfType(events, "thought"),
    suggestions: eventsOfType(events, "suggestion"),
    bytes: JSON.stringify([state, writeIteration({ events, bars })]),
  };
}

/** Answers about coins as the truth script does; about mutants as a test says. */
async function withMutants(answer: (shown: Shown) => unknown, use: (world: World) => Promise<void>) {
  const market = scriptMarket(createDesk(panel, smallConfig(), 2 ** 24));
  await withProvider(({ body }: Arrived) => {
    const { messages, response_format } = body as {
      messages: { content: string }[];
      response_format: { json_schema: { name: string } };
    };
    if (response_format.json_schema.name !== "mutants") {
      return new Response(scriptedCompletion("scripted-truth", market, body));
    }
    const said = answer(JSON.parse(messages[1]!.content));
    return new Response(completion(typeof said === "string" ? said : JSON.stringify(said)));
  }, {
    card: {
      structured: ["jsonSchema"],
      context: 32_000,
      maxOutput: 4000,
      price: { input: 1, output: 4, date: "2026-11-26", source: "a test" },
    },
  }, use);
}

interface Shown {
  readonly role: Role;
  readonly agents: {
    readonly agent: number;
    readonly credit: number | null;
    readonly genes: Record<string, { readonly value: number; readonly min: number; readonly max: number }>;
  }[];
}

/** Puts the first gene of every agent at its largest value, and says some things that there are not. */
const eager = ({ agents }: Shown) => ({
  rationale: "a script, no model",
  mutants: [
    ...agents.map(({ agent, genes }) => {
      const [name, { max }] = Object.entries(genes)[0]!;
      return {
        agent,
        changes: [{ gene: name, value: 10 * max }, { gene: "noSuchGene", value: 1 }, {
          gene: name,
          value: max,
        }],
      };
    }),
    { agent: 99, changes: [{ gene: "stop", value: 1 }] },
  ],
});

Deno.test("issue 14: proposed mutants are clamped, tested, counted and charged, and replay to the same bytes (simulated)", () =>
  withMutants(eager, async ({ open, arrived, folder }) => {
    const context = contextOf(["trader", "risk"]);
    using recording = await open({ cassettes: "record", folder });
    const first = await run(recording, context);
    const sent = arrived.length;
    assert.deepEqual(
      first.suggestions.map(({ k, role, outcome, clamped, dropped }) => [k, role, outcome, clamped, dropped]),
      [
        [STEP, "trader", "answered", 3, 7],
        [STEP, "risk", "answered", 3, 7],
      ],
    );
    const { mutations, refused } = first.iterations[STEP]!;
    assert.ok(
      first.iterations.slice(0, STEP).every((one) => one.mutations.length + one.refused.length === 0),
    );
    assert.equal(mutations.length + refused.length, 6, "each proposal is settled, one way or the other");
    for (const { cause, outcome, tries, scores } of mutations) {
      assert.deepEqual([cause, outcome, tries], ["suggested", "kept", 1]);
      assert.ok(scores![1] > scores![0], "kept only where the partners score higher");
    }
    for (const { change, tries, scores } of refused) {
      assert.equal(change, "mutation");
      assert.ok(tries === 0 ? scores === null : scores![1] <= scores![0]);
    }
    assert.ok(mutations.length > 0 && refused.some(({ tries }) => tries === 1), "the test says yes and no");
    assert.ok(refused.some(({ tries }) => tries === 0), "the best of a kind stays as it is, untested");
    const tried = [...mutations, ...refused].reduce((sum, { tries }) => sum + tries, 0);
    const counts = totalChanges(countChanges(first.iterations)).mutations;
    assert.deepEqual([counts.tried, counts.kept, counts.untested], [tried, mutations.length, 0]);
    for (const { role, agent, after } of mutations) {
      assert.deepEqual(first.state.genomes[role][agent]!.coordinates, after);
    }
    const asked = [...first.thoughts, ...first.suggestions];
    assert.equal(first.state.told!.calls, asked.reduce((sum, { calls }) => sum + calls, 0));
    const paid = first.book.modelCost.reduce((sum, x) => sum + x, 0);
    assert.ok(Math.abs(paid - asked.reduce((sum, { dollars }) => sum + dollars, 0)) < 1e-12);
    const [{ questions, counted }] = foreseenLoops({ ...context, iterations: ITERATIONS }) as [ForeseenLoop];
    assert.ok(
      counted && questions.every(({ times }) => times === 1),
      "a transfer step, two roles: as the plan says",
    );
    const letters = (messages: unknown) => JSON.stringify(messages).length;
    const bodies = arrived.map(({ body }) => JSON.stringify(body.messages));
    for (const [i, role] of ["trader", "risk"].entries()) {
      const own = bodies.filter((body) => body.includes(JSON.stringify(`{"role":"${role}"`).slice(1, -1)));
      const { request, further } = questions[i]!;
      assert.equal(own.length, 1);
      assert.ok(own[0]!.length <= letters(request.messages) + further, "no longer than what is priced");
    }
    assert.match(
      languageNotes(first.thoughts, [], first.suggestions)[0]!,
      /2 times for mutants: 2 answers named 6/,
    );
    using replay = await open({ cassettes: "replay", folder });
    assert.equal((await run(replay, context)).bytes, first.bytes);
    assert.equal(arrived.length, sent, "a replay sends nothing");

    // off, which is the default, the same run moves nobody
    const off = await run(replay, contextOf([]));
    assert.deepEqual([off.suggestions.length, off.iterations[STEP]!.mutations.length], [0, 0]);
  }));

Deno.test("issue 14: what cannot be read proposes nothing, and beyond mostCalls nobody is asked (simulated)", () =>
  withMutants(() => "Buy!", async ({ open }) => {
    using model = await open({ cassettes: "live" });
    const all = await run(model, contextOf(["risk"]));
    const [suggestion] = all.suggestions;
    assert.deepEqual([suggestion!.outcome, suggestion!.reason, suggestion!.calls], [
      "abstained",
      "noJson",
      2,
    ]);
    assert.equal(all.iterations[STEP]!.refused.length, 0);
    const poor = await run(model, contextOf(["risk"], 2));
    assert.deepEqual([poor.suggestions[0]!.outcome, poor.suggestions[0]!.reason], ["unasked", "mostCalls"]);
  }));

Deno.test("issue 14: what a model is shown names neither coin nor date; what it says stays within declared ranges", () => {
  const context = contextOf(["trader"]);
  const state = startState(context.config, 1, context.desk.arena.coins, 10_000);
  const [system, user] = suggestionMessages("trader", state);
  assert.doesNotMatch(system!.content + user!.content, /BTC|ETH|SOL|DOGE|XRP|20\d\d-/);
  const { agents }: Shown = JSON.parse(user!.content);
  for (const role of ["analyst", "researcher", "trader", "risk"] as const) {
    state.genomes[role].forEach((genome, agent) => {
      const { variant } = agentOf(role, genome), set = geneSet(variant);
      for (const value of [-1e9, 1e9]) {
        const changes = genesOf(set).map(({ name }) => ({ gene: name, value }));
        const held = heldToRanges({ rationale: "", mutants: [{ agent, changes }] }, state.genomes, role);
        const mutant = withGenes(set, genome, held.mutants[0]!.changes);
        assert.ok(mutant.coordinates.every((x) => x >= 0 && x <= 1), variant.name);
        decodeGenome(set, mutant);
      }
      const same = genesOf(set).slice(0, 0);
      assert.equal(withGenes(set, genome, same as never), genome, "nothing asked, nothing moved");
    });
  }
  assert.equal(agents.length, 3);
});

Deno.test("settings of runs for which no mutants are asked keep their bytes and their hash", () => {
  const { whole } = contextOf([]), asking = contextOf(["risk"]).whole;
  assert.ok(!JSON.stringify([hashedConfig(whole), writtenConfig(whole)]).includes("mutants"));
  assert.ok(JSON.stringify(hashedConfig(asking)).includes(`"mutants":["risk"]`));
});
