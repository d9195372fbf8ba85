/**
 * Does credit find the role that knows? On the world `one-role` one role alone can see the edge. Its exact Shapley value there, less that on the
 * twin market of the same seed without the edge, must be the largest of the four.
 */
import * as z from "zod";
import type { Pipeline } from "../../agents/agent.ts";
import { shadowReturns } from "../../agents/desk.ts";
import { byRole, type Role, ROLES } from "../../genome/role.ts";
import { pipelineShapley } from "../../population/credit.ts";
import { declaredGenomes, membersOf } from "../../population/members.ts";
import { annualSharpe } from "../../stats/sharpe.ts";
import { type PopulationRunConfig, populationRunConfig, settingsSchema } from "../config.ts";
import { createDesk, marketOf } from "../market.ts";
import type { ThresholdCheck } from "../validation.ts";
import { withSpecialist } from "./planted_specialist.ts";

/** The role that alone can see the edge. */
export const PLANTED_ROLE: Role = "trader";
/** The least edge that a maker takes: none that anybody could see. The twin is made of the same draws. */
export const NO_EDGE = 1e-9;
/** The declared agents who play beside the specialist: the third of each role. */
const TEAM = 2;
const MEMO_BYTES = 256 * 2 ** 20;

const values = z.strictObject({
  analyst: z.number(),
  researcher: z.number(),
  trader: z.number(),
  risk: z.number(),
});
export const roleCreditSchema = z.strictObject({
  marketSeed: z.int(),
  withEdge: values.describe("Shapley values of the roles, annual net Sharpe ratio"),
  withoutEdge: values.describe("The same on the twin"),
  alone: values.describe("Of the specialist among default agents, on the market with the edge"),
  efficiency: z.number().min(0).describe("Largest difference of a sum of values from v(all) - v(none)"),
});
/** Credit of the roles on one market and its twin. */
export type RoleCredit = Readonly<z.output<typeof roleCreditSchema>>;

/** The settings of a market of the proof. */
export function roleCreditConfig(marketSeed: number, rows: number, ic: number): PopulationRunConfig {
  return populationRunConfig(
    settingsSchema.parse({
      data: { source: "synthetic" },
      market: { mode: "one-role", ic, rows, seed: marketSeed },
    }),
  );
}

/** Credit of the roles on one market of `rows` rows with an edge of strength `ic`, and on its twin. */
export async function roleCredit(marketSeed: number, rows: number, ic: number): Promise<RoleCredit> {
  return await withSpecialist((specialist) => {
    const members = membersOf(declaredGenomes(5));
    const team: Pipeline = {
      analyst: members.analyst[TEAM]!,
      researcher: members.researcher[TEAM]!,
      trader: specialist,
      risk: members.risk[TEAM]!,
    };
    const alone: Pipeline = { analyst: null, researcher: null, trader: specialist, risk: null };
    const withEdge = creditOn(roleCreditConfig(marketSeed, rows, ic), [team, alone]);
    const withoutEdge = creditOn(roleCreditConfig(marketSeed, rows, NO_EDGE), [team]);
    return {
      marketSeed,
      withEdge: byRoleOf(withEdge[0]!),
      withoutEdge: byRoleOf(withoutEdge[0]!),
      alone: byRoleOf(withEdge[1]!),
      efficiency: Math.max(...[...withEdge, ...withoutEdge].map(({ error }) => error)),
    };
  });
}

interface Shares {
  readonly phi: Float64Array;
  readonly error: number;
}

/**
 * Shapley values of the roles of pipelines, in annual net Sharpe ratios from the first decision on. A ratio has no unit of risk, so that a role
 * which scales what another knows is not paid for it as it would be in growth.
 */
function creditOn(config: PopulationRunConfig, pipelines: readonly Pipeline[]): Shares[] {
  const desk = createDesk(marketOf(config).panel, config, MEMO_BYTES);
  const from = config.clock.firstDecision + 1;
  const value = (pipeline: Pipeline) => annualSharpe(shadowReturns(desk, pipeline).subarray(from));
  return pipelines.map((pipeline) => {
    const phi = pipelineShapley(pipeline, value);
    const whole = value(pipeline) - value({ analyst: null, researcher: null, trader: null, risk: null });
    return { phi, error: Math.abs(phi.reduce((sum, x) => sum + x, 0) - whole) };
  });
}

function byRoleOf({ phi }: Shares): Readonly<Record<Role, number>> {
  return byRole((role) => phi[ROLES.indexOf(role)]!);
}

/** The role whose value the edge raises most. */
export function mostRaised({ withEdge, withoutEdge }: RoleCredit): Role {
  const raised = (role: Role) => withEdge[role] - withoutEdge[role];
  return ROLES.reduce((best, role) => raised(role) > raised(best) ? role : best);
}

/** Markets of 20 in which the planted role must be raised most, and how far a sum of values may be off. */
const LEAST_SHARE = 18 / 20, EXACT = 1e-9;

/** What must hold. */
export function roleCreditChecks(markets: readonly RoleCredit[]): ThresholdCheck[] {
  const found = markets.filter((market) => mostRaised(market) === PLANTED_ROLE).length;
  const others = ROLES.filter((role) => role !== PLANTED_ROLE);
  const most = Math.max(...markets.flatMap(({ alone }) => others.map((role) => Math.abs(alone[role]))));
  const off = Math.max(...markets.map(({ efficiency }) => efficiency));
  return [
    {
      rule: `the edge raises the ${PLANTED_ROLE}'s Shapley value most in at least 18 of 20 markets`,
      measured: `${found} of ${markets.length}`,
      holds: found >= LEAST_SHARE * markets.length,
    },
    {
      rule: "the three other roles, played by default agents, are worth exactly 0",
      measured: String(most),
      holds: most === 0,
    },
    {
      rule: "the four values sum to v(all) - v(none) to 1e-9",
      measured: off.toExponential(1),
      holds: off < EXACT,
    },
  ];
}
