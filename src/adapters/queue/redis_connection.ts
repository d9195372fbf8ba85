/** The way to a Redis server, and what to say where there is none. */
import { isIP } from "node:net";
import { Redis } from "ioredis";
import { UserError } from "../../core/user_error.ts";
import { type QueueAddress, REDIS_CA, REDIS_PASSWORD } from "./queue_address.ts";

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
    ...(tls === undefined ? {} : { tls: isIP(host) === 0 ? { ...tls, servername: host } : tls }),
    maxRetriesPerRequest: null, // BullMQ's rule: a command waits for the server as long as it takes
    retryStrategy: () => RETRY_MS,
  };
}

/** Ends a connection, and waits until it is closed: until then ioredis keeps a timer for it. */
export async function endConnection(redis: Redis): Promise<void> {
  const open = redis.status !== "end" && redis.status !== "reconnecting"; // else nothing more is told of it
  const closed = new Promise((end) => redis.once("end", end));
  redis.disconnect();
  if (open) await closed;
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
    await endConnection(redis);
  }
}

function unreachable({ shown, host, port, tls }: QueueAddress, error: unknown): UserError {
  const said = error instanceof Error ? error.message : String(error);
  const because = (rule: string) =>
    new UserError(`Cannot reach the queue ${shown} as ${rule}`, { cause: error });
  if (/NOAUTH|WRONGPASS|NOPERM|AUTH/.test(said)) {
    return because(`the server must let us in: it wants another password. Set ${REDIS_PASSWORD}.`);
  }
  if (/Requires net access|NotCapable|getaddrinfo EPERM/.test(said)) {
    return because(
      `this task may not speak to ${host}:${port}. deno task queue-experiment, worker and queue may speak to port 6379 ` +
        "of this machine; docs/SCALE.md says how to name another server.",
    );
  }
  if (/altnames/.test(said)) return because(`its certificate must name ${host}: it names others.`);
  if (/certificate/i.test(said)) {
    return because(
      `its certificate must be trusted (${said}): give that of its authority, as PEM text and not as a path, in ` +
        `${REDIS_CA}.`,
    );
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(said)) return because(`its name must be known: nobody here knows ${host}.`);
  if (!/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(said)) {
    const other = tls ? "redis:// if it does not encrypt" : "rediss:// if it encrypts";
    return because(`a Redis server must answer there: what was met was "${said}". Write ${other}.`);
  }
  return because(
    "a Redis server must answer there: none does. Install one (apt-get install redis-server) and start it: " +
      "redis-server --appendonly yes",
  );
}
