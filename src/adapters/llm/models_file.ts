/** configs/models.yaml: providers, models and the budget. */
import { join } from "node:path";
import type { ServedModel } from "../../llm/ladder.ts";
import { type Models, modelsSchema } from "../../llm/model_card.ts";
import { UserError } from "../../core/user_error.ts";
import { nearest } from "../../core/nearest.ts";
import { checked } from "../files/json_file.ts";
import { PROJECT } from "../files/project.ts";
import { parsedYaml } from "../files/yaml_file.ts";
import { atPath } from "../files/system_error.ts";

/** Where models are looked for unless a flag says otherwise. */
export const MODELS_FILE = join(PROJECT, "configs", "models.yaml");

/** Reads a table of models. @throws {UserError} With the file, the field and the rule. */
export async function readModels(path: string = MODELS_FILE): Promise<Models> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw atPath("read", path, error);
  }
  return checked(path, modelsSchema, parsedYaml(text, path));
}

/** A model by its name in the table. @throws {UserError} If there is none, with the nearest. */
export function servedModel({ models, providers }: Models, name: string): ServedModel {
  const names = Object.keys(models);
  if (!names.includes(name)) {
    const near = nearest(name, names);
    const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "popagent llm models lists them.";
    throw new UserError(`Cannot ask the model ${name} as it must stand in the table of models. ${hint}`);
  }
  const card = models[name]!;
  return { name, card, provider: providers[card.provider]! };
}

/** Hosts that the table names, with ports where the address has one; what a task must be allowed to reach. */
export function hostsOf({ providers }: Models): readonly string[] {
  return [...new Set(Object.values(providers).map(({ baseUrl }) => new URL(baseUrl).host))].sort();
}

/** Variables of the environment that the table names. */
export function keyNamesOf({ providers }: Models): readonly string[] {
  return [...new Set(Object.values(providers).flatMap(({ key }) => key ?? []))].sort();
}
