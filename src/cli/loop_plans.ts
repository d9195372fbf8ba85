/** What a run's slow loops would cost at most, and how many of their calls may be recorded. */
import { recordedInForm } from "../adapters/llm/cassettes.ts";
import type { ForeseenLoop } from "../experiments/language/slow_loops_plan.ts";
import type { ServedModel } from "../llm/ladder.ts";
import { type CallPlan, type ForeseenCall, planCalls } from "../llm/plan.ts";
import { foreseenCalls } from "./call_plan.ts";

/** A slow loop in numbers. */
export interface LoopPlan {
  readonly loop: ForeseenLoop;
  /** As if nothing of it were recorded: which questions will be asked is not known yet. */
  readonly plan: CallPlan;
  /** Calls in its form that a folder holds, no more than it asks. */
  readonly recorded: number;
}

/** Each slow loop of a run, its calls at most and each as long as it can be. */
export async function loopPlans(
  loops: readonly ForeseenLoop[],
  served: ServedModel,
  folder: string,
): Promise<readonly LoopPlan[]> {
  const plans: LoopPlan[] = [];
  for (const loop of loops) {
    const { questions } = loop, calls: ForeseenCall[] = [];
    const alike = await foreseenCalls(served, questions.map(({ request }) => request));
    alike.forEach((call, i) => {
      const { times, further } = questions[i]!;
      for (let n = 0; n < times; n++) {
        calls.push({ ...call, hash: `${i}.${n}`, inputBound: call.inputBound + further }); // no letter takes more than a token
      }
    });
    const plan = planCalls(calls, () => false, served.card.price);
    const kept = await recordedInForm(folder, questions[0]!.request.form!.name, served.card.id);
    plans.push({ loop, plan, recorded: Math.min(kept, plan.calls) });
  }
  return plans;
}
