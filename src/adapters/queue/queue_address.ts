/** Where a queue is: an address from the command line, what must stay secret from the environment. */
import { UserError } from "../../core/user_error.ts";

/** A Redis server, and how to be let in. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  /** Number of its database: one queue in each. */
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  /** Present where the connection is encrypted; with the certificate of who signed the server's, if it is no public one. */
  readonly tls?: { readonly ca?: string };
  /** The address as it may be shown: without anything secret. */
  readonly shown: string;
}

/** Variables of the environment that are read here. */
export const REDIS_USER = "POPAGENT_REDIS_USER";
export const REDIS_PASSWORD = "POPAGENT_REDIS_PASSWORD";
/** PEM text of the certificate authority. */
export const REDIS_CA = "POPAGENT_REDIS_CA";

/** The usual port of Redis. */
const PORT = 6379;
/** Databases of a Redis server that is set up as usual. */
const MOST_DB = 15;

/**
 * Reads `redis://host:port/db` or, encrypted, `rediss://host:port/db`; port and database may be left out.
 *
 * @param env A variable of the environment.
 * @throws {UserError} If it is no such address, or holds a password: it would be seen in the list of processes.
 */
export function queueAddress(text: string, env: (name: string) => string | undefined): QueueAddress {
  const fault = (rule: string) =>
    new UserError(`Cannot read --queue as ${rule}. Write redis://host:6379, or rediss:// for TLS.`);
  const url = URL.parse(text);
  if (url === null || !["redis:", "rediss:"].includes(url.protocol) || url.hostname === "") {
    throw fault("it must be the address of a Redis server");
  }
  if (url.username !== "" || url.password !== "") {
    throw fault(
      `it must hold no name and no password, which others could see: set ${REDIS_PASSWORD} (and ${REDIS_USER})`,
    );
  }
  const db = Number(url.pathname.slice(1));
  if (!/^\/?(\d{1,2})?$/.test(url.pathname) || db > MOST_DB || url.search !== "" || url.hash !== "") {
    throw fault(`nothing but the number of a database, 0 to ${MOST_DB}, may follow the port`);
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = url.port === "" ? PORT : Number(url.port);
  const username = env(REDIS_USER), password = env(REDIS_PASSWORD), ca = env(REDIS_CA);
  return {
    host,
    port,
    db,
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(url.protocol === "rediss:" ? { tls: ca ? { ca } : {} } : {}),
    shown: `${url.protocol}//${url.hostname}:${port}${db === 0 ? "" : `/${db}`}`,
  };
}
