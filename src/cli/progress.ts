import process from "node:process";
import { MultiBar, Presets } from "cli-progress";
import { tell } from "./print.ts";

/** Shows how far named jobs are. */
export interface ProgressView {
  update(job: string, done: number, total: number): void;
  /** A line of its own, above the bars. */
  log(line: string): void;
  stop(): void;
}

const PLAIN_STEPS = 4;

/** Bars with an ETA on a terminal; elsewhere a plain line with one at every quarter of a job; nothing if `quiet`. */
export function createProgressView(quiet: boolean): ProgressView {
  if (quiet) return { update: () => {}, log: () => {}, stop: () => {} };
  return Deno.stderr.isTerminal() ? barView() : lineView();
}

function barView(): ProgressView {
  const view = new MultiBar({
    format: "{job} [{bar}] {value}/{total}  {percentage}%  ETA {eta_formatted}",
    hideCursor: true,
    clearOnComplete: false,
    stream: process.stderr,
  }, Presets.shades_classic);
  const bars = new Map<string, ReturnType<typeof view.create>>();
  return {
    update(job, done, total) {
      const bar = bars.get(job) ?? view.create(total, 0, { job: job.padEnd(24) });
      bars.set(job, bar);
      bar.setTotal(total);
      bar.update(done, { job: job.padEnd(24) });
    },
    log: (line) => view.log(`${line}\n`),
    stop: () => view.stop(),
  };
}

function lineView(): ProgressView {
  const shown = new Map<string, number>();
  const begun = new Map<string, { readonly time: number; readonly done: number }>();
  return {
    update(job, done, total) {
      const first = begun.get(job) ?? { time: Date.now(), done };
      begun.set(job, first);
      const quarter = Math.floor(PLAIN_STEPS * done / total);
      if (quarter === 0 || (shown.get(job) ?? 0) >= quarter) return;
      shown.set(job, quarter);
      const left = (Date.now() - first.time) / 1000 * (total - done) / (done - first.done);
      const eta = done < total && done > first.done ? `, about ${durationText(left)} left` : "";
      tell(`${job}: ${done}/${total} (${Math.round(100 * done / total)} %${eta})`);
    },
    log: tell,
    stop: () => {},
  };
}

/** Seconds as a reader takes them in: 40 s, 7 min. */
export function durationText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
