import type * as z from "zod";
import type { Immutable } from "../core/immutable.ts";

/** A kind of event: its shape and what a reader is told of one. */
export interface EventKind<Schema extends z.ZodType> {
  /** An object whose `type` is the kind's own literal. */
  readonly schema: Schema;
  /** Name of the kind in a table. */
  readonly label: string;
  /** One line about an event. */
  readonly summary: (event: Immutable<z.output<Schema>>) => string;
}

/** Declares a kind of event; it is known once it stands in `EVENTS`. */
export function declareEvent<Schema extends z.ZodType>(kind: EventKind<Schema>): EventKind<Schema> {
  return kind;
}
