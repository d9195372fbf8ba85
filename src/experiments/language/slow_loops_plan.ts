/**
 * What a run's slow loops may ask before anything is asked: how often at most, and a question as long as each. What they
 * will show, and so which of them are recorded, depends on how the run goes.
 */
import { agentOf } from "../../agents/agent.ts";
import type { Genome } from "../../genome/genome.ts";
import { type Role, ROLES } from "../../genome/role.ts";
import { type CallRequest, PINNED } from "../../llm/ladder.ts";
import type { RunContext } from "../../population/decide.ts";
import type { Genomes } from "../../population/members.ts";
import { startState } from "../../population/state.ts";
import { tradableCoins } from "./champion_actions.ts";
import {
  distillationMessages,
  factsLike,
  type ShownAgent,
  shownAgent,
  shownNumbers,
} from "./distilled_facts.ts";
import { DISTILLATION_FORM } from "./distilled_rules.ts";
import { MUTANTS_FORM, suggestedRoles, suggestionMessages } from "./suggestions.ts";

/** Questions of one length. */
export interface ForeseenQuestions {
  readonly request: CallRequest;
  /** How many at most. */
  readonly times: number;
  /** Letters by which one may be longer than the request: numbers with more digits. */
  readonly further: number;
}

/** A slow loop that is on. */
export interface ForeseenLoop {
  readonly loop: "Mutants" | "Distillation";
  /** When it asks. */
  readonly when: string;
  readonly questions: readonly ForeseenQuestions[];
  /** True where its calls count towards `mostCalls`. */
  readonly counted: boolean;
}

/** Letters of the longest number of three or four digits, such as -0.00001234, and those that stand for one here. */
const LONGEST = 12, USUAL = 8;

/** The slow loops of a run, in the order in which they ask; empty by default. */
export function foreseenLoops(context: RunContext): readonly ForeseenLoop[] {
  const { genomes } = startState(
    context.config,
    context.seed,
    context.desk.arena.coins,
    context.desk.startingEquity,
  );
  return [...mutants(context, genomes), ...distillations(context, genomes)];
}

function mutants({ config, iterations }: RunContext, genomes: Genomes): ForeseenLoop[] {
  const roles = suggestedRoles(config),
    steps = Math.max(0, Math.floor((iterations - 1) / config.transferEvery));
  if (roles.length * steps === 0) return [];
  return [{
    loop: "Mutants",
    when: `${roles.join(", ")}, once at each of ${steps} transfer steps`,
    counted: true,
    questions: roles.map((role) => ({
      request: {
        messages: suggestionMessages(role, { genomes, credit: null }),
        form: MUTANTS_FORM,
        parameters: { ...PINNED, maxTokens: config.language.maxTokens },
        sample: 0,
      },
      times: steps,
      further: LONGEST * genomes[role].reduce((sum, genome) => sum + 1 + genesIn(role, genome), 0), // its credit, its genes
    })),
  }];
}

function distillations({ config, desk, iterations }: RunContext, genomes: Genomes): ForeseenLoop[] {
  const at = [...new Set(config.language.distil)].filter((k) => k < iterations);
  if (at.length === 0) return [];
  const team = ROLES.map((role) => longest(role, genomes));
  const facts = factsLike(team, tradableCoins(desk).length);
  const genes = team.reduce((sum, one) => sum + Object.keys(one.genes).length, 0);
  return [{
    loop: "Distillation",
    when: `of the champions of iterations ${at.join(", ")}, when the run is over`,
    counted: false,
    questions: [{
      request: {
        messages: distillationMessages(facts),
        form: DISTILLATION_FORM,
        parameters: { ...PINNED, maxTokens: config.language.maxTokens },
        sample: 0,
      },
      times: at.length,
      further: LONGEST * genes + (LONGEST - USUAL) * shownNumbers(facts),
    }],
  }];
}

/** The agent of a role of which most is to be said; agents keep their variants through a run. */
function longest(role: Role, genomes: Genomes): ShownAgent {
  const all = genomes[role].map((genome) => {
    const { variant, genes } = agentOf(role, genome);
    return shownAgent(role, variant, genes);
  });
  const letters = (agent: ShownAgent) => JSON.stringify(agent).length;
  return all.reduce((most, one) => letters(one) > letters(most) ? one : most);
}

function genesIn(role: Role, genome: Genome): number {
  return Object.keys(agentOf(role, genome).genes).length;
}
