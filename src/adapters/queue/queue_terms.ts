/** What submitters and workers agree on. */

/** The one queue of a Redis database. */
export const QUEUE = "cells";
/** What all its keys begin with. */
export const PREFIX = "popagent";
/** Channel on which submitters say which cells nobody waits for any more. */
export const GIVE_UP = `${PREFIX}:${QUEUE}:give-up`;

/** Cells of one submitter that are in the queue at a time, so that a queue is as small under 10^6 cells as under 10^3. */
export const IN_FLIGHT = 1000;
/** Ended cells that are kept for submitters that come back; more than one of them has in flight. */
export const KEPT_ENDED = 2000;
/** Events that are kept, some five a cell: more than those of all cells in flight, or their ends would be missed. */
export const KEPT_EVENTS = 10_000;
/** Days for which ended cells are kept at most, in seconds. */
export const KEPT_SECONDS = 7 * 24 * 3600;

/** How often a cell is tried where a folder or an address failed, not the cell itself, and ms before the second time. */
export const ATTEMPTS = 4;
export const BACKOFF_MS = 500;
/** How often a cell may lose its worker before it is taken to be what ends them. */
export const MOST_STALLS = 3;
/** Seconds without a sign of its worker after which a cell is given to another. */
export const LOCK_SECONDS = 30;

/** How BullMQ has it: cells of a lower number are taken first. 0 comes before all and costs least. */
export const MOST_PRIORITY = 2_097_151;
