/** A grid of evidence whose truth is known: four arms on markets of two strengths. */
import { gridIn } from "popagent/adapters/config/grid_file.ts";
import { settingsIn } from "popagent/adapters/config/settings_file.ts";
import { rng } from "popagent/core/rng.ts";
import type { EvidenceCell } from "popagent/experiments/evidence/evidence_cell.ts";
import { type EvidenceRecord, sealedCell } from "popagent/experiments/evidence/evidence_record.ts";
import { registrationHash, registrationOf } from "popagent/experiments/evidence/registration.ts";
import { type RobustRecord, robustSchema } from "popagent/experiments/evidence/robust/robust_record.ts";
import type { Grid } from "popagent/experiments/grid/grid.ts";

const OFF = 'diversityWeight: 0, mutation: "off", mutateWorst: false';

/** The text of a grid's file with two factors on `markets` markets of each of two strengths. */
export const gridText = (markets: number, more = "") =>
  `question: Do they help?
settings: { data.source: synthetic, population: { mutateWorst: true } }
markets:
  weak: { settings: { market: { mode: planted, ic: 0.06 } }, marketSeeds: 1-${markets} }
  strong: { settings: { market: { mode: planted, ic: 0.1 } }, marketSeeds: 1-${markets} }
seeds: market
arms:
  noTransfer: { population: { transfer: none } }
  noDiversity: { population: { ${OFF} } }
  neither: { population: { transfer: none, ${OFF} } }
evidence:
  claims:
    transfer: { claim: C2, plus: [full, noDiversity], minus: [noTransfer, neither] }
    diversity: { claim: C2, plus: [full, noTransfer], minus: [noDiversity, neither] }
    interaction: { claim: C2, plus: [full, neither], minus: [noTransfer, noDiversity] }
  describe: [champion]
${more}`;

export const gridOf = (text: string): Grid => gridIn(settingsIn(text, "two.yaml"), "two.yaml");

/** What is true in a record. */
export interface Truth {
  readonly markets?: number;
  readonly transfer?: number;
  readonly diversity?: number;
  /** Standard deviation of what each cell earns beyond its market and its arm. */
  readonly noise?: number;
  readonly lessons?: number;
  readonly more?: string;
}

const FROZEN = "2026-01-01T00:00:00.000Z", STARTED = "2026-01-02T00:00:00.000Z";

/** A finished grid with these effects. */
export function recordOf(
  { markets = 20, transfer = 0, diversity = 0, noise = .1, lessons = 4, more = "" }: Truth = {},
): EvidenceRecord {
  const grid = gridOf(gridText(markets, more)), registration = registrationOf(grid);
  const random = rng("evidence record of tests", markets);
  const cells = grid.markets.flatMap(({ name: market, marketSeeds, arms }) =>
    marketSeeds!.flatMap((seed) => {
      const level = random.normal();
      return arms.map(({ name: arm }): EvidenceCell => {
        const teaches = arm === "full" || arm === "noDiversity",
          differs = arm === "full" || arm === "noTransfer";
        const value = level + (teaches ? transfer : 0) + (differs ? diversity : 0) + noise * random.normal();
        const label = `${arm}/${market}.${seed}/${seed}`;
        return {
          label,
          arm,
          market,
          marketSeed: seed,
          seed,
          key: label,
          rowsHash: `${market}${seed}`,
          result: label,
          series: label,
          measures: { populationMean: value, champion: value + random.normal() },
          costs: { champion: [1, .9, .8, .7, .6, .5] },
          pieces: { champion: { fold: { 1: .5, 2: null }, coin: { BTC: .1 } } },
          selection: null,
          changes: { lessons: teaches ? lessons : 0, mutants: differs ? 3 : 0, fired: differs ? 2 : 0 },
        };
      });
    })
  );
  return {
    form: 1,
    grid: grid.name,
    gridHash: "ab".repeat(32),
    code: "cd".repeat(32),
    registered: { registration, hash: registrationHash(registration), frozenAt: FROZEN },
    firstStart: STARTED,
    registration,
    arms: Object.fromEntries(
      grid.markets[0]!.arms.map(({ name, config }) => [name, { population: config.population }]),
    ),
    trials: 80,
    provisional: false,
    source: "synthetic",
    openings: [],
    cells: cells.map(sealedCell),
  };
}

/** The same as if all markets of one name were seeds of runs on one market, as real bars are, told by its weeks. */
export function oneMarketRecord(truth: Truth = {}): EvidenceRecord {
  const record = recordOf(truth), { markets } = record.registration;
  const registration = {
    ...record.registration,
    markets: Object.fromEntries(
      Object.entries(markets).map((
        [name, { marketSeeds }],
      ) => [name, { marketSeeds: null, seeds: marketSeeds! }]),
    ),
  };
  const cells = record.cells.map(({ hash: _, ...cell }) =>
    sealedCell({
      ...cell,
      label: `${cell.arm}/${cell.market}/${cell.seed}`,
      marketSeed: null,
      rowsHash: cell.market,
      weeks: [-1, 0, 1].map((week) => cell.measures.populationMean! + .1 * week * cell.seed!),
    })
  );
  return { ...record, registration, registered: null, source: "real", cells };
}

/** Full less neither of the weak markets of `recordOf` traded again: 1 as run, and what is said under other terms. */
export function robustOf(
  effects: Readonly<Record<string, number>>,
  { markets = 4 }: Truth = {},
): RobustRecord {
  const own = recordOf({ markets }).cells.filter(({ arm, market }) =>
    market === "weak" && (arm === "full" || arm === "neither")
  );
  return robustSchema.parse({
    form: 1,
    grid: "two",
    cells: own.map(({ label, arm, market, marketSeed, seed, result }) => ({
      ...{ label, arm, market, marketSeed, seed, result },
      again: Object.entries({ asRun: 1, ...effects }).map(([variation, effect]) => ({
        variation,
        populationMean: arm === "full" ? effect : 0,
        champion: 0,
        committee: 0,
      })),
    })),
  });
}
