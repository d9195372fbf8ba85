import type { AnalystVariant } from "./analyst/variants.ts";
import type { Role } from "./contracts.ts";
import { variantNamed } from "./catalogue.ts";
import { decodeGenome, type GeneValues, type Genome, genomeKey } from "./genome.ts";
import type { ResearcherVariant } from "./researcher/variants.ts";
import type { RiskVariant } from "./risk/variants.ts";
import type { TraderVariant } from "./trader/variants.ts";
import { geneSet, type Variant } from "./variant.ts";

/** A genome made ready to act: its variant, its values as used, and the address of what it does. */
export interface Agent<Kind extends Variant = Variant> {
  readonly variant: Kind;
  readonly genes: GeneValues;
  readonly key: string;
}

export type Analyst = Agent<AnalystVariant>;
export type Researcher = Agent<ResearcherVariant>;
export type Trader = Agent<TraderVariant>;
export type RiskAgent = Agent<RiskVariant>;

/** One agent per role; null stands for the role's declared default agent. */
export interface Pipeline {
  readonly analyst: Analyst | null;
  readonly researcher: Researcher | null;
  readonly trader: Trader | null;
  readonly risk: RiskAgent | null;
}

/** Makes an agent of a genome. */
export function agentOf(role: Role, genome: Genome): Agent {
  const variant = variantNamed(role, genome.variant);
  const set = geneSet(variant);
  return { variant, genes: decodeGenome(set, genome), key: genomeKey(set, genome) };
}

/** Makes a pipeline of one genome per role. */
export function pipelineOf(genomes: Readonly<Record<Role, Genome>>): Pipeline {
  return {
    analyst: agentOf("analyst", genomes.analyst) as Analyst,
    researcher: agentOf("researcher", genomes.researcher) as Researcher,
    trader: agentOf("trader", genomes.trader) as Trader,
    risk: agentOf("risk", genomes.risk) as RiskAgent,
  };
}

/** The key of an agent, or of the default one. */
export function agentKey(agent: Agent | null): string {
  return agent ? agent.key : "default";
}

/** What tells two pipelines apart. */
export function pipelineKey(pipeline: Pipeline): string {
  return [pipeline.analyst, pipeline.researcher, pipeline.trader, pipeline.risk].map(agentKey).join("/");
}
