/** What must hold of a whole grid before any of its claims counts. */
import { mean } from "../../stats/moments.ts";
import { type ContrastValues, copiedMarkets } from "./contrast_values.ts";
import { changedCells, type EvidenceRecord } from "./evidence_record.ts";
import { registrationHash } from "./registration.ts";
import type { Judged } from "./verdict.ts";

/** One thing that must hold. */
export interface Guard {
  /** What must hold. */
  readonly name: string;
  /** Whether it does. */
  readonly holds: boolean;
  /** What was found. */
  readonly found: string;
  /** True where no verdict is given without it. */
  readonly decides: boolean;
}

/** Guards of a grid. */
export function gridGuards(record: EvidenceRecord): Guard[] {
  return [registered(record), unchanged(record), commonMarkets(record), ...sameArms(record)];
}

function registered({ registered, registration, firstStart }: EvidenceRecord): Guard {
  const base = { name: "registered before the first cell was started", decides: true };
  if (registered === null) return { ...base, holds: false, found: "nothing was frozen before the run" };
  const now = registrationHash(registration);
  if (registered.hash !== now) {
    return {
      ...base,
      holds: false,
      found: `${registered.hash.slice(0, 10)} was registered, the grid's file says ${now.slice(0, 10)} today`,
    };
  }
  const holds = firstStart !== null && registered.frozenAt <= firstStart;
  const found = `registration ${now.slice(0, 10)} of ${registered.frozenAt}; first cell ${
    firstStart ?? "unknown"
  }`;
  return { ...base, holds, found };
}

function unchanged(record: EvidenceRecord): Guard {
  const changed = changedCells(record);
  return {
    name: "stored cells as they were written",
    decides: true,
    holds: changed.length === 0,
    found: changed.length === 0
      ? `${record.cells.length} hashes hold`
      : `changed: ${changed.slice(0, 5).join(", ")}`,
  };
}

function commonMarkets({ cells }: EvidenceRecord): Guard {
  const rows = new Map<string, Set<string>>();
  for (const { market, marketSeed, rowsHash } of cells) {
    const place = `${market}.${marketSeed}`;
    rows.set(place, (rows.get(place) ?? new Set()).add(rowsHash));
  }
  const split = [...rows].filter(([, hashes]) => hashes.size > 1).map(([place]) => place);
  const copied = copiedMarkets(cells);
  return {
    name: "all arms saw the same bars, no two markets do",
    decides: true,
    holds: split.length === 0 && copied.length === 0,
    found: split.length > 0
      ? `other rows on ${split.slice(0, 5).join(", ")}`
      : copied.length > 0
      ? `copies of another market, counted as one with it: ${copied.join("; ")}`
      : `${rows.size} ${rows.size === 1 ? "market" : "markets"}`,
  };
}

/** Arms that must equal another to the byte. */
function sameArms({ cells, registration: { evidence } }: EvidenceRecord): Guard[] {
  return Object.entries(evidence.same).map(([arm, like]) => {
    const of = (name: string) => cells.filter((cell) => cell.arm === name);
    const place = (cell: EvidenceRecord["cells"][number]) =>
      JSON.stringify([cell.market, cell.marketSeed, cell.seed]);
    const others = new Map(of(like).map((cell) => [place(cell), cell]));
    const unlike = of(arm).filter((cell) => {
      const other = others.get(place(cell));
      return !other || cell.series === null || cell.series !== other.series;
    });
    const holds = unlike.length === 0 && others.size > 0;
    return {
      name: `${arm} equals ${like} to the byte`,
      decides: true,
      holds,
      found: holds
        ? `series of ${others.size} pairs`
        : `other series in ${unlike.slice(0, 5).map(({ label }) => label).join(", ")}`,
    };
  });
}

/** Guards of one claim on one market. */
export function claimGuards({ differences, over }: ContrastValues, judged: Judged, alpha: number): Guard[] {
  const total = mean(differences), n = differences.length;
  const without = Float64Array.from(differences, (value) => (total * n - value) / (n - 1));
  const turned = without.filter((value) => Math.sign(value) !== Math.sign(total)).length;
  const excludes = judged.lower > 0 || judged.upper < 0;
  return [
    {
      name: `no single ${over.slice(0, -1)} turns the sign`,
      decides: false,
      holds: turned === 0,
      found: turned === 0 ? `${n} left out in turn` : `${turned} of ${n} do`,
    },
    {
      name: "interval and test agree",
      decides: false,
      holds: excludes === (judged.p <= alpha),
      found: `interval ${excludes ? "without" : "with"} 0, uncorrected p ${
        judged.p < 1e-4 ? "below 0.0001" : judged.p.toFixed(4)
      }`,
    },
  ];
}
