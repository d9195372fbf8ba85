/**
 * Prints the instrument check over the stored answers of the scripted models; exit code 1 if a fault is not found. After
 * record.ts it is the whole check, made again:
 *   deno run --allow-read --allow-env --allow-sys tools/scripted_model/check.ts
 */
import { COMMITTED_BENCHMARK, readBenchmarkFolder } from "popagent/adapters/llm/benchmark_files.ts";
import { decidersOf } from "popagent/experiments/decisions/compare_models.ts";
import { plainTable } from "popagent/report/text/plain_table.ts";
import { recoveries } from "./instrument.ts";

const { benchmark, models } = await readBenchmarkFolder(COMMITTED_BENCHMARK);
const found = recoveries(decidersOf(benchmark, models.filter(({ model }) => model.simulated)));
console.log(plainTable(
  [["Simulated model", "left"], ["Fault", "left"], ["Planted", "right"], ["Found", "right"], ["", "left"]],
  found.map(({ model, fault, planted, found, recovered }) => [
    model,
    fault,
    planted.toFixed(3),
    found.toFixed(3),
    recovered ? "recovered" : "NOT RECOVERED",
  ]),
));
if (found.some(({ recovered }) => !recovered)) Deno.exit(1);
