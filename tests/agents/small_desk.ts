import { type Agent, agentOf, type Pipeline } from "popagent/agents/agent.ts";
import { variantNamed } from "popagent/agents/catalogue.ts";
import type { Role } from "popagent/genome/role.ts";
import type { Desk } from "popagent/agents/desk.ts";
import type { Genome } from "popagent/genome/genome.ts";
import { startGenome } from "popagent/agents/variant.ts";
import { createDesk } from "popagent/experiments/market.ts";
import { type Panel, slicePanel } from "popagent/market/panel.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { loadBybitPanel } from "popagent/adapters/bars/holdout.ts";
import { realBarsFolder } from "../real_bars.ts";
import { populationConfig } from "../run_config.ts";

export const ROWS = 1100;

/** A desk over a market with 64 MB of shared series. */
export function deskOf(panel: Panel): Desk {
  return createDesk(panel, populationConfig(), 64 * 2 ** 20);
}

/** A desk over a short synthetic market with an edge, so that traders trade. */
export function syntheticDesk(): Desk {
  return deskOf(syntheticMarket({ seed: 11, rows: ROWS, mode: "planted", ic: 0.1 }).panel);
}

/** A desk over the first real development rows, or a synthetic one, said plainly. */
export function realDesk(): Desk {
  const folder = realBarsFolder();
  if (folder === null) {
    console.log("no real bars here: run on a synthetic market");
    return syntheticDesk();
  }
  return deskOf(slicePanel(loadBybitPanel(folder).panel, 0, ROWS));
}

/** The declared agent of a role by variant name. */
export function declared<Kind extends Role>(role: Kind, name: string): Agent<Kind> {
  return agentOf(role, startGenome(variantNamed(role, name)));
}

/** A pipeline of declared agents with one genome in its role. */
export function pipelineWith(role: Role, genome: Genome, names: Readonly<Record<Role, string>>): Pipeline {
  return { ...declaredPipeline(names), [role]: agentOf(role, genome) };
}

/** A pipeline of declared agents. */
export function declaredPipeline(names: Readonly<Record<Role, string>>): Pipeline {
  return {
    analyst: declared("analyst", names.analyst),
    researcher: declared("researcher", names.researcher),
    trader: declared("trader", names.trader),
    risk: declared("risk", names.risk),
  };
}

/** Partners that are quick to run and trade often. */
export const PARTNERS = {
  analyst: "momentum",
  researcher: "bayesian",
  trader: "aggressive",
  risk: "moderate",
} as const;
