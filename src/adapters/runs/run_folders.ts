import { join } from "node:path";
import { canonicalJson, hashJson } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import type { OpenRun, RunIdentity, RunOutcome, RunStore } from "../../experiments/ports/run_store.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { isFolder } from "../files/folder.ts";
import { reasonOf } from "../files/writable_folder.ts";
import { collectProvenance, sourceHash } from "./provenance.ts";
import { CHECKPOINT_FOLDER, CONFIG_FILE, nothingToResume, requireSameSource, SOURCE_FILE } from "./resume.ts";
import { readRun, RUN_FILES, writeRun } from "./run_files.ts";

/** A run is named by its command, seed, configuration and rows. */
export function runId({ command, plan: { config, panel } }: RunIdentity): string {
  return `${command}-s${config.seed}-${hashJson({ config, rows: panel.hash }).slice(0, 10)}`;
}

/** Runs as folders, <root>/<id>; while a run is under way its checkpoints are in a folder there. */
export function runFolders(root: string): RunStore {
  const folderOf = (identity: RunIdentity) => join(root, runId(identity));
  const checkpointsOf = (folder: string) => join(folder, CHECKPOINT_FOLDER);

  async function open(identity: RunIdentity, resume: boolean): Promise<OpenRun> {
    const id = runId(identity), folder = folderOf(identity), checkpoints = checkpointsOf(folder);
    if (resume) {
      if (!await isFolder(checkpoints)) throw await nothingToResume(root, id, identity.plan.config);
      await requireSameSource(id, folder);
      return { id, checkpoints, resumed: true };
    }
    try {
      if (await isFolder(folder)) await Deno.remove(folder, { recursive: true });
      await Deno.mkdir(checkpoints, { recursive: true });
      await writeFileAtomic(join(folder, CONFIG_FILE), `${canonicalJson(identity.plan.config)}\n`);
      await writeFileAtomic(join(folder, SOURCE_FILE), `${await sourceHash()}\n`);
    } catch (error) {
      throw new UserError(
        `Cannot write the run as its folder must be writable: current value is ${folder} (${
          reasonOf(error)
        })`,
      );
    }
    return { id, checkpoints, resumed: false };
  }

  return {
    open,
    async stage(identity) {
      const folder = folderOf(identity);
      if (await isFolder(checkpointsOf(folder))) return "unfinished";
      return await isFolder(folder) ? "finished" : "absent";
    },
    async finish({ id, checkpoints, resumed }, outcome, facts) {
      const folder = join(root, id);
      const provenance = await collectProvenance(facts, resumed);
      const report = join(folder, RUN_FILES.report);
      await writeFileAtomic(report, await reportOf(outcome, provenance));
      await writeRun(folder, outcome, provenance);
      await Deno.remove(checkpoints, { recursive: true });
      await Deno.remove(join(folder, SOURCE_FILE));
      return report;
    },
    discard: ({ id }) => Deno.remove(join(root, id), { recursive: true }),
    result: async (identity) => (await readRun(folderOf(identity))).result,
  };
}

async function reportOf(outcome: RunOutcome, provenance: Awaited<ReturnType<typeof collectProvenance>>) {
  const { runPage } = await import("../../report/html/run_page.ts"); // drawing is loaded once there is something to draw
  return runPage({ ...outcome, provenance });
}
