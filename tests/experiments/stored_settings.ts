/** Settings that a stored proof was run under beside those of today. */
import { type PopulationRunConfig, populationRunConfig } from "popagent/experiments/config.ts";
import { resolved } from "../adapters/written_settings.ts";

type Tree = Readonly<Record<string, unknown>>;

/** A stored configuration by the names of today, as a user's file with the former ones is read; what came since is at its default. */
export function todaysReading(stored: Tree): PopulationRunConfig {
  return populationRunConfig(resolved(JSON.stringify(stored)).settings);
}

/** Dotted paths of settings that came since a configuration was stored: what a proof says nothing of. */
export function settingsSince(today: Tree, stored: Tree, above = ""): string[] {
  return Object.entries(today).flatMap(([key, value]) => {
    const path = `${above}${key}`, was = stored[key];
    if (was === undefined) return [path];
    return isTree(value) && isTree(was) ? settingsSince(value, was, `${path}.`) : [];
  });
}

function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** What came since the stored proofs ran; at their defaults no byte of a run moved (the golden set). */
export const SINCE_PROOFS = [
  "account.orderDelay",
  "population.teacher",
  "population.frozen",
  "population.language.mutants",
  "population.language.distil",
];
