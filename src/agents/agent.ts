import { hashJson } from "../core/hash.ts";
import type { GeneValues } from "../genome/gene.ts";
import { decodeGenome, type Genome, seedLabel } from "../genome/genome.ts";
import { type Role, ROLES } from "../genome/role.ts";
import { variantNamed } from "./catalogue.ts";
import { geneSet, type Variant } from "./variant.ts";

/** A genome made ready to act: its variant, its values as used, and the address of what it does. */
export interface Agent<Kind extends Role = Role> {
  /** What it is. */
  readonly variant: Variant<Kind>;
  /** Values of its genes as they are used. */
  readonly genes: GeneValues;
  /** Content address: agents with equal keys act alike. */
  readonly key: string;
  /** What seeds its methods' random draws. */
  readonly label: string;
}

/** One agent per role; null stands for the role's declared default agent. */
export type Pipeline = { readonly [Kind in Role]: Agent<Kind> | null };

/** Makes an agent of a genome. */
export function agentOf<Kind extends Role>(role: Kind, genome: Genome): Agent<Kind> {
  const variant = variantNamed(role, genome.variant);
  const set = geneSet(variant);
  const label = seedLabel(set, genome);
  return { variant, genes: decodeGenome(set, genome), label, key: `${label}${identityKey(variant)}` };
}

const identityKeys = new WeakMap<object, string>();

/** Address of what never moves in a variant, worked out once for each. */
function identityKey({ identity }: Variant): string {
  const known = identityKeys.get(identity);
  if (known !== undefined) return known;
  const key = hashJson(identity).slice(0, 8);
  identityKeys.set(identity, key);
  return key;
}

/** Makes a pipeline of one genome per role. */
export function pipelineOf(genomes: Readonly<Record<Role, Genome>>): Pipeline {
  return {
    analyst: agentOf("analyst", genomes.analyst),
    researcher: agentOf("researcher", genomes.researcher),
    trader: agentOf("trader", genomes.trader),
    risk: agentOf("risk", genomes.risk),
  };
}

/** The key of an agent, or of the default one. */
export function agentKey(agent: Pick<Agent, "key"> | null): string {
  return agent ? agent.key : "default";
}

/** What tells two pipelines apart. */
export function pipelineKey(pipeline: Pipeline): string {
  return ROLES.map((role) => agentKey(pipeline[role])).join("/");
}
