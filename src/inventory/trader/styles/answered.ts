import type { Coin } from "../../../core/universe.ts";
import { createPlan, PLAN, type Plan, planIndex } from "../../../simulation/plan.ts";
import { OWN_RULE, plainMethod } from "../../method.ts";
import type { Proposal } from "../proposal.ts";
import { listensTo, promptAuthor } from "../prompts/listening.ts";
import { planFromProposals } from "./proposed.ts";
import type { StyleInput, StyleMethod } from "./style.ts";

/** Trades the mean of what the prompts it listens to were answered, weighted by its choice probabilities; no draw. */
export const answered: StyleMethod = plainMethod(
  "What its prompts were answered: the mean by its choice probabilities, until the answers expire",
  (input: StyleInput) => ({ ...answeredPlan(input), end: [] }),
  { needs: ["answers"], source: OWN_RULE },
);

/** The plan of one prompt's answers, and how much it is listened to. */
interface Voice {
  readonly plan: Plan;
  readonly share: number;
}

function answeredPlan({ forecast: { rows }, coins, genes, answers, firstRow }: StyleInput): Plan {
  const plan = createPlan(rows, coins.length), heard = listensTo(genes);
  const voices = heard.flatMap(({ key, share }): Voice[] => {
    const said = answers[promptAuthor(key)];
    return said === undefined ? [] : [{ plan: planOfAnswers(said, rows, coins, firstRow), share }];
  });
  if (voices.length === 0) return plan;
  if (heard.length === 1) { // as it is, to the bit
    plan.values.set(voices[0]!.plan.values);
    return plan;
  }
  for (let row = 0; row < rows; row++) {
    for (let coin = 0; coin < coins.length; coin++) {
      mixInto(plan.values, planIndex(coins.length, row, coin), voices);
    }
  }
  return plan;
}

const known = new WeakMap<readonly Proposal[], Map<string, Plan>>();

/**
 * The plan of a list of answers, made once for all traders that listen and let go with the list; nobody writes to it. A
 * reference is handed the answers of a whole run: on a market that ends before, what was said later is not read.
 */
function planOfAnswers(
  answers: readonly Proposal[],
  rows: number,
  coins: readonly Coin[],
  firstRow: number,
): Plan {
  const plans = known.get(answers) ?? new Map<string, Plan>();
  known.set(answers, plans);
  const key = `${firstRow}|${rows}|${coins.join()}`;
  const said = () => answers.filter(({ row }) => row < firstRow + rows);
  const plan = plans.get(key) ?? planFromProposals(rows, coins, said(), firstRow);
  plans.set(key, plan);
  return plan;
}

/**
 * The mean exposure (signed notional over equity) of the answers that stand, flat ones counted as 0; prompts without a
 * standing answer have no say. Margin and leverage are the means of the directional answers; stop and target of those on
 * the side that won that set one. One voice alone gives its own plan back.
 */
function mixInto(values: Float64Array, at: number, voices: readonly Voice[]): void {
  let said = 0, exposure = 0, moved = 0, size = 0, leverage = 0;
  for (const { plan: { values: own }, share } of voices) {
    if (own[at + PLAN.leverage] === 0) continue; // nothing stands here: an answer has a leverage of at least 1
    said += share;
    const conviction = own[at + PLAN.conviction]!;
    if (conviction === 0) continue;
    const margin = own[at + PLAN.baseSize]!, times = own[at + PLAN.leverage]!;
    exposure += share * conviction * margin * times;
    moved += share;
    size += share * margin;
    leverage += share * times;
  }
  if (moved === 0 || exposure === 0) return;
  const side = Math.sign(exposure);
  const base = size / moved, times = leverage / moved;
  values[at + PLAN.conviction] = side * Math.min(1, Math.abs(exposure) / said / (base * times));
  values[at + PLAN.leverage] = times;
  values[at + PLAN.baseSize] = base;
  values[at + PLAN.riskPerTrade] = base * times; // never binds: a stop is below 1
  values[at + PLAN.stop] = meanLevel(PLAN.stop, at, voices, side);
  values[at + PLAN.target] = meanLevel(PLAN.target, at, voices, side);
}

/** Mean distance of a level over the answers on a side that set it; 0 if none does. */
function meanLevel(offset: number, at: number, voices: readonly Voice[], side: number): number {
  let sum = 0, shares = 0;
  for (const { plan: { values }, share } of voices) {
    if (Math.sign(values[at + PLAN.conviction]!) !== side || values[at + offset] === 0) continue;
    sum += share * values[at + offset]!;
    shares += share;
  }
  return shares === 0 ? 0 : sum / shares;
}
