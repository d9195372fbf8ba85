/** Wall time and largest resident memory of the main job as a user starts it, looked up with `ps` four times a second. */
const started = performance.now();
const child = new Deno.Command(Deno.execPath(), {
  args: ["task", "population"],
  stdout: "null",
  stderr: "null",
}).spawn();

let peak = 0;
let running = true;
const ended = child.status.then((status) => {
  running = false;
  return status;
});
while (running) {
  peak = Math.max(peak, ...await sizesOfTree(child.pid));
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 250))]);
}
const { success } = await ended;
const seconds = (performance.now() - started) / 1000;
const memory = peak > 0
  ? `${(peak / 1024).toFixed(0)} MB peak resident memory`
  : "peak memory unknown on this system";
console.log(
  `main job ${success ? "done" : "FAILED"} in ${seconds.toFixed(0)} s, ${memory} (goals: 120 s, 600 MB)`,
);

/** Resident size in kB of a process and of each of its descendants; `deno task` starts the job as a child. None without `ps`. */
async function sizesOfTree(root: number): Promise<number[]> {
  const output = await processTable();
  const rows = output.trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const below = new Set([root]);
  for (let known = 0; known !== below.size;) {
    known = below.size;
    for (const [pid, parent] of rows) if (below.has(parent!)) below.add(pid!);
  }
  return rows.filter(([pid]) => below.has(pid!)).map(([, , size]) => size!);
}

async function processTable(): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("ps", { args: ["-e", "-o", "pid=,ppid=,rss="] }).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
