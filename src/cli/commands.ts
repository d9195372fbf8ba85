/** The commands: how each stands in the list of all, and where it is. One is loaded when it is asked for. */
import { Command } from "commander";

interface Entry {
  /** Its name, with what it takes, as the list shows it. */
  readonly term: string;
  readonly summary: string;
}

const ENTRIES = {
  population: {
    term: "population [options]",
    summary: "Let populations of agents learn and trade, test-then-train, beside their references",
  },
  multi: {
    term: "multi [options]",
    summary: "Trade one pipeline on all coins, no learning",
  },
  run: {
    term: "run [options]",
    summary: "Trade one pipeline on one coin, no learning",
  },
  paper: {
    term: "paper [options]",
    summary:
      "Trade a paper account bar by bar, learning on: restarts go on, guards stand before every order. halt, replay, divergence",
  },
  status: {
    term: "status [options] [session]",
    summary: "A paper session as it stands: guards, equity, positions, orders, champion, alerts",
  },
  watch: {
    term: "watch [options] [session]",
    summary:
      "A page on this machine that shows a paper session while it trades: equity, positions, orders, alerts",
  },
  report: {
    term: "report [options] [session]",
    summary: "What happened in the last days of a paper session, as text or as a page",
  },
  data: {
    term: "data",
    summary: "Look at bars or make them: check, describe, facts, features, fetch, import, synthetic",
  },
  figures: {
    term: "figures [options] [run]",
    summary: "Writes the figures of a run as files: the same run gives the same bytes, fonts are embedded",
  },
  tables: {
    term: "tables [options] [run]",
    summary:
      "Writes the tables of a run as LaTeX (booktabs), Markdown or CSV; csv adds metrics.csv, unrounded",
  },
  runs: {
    term: "runs",
    summary: "Look at finished runs: list, show, compare, prune",
  },
  explain: {
    term: "explain [options] <run>",
    summary: "Explain one bar of a run: fill, verdict, plan, forecast, readings",
  },
  replay: {
    term: "replay [options] <run>",
    summary: "Trade the schedule of a run's winner on a single agent, beside its first and its last genes",
  },
  branch: {
    term: "branch [options] <run>",
    summary:
      "Run a population again without a transfer, a mutation or all that it learned at some iterations",
  },
  experiment: {
    term: "experiment",
    summary:
      "Grids of population runs: arms on markets under seeds. plan, run, status, compare, summary, export, verify, shard, merge",
  },
  worker: {
    term: "worker [options]",
    summary: "Run the cells of a queue, for experiments that are run with --queue on any machine",
  },
  queue: {
    term: "queue [options]",
    summary:
      "Look at a queue in a browser: cells that wait, run or failed, each with the command that runs it alone",
  },
  holdout: {
    term: "holdout",
    summary: "Openings of the sealed months and market seeds: open, list",
  },
  leakcheck: {
    term: "leakcheck [options]",
    summary: "Does anything know what has not happened yet? Planted cheats must be caught, the product clear",
  },
  validate: {
    term: "validate [options] <world>",
    summary:
      "Does learning find a planted edge, nothing where nothing is, and do accounts keep to their drawdowns? Prints markets and thresholds",
  },
  inventory: {
    term: "inventory [options]",
    summary: "List every method that an agent may name: what it needs, warm-up, refits, cost, source",
  },
  llm: {
    term: "llm",
    summary: "Language models: models, ask, plan",
  },
  news: {
    term: "news",
    summary: "News: digest, fetch, enrich",
  },
  config: {
    term: "config [options] [filter]",
    summary: "List every setting: its value, default, meaning, and where the value came from",
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** Names of all commands, in the order of the list. */
export const COMMAND_NAMES = Object.keys(ENTRIES) as readonly (keyof typeof ENTRIES)[];

/** The commands of these names, each made anew by a call. */
export async function loadCommands(names: readonly string[] = COMMAND_NAMES): Promise<(() => Command)[]> {
  const found = COMMAND_NAMES.filter((name) => names.includes(name));
  return await Promise.all(found.map(async (name) => {
    const file = `./commands/${name}.ts`; // a name that is put together: Deno reads what is written out beforehand
    const module = await import(file) as Readonly<Record<string, () => Command>>;
    return () => module[`${name}Command`]!().description(ENTRIES[name].summary);
  }));
}

/** The lines of the list of all commands: enough to print it, and nothing of them is loaded. */
export function listedCommands(): (() => Command)[] {
  return COMMAND_NAMES.map((name) => () =>
    new Command(ENTRIES[name].term).description(ENTRIES[name].summary)
  );
}
