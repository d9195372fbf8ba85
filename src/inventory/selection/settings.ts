import { requireKeys, requireKnown } from "../../core/known_names.ts";
import { shown } from "../../core/shown.ts";

/** How an agent chooses among methods of one pool. */
export interface SelectionSettings {
  /** Draws from what is believed of each method (Thompson), or the upper end of it (UCB). */
  readonly rule: "thompson" | "ucb";
  /** Rows between two choices: 1 every bar, 6 a day, 42 a week. */
  readonly every: 1 | 6 | 42;
  /** Rows after a choice whose merits are its credit, an integer. */
  readonly steps: number;
  /** What each of those merits weighs beside the one before it, in (0, 1]; 1 weighs all alike. */
  readonly discount: number;
  /** Whose credit is read: of every method, as all have said something, or of the chosen one alone. */
  readonly feedback: "all" | "chosen";
  /** Half-life of evidence, rows. */
  readonly memory: number;
  /** Choices whose evidence weighs as much as what was believed before. */
  readonly prior: number;
  /** Whether methods are judged by regime; else over all rows alike. */
  readonly contextual: boolean;
  /** Methods that are kept whatever they earn; as many as there are prunes none. */
  readonly keep: number;
}

/** Daily choices by regime, credit of a day, evidence that halves in a year; all but two methods may be pruned. */
export const DECLARED_SELECTION: SelectionSettings = {
  rule: "thompson",
  every: 6,
  steps: 6,
  discount: 1,
  feedback: "all",
  memory: 2190,
  prior: 20,
  contextual: true,
  keep: 2,
};

/** Names that two of the settings may have. */
const RULES: readonly string[] = ["thompson", "ucb"], FEEDBACK: readonly string[] = ["all", "chosen"];

/** The declared settings with those that are given, as somebody wrote them. @throws {RangeError} If there is no such setting. */
export function selectionSettings(given: Partial<SelectionSettings>): SelectionSettings {
  requireKeys("Cannot select methods as settings", given, Object.keys(DECLARED_SELECTION));
  return { ...DECLARED_SELECTION, ...given };
}

/** @throws {RangeError} If a setting breaks its rule. */
export function requireSelection(settings: SelectionSettings, methods: number): void {
  requireKnown("Cannot select methods as rule", settings.rule, RULES);
  requireKnown("Cannot select methods as feedback", settings.feedback, FEEDBACK);
  const rules: readonly [string, unknown, boolean][] = [
    ["steps (an integer >= 1)", settings.steps, Number.isInteger(settings.steps) && settings.steps >= 1],
    ["discount (in (0, 1])", settings.discount, settings.discount > 0 && settings.discount <= 1],
    ["memory (rows, above 0)", settings.memory, settings.memory > 0],
    ["prior (choices, above 0)", settings.prior, settings.prior > 0],
    ["keep (an integer >= 1)", settings.keep, Number.isInteger(settings.keep) && settings.keep >= 1],
    ["every (1, 6 or 42)", settings.every, [1, 6, 42].includes(settings.every)],
    ["contextual (true or false)", settings.contextual, typeof settings.contextual === "boolean"],
    ["the number of methods (1..255)", methods, methods >= 1 && methods <= 255],
  ];
  const broken = rules.find(([, , holds]) => !holds);
  if (broken === undefined) return;
  throw new RangeError(
    `Cannot select methods as ${broken[0]} must hold: current value is ${shown(broken[1])}`,
  );
}
