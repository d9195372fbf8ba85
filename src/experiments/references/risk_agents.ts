import { meanMetrics } from "../metrics.ts";
import type { RiskAgentReport } from "../result.ts";
import type { Field } from "./field.ts";

/** Declared and realised drawdown of every risk agent that plays: means over the pipelines of the field that hold it. */
export function riskAgentReports(
  { pipelines, metrics }: Pick<Field, "pipelines" | "metrics">,
): RiskAgentReport[] {
  const variants = new Set(pipelines.map(({ risk }) => risk!.variant.name));
  return [...variants].map((variant) => {
    const own = metrics.filter((_, i) => pipelines[i]!.risk!.variant.name === variant);
    const { maxDrawdown, scaling } = meanMetrics(own);
    const over = own.map((one) => one.maxDrawdown / one.scaling.limit);
    const overLimit = over.reduce((sum, x) => sum + x, 0) / own.length;
    return { variant, pipelines: own.length, maxDrawdown, overLimit, ...scaling };
  });
}
