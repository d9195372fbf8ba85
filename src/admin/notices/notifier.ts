/** Port: a channel through which notices reach a person. */
import type { Notice } from "./notice.ts";

/** What became of a notice. */
export type Delivery =
  | { readonly sent: true }
  | {
    readonly sent: false;
    /** Why, in a few words, without a full stop and without any secret. */
    readonly why: string;
    /** True if the channel will never take it, however often it is tried. */
    readonly never: boolean;
    /** True if it may have been taken all the same. */
    readonly maybe: boolean;
    /** ms for which the channel asks to be left alone; null where it says nothing. */
    readonly afterMs: number | null;
  };

/** A channel. */
export interface Notifier {
  /** Unique among the channels of a session: "slack", "mail", "file:<path>". */
  readonly channel: string;
  /** Least ms between two notices. */
  readonly gapMs: number;
  /** Sends a notice once; never throws. @param again True if it may have been sent before. */
  send(notice: Notice, again: boolean, signal: AbortSignal): Promise<Delivery>;
}
