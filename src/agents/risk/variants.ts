import type { Gene } from "../genome.ts";
import { linear, log } from "../genes.ts";
import type { Variant } from "../variant.ts";
import type { RiskMethodName } from "./methods.ts";

/** What never moves in a risk agent: the method by which its limits follow the market and the plan. */
export interface RiskIdentity {
  readonly method: RiskMethodName;
}
export type RiskVariant = Variant<RiskIdentity> & { readonly role: "risk" };

interface RiskStart {
  readonly leverage: number;
  readonly drawdown: number;
  readonly position: number;
  readonly dailyLoss: number;
  readonly buffer: number;
}

function risk(
  name: string,
  summary: string,
  start: RiskStart,
  method: RiskMethodName,
  own: readonly Gene[],
  ownStart: Readonly<Record<string, number>>,
): RiskVariant {
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
      ...ownStart,
    },
    own,
    identity: { method },
    warmUp: 250,
  };
}

/** The five risk agents. Fractions of equity; leverage a multiple of it. */
export const riskVariants: readonly RiskVariant[] = [
  risk(
    "strict",
    "Tight fixed limits",
    { leverage: 3, drawdown: .05, position: .20, dailyLoss: .02, buffer: .30 },
    "fixed",
    [],
    {},
  ),
  risk(
    "moderate",
    "Balanced fixed limits",
    { leverage: 5, drawdown: .10, position: .35, dailyLoss: .03, buffer: .20 },
    "fixed",
    [],
    {},
  ),
  risk(
    "dynamic",
    "Limits follow market volatility and correlation",
    { leverage: 6, drawdown: .12, position: .40, dailyLoss: .04, buffer: .15 },
    "dynamic",
    [linear("volatilityResponse", 0, 2), linear("correlationResponse", 0, 1)],
    { volatilityResponse: 1, correlationResponse: .3 },
  ),
  risk(
    "var_based",
    "Leverage capped by the plan's historical value at risk",
    { leverage: 5, drawdown: .08, position: .30, dailyLoss: .025, buffer: .25 },
    "valueAtRisk",
    [log("varLevel", .01, .2), linear("confidence", .5, 2)],
    { varLevel: .05, confidence: 1 },
  ),
  risk(
    "drawdown",
    "Limits tighten as the plan's own paper account loses from its peak",
    { leverage: 4, drawdown: .06, position: .25, dailyLoss: .02, buffer: .25 },
    "drawdown",
    [linear("onset", 0, 1), linear("floor", .05, .8)],
    { onset: .25, floor: .25 },
  ),
];
