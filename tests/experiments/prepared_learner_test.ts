/** A learner that asks before it goes on: a scripted trader proves the door that a language model will use. */
import assert from "node:assert/strict";
import { declareVariant, VARIANTS } from "popagent/agents/catalogue.ts";
import type { Variant } from "popagent/agents/variant.ts";
import { populationLearner } from "popagent/experiments/learners/population.ts";
import { eventsOfType, type RecordedEvent } from "popagent/events/event.ts";
import { finalCredit } from "popagent/experiments/final_credit.ts";
import { createDesk, growDesk } from "popagent/experiments/market.ts";
import { truncatePanel } from "popagent/market/panel.ts";
import { type Checkpoints, noCheckpoints } from "popagent/experiments/ports/checkpoints.ts";
import { follow, type Followed } from "popagent/experiments/prequential.ts";
import type { Proposal } from "popagent/inventory/trader/proposal.ts";
import { decisionRow, type PopulationConfig } from "popagent/population/config.ts";
import { decide } from "popagent/population/decide.ts";
import { learn } from "popagent/population/learn.ts";
import { onClose, startSession } from "popagent/population/session.ts";
import type { PopulationState } from "popagent/population/state.ts";
import { checkpointFiles } from "popagent/adapters/runs/checkpoint_files.ts";
import { contextOf, panel, smallConfig } from "../population/small_run.ts";

const SCRIPTED: Variant<"trader"> = {
  ...VARIANTS.trader[0]!,
  name: "scripted",
  summary: "Trades what a script proposes",
  identity: { ...VARIANTS.trader[0]!.identity, style: "proposed" },
};
declareVariant(SCRIPTED);

const ITERATIONS = 3;
/** Three play in each role: the scripted trader is one of them. */
const population: Partial<PopulationConfig> = {
  size: 3,
  transferEvery: 2,
  committeeShare: 5 / 81,
  agents: { analyst: null, researcher: null, trader: ["aggressive", "contrarian", "scripted"], risk: null },
};
const freshDesk = () => createDesk(panel, smallConfig(), 2 ** 28);

/** What a script says at the decision of iteration k. */
type Script = (k: number, row: number) => Partial<Proposal>;
const longs: Script = () => ({ direction: "long" });
const shorts: Script = () => ({ direction: "short" });

interface Told {
  readonly followed: Followed<PopulationState, unknown, "champion" | "committee">;
  /** Iterations that the script was asked about. */
  readonly asked: readonly number[];
}

async function run(
  script: Script,
  desk = freshDesk(),
  checkpoints: Checkpoints = noCheckpoints,
  killAt = Infinity,
  change: Partial<PopulationConfig> = {},
): Promise<Told> {
  const context = contextOf({ ...population, ...change }, desk);
  const asked: number[] = [];
  const learner = {
    ...populationLearner("population", context),
    prepare: ({ k }: PopulationState) => {
      if (k === killAt) throw new Error("killed");
      asked.push(k);
      const row = decisionRow(k, context.clock);
      const said: Proposal = {
        row,
        coin: "ETH",
        direction: "flat",
        size: 0.3,
        leverage: 3,
        target: 0.2,
        stop: 0.1,
        confidence: 1,
        rationale: "as the script says",
        validRows: 30,
        ...script(k, row),
      };
      return Promise.resolve({ proposals: { scripted: [said] }, thoughts: [] });
    },
  };
  return { followed: await follow(learner, ITERATIONS, checkpoints, () => {}), asked };
}

const told = new Map<Script, Promise<Told>>();

/** The run of a script on a desk of its own: computed once, for every test that compares with it. */
function whole(script: Script): Promise<Told> {
  const known = told.get(script) ?? run(script);
  told.set(script, known);
  return known;
}

/** Score that the scripted trader was ranked by, iteration by iteration. */
function scores({ followed }: Told) {
  return followed.events.map((event) => {
    const { agents } = event as { agents: { trader: { variant: string; credit: number }[] } };
    return agents.trader.find(({ variant }) => variant === "scripted")!.credit;
  });
}

Deno.test("what is proposed before an iteration becomes part of the state, and of what its agent does from then on", async () => {
  const [long, short] = [await whole(longs), await whole(shorts)];
  assert.deepEqual(long.asked, [0, 1, 2]);
  assert.deepEqual(long.followed.state.proposals.scripted!.map(({ row }) => row), [419, 455, 491]);
  assert.equal(scores(long)[0], scores(short)[0], "nothing proposed has been traded at the first decision");
  assert.notEqual(scores(long)[1], scores(short)[1]);
});

