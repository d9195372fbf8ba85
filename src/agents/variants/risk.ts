import type { Variant } from "../variant.ts";

interface RiskStart {
  readonly leverage: number;
  readonly drawdown: number;
  readonly position: number;
  readonly dailyLoss: number;
  readonly buffer: number;
}

function risk(name: string, summary: string, start: RiskStart, check: string): Variant<"risk"> {
  return {
    name,
    role: "risk",
    summary,
    start: {
      maxLeverage: start.leverage,
      maxDrawdown: start.drawdown,
      maxPosition: start.position,
      dailyLoss: start.dailyLoss,
      marginBuffer: start.buffer,
    },
    identity: { check },
  };
}

/** The five risk agents. Fractions of equity; leverage a multiple of it. */
export const riskVariants: readonly Variant<"risk">[] = [
  risk(
    "strict",
    "Tight fixed limits",
    { leverage: 3, drawdown: .05, position: .20, dailyLoss: .02, buffer: .30 },
    "fixed",
  ),
  risk(
    "moderate",
    "Balanced fixed limits",
    { leverage: 5, drawdown: .10, position: .35, dailyLoss: .03, buffer: .20 },
    "fixed",
  ),
  risk(
    "dynamic",
    "Limits follow market volatility and correlation",
    { leverage: 6, drawdown: .12, position: .40, dailyLoss: .04, buffer: .15 },
    "dynamic",
  ),
  risk(
    "var_based",
    "Leverage capped by the plan's historical value at risk",
    { leverage: 5, drawdown: .08, position: .30, dailyLoss: .025, buffer: .25 },
    "valueAtRisk",
  ),
  risk(
    "drawdown",
    "Limits tighten as the plan's own paper account loses from its peak",
    { leverage: 4, drawdown: .06, position: .25, dailyLoss: .02, buffer: .25 },
    "drawdown",
  ),
];
