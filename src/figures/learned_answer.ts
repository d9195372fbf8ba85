/** What transfers, and who specialises: one run's answer in words. */
import { ancestryOf } from "../experiments/genealogy/ancestry.ts";
import type { Lesion } from "../experiments/genealogy/lesions.ts";
import type { Replay } from "../experiments/genealogy/replay_schedule.ts";
import type { RoleEffects } from "../experiments/genealogy/role_effects.ts";
import type { Specialists } from "../experiments/genealogy/specialists.ts";
import { agentOf } from "../agents/agent.ts";
import { geneSet } from "../agents/variant.ts";
import type { RecordedEvent } from "../events/event.ts";
import type { IterationEvent } from "../events/iteration.ts";
import type { RunResult } from "../experiments/result.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { displayed } from "./displayed.ts";
import { decimal, percent, pText, signed } from "./format.ts";
import { requireIterations } from "./iteration_axis.ts";
import { runSubtitle } from "./run_subtitle.ts";

/** What was found about a run. */
export interface Learned {
  /** The winner's schedule of genes, traded again. */
  readonly replay: Replay;
  /** The run without what one role learned, one entry a role that learned anything. */
  readonly lesions: readonly Lesion[];
  /** Its agents by regime. */
  readonly specialists: Specialists;
  /** The field's Sharpe ratios by role. */
  readonly effects: RoleEffects;
}

/** The answer of a notebook about what a run learned: four sentences, each with what it rests on. */
export function learnedAnswer(
  { result, events }: { readonly result: RunResult; readonly events: readonly RecordedEvent[] },
  { replay, lesions, specialists, effects }: Learned,
): { readonly markdown: string } {
  const iterations = requireIterations(events, "the answer");
  const lines = [
    transferText(iterations),
    replayText(replay),
    lesionText(lesions),
    specialistText(specialists),
    effectText(effects),
  ];
  return displayed({
    markdown: [
      "**What transfers, and who specialises?** One run explains itself and proves nothing: claims come from grids of markets.",
      "",
      ...lines.map((line) => `- ${line}`),
      "",
      runSubtitle(result),
    ].join("\n"),
  });
}

function transferText(iterations: readonly IterationEvent[]): string {
  const taken = ROLES.map((role) => `${role} ${percent(foreignShare(iterations, role), 0)}`);
  return `What transfers: at the end agents carry this share of other founders' genes: ${taken.join(", ")}.`;
}

/** Mean share of other founders' genes in a role's agents at the end. */
function foreignShare(iterations: readonly IterationEvent[], role: Role): number {
  const { variant, genome } = iterations[0]!.agents[role][0]!;
  const { common } = geneSet(agentOf(role, { variant, coordinates: genome }).variant);
  const last = ancestryOf(iterations, role, common.length).at(-1)!;
  return last.reduce((sum, shares, agent) => sum + 1 - shares[agent]!, 0) / last.length;
}

function replayText({ schedules }: Replay): string {
  const sharpe = (name: string) => schedules.find((one) => one.name === name)!.metrics.sharpe;
  const [schedule, first, last] = [sharpe("schedule"), sharpe("first"), sharpe("last")];
  return `The winner's schedule on one agent has a Sharpe ratio of ${
    decimal(schedule)
  }; its first genes kept, ${decimal(first)}; ` +
    `its last genes all along, ${decimal(last)} (hindsight, all three).`;
}

function lesionText(lesions: readonly Lesion[]): string {
  if (lesions.length === 0) return "No role learned anything.";
  const told = lesions.flatMap(({ role, accounts: [account] }) =>
    account?.estimate && account.estimate.p <= 0.05
      ? [`${role} ${signed(account.estimate.difference)} (p ${pText(account.estimate.p)})`]
      : []
  );
  return told.length === 0
    ? "Lesions: of no single role can what it learned be told from chance in the headline's account."
    : `Lesions: what was learned shows in the headline's account for ${
      told.join(", ")
    }, annual Sharpe ratio, uncorrected.`;
}

function specialistText({ kind, roles }: Specialists): string {
  const found = roles.filter(({ p, reliability }) => p <= 0.05 && reliability !== null && reliability > 0.5);
  return found.length === 0
    ? `Specialists: no role parts itself by ${kind} more than shifted labels would have it and in both halves alike.`
    : `Specialists: by ${kind} in ${
      found.map(({ role, p }) => `${role} (p ${pText(p)})`).join(", ")
    }, uncorrected.`;
}

function effectText({ roles, pairs, pipelines }: RoleEffects): string {
  const most = ROLES.reduce((best, role) => roles[role].shapley > roles[best].shapley ? role : best);
  const pair = pairs.reduce((best, one) => one.index > best.index ? one : best);
  return `Whose doing: of what sets ${pipelines} pipelines apart, ${
    percent(roles[most].shapley, 0)
  } is the ${most}'s; the two roles ` +
    `that most depend on one another are ${pair.roles.join(" and ")} (${percent(pair.index, 0)}).`;
}
