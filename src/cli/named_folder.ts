import { resolve } from "node:path";
import { isEmptyFolder } from "../adapters/bars/csv_folder.ts";
import type { ResolvedSettings } from "../adapters/config/resolve_settings.ts";
import { originText, printable } from "../adapters/config/written.ts";
import { ruleOf } from "../adapters/files/system_error.ts";
import { UserError } from "../core/user_error.ts";

/**
 * Makes sure, before any other work, that a folder of bars that somebody named is there and not empty. The default
 * folder may be either: the synthetic market takes its place.
 *
 * @throws {UserError} With what was looked for, and where.
 */
export async function requireNamedFolder({ settings, origins }: ResolvedSettings): Promise<void> {
  const named = origins.get("data.folder");
  if (!named || settings.data.source === "synthetic") return;
  const { folder } = settings.data;
  const fault = await faultOf(folder);
  if (fault === null) return;
  const files = settings.universe.coins.map((coin) => `Bybit_${coin}.csv`).join(", ");
  throw new UserError(
    `Cannot read bars in ${printable(folder)}${
      originText(named.origin)
    } as it must be a folder that holds them: ${fault}. ` +
      `Looked for ${files} in ${
        printable(resolve(folder))
      }. Copy them into data/bybit, which is read where no folder is named. Without any the synthetic market is traded.`,
  );
}

async function faultOf(folder: string): Promise<string | null> {
  try {
    if (!(await Deno.stat(folder)).isDirectory) return "it is a file";
    return isEmptyFolder(folder) ? "it is empty" : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "it is not there";
    return ruleOf(error);
  }
}
