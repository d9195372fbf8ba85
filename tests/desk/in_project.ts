import { join } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";

/** Runs with a folder inside the project, where extensions may be, and takes it away. */
export async function inProject(use: (folder: string) => Promise<void>): Promise<void> {
  await Deno.mkdir(join(PROJECT, "data"), { recursive: true });
  const home = await Deno.makeTempDir({ dir: join(PROJECT, "data"), prefix: "extension-" });
  try {
    await use(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
