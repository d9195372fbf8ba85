/** An encrypted connection to a real Redis server, its certificate signed by an authority that is made here. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { queueAddress } from "popagent/adapters/queue/queue_address.ts";
import { requireServer } from "popagent/adapters/queue/redis_connection.ts";
import { freePort, startRedis } from "../../tools/queue_redis.ts";
import { inFolder } from "../cli/cli.ts";

/** A certificate for some names, signed by itself. @returns Where key and certificate are; null without openssl. */
async function certificate(folder: string, names: string) {
  const key = join(folder, "key.pem"), cert = join(folder, "cert.pem");
  const made = await new Deno.Command("openssl", {
    args: [
      ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=trial".split(" "),
      ...["-addext", `subjectAltName=${names}`, "-keyout", key, "-out", cert],
    ],
    stderr: "null",
  }).output().catch(() => null);
  return made?.success ? { key, cert } : null;
}

/** Asks a server that has a certificate for some names; null where one cannot be had. */
async function asking(
  folder: string,
  names: string,
  use: (ask: (scheme: string, ca?: string) => Promise<number>, ca: string) => Promise<void>,
): Promise<void> {
  const made = await certificate(folder, names);
  if (made === null) return console.log("  runs without openssl: TLS was not tried");
  const port = freePort();
  const tls = ["--tls-port", `${port}`, "--tls-auth-clients", "no"];
  const files = ["--tls-cert-file", made.cert, "--tls-key-file", made.key, "--tls-ca-cert-file", made.cert];
  const server = await startRedis(folder, freePort(), ...tls, ...files);
  if (!server) return console.log("  runs without Redis: TLS was not tried");
  const ask = (scheme: string, ca?: string) =>
    requireServer(
      queueAddress(`${scheme}://127.0.0.1:${port}`, (name) => name === "POPAGENT_REDIS_CA" ? ca : undefined),
    );
  try {
    await use(ask, await Deno.readTextFile(made.cert));
  } finally {
    await server.stop();
  }
}

/** ioredis leaves the clock of its first connection running. */
const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "rediss:// to a number is let in where the authority is given, and not without it, nor by redis://",
  options,
  () =>
    inFolder((folder) =>
      asking(folder, "IP:127.0.0.1", async (ask, ca) => {
        assert.ok(await ask("rediss", ca) > 0);
        await assert.rejects(ask("rediss"), /its certificate must be trusted \(self-signed certificate\)/);
        await assert.rejects(ask("redis"), /Write rediss:\/\/ if it encrypts/);
      })
    ),
);

Deno.test(
  "a certificate of another machine is refused though its authority is trusted",
  options,
  () =>
    inFolder((folder) =>
      asking(folder, "DNS:other.lab", async (ask, ca) => {
        await assert.rejects(ask("rediss", ca), /its certificate must name 127\.0\.0\.1: it names others/);
      })
    ),
);
