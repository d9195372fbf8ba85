import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { openJournal, openJournalToRead } from "popagent/adapters/exchange/journal_file.ts";

async function inFolder(work: (path: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(`${folder}/journal.sqlite`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
const said = (row: number) => ({ type: "session", time: 1, row, what: "started", reason: "" }) as const;

Deno.test("a journal is read while a session writes it, and what it writes next is seen", () =>
  inFolder((path) => {
    using journal = openJournal(path, "process");
    journal.write({ events: [said(1)] });
    using reading = openJournalToRead(path)!;
    assert.deepEqual(reading.events(), [said(1)]);
    journal.write({ events: [said(2)] });
    assert.deepEqual(reading.events(1), [said(2)]);
    assert.deepEqual([reading.point(), reading.open(), reading.order("x")], [null, [], null]);
    assert.ok(!("write" in reading));
  }));

Deno.test("a reader makes no journal: none is null, and so is one that is being made", () =>
  inFolder((path) => {
    assert.equal(openJournalToRead(path), null);
    assert.ok(!existsSync(path));
    new DatabaseSync(path).close();
    assert.equal(openJournalToRead(path), null);
  }));

Deno.test("errors of a journal call it a journal, to read and to write", () =>
  inFolder(async (path) => {
    await Deno.writeTextFile(path, "bars, and no journal at all ".repeat(100));
    assert.throws(
      () => openJournalToRead(path),
      /^UserError: Cannot read the journal .*: it is another file/,
    );
    assert.throws(
      () => openJournal(path, "process"),
      /^UserError: Cannot open the journal .*: it is another file/,
    );
    await Deno.remove(path);
    const later = new DatabaseSync(path);
    later.exec("PRAGMA user_version = 9");
    later.close();
    assert.throws(() => openJournalToRead(path), /Cannot open the journal .* must be 1: current value is 9/);
  }));
