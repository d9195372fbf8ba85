/** A Redis server of one's own, for tests and trials: on a free port, in a folder of its own, ended with them. */

/** A server that was started here. */
export interface RedisServer {
  readonly port: number;
  /** Its address, as --queue takes it. */
  readonly queue: string;
  readonly pid: number;
  stop(signal?: Deno.Signal): Promise<void>;
}

/** A port on which nobody listens now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

/** Starts a server; null where none is installed. `more` are words of its command line. */
export async function startRedis(
  folder: string,
  port = freePort(),
  ...more: string[]
): Promise<RedisServer | null> {
  const args = [
    "--port",
    `${port}`,
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--dir",
    folder,
    "--daemonize",
    "no",
  ];
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command("redis-server", {
      args: [...args, ...more],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  await untilListening(port);
  return {
    port,
    queue: `redis://127.0.0.1:${port}`,
    pid: child.pid,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await child.status;
    },
  };
}

/** Waits until somebody listens. */
export async function untilListening(port: number): Promise<void> {
  for (let tries = 0;; tries++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch (error) {
      if (tries > 400) throw error;
      await new Promise((go) => setTimeout(go, 25));
    }
  }
}
