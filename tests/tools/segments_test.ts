/** What a local model's cache keeps from one conversation to the next. */
import assert from "node:assert/strict";
import fc from "fast-check";
// @ts-types="./segments.d.ts"
import { keptTokens, segmentEnds } from "../../tools/local_model/segments.mjs";

type Messages = Parameters<typeof segmentEnds>[0];

/** A token a letter; "<" opens a message, ">" closes it, "A" opens the reply. */
function tokensOf(messages: Messages): number[] {
  const text = messages.map(({ role, content }) =>
    role === "assistant"
      ? `${content}>`
      : `<${role === "system" ? "S" : "U"}${content}>${role === "user" ? "A" : ""}`
  );
  return [...text.join("")].map((letter) => letter.codePointAt(0)!);
}

const first: Messages = [{ role: "system", content: "abc" }, { role: "user", content: "12" }];
const repair: Messages = [...first, { role: "assistant", content: "x" }, { role: "user", content: "again" }];
const NOTHING = { whole: [], ends: [] };

Deno.test("segmentEnds() matches the worked example: system text with what opens a question, then each question", () => {
  // <Sabc><U | 12>A, and of the repair turn <Sabc><U | 12>A | x><Uagain>A
  assert.deepEqual(segmentEnds(first, tokensOf).ends, [8, 12]);
  assert.deepEqual(segmentEnds(repair, tokensOf).ends, [8, 12, 23]);
  assert.deepEqual(
    segmentEnds(first.slice(1), tokensOf).ends,
    [6],
    "without a system text there is one segment",
  );
});

Deno.test("what is kept: the system text of another question, and all of the question of a repair turn", () => {
  const asked = segmentEnds(first, tokensOf), other: Messages = [first[0]!, { role: "user", content: "19" }];
  assert.equal(keptTokens(NOTHING, asked), 0);
  assert.equal(
    keptTokens(asked, segmentEnds(other, tokensOf)),
    8,
    "the 1 that both begin with is read again",
  );
  assert.equal(keptTokens(asked, segmentEnds(repair, tokensOf)), 12);
  const words: Messages = [{ role: "system", content: "abd" }, first[1]!];
  assert.equal(keptTokens(asked, segmentEnds(words, tokensOf)), 0, "half a segment is never kept");
});

Deno.test("a conversation is read in the same segments whatever was read before it", () => {
  const content = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 3 });
  const conversation = fc.tuple(content, content, fc.option(fc.tuple(content, content))).map((
    [system, user, further],
  ): Messages => [
    { role: "system", content: system },
    { role: "user", content: user },
    ...(further === null ? [] : [
      { role: "assistant" as const, content: further[0] },
      { role: "user" as const, content: further[1] },
    ]),
  ]);
  fc.assert(
    fc.property(fc.array(conversation, { minLength: 1, maxLength: 6 }), (all) => {
      let before: ReturnType<typeof segmentEnds> = NOTHING, cut: readonly number[] = [];
      for (const messages of all) {
        const next = segmentEnds(messages, tokensOf), kept = keptTokens(before, next);
        assert.deepEqual(
          before.whole.slice(0, kept),
          next.whole.slice(0, kept),
          "what is kept is what is asked",
        );
        cut = [...cut.filter((end) => end <= kept), ...next.ends.filter((end) => end > kept)];
        assert.deepEqual(cut, next.ends, "as if it had been read alone");
        before = next;
      }
    }),
    { seed: 7 },
  );
});
