import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "../cli/cli.ts";
import { notebookOf } from "./faults.ts";

const PROGRAM = fileURLToPath(new URL("../../src/cli/notebooks.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** True while a process with this id runs; a zombie that nobody has waited for counts as ended. */
function runs(pid: number): boolean {
  const { stdout } = new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(pid)] }).outputSync();
  return /^[^Z\s]/.test(new TextDecoder().decode(stdout));
}

async function until(holds: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  for (const end = performance.now() + 1000 * seconds; performance.now() < end;) {
    if (await holds()) return true;
    await new Promise((go) => setTimeout(go, 50));
  }
  return false;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
  Deno.test({
    name:
      `the notebook runner's kernel ends when ${signal} ends the runner, in the midst of a cell that never yields`,
    ignore: Deno.build.os !== "linux",
    fn: () =>
      inFolder(async (folder) => {
        await Deno.writeTextFile(
          join(folder, "endless.ipynb"),
          notebookOf(["Deno.writeTextFileSync('pid', String(Deno.pid)); 1", "while (true);"]),
        );
        const runner = new Deno.Command(Deno.execPath(), {
          args: ["run", "-q", "-A", "--config", CONFIG, PROGRAM, folder],
          stdout: "null",
          stderr: "null",
        }).spawn();
        const file = join(folder, "pid");
        const written = await until(() => Deno.stat(file).then(({ size }) => size > 0, () => false), 60);
        assert.ok(written, "the kernel must have run its first cell");
        const pid = Number(await Deno.readTextFile(file));
        assert.ok(runs(pid), "the kernel runs");
        runner.kill(signal);
        await runner.status;
        assert.ok(await until(() => !runs(pid), 10), "the kernel must have ended");
        assert.deepEqual(
          (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort(),
          ["endless.ipynb", "pid"],
        );
      }),
  });
}
