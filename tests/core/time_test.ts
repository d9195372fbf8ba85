import assert from "node:assert/strict";
import { dayOfWeek, formatTime, hourOfDay, isDayStart } from "../../src/core/time.ts";
import { BAR_MS, BARS_PER_DAY, BARS_PER_YEAR, isFundingTime } from "../../src/core/universe.ts";

const start = Date.UTC(2021, 10, 5, 8); // a Friday

Deno.test("a year has 365 days of six bars", () => {
  assert.equal(BARS_PER_DAY * BAR_MS, 86_400_000);
  assert.equal(BARS_PER_YEAR, 365 * BARS_PER_DAY);
});

Deno.test("funding settles at 00, 08 and 16 UTC, on every second bar", () => {
  const labels = Array.from({ length: 6 }, (_, i) => Date.UTC(2021, 10, 5) + i * BAR_MS);
  assert.deepEqual(labels.map((time) => isFundingTime(time)), [true, false, true, false, true, false]);
  assert.deepEqual(labels.map(isDayStart), [true, false, false, false, false, false]);
  assert.deepEqual(labels.map(hourOfDay), [0, 4, 8, 12, 16, 20]);
});

Deno.test("instants have the weekday, hour and text that Date gives them", () => {
  assert.equal(formatTime(start), "2021-11-05 08:00");
  assert.equal(dayOfWeek(start), 5);
  assert.equal(dayOfWeek(0), 4); // 1970-01-01 was a Thursday
  for (let i = 0; i < 2000; i++) {
    const time = start + i * 7 * BAR_MS;
    assert.equal(dayOfWeek(time), new Date(time).getUTCDay());
    assert.equal(hourOfDay(time), new Date(time).getUTCHours());
  }
});
