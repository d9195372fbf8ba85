/** The same proof for what somebody adds: each method, column, agent and strategy by itself, with the first row that changed. */
import { agentOf } from "../../agents/agent.ts";
import { startGenome, type Variant } from "../../agents/variant.ts";
import { type CatalogueEntry, columnBars } from "../../features/catalogue.ts";
import type { Panel } from "../../market/panel.ts";
import { LIMITS_WIDTH } from "../../simulation/limits.ts";
import { PLAN_WIDTH } from "../../simulation/plan.ts";
import type { PassiveReference } from "../references/passive.ts";
import { roleSeries, team } from "./agent_outputs.ts";
import type { LeakLayer } from "./leakcheck.ts";
import { methodsOutputs, type PooledMethod, samplerSeries } from "./method_outputs.ts";
import { boundaryRows, plantedPanel } from "./planted_market.ts";
import { type Computation, type Outputs, probe, type RowSeries, type Violation } from "./probe.ts";
import { probedConfig } from "./probed_config.ts";
import { deskOf } from "./run_outputs.ts";
import { cuts, futures, type Trial } from "./trials.ts";

/** What is probed, as it was written: nothing looks at its values before they are compared. */
export interface OwnParts {
  readonly methods: readonly PooledMethod[];
  readonly columns: readonly { readonly name: string; readonly entry: CatalogueEntry }[];
  readonly agents: readonly Variant[];
  readonly strategies: readonly { readonly name: string; readonly strategy: PassiveReference }[];
}

/** Where a part knew the future. */
export interface FirstChange {
  /** Which of its outputs. */
  readonly output: string;
  /** The earliest row that changed. */
  readonly row: number;
  /** The last row that was left as it was; what came after was cut off or replaced. */
  readonly after: number;
  /** What stood there with the true future. */
  readonly whole: string;
  /** What stood there with the other one. */
  readonly changed: string;
}

/** What was found of one part. */
export interface PartFinding {
  /** "method analyst.features slope", "column wave", "analyst mine", "strategy calendar". */
  readonly name: string;
  /** What kind of thing it is. */
  readonly layer: LeakLayer;
  /** True if nothing of it knew the future, and it could be looked at. */
  readonly holds: boolean;
  /** Other futures that it was shown. */
  readonly worlds: number;
  /** Values compared. */
  readonly compared: number;
  /** Null where nothing changed, or it could not be looked at. */
  readonly first: FirstChange | null;
  /** What a person is to read of one that does not hold; "" of others. */
  readonly told: string;
}

/** A part that is still to be probed. */
export interface PartCheck {
  readonly name: string;
  readonly run: () => Promise<PartFinding>;
}

/** Rows of the market, and from which on a strategy trades. */
const ROWS = 640, FROM = 360;

/**
 * A check a part, on a synthetic market of 640 rows and five coins.
 *
 * @param seed Of the market.
 */
export function partChecks({ methods, columns, agents, strategies }: OwnParts, seed: number): PartCheck[] {
  const panel = plantedPanel(ROWS, seed);
  const trials = [
    ...cuts(panel, boundaryRows(panel, 380, ROWS - 1, 8)),
    ...futures(panel, boundaryRows(panel, 400, 600, 2), ["tenfold", "reversed", "otherCoin"]),
  ];
  const check = (
    name: string,
    layer: LeakLayer,
    series: (world: Panel) => readonly RowSeries[],
  ): PartCheck => ({
    name,
    run: async () => ({
      name,
      layer,
      ...await probePart(panel, trials, (world) => ({ series: series(world) })),
    }),
  });
  const config = probedConfig();
  return [
    ...methods.map((method) =>
      check(
        `method ${method.pool} ${method.key}`,
        "methods",
        (world) =>
          method.pool === "researcher.uncertainty"
            ? samplerSeries(method, world)
            : methodsOutputs([method], world).series,
      )
    ),
    ...columns.map(({ name, entry }) =>
      check(`column ${name}`, "features", (world) =>
        world.coins.map(({ coin }, i) => ({
          name: coin,
          values: entry.compute(columnBars(world, i), entry.defaults),
        })))
    ),
    ...agents.map((variant) => {
      const { role, name } = variant;
      return check(
        `${role} ${name}`,
        "agents",
        (world) =>
          roleSeries(deskOf(world, config), role, {
            ...team(2),
            [role]: agentOf(role, startGenome(variant)),
          }),
      );
    }),
    ...strategies.map(({ name, strategy }) =>
      check(`strategy ${name}`, "agents", (world) => {
        const { plan, limits } = strategy.mandate(deskOf(world, config), FROM);
        return [
          { name: "plan", values: plan.values, width: plan.coins * PLAN_WIDTH },
          { name: "limits", values: limits.values, width: LIMITS_WIDTH },
        ];
      })
    ),
  ];
}

