/** A sending that failed, in words without secrets. */
import type { Delivery } from "../../admin/notices/notifier.ts";
import { printable } from "../../core/printable.ts";
import { redacted } from "../llm/secrets.ts";

/** What is known of a failure; what is left out is no. */
export interface FailureParts {
  readonly never?: boolean;
  readonly maybe?: boolean;
  readonly afterMs?: number | null;
}

/** A failure. @param secrets What is cut out of its words. */
export function failed(
  why: string,
  secrets: readonly string[],
  { never = false, maybe = false, afterMs = null }: FailureParts = {},
): Delivery {
  return { sent: false, why: printable(redacted(why, secrets), 200), never, maybe, afterMs };
}
