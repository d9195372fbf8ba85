/** What the page of a watched session looks like beyond a report: denser, in one face, parts beside each other. */
export const WATCH_STYLE = `
.watch { max-width: 92rem; padding: 1.6rem 1.5rem 4rem; font: 0.95rem/1.5 var(--sans);
  --gain: light-dark(#00664f, #3fc7a4); --loss: light-dark(#a8430a, #ee8a3c);
  --good: light-dark(#00755a, #3fc7a4); --bad: light-dark(#a61b1b, #ff8a80); }
.watch .name { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 0.7rem; }
.watch h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
.watch .badge { padding: 0.1rem 0.6rem; border: 1px solid var(--line); border-radius: 1rem; font-size: 0.8rem; color: var(--soft); }
.watch .badge.simulated { border-color: var(--alarm); color: var(--alarm-ink); background: var(--alarm-tint); }
.watch .link { margin-left: auto; display: inline-flex; align-items: center; gap: 0.45rem; font-size: 0.8rem; color: var(--soft); }
.watch .lamp { width: 0.55rem; height: 0.55rem; border-radius: 50%; background: var(--good); }
.watch.lost .lamp { border-radius: 0; background: var(--bad); }
.watch.lost #link { color: var(--bad); font-weight: 600; }
.watch .subtitle { margin: 0.25rem 0 1rem; font-size: 0.85rem; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.state { display: grid; gap: 0.25rem; padding: 0.8rem 1rem; border: 1px solid var(--line); border-left: 8px solid var(--good); border-radius: 6px; background: var(--tint); }
.state p { margin: 0; }
.state.reducing { border-color: var(--alarm); background: var(--alarm-tint); }
.state.halted { border-color: var(--bad); background: light-dark(#fdf0ef, #2b1817); }
.guard { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 0.8rem; }
.pill { font-weight: 700; letter-spacing: 0.04em; color: var(--good); white-space: nowrap; }
.reducing .pill { color: var(--alarm-ink); }
.halted .pill { color: var(--bad); }
.state.still { border-left-color: var(--soft); }
.still .pill { color: var(--soft); }
.life.alone { font-weight: 600; }
.life.alone::before { content: "▲ "; color: var(--alarm-ink); }
.when { color: var(--soft); font-size: 0.85rem; font-variant-numeric: tabular-nums; }
.when b { color: var(--ink); font-weight: 600; }
.when .dot { margin: 0 0.35rem; }
.when .late, .tiles .critical a, .watch .tiles .critical .below { color: var(--bad); font-weight: 700; }
.watch dl.tiles { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); gap: 0; margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.tiles > div { padding: 0.6rem 0.9rem; box-shadow: 1px 1px 0 0 var(--line); min-width: 0; }
.tiles dt { font-size: 0.78rem; font-weight: 400; color: var(--soft); }
.watch .tiles dd { margin: 0; font-size: 1.2rem; font-weight: 650; line-height: 1.3; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
.tiles small { font-size: 0.7rem; font-weight: 400; color: var(--soft); }
.watch .tiles .below { font-size: 0.75rem; font-weight: 400; color: var(--soft); white-space: normal; }
.gain { color: var(--gain); }
.loss { color: var(--loss); }
.columns { display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); gap: 0 2rem; align-items: start; }
.columns section { margin-bottom: 1.7rem; }
.watch h2 { margin: 0 0 0.5rem; font-size: 1rem; }
.watch .wide:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
.watch td { white-space: nowrap; }
.watch #alerts td:nth-child(4), .watch #orders td:last-child, .watch #team td:nth-child(3) { white-space: normal; min-width: 9rem; }
.watch #alerts td:nth-child(4) { min-width: 5.5rem; }
.watch .caption, .watch figcaption { font-size: 0.8rem; margin-top: 0.45rem; }
.source:empty { display: none; }
.watch figure svg { touch-action: pan-y; }
.cross { stroke: var(--ink); stroke-opacity: 0.5; pointer-events: none; }
.reading { margin: 0.3rem 0 0; min-height: 1.5em; font-size: 0.82rem; font-variant-numeric: tabular-nums; color: var(--soft); }
.empty { margin: 0.2rem 0; color: var(--soft); font-size: 0.88rem; }
.watch.lost main { opacity: 0.55; }
@media (max-width: 75rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .watch dl.tiles { grid-template-columns: repeat(4, minmax(0, 1fr)); }
}
@media (max-width: 40rem) {
  .watch { padding: 1rem 0.9rem 3rem; font-size: 0.95rem; }
  .watch .link { margin-left: 0; }
  .watch dl.tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .tiles > div { padding: 0.5rem 0.7rem; }
  .watch .tiles dd { font-size: 1.05rem; }
  .watch td, .watch thead th { padding-left: 0.3rem; padding-right: 0.3rem; }
  .watch #alerts thead, .watch #team thead { display: none; }
  .watch #alerts tr, .watch #team tr { display: flex; flex-wrap: wrap; gap: 0 0.7rem; padding: 0.35rem 0; border-bottom: 1px solid var(--line); }
  .watch #alerts td, .watch #team td { border: 0; padding: 0; background: none; }
  .watch #alerts td:nth-child(4), .watch #team td:nth-child(3) { order: 1; flex-basis: 100%; color: var(--soft); }
  .watch #team td:nth-child(2) { font-weight: 600; flex: 1; }
  .watch #alerts td:nth-child(5):empty { display: none; }
  .reading { min-height: 3em; }
  .watch #limits td:last-child { white-space: normal; }
}
`;
