/** The style sheet of a report: a quiet page for the screen, light or dark, from a phone to a wide window, and for paper. */
export const REPORT_STYLE = `:root { color-scheme: light dark;
  --paper: light-dark(#ffffff, #14171a); --ink: light-dark(#1d2126, #e8ebee); --soft: light-dark(#5b636d, #a7afb8);
  --line: light-dark(#dfe2e6, #2d3339); --tint: light-dark(#f3f6fa, #1c2228); --link: light-dark(#0b3f78, #7cbcf5);
  --alarm: light-dark(#9a3412, #ee8a3c); --alarm-ink: light-dark(#7c2d12, #ffb68a); --alarm-tint: light-dark(#fff6ee, #2a1c14);
  --sans: Inter, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 74rem; padding: 2.5rem 1.5rem 5rem; color: var(--ink); background: var(--paper);
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Iowan Old Style", Palatino, Georgia, "DejaVu Serif", serif; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.15; letter-spacing: -0.01em; font-weight: 700; }
h2 { margin: 3.2rem 0 1rem; font-size: 1.35rem; line-height: 1.25; font-weight: 700; }
h3 { margin: 1.4rem 0 0.5rem; font-size: 1.05rem; }
.subtitle { margin: 0.4rem 0 1.2rem; color: var(--soft); }
.answers { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1.1rem; margin: 1.2rem 0; }
.answers article { padding: 1.1rem 1.2rem; border: 1px solid var(--line); border-radius: 6px; background: var(--tint); min-width: 0; }
.answers .first { grid-column: 1 / -1; border-left: 8px solid var(--link); }
.answers h2 { margin: 0 0 0.5rem; font-size: 1.05rem; color: var(--soft); font-weight: 600; }
.answers .short { display: block; color: var(--ink); font-size: 1.3rem; font-weight: 700; }
.answers .first .short { font-size: 1.7rem; line-height: 1.2; }
.answers p { margin: 0.5rem 0 0; font-size: 0.95rem; line-height: 1.5; }
.answers .lead { font-size: 1.2rem; line-height: 1.45; max-width: 60rem; }
.answers .first p { max-width: 60rem; }
.answers table { width: auto; }
.answers td, .answers th { padding-left: 0.3rem; padding-right: 0.3rem; }
.answers td:first-child { white-space: nowrap; }
.warning { margin: 0.7rem 0; padding: 0.6rem 1rem; border: 2px solid var(--alarm); border-left-width: 10px; background: var(--alarm-tint); line-height: 1.45; }
.warning strong { text-transform: uppercase; letter-spacing: 0.04em; color: var(--alarm-ink); }
nav { margin: 2rem 0 0; padding: 1rem 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); font: 0.85rem/1.7 var(--sans); }
nav ol { margin: 0; padding-left: 1.6rem; columns: 3; column-gap: 2.5rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: 0.8rem/1.4 var(--sans); font-variant-numeric: tabular-nums lining-nums; }
thead th { text-align: left; vertical-align: bottom; font-weight: 600; color: var(--soft); border-bottom: 1.5px solid var(--ink); padding: 0.3rem 0.45rem; }
td { padding: 0.32rem 0.45rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
tr.strong td { font-weight: 700; background: var(--tint); }
tbody tr:hover td { background: var(--tint); }
#results td:first-child, #trading td:first-child, #risk td:first-child, #notes td:first-child { min-width: 11.5rem; }
#notes td:nth-child(2) { white-space: nowrap; }
#provenance td:first-child { width: 17rem; color: var(--soft); }
#provenance td { overflow-wrap: anywhere; }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; }
.on-narrow { display: none; }
figcaption, .caption { margin: 0.7rem 0 0; max-width: 46rem; color: var(--soft); font-size: 0.92rem; line-height: 1.5; }
.source { display: block; margin-bottom: 0.2rem; font: 0.78rem/1.5 var(--sans); color: var(--ink); }
details { margin-top: 0.8rem; font: 0.82rem/1.5 var(--sans); color: var(--soft); }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; margin: 0.7rem 0; }
dt { font-weight: 600; color: var(--ink); }
dd { margin: 0; }
.glossary { columns: 2; column-gap: 2.5rem; }
.glossary h3 { break-after: avoid; }
.glossary > div:first-child h3 { margin-top: 0; }
.glossary dl { display: block; font: 0.86rem/1.5 var(--sans); }
.glossary dd { margin: 0 0 0.6rem; color: var(--soft); break-before: avoid; }
pre { margin: 0.7rem 0; padding: 1rem; overflow-x: auto; background: var(--tint); font: 0.78rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
@media (max-width: 60rem) { .answers { grid-template-columns: 1fr; } nav ol { columns: 2; } }
@media (max-width: 40rem) {
  body { padding: 1.2rem 0.9rem 3rem; font-size: 1rem; }
  h1 { font-size: 1.5rem; }
  h2 { margin-top: 2.4rem; }
  nav ol, .glossary { columns: 1; }
  .answers .lead { font-size: 1.05rem; }
  .answers .first .short { font-size: 1.35rem; }
  .answers article { padding: 0.9rem; }
  .on-wide { display: none; }
  .on-narrow { display: block; }
  figure .wide svg { width: 46rem; }
  #results td:first-child, #trading td:first-child, #risk td:first-child { position: sticky; left: 0; min-width: 8.5rem; max-width: 9.5rem;
    background: var(--paper); border-right: 1px solid var(--line); }
  #results tr.strong td:first-child, #trading tr.strong td:first-child, #risk tr.strong td:first-child { background: var(--tint); }
  #notes tr, #notes td, #provenance tr, #provenance td { display: block; width: auto; border: 0; padding: 0; }
  #notes tr, #provenance tr { padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  #notes thead, #provenance thead { display: none; }
  #notes td:first-child { font-weight: 600; }
  #genealogy_list td, #credit td, #money td { white-space: nowrap; }
  #costs, li:has(a[href="#costs"]) { display: none; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, summary { display: none; }
  h2 { margin-top: 1.6rem; break-after: avoid; }
  figure, tr, .warning, .answers article { break-inside: avoid; }
  table { font-size: 7pt; }
  .wide { overflow: visible; }
  tr.strong td, .warning, .answers article { background: none; }
}
`;
