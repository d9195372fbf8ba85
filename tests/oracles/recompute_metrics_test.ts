/** A second mind over the stored numbers: Python recomputes every metric of a run from its folder alone. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { makeOutcome, withStored } from "../experiments/stored_run.ts";

const SCRIPT = fileURLToPath(new URL("recompute_metrics.py", import.meta.url));

async function python(...args: string[]): Promise<{ readonly code: number; readonly text: string }> {
  try {
    const { code, stdout, stderr } = await new Deno.Command("python3", { args }).output();
    const decoder = new TextDecoder();
    return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { code: -1, text: "python3 is not there" };
    throw error;
  }
}

const { code, text } = await python("-c", "import numpy, polars");
const ready = code === 0;
if (!ready) {
  console.warn(
    `Not run, for it needs python3 with numpy and polars (${text.trim().split("\n").at(-1)}): ${SCRIPT}`,
  );
}

Deno.test({
  name: "findings A.9: a Python script recomputes every stored metric from the folder alone",
  ignore: !ready,
  fn: async () => {
    await withStored(await makeOutcome(), async (folder) => {
      const { code, text } = await python(SCRIPT, folder);
      assert.equal(code, 0, text);
      assert.match(text, /numbers of (1[5-9]|2\d) strategies compared, 0 differ/);
      const planted = await python(SCRIPT, folder, "--plant", "population-sd");
      assert.equal(planted.code, 1, "a standard deviation over n must be noticed");
      assert.match(planted.text, /champion\.metrics\.(sharpe|volatility)/);
    });
  },
});
