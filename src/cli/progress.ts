import process from "node:process";
import { MultiBar, Presets } from "cli-progress";
import { TEXT_WIDTH } from "../report/text/width.ts";
import { tell } from "./print.ts";

/** Shows how far named jobs are. */
export interface ProgressView {
  update(job: string, done: number, total: number): void;
  /** How far all jobs together are: a share in [0, 1], and seconds that are left; null while nobody knows. */
  whole(share: number, secondsLeft: number | null): void;
  /** A line of its own, above the bars. */
  log(line: string): void;
  stop(): void;
}

const PLAIN_STEPS = 4;
/** Signs of a job's name, and of all on its line but the bar. */
const NAME = 26, AROUND = 66;
/** Signs of a bar. */
const LEAST_BAR = 8, MOST_BAR = 40;
/** The bar of the whole run counts in these; without a terminal it is told at every tenth. */
const PARTS = 1000, TENTHS = 10;

/**
 * Bars with the time left on a terminal, in one line each of at most 100 signs; elsewhere a plain line with it at every
 * quarter of a job; nothing if `quiet`.
 */
export function createProgressView(quiet: boolean): ProgressView {
  if (quiet) return { update: () => {}, whole: () => {}, log: () => {}, stop: () => {} };
  return Deno.stderr.isTerminal() ? barView() : lineView();
}

/** Signs that a bar may take on a terminal so wide: what stands around it stays on its line. */
export function barSize(columns: number): number {
  return Math.max(LEAST_BAR, Math.min(MOST_BAR, Math.min(columns, TEXT_WIDTH) - AROUND));
}

/** "selectionOnly" as a person writes it. */
function words(job: string): string {
  return job.replace(/[A-Z]+/g, (capitals) => ` ${capitals.toLowerCase()}`);
}

function barView(): ProgressView {
  const view = new MultiBar({
    format: "{job} [{bar}] {value}/{total}  {percentage}%  {eta_formatted} left",
    barsize: barSize(process.stderr.columns ?? TEXT_WIDTH),
    hideCursor: true,
    clearOnComplete: false,
    stream: process.stderr,
  }, Presets.shades_classic);
  const name = (job: string) => ({ job: words(job).slice(0, NAME).padEnd(NAME) });
  const bars = new Map<string, ReturnType<typeof view.create>>();
  let all: ReturnType<typeof view.create> | null = null;
  return {
    update(job, done, total) {
      const bar = bars.get(job) ?? view.create(total, 0, name(job));
      bars.set(job, bar);
      bar.setTotal(total);
      bar.update(done, name(job));
    },
    whole(share, secondsLeft) {
      const told = {
        ...name("whole run"),
        left: secondsLeft === null ? "" : `about ${durationText(secondsLeft)} left`,
      };
      all ??= view.create(PARTS, 0, told, { format: "{job} [{bar}] {percentage}%  {left}" });
      all.update(Math.floor(PARTS * share), told);
    },
    log: (line) => view.log(`${line}\n`),
    stop: () => view.stop(),
  };
}

function lineView(): ProgressView {
  const shown = new Map<string, number>();
  const begun = new Map<string, { readonly time: number; readonly done: number }>();
  let tenths = 0;
  return {
    update(job, done, total) {
      const first = begun.get(job) ?? { time: Date.now(), done };
      begun.set(job, first);
      const quarter = Math.floor(PLAIN_STEPS * done / total);
      if (quarter === 0 || (shown.get(job) ?? 0) >= quarter) return;
      shown.set(job, quarter);
      const left = (Date.now() - first.time) / 1000 * (total - done) / (done - first.done);
      const eta = done < total && done > first.done ? `, about ${durationText(left)} left` : "";
      tell(`${words(job)}: ${done}/${total} (${Math.round(100 * done / total)} %${eta})`);
    },
    whole(share, secondsLeft) {
      if (secondsLeft === null || share >= 1 || Math.floor(TENTHS * share) <= tenths) return;
      tenths = Math.floor(TENTHS * share);
      tell(`Whole run: ${Math.round(100 * share)} % of the work, about ${durationText(secondsLeft)} left`);
    },
    log: tell,
    stop: () => {},
  };
}

/** Seconds as a reader takes them in: 40 s, 3.4 min, 17 min. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${(seconds / 60).toFixed(seconds < 570 ? 1 : 0)} min`;
}
