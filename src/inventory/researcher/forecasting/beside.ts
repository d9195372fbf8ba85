/** A method beside a forecaster, by which its errors become a distribution. */
export interface Beside {
  /** Which of the two that a variant may name is read; null for neither. */
  readonly reads: "calibration" | "uncertainty" | null;
  /** True where there is no forecast without it; else `rollingErrors` stands in. */
  readonly needed: boolean;
}

const ifNamed: Beside = { reads: "calibration", needed: false };
const neither: Beside = { reads: null, needed: false };

/** What each forecaster of the house reads beside it, by key. What one's own reads is not known before it runs. */
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
  bayesian: neither,
  quantileRegression: neither,
  expandingMean: neither,
};

/** What a researcher's variant names of forecasting. */
interface Named {
  readonly forecasting: string;
  readonly uncertainty: string | null;
  readonly calibration: string | null;
}

/**
 * Refuses a researcher whose forecaster needs a method beside it that its variant does not name, or ignores one that
 * it names: whoever reads such a variant would believe that it is calibrated so.
 */
export function requireBeside(name: string, identity: Named): void {
  const { forecasting } = identity;
  if (!Object.hasOwn(BESIDE, forecasting)) return;
  const { reads, needed } = BESIDE[forecasting]!;
  if (needed && identity[reads!] === null) {
    throw new RangeError(
      `Cannot declare the researcher ${name} as ${forecasting} needs a method of ${reads} beside it: ` +
        `identity.${reads} is null. They are the pool researcher.${reads}.`,
    );
  }
  const ignored = (["uncertainty", "calibration"] as const).find((part) =>
    part !== reads && identity[part] !== null
  );
  if (ignored === undefined) return;
  throw new RangeError(
    `Cannot declare the researcher ${name} as ${forecasting} must be given no method of ${ignored}, which it would ` +
      `ignore: identity.${ignored} is ${identity[ignored]}. Set it to null; ${forecasting} reads ` +
      `${reads === null ? "neither of the two" : `identity.${reads} alone`}.`,
  );
}
