/** Port: the time that a session lives in. */
export interface Clock {
  /** ms UTC. */
  now(): number;
  /** Lets so many ms go by. */
  wait(ms: number): Promise<void>;
}

/** A clock that is moved by whoever waits: replays and trials take no real time. */
export interface VirtualClock extends Clock {
  /** Moves on to an instant; never back. */
  to(time: number): void;
}

export function virtualClock(start: number): VirtualClock {
  let time = start;
  return {
    now: () => time,
    wait: (ms) => {
      time += ms;
      return Promise.resolve();
    },
    to: (later) => {
      time = Math.max(time, later);
    },
  };
}
