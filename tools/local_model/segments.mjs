/**
 * Which part of a conversation a model has read already. A conversation is read in segments that end with its system text
 * and with each question: what one reply leaves in the cache then serves the next conversation that begins alike, and
 * since a segment is always read whole, a reply has the same numbers behind it whatever was asked before.
 */

/** How many tokens two lists have in common from the first on. */
export function shared(one, other) {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at++;
  return at;
}

/**
 * Where the segments of a conversation end.
 *
 * @param tokensOf The tokens of a list of messages, closed by the words that open a reply.
 * @returns Rising token counts; the last is the whole conversation.
 */
export function segmentEnds(messages, tokensOf) {
  const whole = tokensOf(messages), ends = [];
  for (let n = 1; n < messages.length; n++) {
    const { role } = messages[n - 1];
    if (role === "assistant") continue; // a reply is read with what is said to it
    // What stands after the system text is another question each time: an empty one shows where it would begin.
    const beginning = role === "system"
      ? [...messages.slice(0, n), { role: "user", content: "" }]
      : messages.slice(0, n);
    const end = shared(tokensOf(beginning), whole);
    if (end > (ends.at(-1) ?? 0) && end < whole.length) ends.push(end);
  }
  return { whole, ends: [...ends, whole.length] };
}

/**
 * How much of what was read before may stay: the last end of a segment up to which both conversations are one.
 *
 * @param before The tokens and ends of the conversation that was read last.
 */
export function keptTokens(before, { whole, ends }) {
  const alike = shared(before.whole, whole);
  return ends.filter((end) => end <= alike && before.ends.includes(end)).at(-1) ?? 0;
}
