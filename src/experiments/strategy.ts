import type { StrategyResult } from "./result.ts";

/** What a reader is told about a strategy of the result table. */
export type StrategyDescription = Pick<StrategyResult, "label" | "kind" | "note">;

/** Descriptions by the stable names of strategies, in the order of the result table. */
export type StrategyDescriptions = Readonly<Record<string, StrategyDescription>>;
