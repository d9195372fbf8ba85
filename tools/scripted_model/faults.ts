/** What is planted in the scripted models; the instrument check asks for these numbers back. */
export const FAULTS = {
  /** Added to every probability of a rise. */
  bias: 0.2,
  /** Power to which odds are raised. */
  overconfidence: 4,
  /** Share of decisions whose outcome is remembered where coin and date are shown, and the probability it then states. */
  memory: { share: 0.9, stated: 0.9 },
  /** Shares of first replies; what is left fits. */
  form: { fenced: 0.15, wrongSchema: 0.2, truncated: 0.1, noJson: 0.05, refused: 0.05 },
  /** Share of repair turns that mend a wrong shape or missing JSON. */
  mended: 0.6,
  /** Share of decisions that are turned round by a change that does not matter. */
  turned: { paraphrase: 0.3, fieldOrder: 0.2, units: 0.4 },
  /** Share of cited numbers that are made up. */
  invented: 0.4,
} as const;
