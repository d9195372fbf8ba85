/** How far a whole run is and how long it has to go: its jobs weighed by what they cost. */

/** What a job costs, measured on two synthetic years with five agents a role. */
export interface JobCost {
  /** Work, in that of the population's job. */
  readonly work: number;
  /** Share of it that is done when the first step is: series that no later step computes again. */
  readonly first: number;
  /** Cost of the last step over that of the second: steps that read all rows so far grow with them. */
  readonly growth: number;
  /** Steps from one that is dear to the next: what follows on a lesson computes new agents' series. 1 where all are alike. */
  readonly every: number;
}

/** Of a job with dear steps the share of its work that all steps have alike. */
const EVEN_PART = 0.15;

/** Share of a job's work that is done after some of its steps. */
export function shareDone(cost: Omit<JobCost, "work">, done: number, total: number): number {
  if (done <= 0) return 0;
  if (done >= total) return 1;
  const { first, growth } = cost, even = (done - 1) / (total - 1), lessons = lessonsIn(total, cost);
  const at = lessons === 0
    ? even
    : EVEN_PART * even + (1 - EVEN_PART) * Math.min(1, lessonsIn(done, cost) / lessons);
  return first + (1 - first) * (2 * at + (growth - 1) * at * at) / (growth + 1);
}

/** Dear steps among the first ones, but for the very first: a lesson ends every `every`-th step, its agents live from the next. */
function lessonsIn(steps: number, { every }: Pick<JobCost, "every">): number {
  return every === 1 ? 0 : Math.max(0, Math.floor((steps - 2) / every));
}

/** A run's jobs under way. */
export interface Outlook {
  /**
   * Takes note of a job's progress.
   *
   * @param seconds Since the run began.
   */
  update(job: string, done: number, total: number, seconds: number): void;
  /** Share of all work that is done, in [0, 1]. */
  share(): number;
  /** Seconds that are left; null while nothing is done. */
  left(seconds: number): number | null;
}

/** Share of all work that jobs must have done since their first reports before their pace is read off it. */
const ENOUGH = 0.02;

/** When a job first reported and last, and what it had done by then. */
interface Pace {
  readonly begun: number;
  readonly before: number;
  readonly seconds: number;
  readonly work: number;
}

/**
 * The outlook of jobs that are started in this order on so many workers. Each job's pace is that of all so far, counted
 * from each one's first report: what a run spends on starting says nothing of what follows. What is left takes as long as
 * the jobs do that each worker has yet to run.
 */
export function createOutlook(jobs: ReadonlyMap<string, JobCost>, workers: number): Outlook {
  const shares = new Map<string, number>(), paces = new Map<string, Pace>();
  let at = 0;
  const remaining = () => [...jobs].map(([name, cost]) => cost.work * (1 - (shares.get(name) ?? 0)));
  const all = [...jobs.values()].reduce((sum, { work }) => sum + work, 0);
  const done = () => all - remaining().reduce((sum, work) => sum + work, 0);

  /** Work until the last worker is done, jobs being taken up in their order. */
  function longest(): number {
    const busy = new Array<number>(workers).fill(0);
    for (const work of remaining()) {
      const free = busy.indexOf(Math.min(...busy));
      busy[free]! += work;
    }
    return Math.max(...busy);
  }

  /** Seconds that a worker takes for a unit of work. */
  function secondsOfWork(): number {
    let seconds = 0, work = 0;
    for (const pace of paces.values()) {
      seconds += pace.seconds - pace.begun;
      work += pace.work - pace.before;
    }
    if (work >= ENOUGH * all && seconds > 0) return seconds / work;
    return at * Math.min(workers, Math.max(1, shares.size)) / done();
  }

  return {
    update(job, steps, total, seconds) {
      const cost = jobs.get(job);
      if (!cost) return;
      const share = shareDone(cost, steps, total), work = cost.work * share;
      shares.set(job, share);
      at = seconds;
      if (steps <= 0) return;
      const { begun, before } = paces.get(job) ?? { begun: seconds, before: work };
      paces.set(job, { begun, before, seconds, work });
    },
    share: () => done() / all,
    left(seconds) {
      if (!(done() > 0)) return null;
      return Math.max(0, longest() * secondsOfWork() - (seconds - at));
    },
  };
}
