/** The figures of the table of speed: what each says of 0.1.0, what is to be reached, and how a value of now reads. */

/** One line of the table. */
export interface Figure {
  readonly label: string;
  /** In version 0.1.0, as it was measured then. */
  readonly before: string;
  readonly reach: string;
  readonly aim: string;
}

export const FIGURES = {
  main: { label: "CPU of the main job, 0.1.0 over now", before: "1", reach: "5", aim: "10" },
  population: { label: "CPU of the population alone, 0.1.0 over now", before: "1", reach: "4", aim: "8" },
  years: {
    label: "CPU of the main job on four years over two",
    before: "about 24",
    reach: "4.5",
    aim: "4.0",
  },
  size: { label: "CPU per iteration, nine agents a role over five", before: "4.8", reach: "2", aim: "1.3" },
  workers: { label: "one over two workers, wall", before: "1.6", reach: "1.6", aim: "1.85" },
  eventLoop: { label: "event loop over C -O3", before: "2.43", reach: "1.5", aim: "1.2" },
  indicators: { label: "20 indicators x 5 coins over C", before: "1.85", reach: "1.4", aim: "1.2" },
  sweep: {
    label: "1,000 SMA pairs with statistics, public API over a bare loop, CPU",
    before: "25",
    reach: "3",
    aim: "1.5",
  },
  memory: { label: "peak memory of the main job, GB", before: ".55", reach: "1.0", aim: "half" },
  memoryYears: { label: "the same on four years, GB", before: "-", reach: "1.5", aim: "half" },
  memorySize: { label: "the same with nine agents a role, GB", before: "-", reach: "2.5", aim: "half" },
  cold: { label: "five CSVs cold, over polars `readCSV`", before: "-", reach: "2", aim: "1" },
  kept: { label: "the same from the binary cache", before: "-", reach: ".2", aim: ".1" },
  left: {
    label: "time left of the whole run after a tenth of the work, off by, %",
    before: "-",
    reach: "20",
    aim: "-",
  },
} as const satisfies Readonly<Record<string, Figure>>;
export type FigureName = keyof typeof FIGURES;

/** What was measured: the figure's value, and behind it what it was made of. */
export interface Measured {
  readonly value: number;
  readonly note: string;
}

/** The table in Markdown, of the figures that were measured. */
export function figureTable(measured: Readonly<Partial<Record<FigureName, Measured>>>): string {
  const rows = (Object.keys(FIGURES) as FigureName[]).flatMap((name) => {
    const { label, before, reach, aim } = FIGURES[name], now = measured[name];
    return now ? [[label, before, now.value.toFixed(2), reach, aim, now.note]] : [];
  });
  const lines = [["figure", "0.1.0", "now", "reach", "aim", "of"], Array(6).fill("---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