type Found = Omit<PartFinding, "name" | "layer">;

const UNSEEN: Found = { holds: false, worlds: 0, compared: 0, first: null, told: "" };

/**
 * Probes one part. A world of made-up futures in which it fails is left out, as it may refuse prices that cannot be; one
 * that is merely shorter may not make it fail.
 */
async function probePart(
  panel: Panel,
  trials: readonly Trial[],
  compute: (world: Panel) => Outputs,
): Promise<Found> {
  const seen = new Map<Panel, Outputs>(), shown: Trial[] = [];
  try {
    seen.set(panel, withWitness(panel, compute(panel)));
  } catch (error) {
    return { ...UNSEEN, told: `It could not be looked at: ${messageOf(error)}` };
  }
  const again: Trial = { name: AGAIN, t: panel.rows - 1, panel: () => ({ ...panel }), openIsTrue: true };
  for (const trial of [again, ...trials]) {
    const world = trial.panel();
    try {
      seen.set(world, withWitness(world, compute(world)));
      shown.push({ ...trial, panel: () => world });
    } catch (error) {
      if (trial.name !== "cut") continue;
      return { ...UNSEEN, told: `It fails where the rows after ${trial.t} are cut off: ${messageOf(error)}` };
    }
  }
  const known: Computation = (world) => seen.get(world)!;
  const { violations, compared: all } = await probe(panel, shown, known);
  const worlds = shown.length - 1, compared = all - shown.reduce((sum, { t }) => sum + t + 1, 0); // less the witness's
  const [changed] = violations.toSorted((a, b) =>
    Number(b.trial === AGAIN) - Number(a.trial === AGAIN) || a.row - b.row
  );
  if (changed === undefined) {
    const told = compared > 0 ? "" : "It could not be looked at: it gives no values.";
    return { holds: compared > 0, worlds, compared, first: null, told };
  }
  const { output, row, t, whole, changed: other } = changed;
  const first = changed.trial === AGAIN ? null : { output, row, after: t, whole, changed: other };
  return { holds: false, worlds, compared, first, told: sentence(changed) };
}

/** The trial that changes nothing: whoever differs there is no function of what it is given. */
const AGAIN = "again";

/** Prices beside the outputs: they differ in every future, so that an output which never moves is not taken for deaf. */
function withWitness(world: Panel, { series }: Outputs): Outputs {
  return { series: [...series, { name: "close", values: world.coins[0]!.close }] };
}

const HOW: Readonly<Record<string, string>> = {
  cut: "cut off",
  tenfold: "ten times as large",
  reversed: "in reverse order",
  otherCoin: "those of another coin",
};

function sentence({ trial, output, row, t, whole, changed }: Violation): string {
  if (trial === AGAIN) {
    return `It gives other values on the same bars: ${output} at row ${row} is ${whole}, then ${changed}. ` +
      "It must be a function of what it is given.";
  }
  if (row > t) {
    return `It gives rows that it was not given: ${output} at row ${row}, where the rows after ${t} are ${
      HOW[trial]
    }.`;
  }
  return `It knows the future: ${output} at row ${row} is ${whole}, and ${changed} where the rows after ${t} are ` +
    `${HOW[trial]}. Value t may read rows up to t alone.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
