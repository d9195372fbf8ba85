/**
 * The event loop with every rule of the account, against the same in C (gcc -O3 -march=native): five plans
 * under five series of limits on a synthetic market. Run: deno run -A bench/event_loop.bench.ts. Without gcc
 * it times TypeScript alone and says so. C reads the same input and must end on the same equities.
 */
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { ewma, ewmaVolatility, simpleReturns } from "../src/core/series.ts";
import { DECLARED_COINS } from "../src/core/universe.ts";
import type { Panel } from "../src/market/panel.ts";
import { syntheticMarket } from "../src/market/synthetic/synthetic_market.ts";
import { ACCOUNT, createAccount } from "../src/simulation/account.ts";
import { createArena } from "../src/simulation/arena.ts";
import type { Arena } from "../src/simulation/arena.ts";
import { bybitCosts } from "../src/simulation/costs.ts";
import { runAccount, simulate } from "../src/simulation/event_loop.ts";
import { createLimits, LIMITS_WIDTH } from "../src/simulation/limits.ts";
import type { Limits } from "../src/simulation/limits.ts";
import { createPlan, PLAN, planIndex } from "../src/simulation/plan.ts";
import type { Plan } from "../src/simulation/plan.ts";

const FROM = 360;
const REPEATS = 30;
const GOAL_NANOSECONDS = 30;
const GOAL_RATIO = 2.5;
const TOLERANCE = 1e-9;

/** Trend followers of five speeds: entry at .8 sd, size re-set daily, stops and targets; one enters by limit orders. */
function trendPlan(panel: Panel, span: number, leverage: number, limitOffset: number): Plan {
  const plan = createPlan(panel.rows, DECLARED_COINS.length);
  panel.coins.forEach(({ close }, coin) => {
    const returns = simpleReturns(close);
    const mean = ewma(returns, 2 / (span + 1)), sd = ewmaVolatility(returns);
    let side = 0, size = 0;
    for (let row = 0; row < panel.rows; row++) {
      const score = mean[row]! / sd[row]! * Math.sqrt(span);
      if (side * score < 0) side = 0;
      if (side === 0 && Math.abs(score) > 0.8) side = Math.sign(score);
      if (row % 6 === 0) size = Math.min(1, Math.max(0.3, Math.abs(score)));
      const at = planIndex(DECLARED_COINS.length, row, coin);
      plan.values[at + PLAN.conviction] = side * size;
      plan.values[at + PLAN.leverage] = leverage;
      plan.values[at + PLAN.baseSize] = 0.1;
      plan.values[at + PLAN.riskPerTrade] = 0.02;
      plan.values[at + PLAN.stop] = 4 * sd[row]!;
      plan.values[at + PLAN.target] = 6 * sd[row]!;
      plan.values[at + PLAN.limitOffset] = limitOffset * sd[row]!;
      plan.values[at + PLAN.limitRows] = 3;
    }
  });
  return plan;
}

function constantLimits(rows: number, maxLeverage: number): Limits {
  const limits = createLimits(rows);
  for (let row = 0; row < rows; row++) {
    limits.values.set([maxLeverage, 0.2, 0.2, 0.05, 0.4, maxLeverage], row * LIMITS_WIDTH); // in the order of LIMITS
  }
  return limits;
}

interface Stage {
  readonly arena: Arena;
  readonly plans: readonly Plan[];
  readonly limits: readonly Limits[];
}

function stageOf(rows: number): Stage {
  const { panel } = syntheticMarket({ seed: 1, rows, mode: "default", ic: 0 });
  return {
    arena: createArena(panel, bybitCosts, panel.instruments),
    plans: [10, 20, 40, 80, 160].map((span, i) => trendPlan(panel, span, 3 + i, i === 1 ? 0.5 : 0)),
    limits: [1, 2, 3, 4, 5].map((leverage) => constantLimits(rows, leverage)),
  };
}

interface Timing {
  /** Best of the repeats, ns per bar of one coin. */
  readonly nanoseconds: number;
  readonly finals: readonly number[];
}

/** Best of the repeats over all pairs of plan and limits; `run` gives a final equity. */
function time(stage: Stage, run: (plan: Plan, limits: Limits) => number): Timing {
  const { arena, plans, limits } = stage;
  let best = Infinity, finals: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    finals = plans.flatMap((plan) => limits.map((limit) => run(plan, limit)));
    best = Math.min(best, performance.now() - start);
  }
  return { nanoseconds: best * 1e6 / (finals.length * (arena.rows - FROM) * DECLARED_COINS.length), finals };
}

