/** The tables of docs/SCALE.md, from what deno task queue-trials has stored. */
import { fileURLToPath } from "node:url";
import type { sizes, throughput } from "./queue_speed.ts";

const DOC = fileURLToPath(new URL("../docs/SCALE.md", import.meta.url));
const SPEED = fileURLToPath(new URL("../tests/results/queue_speed.json", import.meta.url));
const BEGIN = "<!-- measured: deno task queue-trials -->", END = "<!-- end of measured -->";

/** What `speed` stores. */
export interface Speed {
  readonly throughput: Awaited<ReturnType<typeof throughput>>;
  readonly sizes: Awaited<ReturnType<typeof sizes>>;
}

/** A line through (cells, value), each relative error weighing the same: a + b cells, a >= 0. A value of 0 was too small to be measured and tells nothing. */
export function fitted(
  points: readonly (readonly [number, number])[],
): { readonly fixed: number; readonly each: number } {
  let w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0;
  for (const [x, y] of points.filter(([, value]) => value > 0)) {
    const weight = 1 / y ** 2;
    [w, wx, wy, wxx, wxy] = [
      w + weight,
      wx + weight * x,
      wy + weight * y,
      wxx + weight * x * x,
      wxy + weight * x * y,
    ];
  }
  const each = (w * wxy - wx * wy) / (w * wxx - wx * wx), fixed = (wy - each * wx) / w;
  return fixed >= 0 ? { fixed, each } : { fixed: 0, each: wxy / wxx };
}

const MEASURES = [
  ["queue and ledger, s", "queueSeconds", 1],
  ["planning, s", "planSeconds", 1],
  ["planned cells in memory, MB", "planBytes", 1e6],
  ["ledger, MB", "ledgerBytes", 1e6],
  ["Redis at most, MB", "redisBytes", 1e6],
  ["submitter at most, MB", "submitterBytes", 1e6],
  ["worker at most, MB", "workerBytes", 1e6],
] as const;

/** Where a queue is full its memory is that of its largest size: it does not grow with the cells. */
const FLAT = new Set(["redisBytes", "workerBytes"]);
const FAR = 1_000_000;

/** Three digits that count. */
function shown(value: number): string {
  if (value >= 1000) return Number(value.toPrecision(2)).toLocaleString("en");
  return `${Number(value.toPrecision(2))}`;
}

/** The tables in Markdown. */
export function scaleTables({ throughput, sizes }: Speed): string {
  const head = sizes.map(({ cells }) => cells.toLocaleString("en")).concat(
    `${FAR.toLocaleString("en")} (model)`,
  );
  const rows = MEASURES.map(([name, key, unit]) => {
    const { fixed, each } = fitted(sizes.map((size) => [size.cells, size[key]]));
    const far = FLAT.has(key) ? sizes.at(-1)![key] : fixed + each * FAR;
    return [name, ...sizes.map((size) => shown(size[key] / unit)), shown(far / unit)];
  });
  const table = [["cells", ...head], head.map(() => "---").concat("---"), ...rows].map((row) =>
    `| ${row.join(" | ")} |`
  );
  const { cells, cellsASecond, withLedgerCellsASecond, bareCellsASecond, ratio, ratioWithLedger, load } =
    throughput;
  return [
    ...table,
    "",
    `${
      cells.toLocaleString("en")
    } tiny cells: ${bareCellsASecond} a second by a bare BullMQ loop with the same payload, ` +
    `${cellsASecond} by the adapter (ratio ${ratio}), ${withLedgerCellsASecond} with the ledger (${ratioWithLedger}); ` +
    `one worker process, load of the machine ${Math.min(...load)} to ${
      Math.max(...load)
    } on ${navigator.hardwareConcurrency} cores.`,
  ].join("\n");
}

/** Writes them where they stand. */
export async function writeScale(): Promise<void> {
  const stored = await Deno.readTextFile(SPEED).catch(() => null);
  if (stored === null) return; // not measured yet
  const [before, rest = ""] = (await Deno.readTextFile(DOC)).split(BEGIN);
  const [, after = ""] = rest.split(END);
  const speed = JSON.parse(stored) as Speed;
  await Deno.writeTextFile(DOC, `${before}${BEGIN}\n\n${scaleTables(speed)}\n\n${END}${after}`);
}
