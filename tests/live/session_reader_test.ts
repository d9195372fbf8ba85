/** A session's folder read while it is written: nothing is missed, changed or made to wait. */
import assert from "node:assert/strict";
import { openJournal, openJournalToRead } from "popagent/adapters/exchange/journal_file.ts";
import { askGuard, lockSession, sessionPlaces } from "popagent/adapters/exchange/session_folder.ts";
import { openSessionReader } from "popagent/adapters/exchange/session_reader.ts";
import { newestSession } from "popagent/adapters/exchange/stored_session.ts";
import { inFolder } from "../cli/cli.ts";
import { bar, started } from "../admin/small_events.ts";
import { barEvents, madeSession } from "./made_session.ts";

Deno.test("a reader tells what is new, and nothing where nothing is; a journal that comes later is found", () =>
  inFolder(async (root) => {
    const places = await madeSession(root, "empty");
    using reader = openSessionReader(places);
    assert.deepEqual([reader.read()!.events, reader.read()], [[], null]);
    {
      using journal = openJournal(places.journal, "process");
      journal.write({ events: [started] });
      assert.deepEqual(reader.read()!.events, [started]);
      assert.equal(reader.read(), null);
      journal.write({ events: barEvents(0) });
      assert.deepEqual(reader.read()!.events, [started, ...barEvents(0)]);
    }
    await askGuard(places, "reducing");
    assert.equal(reader.read()!.asked, "reducing");
    await Deno.writeTextFile(places.guard, "what?");
    assert.equal(reader.read()!.asked, "halted", "any other word halts");
    assert.equal(await Deno.readTextFile(places.guard), "what?", "who looks takes no word away");
  }));

Deno.test("another session of the same name is another one: nothing of the first is shown", () =>
  inFolder(async (root) => {
    const places = await madeSession(root, "ended", 20);
    using reader = openSessionReader(places);
    assert.ok(reader.read()!.events.length > 20);
    await Deno.remove(places.folder, { recursive: true });
    assert.deepEqual(reader.read()!.events, []);
    await madeSession(root, "ended", 3);
    assert.equal(reader.read()!.events.filter(({ type }) => type === "bar").length, 3);
  }));

Deno.test("whether a process trades it: by its lock, which a kill leaves behind and nobody holds", () =>
  inFolder(async (root) => {
    const places = await madeSession(root, "trading", 3);
    const heldNow = () => {
      using reader = openSessionReader(places);
      return reader.read()!.held;
    };
    assert.equal(heldNow(), false);
    const lock = await lockSession(places);
    assert.equal(heldNow(), true);
    assert.equal(heldNow(), true, "looking took nothing");
    await lock.release();
    assert.equal(heldNow(), false);
    await Deno.writeTextFile(places.lock, `{"pid":1,"host":"h","since":""}`); // as after kill -9
    assert.equal(heldNow(), false);
    await (await lockSession(places)).release();
  }));

Deno.test("the loop does not wait for who reads: it writes while a reader is in the middle of a look", () =>
  inFolder(async (root) => {
    const places = await madeSession(root, "trading", 3);
    using journal = openJournal(places.journal, "process");
    using reading = openJournalToRead(places.journal)!;
    const before = reading.events().length, begun = performance.now();
    reading.atOnce(() => {
      assert.equal(reading.events().length, before);
      journal.write({ events: [bar(9)] });
      assert.equal(reading.events().length, before, "it sees one moment");
    });
    assert.ok(performance.now() - begun < 1000, "no patience was needed");
    assert.equal(reading.events().length, before + 1);
  }));

Deno.test("the newest session is the one that wrote last, not the one that was looked at last", () =>
  inFolder(async (root) => {
    const old = await madeSession(root, "ended", 3);
    const past = new Date(Date.now() - 3_600_000);
    for (const path of [old.session, old.journal]) await Deno.utime(path, past, past);
    await madeSession(root, "halted", 3);
    using reader = openSessionReader(sessionPlaces(root, "ended"));
    reader.read(); // leaves an empty log beside the journal
    assert.equal(newestSession(root), "halted");
  }));
