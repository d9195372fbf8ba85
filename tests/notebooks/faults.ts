/** Notebooks with one fault each, and what the runner must say of it. */
export interface FaultyNotebook {
  readonly name: string;
  readonly cells: readonly string[];
  /** The number of the code cell that the message must name. */
  readonly cell: number;
  readonly says: RegExp;
  /** Longest time a cell may take, ms; a minute where it is not given. */
  readonly cellTimeout?: number;
}

export const FAULTY_NOTEBOOKS: readonly FaultyNotebook[] = [
  { name: "throws", cells: ["1", "throw new TypeError('spoilt')", "2"], cell: 2, says: /TypeError: spoilt/ },
  {
    name: "does not parse",
    cells: ["1", "const = 3;", "2"],
    cell: 2,
    says: /raised SyntaxError: .*could not parse/,
  },
  {
    name: "imports what is not there",
    cells: ["import { x } from './nowhere.ts'"],
    cell: 1,
    says: /nowhere\.ts/,
  },
  {
    name: "leaves a rejected promise",
    cells: [
      "1",
      "Promise.reject(new RangeError('lost')); 2",
      "await new Promise((go) => setTimeout(go, 50))",
    ],
    cell: 2,
    says: /rejected promise that nobody handled, RangeError: lost/,
  },
  {
    name: "forgets an await",
    cells: ["async function load() { await 0; throw new Error('no file'); }\nload();\n1"],
    cell: 1,
    says: /rejected promise that nobody handled, Error: no file/,
  },
  {
    name: "throws in a timer",
    cells: [
      "setTimeout(() => { throw new Error('late'); }, 20); 1",
      "await new Promise((go) => setTimeout(go, 200))",
      "3",
    ],
    cell: 1,
    says: /an error outside any cell, Error: late/,
  },
  {
    name: "throws in a timer after the last cell",
    cells: ["setTimeout(() => { throw new Error('very late'); }, 150); 1"],
    cell: 1,
    says: /an error outside any cell, Error: very late/,
  },
  { name: "ends its kernel", cells: ["1", "Deno.exit(3)"], cell: 2, says: /the kernel ended/ },
  {
    name: "does not end",
    cells: ["1", "await new Promise((go) => setTimeout(go, 1e6))"],
    cell: 2,
    says: /must end within 3000 ms/,
    cellTimeout: 3000,
  },
  {
    name: "never gives control back",
    cells: ["while (true);"],
    cell: 1,
    says: /must end within 3000 ms/,
    cellTimeout: 3000,
  },
];

/** A notebook's text with these code cells. */
export function notebookOf(
  cells: readonly string[],
  metadata: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    cells: cells.map((source) => ({ cell_type: "code", source: source.split(/(?<=\n)/), metadata: {} })),
    metadata,
  });
}
