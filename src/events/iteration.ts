/** What one iteration leaves behind. Everything here is deterministic. */
import * as z from "zod";
import type { Immutable } from "../core/immutable.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { declareEvent } from "./event_kind.ts";

const role = z.enum(ROLES);
const index = z.int().min(0);
const genome = z.array(z.number()).describe("Normalised coordinates");

/** One agent of a role as it was judged in an iteration. Arrays over agents follow the agent's index. */
const agentReadingSchema = z.strictObject({
  variant: z.string(),
  credit: z.number().describe("Credit of the scheme in use, units of the score"),
  novelty: z.number().describe("Mean distance to the other agents of the role in common genes, in [0, 1]"),
  score: z.number().describe("z(credit) + lambda z(novelty); the highest is the best agent"),
  genome,
});
export type AgentReading = Immutable<z.output<typeof agentReadingSchema>>;

/** How unlike the agents of a role are. All measures are absolute: shrinking every difference shrinks them. */
const diversityReadingSchema = z.strictObject({
  parameter: z.number().describe("Mean pairwise distance in common genes; the one that triggers mutation"),
  behaviour: z.number().describe("Mean pairwise distance of outputs on the reference states, in sd"),
  output: z.number().describe("Mean pairwise Jensen-Shannon divergence of decisions over ln 2, in [0, 1]"),
  effective: z.number().describe("Effective number of agents (Vendi score), 1 .. agents"),
});
export type DiversityReading = Immutable<z.output<typeof diversityReadingSchema>>;

/** Mean scores of an agent's partners before and after, as a test found them. */
const scores = z.tuple([z.number(), z.number()]).nullable().default(null)
  .describe("Mean score at t_k of the teams that hold the agent, as it was and as changed; null if untested");

/** One lesson: who gave what to whom. */
const transferSchema = z.strictObject({
  role,
  teacher: index,
  student: index,
  operator: z.string(),
  tau: z.number(),
  before: genome,
  after: genome,
  outputDistance: z.tuple([z.number(), z.number()]).nullable()
    .describe("Output distance to the lesson before and after, where the operator measures it"),
  scores,
});
export type TransferEvent = Immutable<z.output<typeof transferSchema>>;

/** Why mutants took their agents' places. */
export const MUTATION_CAUSES = ["tested", "lowDiversity", "worst", "explore", "suggested"] as const;

/** One mutation of a non-elite agent. */
const mutationSchema = z.strictObject({
  role,
  agent: index,
  before: genome,
  after: genome,
  outcome: z.enum(["kept", "untested"]).default("untested")
    .describe("kept: it raised the mean score of its agent's partners; untested: taken without that"),
  cause: z.enum(MUTATION_CAUSES).default("lowDiversity").describe(
    "tested: it won its test; lowDiversity: the role was too alike; worst: nobody else of the role mutated; explore: " +
      "population-based training; suggested: a language model proposed it, and it won its test",
  ),
  tries: index.default(0).describe("Mutants of the agent that were tested, the one that was taken included"),
  scores,
});
export type MutationEvent = Immutable<z.output<typeof mutationSchema>>;

/** A change that its test refused: the agent stays as it was. */
const refusalSchema = z.strictObject({
  change: z.enum(["transfer", "mutation"]),
  role,
  agent: index,
  before: genome,
  after: genome.describe("What it would have become"),
  tries: index,
  scores,
});
export type RefusalEvent = Immutable<z.output<typeof refusalSchema>>;

/** How a mirrored account weighed the teams. */
const mirrorReadingSchema = z.strictObject({
  rule: z.string(),
  shares: z.array(z.number()).describe("Share of each candidate of the rule: of hedge, one a memory"),
  scale: z.number().describe("g: the factor on the netted exposures"),
  effectiveTeams: z.number().describe("1 over the sum of squared weights, 1 .. teams"),
});

/** A team: the index of one agent per role. */
const teamSchema = z.record(role, index);
/**
 * Index of one agent per role.
 *
 * @internal
 */
export type Team = Immutable<z.output<typeof teamSchema>>;

/** Everything recorded about iteration k. */
const iterationEventSchema = z.strictObject({
  type: z.literal("iteration"),
  k: index,
  row: index.describe("Row t_k whose close the iteration waits for"),
  lastRow: index.describe("It settles who trades rows t_k+1 .. lastRow"),
  time: z.number().describe("Close of row t_k, ms UTC"),
  agents: z.record(role, z.array(agentReadingSchema)),
  champion: teamSchema,
  championScore: z.number().describe("Score of the champion's own shadow account at t_k"),
  meanScore: z.number().describe("Mean score of the pipelines drawn"),
  bestScore: z.number(),
  committee: z.array(teamSchema),
  diversity: z.record(role, diversityReadingSchema),
  transfers: z.array(transferSchema),
  mutations: z.array(mutationSchema),
  refused: z.array(refusalSchema).default([]).describe("Lessons and mutants that were tested and not taken"),
  collapse: z.array(role).describe("Roles whose agents are near clones: effective number below 1.5"),
  mirrors: z.record(z.string(), mirrorReadingSchema).default({})
    .describe(
      "How each mirrored account weighed all teams, by account; none in runs from before there were any",
    ),
  equity: z.object({ champion: z.number(), committee: z.number() }).catchall(z.number())
    .describe("Equity of the deployed accounts at the close of lastRow, USDT"),
});
/**
 * What one iteration decided, learned and earned.
 *
 * @internal
 */
export type IterationEvent = Immutable<z.output<typeof iterationEventSchema>>;

export const iterationEvent = declareEvent({
  schema: iterationEventSchema,
  label: "Iteration",
  summary: ({ k, agents, champion, transfers, mutations, refused }) => {
    const nameOf = (one: Role, agent: number) => `${one} ${agents[one][agent]!.variant}`;
    const moved = mutations.map(({ role, agent, outcome }) => `${nameOf(role, agent)} (${outcome})`);
    const stayed = refused.map(({ role, agent, change }) => `${nameOf(role, agent)} (${change})`);
    return `${k}: champion ${ROLES.map((one) => nameOf(one, champion[one]!)).join(", ")}; ` +
      `${transfers.length} transfers, ${mutations.length} mutations` +
      (moved.length > 0 ? `: ${moved.join(", ")}` : "") +
      (stayed.length > 0 ? `; refused: ${stayed.join(", ")}` : "");
  },
});
