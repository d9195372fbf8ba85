import type { RunResult } from "../experiments/result.ts";

/** How a caption says what oracles look like; "" where there are none. */
export function oracleText({ strategies }: Pick<RunResult, "strategies">, look: string): string {
  return strategies.some(({ kind }) => kind === "oracle")
    ? ` ${look}: oracles, which know what nobody could know.`
    : "";
}
