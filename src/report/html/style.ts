/** The style sheet of a report: a quiet page for the screen, a lighter one for paper. */
export const REPORT_STYLE =
  `:root { color-scheme: light; --ink: #1d2126; --soft: #5b636d; --line: #dfe2e6; --sans: Inter, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 74rem; padding: 3rem 1.5rem 5rem; color: var(--ink); background: #fff;
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Iowan Old Style", Palatino, Georgia, "DejaVu Serif", serif; }
h1 { margin: 0; font-size: 2.1rem; line-height: 1.15; letter-spacing: -0.01em; font-weight: 700; }
h2 { margin: 3.2rem 0 1rem; font-size: 1.35rem; line-height: 1.25; font-weight: 700; }
.subtitle { margin: 0.5rem 0 1.6rem; color: var(--soft); }
.headline { margin: 1.6rem 0; font-size: 1.2rem; line-height: 1.5; max-width: 46rem; }
.warning { margin: 0.7rem 0; padding: 0.8rem 1.1rem; border: 2px solid #9a3412; border-left-width: 10px; background: #fff6ee; line-height: 1.45; }
.warning strong { text-transform: uppercase; letter-spacing: 0.04em; color: #7c2d12; }
nav { margin: 2rem 0 0; padding: 1rem 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); font: 0.85rem/1.7 var(--sans); }
nav ol { margin: 0; padding-left: 1.6rem; columns: 2; column-gap: 2.5rem; }
a { color: #0b3f78; text-decoration: none; }
a:hover { text-decoration: underline; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: 0.8rem/1.4 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
thead th { text-align: left; vertical-align: bottom; font-weight: 600; color: var(--soft); border-bottom: 1.5px solid var(--ink); padding: 0.3rem 0.45rem; }
td { padding: 0.32rem 0.45rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th.number, td.number { text-align: right; white-space: nowrap; }
th.number { white-space: normal; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
tr.strong td { font-weight: 700; background: #f3f6fa; }
tbody tr:hover td { background: #f7f8f9; }
#results td:first-child, #trading td:first-child, #notes td:first-child { min-width: 11.5rem; }
#notes td:nth-child(2) { white-space: nowrap; }
figure { max-width: 62rem; }
#provenance td:first-child { width: 15rem; color: var(--soft); }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; }
figcaption, .caption { margin: 0.7rem 0 0; max-width: 46rem; color: var(--soft); font-size: 0.92rem; line-height: 1.5; }
.source { display: block; margin-bottom: 0.2rem; font: 0.78rem/1.5 var(--sans); color: var(--ink); }
details { margin-top: 0.8rem; font: 0.82rem/1.5 var(--sans); color: var(--soft); }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; margin: 0.7rem 0; }
dt { font-weight: 600; color: var(--ink); }
dd { margin: 0; }
pre { margin: 0.7rem 0; padding: 1rem; overflow-x: auto; background: #f7f8f9; font: 0.78rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
@media (max-width: 40rem) { nav ol { columns: 1; } h1 { font-size: 1.6rem; } }
@media print {
  @page { margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, summary { display: none; }
  h2 { margin-top: 1.6rem; break-after: avoid; }
  figure, tr, .warning { break-inside: avoid; }
  table { font-size: 7pt; }
  .wide { overflow: visible; }
  tr.strong td, .warning { background: none; }
}
`;
