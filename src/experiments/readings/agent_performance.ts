import type { NumberTable } from "../../core/number_table.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { ROLES } from "../../genome/role.ts";
import { hitRate, totalReturn } from "../../stats/return_ratios.ts";
import { annualSharpe, sharpeError } from "../../stats/sharpe.ts";
import { defined } from "../metrics/defined.ts";
import { agentColumn } from "./agent_returns.ts";
import type { AgentPerformance } from "./schema.ts";

/**
 * What every agent's teams earned over the reported rows.
 *
 * @param returns The table `agents` of a run.
 * @param last The last iteration: which agents there are.
 * @param from First reported row.
 */
export function agentPerformance(
  returns: NumberTable,
  last: IterationEvent,
  from: number,
): AgentPerformance[] {
  const skip = returns.row!.findIndex((row) => row >= from);
  return ROLES.flatMap((role) =>
    last.agents[role].map(({ variant }, place): AgentPerformance => {
      const net = returns[agentColumn(role, place)]!.subarray(skip);
      return {
        role,
        place,
        variant,
        rows: net.length,
        sharpe: annualSharpe(net),
        sharpeError: defined(sharpeError(net)),
        profit: totalReturn(net),
        hitRate: hitRate(net),
      };
    })
  );
}
