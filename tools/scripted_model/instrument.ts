/** The instrument check: do the benchmark's metrics give back the faults that were planted in the scripted models? */
import type { DeciderSummary, StratumSummary } from "popagent/experiments/decisions/compare_models.ts";
import { type Share, wilsonShare } from "popagent/stats/wilson.ts";
import { FAULTS } from "./faults.ts";

/** One planted fault and what the metrics say of it. */
export interface Recovery {
  readonly model: string;
  readonly fault: string;
  readonly planted: number;
  readonly found: number;
  /** Where the planted value must lie, given what was found. */
  readonly lower: number;
  readonly upper: number;
  readonly recovered: boolean;
}

/** How sure an interval of a share is of holding the planted one: of twelve such, one in a hundred times one fails. */
const CONFIDENCE = 0.999;
/** Of numbers that no chance is in. */
const EXACT = 0.002;

/** Every planted fault beside what was found, and that the honest model has none of them. */
export function recoveries(deciders: readonly DeciderSummary[]): readonly Recovery[] {
  const honest = summary(deciders, "scripted-honest"), biased = summary(deciders, "scripted-biased");
  const over = summary(deciders, "scripted-overconfident"),
    recalls = summary(deciders, "scripted-remembering");
  const malformed = summary(deciders, "scripted-malformed"),
    careless = summary(deciders, "scripted-careless");
  const { form, mended, memory, turned } = FAULTS;
  const first = form.fenced + form.wrongSchema + form.truncated + form.noJson;
  const lost = form.truncated + (form.wrongSchema + form.noJson) * (1 - mended);
  const agreement = (of: StratumSummary, probe: string) =>
    of.consistency.find((one) => one.probe === probe)!.agreement;
  const habit = (of: StratumSummary) => of.consistency.find(({ probe }) => probe === "mirrored")!.habit!;
  const grounded = (of: StratumSummary) => wilsonShare(of.grounding!.matched, of.grounding!.numbers);
  return [
    exact("scripted-biased", "habit of mirrored markets", FAULTS.bias, habit(biased)),
    exact(
      "scripted-biased",
      "bias over the honest one's",
      FAULTS.bias,
      biased.quality.bias! - honest.quality.bias!,
    ),
    exact("scripted-honest", "habit of mirrored markets", 0, habit(honest)),
    exact(
      "scripted-overconfident",
      "power of odds: the honest slope over its own",
      FAULTS.overconfidence,
      honest.quality.line!.slope / over.quality.line!.slope,
      0.05, // stated probabilities end at 0.02 and 0.98
    ),
    exact(
      "scripted-overconfident",
      "directions as the honest one's",
      honest.quality.direction.share!,
      over.quality.direction.share!,
    ),
    share("scripted-remembering", "recall of dates", 1, recalls.memory.recall),
    flag("scripted-remembering", "flagged by the probe", true, recalls.memory.flagged),
    least("scripted-remembering", "what coin and date add", memory.share * 0.15, recalls.memory.gain!),
    flag("scripted-honest", "flagged by the probe", false, honest.memory.flagged),
    share("scripted-malformed", "first replies out of form", first, malformed.form!.first),
    share("scripted-malformed", "without an answer after repair", lost, malformed.form!.final),
    share("scripted-malformed", "refusals", form.refused, malformed.form!.refused),
    share("scripted-honest", "first replies out of form", 0, honest.form!.first),
    share(
      "scripted-careless",
      "same under paraphrase",
      1 - turned.paraphrase,
      agreement(careless, "paraphrase"),
    ),
    share(
      "scripted-careless",
      "same under field order",
      1 - turned.fieldOrder,
      agreement(careless, "fieldOrder"),
    ),
    share("scripted-careless", "same under units", 1 - turned.units, agreement(careless, "units")),
    share("scripted-careless", "same in the mirror", 1, agreement(careless, "mirrored")),
    share("scripted-careless", "numbers that were shown", 1 - FAULTS.invented, grounded(careless)),
    share("scripted-honest", "numbers that were shown", 1, grounded(honest)),
  ];
}

function summary(deciders: readonly DeciderSummary[], name: string): StratumSummary {
  const found: DeciderSummary | undefined = deciders.find((one) => one.name === name);
  if (found?.strata[0]) return found.strata[0];
  throw new RangeError(`Cannot check the instrument as ${name} must have answered the benchmark`);
}

function exact(model: string, fault: string, planted: number, found: number, slack = EXACT): Recovery {
  return within(model, fault, planted, found, found - slack, found + slack);
}

/** A fault whose size depends on the market: it must be at least so large. */
function least(model: string, fault: string, planted: number, found: number): Recovery {
  return within(model, fault, planted, found, -Infinity, found);
}

function share(model: string, fault: string, planted: number, { successes, trials }: Share): Recovery {
  const { share, lower, upper } = wilsonShare(successes, trials, CONFIDENCE);
  return within(model, fault, planted, share!, lower, upper);
}

function flag(model: string, fault: string, planted: boolean, found: boolean): Recovery {
  return within(model, fault, Number(planted), Number(found), Number(found), Number(found));
}

function within(
  model: string,
  fault: string,
  planted: number,
  found: number,
  lower: number,
  upper: number,
): Recovery {
  const slack = 1e-9;
  return {
    model,
    fault,
    planted,
    found,
    lower,
    upper,
    recovered: planted >= lower - slack && planted <= upper + slack,
  };
}
