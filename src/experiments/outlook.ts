/** How far a whole run is and how long it has to go: its jobs weighed by what they cost. */

/** What a job costs, measured on two synthetic years with five agents a role. */
export interface JobCost {
  /** Work, in that of the population's job. */
  readonly work: number;
  /** Share of it that is done when the first step is: series that no later step computes again. */
  readonly first: number;
  /** Cost of the last step over that of the second: steps that read all rows so far grow with them. */
  readonly growth: number;
}

/** Share of a job's work that is done after some of its steps. */
export function shareDone({ first, growth }: Omit<JobCost, "work">, done: number, total: number): number {
  if (done <= 0) return 0;
  if (done >= total) return 1;
  const at = (done - 1) / (total - 1);
  return first + (1 - first) * (2 * at + (growth - 1) * at * at) / (growth + 1);
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

/**
 * The outlook of jobs that are started in this order on so many workers. Each job's pace is that of all so far; what is
 * left takes as long as the jobs do that each worker has yet to run.
 */
export function createOutlook(jobs: ReadonlyMap<string, JobCost>, workers: number): Outlook {
  const shares = new Map<string, number>();
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

  return {
    update(job, steps, total, seconds) {
      const cost = jobs.get(job);
      if (!cost) return;
      shares.set(job, shareDone(cost, steps, total));
      at = seconds;
    },
    share: () => done() / all,
    left(seconds) {
      const worked = done();
      if (!(worked > 0)) return null;
      const running = Math.min(workers, Math.max(1, shares.size));
      return Math.max(0, longest() * at * running / worked - (seconds - at));
    },
  };
}
