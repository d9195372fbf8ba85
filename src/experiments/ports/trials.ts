/** One entry of the trial ledger. */
export interface TrialEntry {
  readonly key: string;
  /** ISO time, UTC. */
  readonly time: string;
  readonly command: string;
  readonly rowsHash: string;
  readonly seed: number;
}

/** Port: an append-only ledger of trials. */
export interface TrialLedger {
  /**
   * Adds a trial before its result is known, so that aborted runs count too.
   *
   * @returns How many distinct trials the ledger holds, this one included.
   */
  record(entry: TrialEntry): number;
}
