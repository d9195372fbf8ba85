import type { ForecastTask } from "./task.ts";

/**
 * A part of a task that methods read whatever they do with it, as its labels: computed when the first asks and kept as long as
 * the task is. Nobody writes to it.
 */
export function oncePerTask<Part>(compute: (task: ForecastTask) => Part): (task: ForecastTask) => Part {
  const known = new WeakMap<ForecastTask, { readonly part: Part }>();
  return (task) => {
    const kept = known.get(task);
    if (kept !== undefined) return kept.part;
    const part = compute(task);
    known.set(task, { part });
    return part;
  };
}
