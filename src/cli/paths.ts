/** Where exported figures and tables go unless a flag says otherwise. */
export const FIGURES_FOLDER = "figures";
export const TABLES_FOLDER = "paper/tables";

/** Where runs, the trial ledger and the log of opened holdouts are kept unless a flag says otherwise. */
export const RUNS_FOLDER = "data/runs";
export const TRIALS_FILE = "data/trials.jsonl";
export const HOLDOUT_FILE = "data/holdout.jsonl";
