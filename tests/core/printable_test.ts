import assert from "node:assert/strict";
import fc from "fast-check";
import { printable } from "popagent/core/printable.ts";

Deno.test("printable() writes out what cannot be seen and leaves the rest", () => {
  assert.equal(printable("Ether 1.5 € äöü 中 🙂"), "Ether 1.5 € äöü 中 🙂");
  assert.equal(
    printable("\u001b[2J\u0000\u009b\u202eabc\u200b\u2028\ufeff"),
    "\\x1b[2J\\x00\\x9b\\u{202e}abc\\u{200b}\\u{2028}\\u{feff}",
  );
  assert.equal(printable("\ud800"), "\\u{d800}");
  assert.equal(printable("x".repeat(70), 60), `${"x".repeat(60)}...`);
});

Deno.test("printable() leaves nothing that a terminal would obey, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
      assert.doesNotMatch(printable(text), /[\p{Cc}\p{Cf}]/u);
    }),
    { seed: 7 },
  );
});
