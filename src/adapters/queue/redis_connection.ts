/** The way to a Redis server, and what to say where there is none. */
import { Redis } from "ioredis";
import { UserError } from "../../core/user_error.ts";
import { type QueueAddress, REDIS_PASSWORD } from "./queue_address.ts";

/** ms between two tries to reach a server that is away, and for the first try at all. */
const RETRY_MS = 500, PATIENCE_MS = 5000;

/** What ioredis and BullMQ are given: they wait for a server that was there and is away. */
export function connectionOf({ host, port, db, username, password, tls }: QueueAddress) {
  return {
    host,
    port,
    db,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls: { ...tls, servername: host } }),
    maxRetriesPerRequest: null, // BullMQ's rule: a command waits for the server as long as it takes
    retryStrategy: () => RETRY_MS,
  };
}

/**
 * Asks whether the server is there and lets us in.
 *
 * @returns Its time now, ms UTC.
 * @throws {UserError} If it is not, with what to install or to set.
 */
export async function requireServer(address: QueueAddress): Promise<number> {
  const redis = new Redis({
    ...connectionOf(address),
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let last: unknown = null;
  redis.on("error", (error: unknown) => last = error);
  try {
    await redis.connect();
    const [seconds, micros] = await redis.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  } catch (error) {
    throw unreachable(address, last ?? error);
  } finally {
    redis.disconnect();
  }
}

function unreachable({ shown, host, port }: QueueAddress, error: unknown): UserError {
  const said = error instanceof Error ? error.message : String(error);
  const because = (rule: string) =>
    new UserError(`Cannot reach the queue ${shown} as ${rule}`, { cause: error });
  if (/NOAUTH|WRONGPASS|NOPERM|AUTH/.test(said)) {
    return because(`the server must let us in: it wants another password. Set ${REDIS_PASSWORD}.`);
  }
  if (/Requires net access|NotCapable/.test(said)) {
    return because(
      `this task may not speak to ${host}:${port}. Take deno task queue or deno task worker, which may speak to a ` +
        "server on this machine; docs/SCALE.md says how to name another.",
    );
  }
  if (/certificate|TLS|SSL|UnknownIssuer/i.test(said)) {
    return because(
      "its certificate must be trusted: give that of its authority, as PEM text, in POPAGENT_REDIS_CA.",
    );
  }
  return because(
    "a Redis server must answer there: none does. Install one (apt-get install redis-server) and start it: " +
      "redis-server --appendonly yes",
  );
}
