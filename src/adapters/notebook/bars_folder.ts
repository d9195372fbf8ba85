/** A folder of bars that a cell names. */
import { join, resolve } from "node:path";
import { UserError } from "../../core/user_error.ts";
import { fromHere } from "../files/from_here.ts";
import { PROJECT } from "../files/project.ts";
import { ruleOf } from "../files/system_error.ts";

/**
 * Where a folder of bars is: counted from the working folder, else from the project's, from which commands count, so
 * that one settings file serves both.
 *
 * @throws {UserError} If it is in neither place; it says where it was looked for.
 */
export async function barsFolder(folder: string): Promise<string> {
  const fault = await faultOf(folder);
  if (fault === null) return folder;
  const inProject = resolve(PROJECT, folder);
  if (await faultOf(inProject) === null) return fromHere(inProject);
  throw new UserError(
    `Cannot load bars as ${JSON.stringify(folder)} must be a folder: looked at ${
      resolve(folder)
    }, and ${fault}; in ` +
      `the project's folder (${
        join(PROJECT, ".")
      }) neither. deno task fetch gets bars from Bybit, popagent data ` +
      "import takes files of other sources, and { synthetic: {} } needs none.",
  );
}

/** What keeps a path from being a folder; null if nothing does. */
async function faultOf(path: string): Promise<string | null> {
  try {
    return (await Deno.stat(path)).isDirectory ? null : "that is a file";
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "nothing is there" : ruleOf(error);
  }
}

/** The same settings with the folder of bars where it is; those of another source as they are. */
export async function withBarsFolder<
  Config extends { readonly data: { readonly source: string; readonly folder: string } },
>(
  config: Config,
): Promise<Config> {
  if (config.data.source !== "bybit") return config;
  return { ...config, data: { ...config.data, folder: await barsFolder(config.data.folder) } };
}
