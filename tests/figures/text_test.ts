import assert from "node:assert/strict";
import fc from "fast-check";
import { fitText, plainText, textWidth, wrapText } from "popagent/figures/text.ts";

Deno.test("plainText() takes out what XML cannot hold and what cannot be seen", () => {
  assert.equal(plainText(" a\u0000b\u001b[31m\tc\n d\u202e\ud800 "), "a b [31m c d");
  assert.equal(plainText("BTC 😀 é"), "BTC 😀 é");
});

Deno.test("fitText() leaves what fits, cuts what does not, and never grows wider than asked", () => {
  assert.equal(fitText("short", 100, 11), "short");
  assert.equal(fitText("a very long label indeed", 60, 11).at(-1), "…");
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.integer({ min: 40, max: 300 }),
      (text, width) => {
        assert.ok(textWidth(fitText(text, width, 11), 11) <= width);
      },
    ),
    { seed: 7 },
  );
});

Deno.test("wrapText() keeps every word in order and every line within the width", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 30 }), (words) => {
      const lines = wrapText(words.join(" "), 120, 11);
      assert.equal(lines.join(" "), words.join(" "));
      for (const line of lines) assert.ok(textWidth(line, 11) <= 120);
    }),
    { seed: 7 },
  );
});