function bareLoop(stage: Stage): Timing {
  return time(stage, (plan, limits) => {
    const account = createAccount(DECLARED_COINS.length);
    runAccount(account, stage.arena, plan, limits, FROM, stage.arena.rows, {
      adoptTeam: false,
      record: null,
      trace: null,
    });
    return account[ACCOUNT.equity]!;
  });
}

/** The same in C; null, with the reason said, where no gcc is. */
async function timeC(stage: Stage): Promise<Timing | null> {
  const folder = await Deno.makeTempDir();
  try {
    const source = fileURLToPath(new URL("c/event_loop.c", import.meta.url));
    const program = join(folder, "event_loop"), data = join(folder, "input.bin");
    if (await run("gcc", ["-O3", "-march=native", "-o", program, source, "-lm"]) === null) return null;
    await Deno.writeFile(data, inputOf(stage));
    const printed = await run(program, [data, `${REPEATS}`]);
    if (printed === null) return null;
    const [first, ...rest] = printed.trim().split("\n").map((line) => Number(line.split(" ")[1]));
    return { nanoseconds: first!, finals: rest };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The binary input that c/event_loop.c describes. */
function inputOf({ arena, plans, limits }: Stage): Uint8Array<ArrayBuffer> {
  const flags = Float64Array.from({ length: 2 * arena.rows }, (_, i) => {
    return (i % 2 === 0 ? arena.dayStartsAtClose : arena.settles)[i >> 1]!;
  });
  const columns = [
    arena.bars,
    arena.capacity,
    flags,
    arena.rules,
    Float64Array.of(arena.takerFee, arena.makerFee, arena.drawdown === "scale" ? 1 : 0),
    ...plans.map((plan) => plan.values),
    ...limits.map((limit) => limit.values),
  ];
  const head = Int32Array.of(arena.rows, FROM, plans.length, limits.length);
  const bytes = new Uint8Array(head.byteLength + columns.reduce((sum, column) => sum + column.byteLength, 0));
  let at = 0;
  for (const part of [head, ...columns]) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

async function run(command: string, args: string[]): Promise<string | null> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, { args }).output();
    if (success) return new TextDecoder().decode(stdout);
    console.log(`${command} failed, C is skipped: ${new TextDecoder().decode(stderr)}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log(`There is no ${command} here, C is skipped.`);
  }
  return null;
}

const stage = stageOf(4380);
const ours = bareLoop(stage), c = await timeC(stage);
let fills = 0, payments = 0;
for (const plan of stage.plans) {
  const { trace, totals } = simulate(stage.arena, plan, stage.limits[2]!, { from: FROM, trace: true });
  const funding = trace!.kind.subarray(0, trace!.length).filter((kind) => kind === 7).length;
  fills += (trace!.length - funding) / stage.plans.length;
  payments += funding / stage.plans.length;
  if (totals.closed) throw new Error("Cannot time the loop as an account was lost: choose other plans");
}
console.log(
  `per simulation of ${stage.arena.rows - FROM} rows: ${fills} fills and ${payments} fundings on average`,
);
console.log(
  `TypeScript ${ours.nanoseconds.toFixed(1)} ns per coin-bar, goal <= ${GOAL_NANOSECONDS}: ${
    ours.nanoseconds <= GOAL_NANOSECONDS ? "met" : "MISSED"
  }`,
);
if (c) {
  ours.finals.forEach((equity, i) => {
    if (!(Math.abs(equity / c.finals[i]! - 1) <= TOLERANCE)) {
      throw new Error(`Cannot compare with C as run ${i} must end alike: ${equity} and ${c.finals[i]}`);
    }
  });
  const ratio = ours.nanoseconds / c.nanoseconds;
  console.log(
    `C ${c.nanoseconds.toFixed(1)} ns, all ${c.finals.length} final equities agree; ratio ${
      ratio.toFixed(2)
    }x, ` +
      `goal <= ${GOAL_RATIO}x: ${ratio <= GOAL_RATIO ? "met" : "MISSED"}`,
  );
}
for (
  const [name, options] of [["equity kept", {}], ["all kept and traced", {
    record: "full",
    trace: true,
  }]] as const
) {
  const kept = time(stage, (plan, limits) => {
    return simulate(stage.arena, plan, limits, { from: FROM, ...options }).account[ACCOUNT.equity]!;
  });
  console.log(`simulate(), ${name}: ${kept.nanoseconds.toFixed(1)} ns`);
}
for (const rows of [1095, 2190, 4380, 8766]) {
  console.log(`${rows} rows: ${bareLoop(stageOf(rows)).nanoseconds.toFixed(1)} ns`);
}