Deno.test("shared series know what was proposed: another script on a used desk gives what it gives on a fresh one", async () => {
  const desk = freshDesk();
  await run(longs, desk);
  assert.deepEqual((await run(shorts, desk)).followed, (await whole(shorts)).followed);
});

Deno.test("a killed run is resumed to the same bytes, and is not asked again what it was told", async () => {
  const uninterrupted = await whole(shorts);
  const folder = await Deno.makeTempDir();
  try {
    await assert.rejects(run(shorts, freshDesk(), checkpointFiles(folder), 2), /killed/);
    const { followed, asked } = await run(shorts, freshDesk(), checkpointFiles(folder));
    assert.deepEqual(followed, uninterrupted.followed);
    assert.deepEqual(asked, [2]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a proposal that breaks a rule stops the run and says which; it is never bent into an order", async () => {
  const bad: readonly [Partial<Proposal>, RegExp][] = [
    [{ leverage: 0 }, /proposal's leverage/],
    [{ coin: "PEPE" }, /proposal's coin/],
    [{ row: panel.rows }, /proposal's row/],
    [{ row: 418 }, /proposal's row breaks a rule: must be one of 419\.\.454: current value is 418/],
    [{ row: 455 }, /must be one of 419\.\.454: current value is 455/], // the next decision's own
    [{ direction: "buy" as "long" }, /proposal's direction/],
  ];
  for (const [said, message] of bad) {
    await assert.rejects(run(() => said), message);
  }
});

Deno.test("who decides from outside is taught by every operator like any other: trials read the proposals too", async () => {
  const seen = new Set<string>();
  for (const transfer of ["none", "softUpdate", "distillation", "selective", "hybrid"] as const) {
    const { followed } = await run(longs, freshDesk(), noCheckpoints, Infinity, {
      transfer,
      transferTau: .5,
    });
    seen.add(JSON.stringify(followed.state.genomes));
  }
  assert.equal(seen.size, 5, "five operators, five populations");
});

Deno.test("learning looks at what agents were told: how unlike the traders act depends on the script", async () => {
  const context = contextOf(population, freshDesk());
  const { state } = (await whole(longs)).followed;
  const decided = { ...state, k: state.k - 1 }; // the last iteration once more
  const unlike = (proposals: PopulationState["proposals"]) => {
    const told = { ...decided, proposals };
    return learn(decide(told, context), told, context).diversity.trader;
  };
  const reversed = state.proposals.scripted!.map((said): Proposal => ({ ...said, direction: "short" }));
  assert.notDeepEqual(unlike(state.proposals), unlike({ scripted: reversed }));
});

Deno.test("what nobody who plays has proposed is refused, whoever says it", async () => {
  for (const author of ["nobody", "aggressive"]) {
    const context = contextOf(population, freshDesk());
    const learner = {
      ...populationLearner("population", context),
      prepare: () => Promise.resolve({ proposals: { [author]: [] }, thoughts: [] }),
    };
    await assert.rejects(
      follow(learner, 1, noCheckpoints, () => {}),
      /author must be a trader .* one of scripted/,
    );
  }
});

Deno.test("the credit that a run ends with is that of agents who were told what they were told", async () => {
  const { followed } = await whole(longs);
  const desk = freshDesk();
  const told = { ...contextOf(population, { ...desk, proposals: followed.state.proposals }) };
  const events = eventsOfType(followed.events as RecordedEvent[], "iteration");
  const shapley = (context: typeof told) =>
    finalCredit(context, events).find(({ variant }) => variant === "scripted")!.shapley;
  assert.notEqual(shapley(told), shapley(contextOf(population, desk)), "or the proposals were not read");
});

Deno.test("a session hears proposals at the rows that decide, and refuses a state that has been passed by", () => {
  const context = contextOf(population, freshDesk());
  const state = populationLearner("population", context).start();
  const at = (rows: number) => ({
    ...context,
    desk: growDesk(context.desk, truncatePanel(panel, rows), smallConfig()),
  });
  assert.throws(
    () => onClose(startSession(state), at(430)),
    /must not be past row 419, where iteration 0 decides/,
  );
  const said = { scripted: [] };
  assert.deepEqual(onClose(startSession(state), at(420), said).session.state.proposals, said);
});
