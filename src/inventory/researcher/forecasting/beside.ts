/** A method beside a forecaster, by which its errors become a distribution. */
export interface Beside {
  /** Which of the two that a variant may name is read; the other one changes nothing. */
  readonly reads: "calibration" | "uncertainty";
  /** True where there is no forecast without it; else `rollingErrors` stands in. */
  readonly needed: boolean;
}

const ifNamed: Beside = { reads: "calibration", needed: false };

/** What each forecaster of the house reads beside it, by key; those that are not here read neither. */
export const BESIDE: Readonly<Record<string, Beside>> = {
  arimax: { reads: "uncertainty", needed: true },
  arimaxLive: { reads: "uncertainty", needed: true },
  ensemble: { reads: "calibration", needed: true },
  adaptive: { reads: "calibration", needed: true },
  arimaxSelected: ifNamed,
  exponentialSmoothing: ifNamed,
  garch: ifNamed,
  ridge: ifNamed,
  recursive: ifNamed,
  quantileLines: ifNamed,
  bootstrapEnsemble: ifNamed,
  stacking: ifNamed,
  trees: ifNamed,
  temporalFusion: ifNamed,
};

/** What a researcher's variant names of forecasting. */
interface Named {
  readonly forecasting: string;
  readonly uncertainty: string | null;
  readonly calibration: string | null;
}

/** Refuses a researcher whose forecaster needs a method beside it that its variant does not name. */
export function requireBeside(name: string, identity: Named): void {
  const { forecasting } = identity;
  const beside = Object.hasOwn(BESIDE, forecasting) ? BESIDE[forecasting]! : null;
  if (!beside?.needed || identity[beside.reads] !== null) return;
  throw new RangeError(
    `Cannot declare the researcher ${name} as ${forecasting} needs a method of ${beside.reads} beside it: ` +
      `identity.${beside.reads} is null. They are the pool researcher.${beside.reads}.`,
  );
}
