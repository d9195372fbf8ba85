/**
 * The life of an order as a table: what may follow on what. A state is written to the journal before the step it
 * allows is taken, so that a session that was killed anywhere knows what may have happened.
 *
 *   intended --approve--> approved --send--> sent --accept--> accepted --part--> partlyFilled --fill--> filled
 *      `refuse--> refused     ^                | `reject--> rejected        `cancel--> cancelled
 *                             |            lose|
 *                             `--absent-- unknown --accept, part, fill, cancel, reject--> as looked up
 */
import type { ORDER_STATES } from "../events/order.ts";

/** Where an order stands. */
export type OrderState = (typeof ORDER_STATES)[number];

/** What happens to an order: a guard's word, our own step, or the exchange's word. */
export const ORDER_STEPS = [
  /** The guards let it pass. */
  "approve",
  /** The guards do not. */
  "refuse",
  /** It goes out; written down before it does. */
  "send",
  /** Nobody knows what came of it. */
  "lose",
  /** Looked up: the exchange never took it, and cannot any more. */
  "absent",
  /** It is given up before it was taken. */
  "abandon",
  "accept",
  "part",
  "fill",
  "cancel",
  "reject",
] as const;
/** One of them. */
export type OrderStep = (typeof ORDER_STEPS)[number];

type Row = Readonly<Partial<Record<OrderStep, OrderState>>>;

/** What the exchange may say of an order that it has. */
const SAID: Row = {
  accept: "accepted",
  part: "partlyFilled",
  fill: "filled",
  cancel: "cancelled",
  reject: "rejected",
};

/** All transitions; a step that is not listed is an error. */
export const ORDER_TABLE: Readonly<Record<OrderState, Row>> = {
  intended: { approve: "approved", refuse: "refused" },
  approved: { send: "sent", refuse: "refused", abandon: "cancelled" },
  sent: { ...SAID, lose: "unknown", absent: "approved" },
  unknown: { ...SAID, lose: "unknown", absent: "approved" },
  accepted: SAID,
  partlyFilled: { part: "partlyFilled", fill: "filled", cancel: "cancelled" },
  // final; the exchange may say so again
  refused: {},
  filled: { fill: "filled" },
  cancelled: { cancel: "cancelled" },
  rejected: { reject: "rejected" },
};

/** States that nothing leads out of. */
export const FINAL: readonly OrderState[] = ["refused", "filled", "cancelled", "rejected"];

/** States in which the exchange may have the order, or may still fill it. */
export const OPEN: readonly OrderState[] = ["sent", "unknown", "accepted", "partlyFilled"];

/** The state of an order that may be sent. */
export const UNSENT = "approved" satisfies OrderState;

/** The state after a step. @throws {RangeError} If the table has none. */
export function afterStep(state: OrderState, step: OrderStep): OrderState {
  const next = ORDER_TABLE[state][step];
  if (next !== undefined) return next;
  throw new RangeError(
    `Cannot ${step} an order that is ${state} as it must be one of: ${
      Object.entries(ORDER_TABLE).filter(([, row]) => row[step] !== undefined).map(([one]) => one).join(", ")
    }`,
  );
}
