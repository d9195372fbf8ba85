/** Wall time and peak memory of the main job as a user starts it, read from the system where it tells (Linux). */
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
  peak = Math.max(peak, ...await peaksOfTree(child.pid));
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

/** Peak resident sizes in kB of a process and its descendants; `deno task` starts the job as a child of its own. */
async function peaksOfTree(pid: number): Promise<number[]> {
  const own = await readField(pid);
  const children = await childrenOf(pid);
  return [...own, ...(await Promise.all(children.map(peaksOfTree))).flat()];
}

async function readField(pid: number): Promise<number[]> {
  const text = await readOrEmpty(`/proc/${pid}/status`);
  const match = /VmHWM:\s+(\d+) kB/.exec(text);
  return match ? [Number(match[1])] : [];
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readOrEmpty(`/proc/${pid}/task/${pid}/children`);
  return text.trim() === "" ? [] : text.trim().split(/\s+/).map(Number);
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return "";
    throw error;
  }
}
