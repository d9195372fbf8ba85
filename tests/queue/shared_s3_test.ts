import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { s3Place, sharedS3 } from "popagent/adapters/queue/shared_s3.ts";
import { sha256 } from "popagent/core/hash.ts";

const KEY = "the-secret-key";

/** Signature Version 4 of a request, worked out anew from Amazon's description of it. */
function signatureOf(request: Request, body: Uint8Array): string {
  const { headers, method } = request, url = new URL(request.url);
  const [, scope, names] = /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(
    headers.get("authorization")!,
  )!;
  const given = headers.get("x-amz-content-sha256")!;
  assert.ok(given === "UNSIGNED-PAYLOAD" || given === sha256(body));
  const listed = names!.split(";").map((name) => `${name}:${headers.get(name)}\n`).join("");
  const canonical = [method, url.pathname, url.search.slice(1), listed, names, given].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", headers.get("x-amz-date"), scope, sha256(canonical)].join("\n");
  const hmac = (key: string | Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
  const key = scope!.split("/").reduce<string | Uint8Array>((above, part) => hmac(above, part), `AWS4${KEY}`);
  return createHmac("sha256", key).update(toSign).digest("hex");
}

// aws4fetch drops the body of an answer that it asks again for
Deno.test(
  "a bucket keeps files by their hash, asks with a right signature, and gives nothing that was changed",
  { sanitizeResources: false },
  async () => {
    const kept = new Map<string, Uint8Array<ArrayBuffer>>();
    let broken = 1;
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      const body = new Uint8Array(await request.arrayBuffer());
      if (!request.headers.get("authorization")!.endsWith(signatureOf(request, body))) {
        return new Response(null, { status: 403 });
      }
      if (broken-- > 0) return new Response(null, { status: 503 }); // it is asked again
      const { pathname } = new URL(request.url);
      if (request.method === "PUT") return kept.set(pathname, body), new Response();
      const found = kept.get(pathname);
      return found ? new Response(found) : new Response("none", { status: 404 });
    });
    try {
      const values: Record<string, string> = {
        AWS_ACCESS_KEY_ID: "id",
        AWS_SECRET_ACCESS_KEY: KEY,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${server.addr.port}`,
      };
      const shared = sharedS3(s3Place("s3://lab-cells/popagent", (name) => values[name])!);
      const bytes = new TextEncoder().encode("series"), hash = sha256(bytes);
      assert.equal(await shared.put(bytes, "parquet"), hash);
      assert.deepEqual([...kept.keys()], [`/lab-cells/popagent/${hash.slice(0, 2)}/${hash}.parquet`]);
      assert.deepEqual(await shared.read(hash, "parquet"), bytes);
      kept.set([...kept.keys()][0]!, new TextEncoder().encode("Series"));
      await assert.rejects(shared.read(hash, "parquet"), /must have the hash it is named by/);
      await assert.rejects(
        shared.read("0".repeat(64), "json"),
        /Cannot read .* it answers 404. Look at the name of the bucket/,
      );
      values.AWS_SECRET_ACCESS_KEY = "guessed";
      const stranger = sharedS3(s3Place("s3://lab-cells/popagent", (name) => values[name])!);
      await assert.rejects(
        stranger.put(bytes, "parquet"),
        (error: Error) => /it answers 403/.test(error.message) && !error.message.includes("guessed"),
      );
    } finally {
      await server.shutdown();
    }
    const values: Record<string, string> = {
      AWS_ACCESS_KEY_ID: "id",
      AWS_SECRET_ACCESS_KEY: KEY,
      AWS_ENDPOINT_URL: "http://storage.lab:9000", // these tests may not speak to it
    };
    const outside = sharedS3(s3Place("s3://lab-cells/popagent", (name) => values[name])!);
    await assert.rejects(
      outside.read("0".repeat(64), "json"),
      /Cannot reach storage\.lab:9000 as this task may not speak to it/,
    );
  },
);
