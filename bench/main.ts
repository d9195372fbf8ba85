/** All benchmarks, one after another. Each prints ratios measured side by side; none has a threshold. */
const BENCHES = ["indicators", "event_loop", "iteration", "main_job", "sweep"];

const chosen = Deno.args.length > 0 ? Deno.args : BENCHES;
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
