/** The self-test: cheats that were planted on purpose, each beside the same computation done honestly. */
import { CHEATS } from "./cheats/all.ts";
import { followerPlan, lagCurve, lagMarkets, losesSmoothly } from "./lag.ts";
import { findingOf, type LeakCheck, type LeakLayer } from "./leakcheck.ts";
import { boundaryRows, plantedPanel } from "./planted_market.ts";
import { probe, report } from "./probe.ts";
import { type Columns, memories, START_UPS } from "./start_up.ts";
import { cuts, futures } from "./trials.ts";

/** Cheats whose every world is a population's run: they are shown fewer. */
const DEAR = ["championOfTheWindow", "seedOfTheRows", "pooledNextMove"];
/** Where each cheat sits that is none of a feature's. */
const LAYERS: Readonly<Record<string, LeakLayer>> = {
  fillAtDecisionOpen: "agents",
  backFilledGap: "data",
  dayOfTheBar: "data",
  pooledNextMove: "methods",
  championOfTheWindow: "learner state",
  seedOfTheRows: "learner state",
};

/** Each cheat must be caught, and the same computation done honestly be clear. */
export function plantedChecks(): LeakCheck[] {
  const panel = plantedPanel(520);
  const rows = [...boundaryRows(panel, 200, 500, 7), 453, 473]; // the last two lie in gaps
  const all = [...cuts(panel, rows), ...futures(panel, rows)];
  const few = [...cuts(panel, [431, 480]), ...futures(panel, [450], ["tenfold"])]; // a population takes its time
  const probed = Object.entries(CHEATS).map(([name, { cheat, honest }]): LeakCheck => ({
    name,
    layer: LAYERS[name] ?? "features",
    planted: true,
    run: async () => {
      const trials = DEAR.includes(name) ? few : all;
      const cleared = await probe(panel, trials, honest), convicted = await probe(panel, trials, cheat);
      const holds = cleared.violations.length === 0 && convicted.violations.length > 0;
      return { ...findingOf(convicted), holds, told: cleared.violations.length > 0 ? report(cleared) : "" };
    },
  }));
  return [...probed, filledARowEarly, anchoredAtItsStart];
}

/** CHEAT: whoever follows the last bar, filled a row early. No row that is looked at by itself is wrong; the lag gives it away. */
const filledARowEarly: LeakCheck = {
  name: "filledARowEarly",
  layer: "lag",
  planted: true,
  run: () => {
    const markets = lagMarkets(1).slice(0, 1);
    const honest = lagCurve(markets, followerPlan), cheat = lagCurve(markets, followerPlan, -1);
    const caught = !losesSmoothly(cheat);
    return Promise.resolve({
      holds: losesSmoothly(honest) && caught,
      worlds: 2,
      compared: 8,
      flagged: caught ? ["the account"] : [],
      told: "",
    });
  },
};

/** The distance of the close from that of row `t - back`, or from the first row there is. */
const distance = (back: number): Columns => ({ coins }) => {
  const { close } = coins[0]!;
  return [{ name: "distance", values: close.map((price, t) => price / close[Math.max(0, t - back)]! - 1) }];
};

/** CHEAT: a column that is measured from wherever its series begins. Honest: from fifty rows back. */
const anchoredAtItsStart: LeakCheck = {
  name: "anchoredAtItsStart",
  layer: "start-up",
  planted: true,
  run: () => {
    const panel = plantedPanel(START_UPS.at(-1)! + 100), at = [panel.rows - 50, panel.rows - 1];
    const [honest] = memories(panel, at, distance(50)), [cheat] = memories(panel, at, distance(Infinity));
    const caught = cheat!.rows === null;
    return Promise.resolve({
      holds: honest!.rows !== null && caught,
      worlds: at.length * START_UPS.length,
      compared: at.length * START_UPS.length,
      flagged: caught ? ["distance"] : [],
      told: "",
    });
  },
};
