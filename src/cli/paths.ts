/** Where exported figures and tables go unless a flag says otherwise. */
export const FIGURES_FOLDER = "figures";
export const TABLES_FOLDER = "paper/tables";
export const PAPER_FOLDER = "paper";

/** Where grids lie that are called by their name alone. */
export const GRIDS_FOLDER = "configs/experiments";

/** The store of grids unless a flag says otherwise. */
export const STORE_FOLDER = "data";

/** Where runs, the ledger (of trials and cells) and the log of opened holdouts are kept unless a flag says otherwise. */
export const RUNS_FOLDER = "data/runs";
export const LEDGER_FILE = "data/ledger.sqlite";
export const HOLDOUT_FILE = "data/holdout.jsonl";
