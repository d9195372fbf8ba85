/** A bucket that speaks S3 as the shared place. */
import { AwsClient } from "aws4fetch";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import type { ResultKind } from "../ledger/result_files.ts";
import type { SharedFiles } from "./shared_files.ts";

/** A bucket, and how to be let in. */
export interface S3Place {
  /** Address of what all files stand below: https://host/bucket/path. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Tries of a request that a server could not answer, each later than the one before. */
const RETRIES = 4;

/**
 * Reads `s3://bucket/path`; null for anything that does not begin so. Keys, region and, for a server of one's own, its
 * address come from the environment by their usual names.
 *
 * @throws {UserError} If no bucket is named, or the environment lacks the keys.
 */
export function s3Place(text: string, env: (name: string) => string | undefined): S3Place | null {
  if (!text.startsWith("s3://")) return null;
  const [, bucket, path = ""] = /^s3:\/\/([a-z0-9.-]{3,63})((?:\/[\w=-][\w.=-]*)*)\/?$/.exec(text) ?? [];
  if (bucket === undefined) {
    throw new UserError(`Cannot read --share as it must be s3://bucket/path: current value is ${text}`);
  }
  const accessKeyId = env("AWS_ACCESS_KEY_ID"), secretAccessKey = env("AWS_SECRET_ACCESS_KEY");
  if (!accessKeyId || !secretAccessKey) {
    throw new UserError(
      `Cannot reach ${text} as its keys must be in the environment: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
    );
  }
  const region = env("AWS_REGION") || "us-east-1", token = env("AWS_SESSION_TOKEN");
  const server = env("AWS_ENDPOINT_URL") || `https://s3.${region}.amazonaws.com`;
  return {
    url: `${server.replace(/\/$/, "")}/${bucket}${path}`,
    region,
    accessKeyId,
    secretAccessKey,
    ...(token ? { sessionToken: token } : {}),
  };
}

/** What is to be looked at, by what a server answers. */
const REMEDIES: Readonly<Record<number, string>> = {
  301: ". Look at AWS_REGION.",
  403: ". Look at the keys, and at what they are allowed.",
  404: ". Look at the name of the bucket.",
};

/** The files of a bucket. */
export function sharedS3({ url, ...keys }: S3Place): SharedFiles {
  const client = new AwsClient({ ...keys, service: "s3", retries: RETRIES });
  const at = (hash: string, kind: ResultKind) => `${url}/${hash.slice(0, 2)}/${hash}.${kind}`;
  const refused = async (verb: string, place: string, answer: Response) => {
    await answer.body?.cancel();
    const remedy = REMEDIES[answer.status] ?? "";
    return new UserError(
      `Cannot ${verb} ${place} as the server must allow it: it answers ${answer.status}${remedy}`,
    );
  };
  const ask = async (place: string, init: RequestInit = {}) => {
    try {
      return await client.fetch(place, init);
    } catch (error) {
      const { host } = new URL(url);
      throw new UserError(
        error instanceof Deno.errors.NotCapable
          ? `Cannot reach ${host} as this task may not speak to it: docs/SCALE.md says how to name another server`
          : `Cannot reach ${host} as its server must answer: ${(error as Error).message}`,
        { cause: error },
      );
    }
  };
  return {
    async put(content, kind) {
      const hash = sha256(content), place = at(hash, kind);
      const body = typeof content === "string" ? new TextEncoder().encode(content) : content;
      const answer = await ask(place, { method: "PUT", body: body as Uint8Array<ArrayBuffer> });
      if (!answer.ok) throw await refused("write", place, answer);
      await answer.body?.cancel();
      return hash;
    },
    async read(hash, kind) {
      const place = at(hash, kind), answer = await ask(place);
      if (!answer.ok) throw await refused("read", place, answer);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (sha256(bytes) === hash) return bytes;
      throw new UserError(
        `Cannot take ${place} as its bytes must have the hash it is named by: they have another`,
      );
    },
  };
}
