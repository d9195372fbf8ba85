interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}
/** What a conversation comes to in tokens, and where its segments end. */
export interface Conversation {
  readonly whole: readonly number[];
  readonly ends: readonly number[];
}
export function shared(one: readonly number[], other: readonly number[]): number;
export function segmentEnds(
  messages: readonly Message[],
  tokensOf: (messages: readonly Message[]) => readonly number[],
): Conversation;
export function keptTokens(before: Conversation, next: Conversation): number;
