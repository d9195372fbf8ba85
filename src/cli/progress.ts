import process from "node:process";
import { MultiBar, Presets } from "cli-progress";
import { TEXT_WIDTH } from "../report/text/width.ts";
import { tell } from "./print.ts";

/** Shows how far named jobs are. */
export interface ProgressView {
  update(job: string, done: number, total: number): void;
  /** A line of its own, above the bars. */
  log(line: string): void;
  stop(): void;
}

const PLAIN_STEPS = 4;
/** Signs of a job's name, and of all on its line but the bar. */
const NAME = 26, AROUND = 66;
/** Signs of a bar. */
const LEAST_BAR = 8, MOST_BAR = 40;
/** The bar of the whole run counts in these. */
const PARTS = 1000;

/**
 * Bars with the time left on a terminal, in one line each of at most 100 signs; elsewhere a plain line with it at every
 * quarter of a job; nothing if `quiet`.
 *
 * @param jobs Jobs that will come in all; from two on, how far the whole run is stands beside them.
 */
export function createProgressView(quiet: boolean, jobs = 1): ProgressView {
  if (quiet) return { update: () => {}, log: () => {}, stop: () => {} };
  return Deno.stderr.isTerminal() ? barView(jobs) : lineView(jobs);
}

/** Signs that a bar may take on a terminal so wide: what stands around it stays on its line. */
export function barSize(columns: number): number {
  return Math.max(LEAST_BAR, Math.min(MOST_BAR, Math.min(columns, TEXT_WIDTH) - AROUND));
}

/** Share of all jobs that is done, each counted alike; in [0, 1]. */
export function shareDone(shares: ReadonlyMap<string, number>, jobs: number): number {
  const sum = [...shares.values()].reduce((total, share) => total + share, 0);
  return Math.min(1, sum / Math.max(jobs, shares.size));
}

/** "selectionOnly" as a person writes it. */
function words(job: string): string {
  return job.replace(/[A-Z]+/g, (capitals) => ` ${capitals.toLowerCase()}`);
}

function barView(jobs: number): ProgressView {
  const view = new MultiBar({
    format: "{job} [{bar}] {value}/{total}  {percentage}%  {eta_formatted} left",
    barsize: barSize(process.stderr.columns ?? TEXT_WIDTH),
    hideCursor: true,
    clearOnComplete: false,
    stream: process.stderr,
  }, Presets.shades_classic);
  const name = (job: string) => ({ job: words(job).slice(0, NAME).padEnd(NAME) });
  const all = jobs > 1 ? view.create(PARTS, 0, name("whole run")) : null;
  const bars = new Map<string, ReturnType<typeof view.create>>();
  const shares = new Map<string, number>();
  return {
    update(job, done, total) {
      const bar = bars.get(job) ?? view.create(total, 0, name(job));
      bars.set(job, bar);
      bar.setTotal(total);
      bar.update(done, name(job));
      shares.set(job, done / total);
      all?.update(Math.floor(PARTS * shareDone(shares, jobs)), name("whole run"));
    },
    log: (line) => view.log(`${line}\n`),
    stop: () => view.stop(),
  };
}

function lineView(jobs: number): ProgressView {
  const shown = new Map<string, number>();
  const begun = new Map<string, { readonly time: number; readonly done: number }>();
  const shares = new Map<string, number>();
  const start = Date.now();
  const wholeRun = () => {
    const share = shareDone(shares, jobs);
    if (jobs < 2 || share >= 1) return "";
    return `; the whole run about ${durationText((Date.now() - start) / 1000 * (1 - share) / share)}`;
  };
  return {
    update(job, done, total) {
      const first = begun.get(job) ?? { time: Date.now(), done };
      begun.set(job, first);
      shares.set(job, done / total);
      const quarter = Math.floor(PLAIN_STEPS * done / total);
      if (quarter === 0 || (shown.get(job) ?? 0) >= quarter) return;
      shown.set(job, quarter);
      const left = (Date.now() - first.time) / 1000 * (total - done) / (done - first.done);
      const eta = done < total && done > first.done ? `, about ${durationText(left)} left` : "";
      tell(`${words(job)}: ${done}/${total} (${Math.round(100 * done / total)} %${eta}${wholeRun()})`);
    },
    log: tell,
    stop: () => {},
  };
}

/** Seconds as a reader takes them in: 40 s, 7 min. */
function durationText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
