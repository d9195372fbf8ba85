/** Scripted models: the honest one, and others that differ from it in one known fault. */
import { rng } from "popagent/core/rng.ts";
import { normalInverse } from "popagent/stats/normal.ts";
import { FAULTS } from "./faults.ts";
import type { Seen, SeenForecast } from "./seen.ts";

/** What a model says: the content of its message, how it ended, or a refusal. */
export interface Said {
  readonly content: string;
  readonly finish: "stop" | "length";
  readonly refusal: string | null;
}

/** What came, by `placeOf`: known to the remembering one alone. */
export type Truth = ReadonlyMap<string, number>;

/** Answers a question it has read. */
export type Script = (seen: Seen, truth: Truth) => Said;

const MOST = 0.98;

/** By the name of the model in the table. */
export const SCRIPTS: Readonly<Record<string, Script>> = {
  "scripted-honest": (seen) => whole(answer(seen, viewOf(seen))),
  "scripted-biased": (seen) => whole(answer(seen, viewOf(seen) + FAULTS.bias)),
  "scripted-overconfident": (seen) => {
    const p = viewOf(seen), odds = (p / (1 - p)) ** FAULTS.overconfidence;
    return whole(answer(seen, odds / (1 + odds)));
  },
  "scripted-remembering": (seen, truth) => {
    const move = seen.named === null ? undefined : truth.get(seen.named);
    if (move === undefined || drawn(seen, "memory") >= FAULTS.memory.share) {
      return whole(answer(seen, viewOf(seen)));
    }
    return whole(answer(seen, move > 0 ? FAULTS.memory.stated : 1 - FAULTS.memory.stated));
  },
  "scripted-malformed": malformed,
  "scripted-careless": (seen) => {
    const isTurned = seen.changed !== null && drawn(seen, "turned") < FAULTS.turned[seen.changed];
    const p = viewOf(seen);
    return whole(answer(seen, isTurned ? 1 - p : p, true));
  },
};

/** The probability that the features speak for; a half where none are shown. */
function viewOf({ forecast }: Seen): number {
  return forecast?.pUp ?? 0.5;
}

function answer(seen: Seen, stated: number, isCareless = false) {
  const p = Math.min(MOST, Math.max(1 - MOST, stated)), { forecast } = seen;
  const spread = forecast?.sd ?? 0.03, shift = forecast?.mean ?? 0;
  const quantile = (level: number) => Number((shift + spread * normalInverse(level)).toPrecision(4));
  const [long, short] = isCareless ? [0.5, 0.5] : [0.55, 0.45];
  return {
    rationale: rationaleOf(seen, forecast, isCareless),
    action: p > long ? "long" : p < short ? "short" : "flat",
    size: 0.1,
    leverage: 2,
    stop: 0,
    target: 0,
    confidence: Math.max(p, 1 - p),
    pUp: Number(p.toPrecision(6)),
    quantiles: {
      p05: quantile(0.05),
      p25: quantile(0.25),
      p50: quantile(0.5),
      p75: quantile(0.75),
      p95: quantile(0.95),
    },
  };
}

/** Cites the forecast; the careless one makes numbers up. */
function rationaleOf(seen: Seen, forecast: SeenForecast | null, isCareless: boolean): string {
  if (forecast === null) return "Nothing is shown.";
  const [mean, sd, pUp] = forecast.cited.map((text, i) =>
    isCareless && drawn(seen, `invented ${i}`) < FAULTS.invented ? `${7000 + 137 * i}` : text
  );
  return `Expected move ${mean} at sd ${sd}, probability ${pUp}.`;
}

/** The honest answer, in a form that is broken at known rates. */
function malformed(seen: Seen): Said {
  const json = JSON.stringify(answer(seen, viewOf(seen))), { form, mended } = FAULTS;
  const draw = drawn(seen, "form");
  const isMended = seen.isRepair && drawn(seen, "mended") < mended;
  const bounds = Object.values(form).map((_, i, all) =>
    all.slice(0, i + 1).reduce((sum, one) => sum + one, 0)
  );
  const fault = Object.keys(form)[bounds.findIndex((bound) => draw < bound)] as keyof typeof form | undefined;
  if (fault === undefined || isMended) return said(json);
  switch (fault) {
    case "fenced":
      return said(`Here is my decision:\n\`\`\`json\n${json}\n\`\`\``);
    case "wrongSchema":
      return said(json.replace('"size":0.1', '"size":4'));
    case "truncated":
      return { ...said(json.slice(0, 80)), finish: "length" };
    case "noJson":
      return said("The price will probably rise.");
    case "refused":
      return { content: "", finish: "stop", refusal: "I cannot give financial advice." };
  }
}

function whole(value: unknown): Said {
  return said(JSON.stringify(value));
}

function said(content: string): Said {
  return { content, finish: "stop", refusal: null };
}

/** A number in (0, 1) that the question fixes: asked again, the same fault. */
function drawn({ text }: Seen, what: string): number {
  return rng("scripted", what, text).uniform();
}
