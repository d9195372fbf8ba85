import assert from "node:assert/strict";
import { join } from "node:path";
import { readBybitFile } from "popagent/adapters/bars/bybit_file.ts";
import { bybitCsv } from "popagent/adapters/bars/bybit_csv_writer.ts";
import { columnBytes } from "popagent/adapters/bars/column_file.ts";
import { type Keeping, READER_SOURCES, readKeptFile } from "popagent/adapters/bars/kept_bars.ts";
import { sourceClosure } from "popagent/adapters/files/source_closure.ts";
import { syntheticMarket } from "popagent/market/synthetic/synthetic_market.ts";
import { inFolder } from "../cli/cli.ts";

const { panel } = syntheticMarket({ seed: 3, rows: 60, mode: "default", ic: 0 });
const text = bybitCsv(panel.coins[0]!, panel.openTime);

/** A CSV and an empty folder to keep its columns in. */
function withCsv(work: (file: string, keeping: Keeping) => void, content = text): Promise<void> {
  return inFolder((folder) => {
    const file = join(folder, "Bybit_BTC.csv");
    Deno.writeTextFileSync(file, content);
    return Promise.resolve(work(file, { folder: join(folder, "kept"), least: 0, most: 3 }));
  });
}

const keptIn = ({ folder }: Keeping) => [...Deno.readDirSync(folder)].map(({ name }) => join(folder, name));

/** What `work` warns of. */
function warnings(work: () => void): string[] {
  const said: string[] = [], { warn } = console;
  console.warn = (line: string) => void said.push(line);
  try {
    work();
  } finally {
    console.warn = warn;
  }
  return said;
}

Deno.test("kept columns are those of the file, to the last bit, and each has memory of its own", () =>
  withCsv((file, keeping) => {
    const fresh = readBybitFile(file, "BTC");
    assert.deepEqual(readKeptFile(file, "BTC", keeping), fresh);
    const kept = readKeptFile(file, "BTC", keeping);
    assert.deepEqual(kept, fresh);
    assert.equal(kept.bars.close.buffer.byteLength, 8 * panel.rows);
    assert.equal(keptIn(keeping).length, 1);
  }));

Deno.test("a file without some columns comes back without them", () => {
  const some = bybitCsv(panel.coins[0]!, panel.openTime, ["fundingRate", "openInterest", "longRatio"]);
  return withCsv((file, keeping) => {
    const first = readKeptFile(file, "BTC", keeping);
    assert.deepEqual(first.missing, ["openInterest", "longRatio", "fundingRate"]);
    assert.deepEqual(readKeptFile(file, "BTC", keeping), first);
  }, some);
});

Deno.test("columns are taken from where they are kept, for the same bytes alone: size and time prove nothing", () =>
  withCsv((file, keeping) => {
    const read = readKeptFile(file, "BTC", keeping), [kept] = keptIn(keeping);
    const planted = { ...read, bars: { ...read.bars, close: read.bars.close.map((price) => 2 * price) } };
    Deno.writeFileSync(kept!, columnBytes(planted));
    assert.equal(
      readKeptFile(file, "BTC", keeping).bars.close[7],
      2 * read.bars.close[7]!,
      "from where they are kept",
    );
    const { mtime } = Deno.statSync(file), digit = text.lastIndexOf("1");
    Deno.writeTextFileSync(file, `${text.slice(0, digit)}2${text.slice(digit + 1)}`);
    Deno.utimeSync(file, mtime!, mtime!);
    assert.deepEqual(readKeptFile(file, "BTC", keeping), readBybitFile(file, "BTC"));
  }));

Deno.test("damaged columns are made again, said once", () =>
  withCsv((file, keeping) => {
    const read = readKeptFile(file, "BTC", keeping), [kept] = keptIn(keeping);
    const whole = Deno.readFileSync(kept!), flipped = whole.slice();
    flipped[whole.length - 100]! ^= 4;
    for (
      const damaged of [flipped, whole.subarray(0, whole.length >> 1), new Uint8Array(3), new Uint8Array(0)]
    ) {
      Deno.writeFileSync(kept!, damaged);
      const said = warnings(() => assert.deepEqual(readKeptFile(file, "BTC", keeping), read));
      assert.equal(said.length, 1);
      assert.match(said[0]!, /kept columns of .*Bybit_BTC.csv are damaged .* made again from the file/);
      assert.deepEqual(Deno.readFileSync(kept!), whole);
      assert.deepEqual(warnings(() => readKeptFile(file, "BTC", keeping)), []);
    }
  }));

Deno.test("what breaks a rule is refused, and nothing of it is kept; the oldest go where there are too many", () =>
  withCsv((file, keeping) => {
    Deno.writeTextFileSync(file, text.replace(/,[^,\n]+\n/, "\n"));
    assert.throws(() => readKeptFile(file, "BTC", keeping), /each line must have/);
    assert.throws(() => keptIn(keeping), Deno.errors.NotFound);
    for (let rows = 50; rows < 56; rows++) {
      Deno.writeTextFileSync(file, `${text.split("\n").slice(0, rows).join("\n")}\n`);
      readKeptFile(file, "BTC", keeping);
    }
    assert.equal(keptIn(keeping).length, keeping.most);
  }));

Deno.test("the version of the reader is the source of all that a CSV is read and checked by", async () => {
  const bars = new URL("../../src/adapters/bars/", import.meta.url);
  const closures = await Promise.all(
    ["bybit_file.ts", "column_file.ts"].map((name) => sourceClosure(new URL(name, bars))),
  );
  const known = new Set(READER_SOURCES.map((path) => new URL(path, bars).href));
  // texts of errors, hashes of panels, names of synthetic worlds: no cell is read or checked by them
  const beside = /core\/(hash|memo|printable|user_error|plain_path|wrap)\.ts$|market\/synthetic\//;
  const lacking = closures.flat().map(({ href }) => href).filter((href) =>
    !known.has(href) && !beside.test(href)
  );
  assert.deepEqual(lacking, []);
});
