/** What a model is shown of a champion: its agents, their genes and methods, and what it lately did. */
import type { Pipeline } from "../../agents/agent.ts";
import type { Desk } from "../../agents/desk.ts";
import { authorsOf } from "../../agents/told.ts";
import { methodsOf, type Variant } from "../../agents/variant.ts";
import type { GeneValues } from "../../genome/gene.ts";
import { ROLES } from "../../genome/role.ts";
import type { Message } from "../../llm/chat_call.ts";
import { type Act, actionShares, actionsOf, tradableCoins } from "./champion_actions.ts";
import { DISTILLED_FEATURES, FEATURE_NAMES, featureReader } from "./distilled_features.ts";

/** Rows whose actions are counted: two months. */
const COUNTED_ROWS = 360;
/** Rows that are shown, spread over those that are counted: decisions a day apart are much alike. */
const SHOWN_ROWS = 12;

/** An agent as it is shown. */
export interface ShownAgent {
  readonly role: string;
  readonly variant: string;
  readonly does: string;
  readonly methods: readonly string[];
  readonly genes: GeneValues;
}

/** What is shown. It names no coin and no date and holds no price. */
export interface DistilledFacts {
  readonly team: readonly ShownAgent[];
  readonly features: Readonly<Record<string, string>>;
  /** Shares of the actions over the last rows. */
  readonly shares: Readonly<Record<Act, number>>;
  readonly decisions: {
    readonly columns: readonly string[];
    /** Oldest first; null where a feature is not known. */
    readonly rows: readonly (readonly (number | string | null)[])[];
  };
}

const TASK =
  "You describe what a team of four trading agents does, so that a person understands it. You are shown, as JSON, its " +
  "agents with their methods and genes, what each feature means, how often it was long, short and flat of late, and some " +
  "of its decisions with the features at each. Answer with one JSON object. text: what the team does, in at most 120 words " +
  "of plain English, citing no number that is not shown. rules: at most five, each a feature, above or below, a threshold " +
  "and an action; they are tried in order, the first that holds decides, and otherwise says what is done where none does. " +
  "The rules are judged by how often they do what the team does later, on rows that you are not shown.";

/** The words that do not change from question to question. */
export const DISTILLATION_WORDS: readonly string[] = [TASK, JSON.stringify(DISTILLED_FEATURES)];

/** An agent as it is shown. */
export function shownAgent(role: string, variant: Variant, genes: GeneValues): ShownAgent {
  const { name, summary } = variant;
  return { role, variant: name, does: summary, methods: methodsOf(variant).map(({ key }) => key), genes };
}

/** What is known of a pipeline at the close of a row; no later row is read. */
export function factsAt(desk: Desk, pipeline: Pipeline, row: number): DistilledFacts {
  const first = Math.max(0, row - COUNTED_ROWS + 1, Math.min(row, toldSince(desk, pipeline)));
  const coins = tradableCoins(desk), every = Math.max(1, Math.floor((row - first + 1) / SHOWN_ROWS));
  const actions = actionsOf(desk, pipeline, first, row), read = featureReader(desk, pipeline);
  const shown = Array.from({ length: SHOWN_ROWS }, (_, i) => row - every * (SHOWN_ROWS - 1 - i))
    .filter((one) => one >= first);
  return {
    team: ROLES.map((role) => shownAgent(role, pipeline[role]!.variant, pipeline[role]!.genes)),
    features: DISTILLED_FEATURES,
    shares: shortened(actionShares(actions)),
    decisions: {
      columns: decisionColumns(),
      rows: shown.flatMap((one) =>
        coins.map((coin, at) => [
          row - one,
          ...FEATURE_NAMES.map((feature) => short(read(feature, one, coin))),
          actions[one - first]![at]!,
        ])
      ),
    },
  };
}

/** The first row at which a trader that is told what to do was told anything: before it, being flat says nothing of it. */
function toldSince({ proposals }: Desk, { trader }: Pipeline): number {
  const authors = trader === null ? [] : authorsOf(trader);
  return authors.length === 0 ? 0 : Math.min(...authors.map((one) => proposals[one]?.[0]?.row ?? Infinity));
}

/** As many numbers as are shown of so many coins, each as long as they usually are: what a plan counts tokens of. */
export function factsLike(team: readonly ShownAgent[], coins: number): DistilledFacts {
  const like = -0.01234;
  return {
    team,
    features: DISTILLED_FEATURES,
    shares: { long: like, short: like, flat: like },
    decisions: {
      columns: decisionColumns(),
      rows: Array.from(
        { length: SHOWN_ROWS * coins },
        () => [330, ...FEATURE_NAMES.map(() => like), "short"],
      ),
    },
  };
}

/** Numbers that are shown of a champion, genes left out. */
export function shownNumbers({ shares, decisions }: DistilledFacts): number {
  return Object.keys(shares).length + decisions.rows.reduce((sum, row) => sum + row.length, 0);
}

/** The question: a pure function of what is shown. */
export function distillationMessages(facts: DistilledFacts): readonly Message[] {
  return [{ role: "system", content: TASK }, { role: "user", content: JSON.stringify(facts) }];
}

function decisionColumns(): readonly string[] {
  return ["barsBefore", ...FEATURE_NAMES, "action"];
}

/** Three significant digits and six decimals; null where it is not known. */
function short(value: number): number | null {
  return Number.isFinite(value) ? Number(Number(value.toFixed(6)).toPrecision(3)) : null;
}

function shortened({ long, short: fall, flat }: Readonly<Record<Act, number>>): DistilledFacts["shares"] {
  const digits = (share: number) => Number(share.toFixed(3));
  return { long: digits(long), short: digits(fall), flat: digits(flat) };
}
