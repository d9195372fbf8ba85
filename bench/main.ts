/** All benchmarks, one after another. Each prints ratios measured side by side; none has a threshold. */
const BENCHES = [
  "indicators",
  "event_loop",
  "iteration",
  "main_job",
  "sweep",
  "load_bars",
  "methods",
  "fusion",
  "inventory_iteration",
  "speed",
];

const named = Deno.args.filter((arg) => !arg.startsWith("--")); // options are a benchmark's own
const chosen = named.length > 0 ? named : BENCHES;
for (const name of chosen) {
  if (!BENCHES.includes(name)) {
    console.error(
      `Cannot run a benchmark as its name must be one of ${BENCHES.join(", ")}: current value is ${name}`,
    );
    Deno.exit(1);
  }
  console.log(`\n== ${name}`);
  await import(`./${name}.bench.ts`);
}
