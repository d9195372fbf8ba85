/** What the commands that speak to a queue have in common. Nothing of a queue is loaded before one is named. */
import type { SharedFiles } from "../adapters/queue/shared_files.ts";

/** A name, not written out where it is imported: Deno would read all that it imports beforehand. */
const QUEUE = "../adapters/queue/queue.ts";

/** The adapter of queues. */
export type QueueAdapter = typeof import("../adapters/queue/queue.ts");

export function loadQueue(): Promise<QueueAdapter> {
  return import(QUEUE) as Promise<QueueAdapter>;
}

/** What flags of a queue are called, for their help. */
export const QUEUE_FLAG =
  "address of the Redis server, redis://host:6379 or rediss://; its password is read from POPAGENT_REDIS_PASSWORD";
export const SHARE_FLAG =
  "folder or s3://bucket/path that workers and submitter reach, for series and events; checked by hash";
/** Where series lie unless a place is named: enough where all run on one machine. */
export const SHARE = "data/queue";

/** Variables of the environment; one that this task may not read is not set. */
export function environment(name: string): string | undefined {
  return Deno.env.get(name);
}

/** The shared place that a flag names. */
export async function sharedPlace(
  { s3Place, sharedS3, sharedFolder }: QueueAdapter,
  flag: string,
): Promise<SharedFiles> {
  const place = s3Place(flag, environment);
  return place === null ? sharedFolder(flag) : await sharedS3(place);
}
