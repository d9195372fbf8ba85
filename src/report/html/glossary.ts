import { GLOSSARY } from "../../figures/glossary.ts";
import { type Html, html } from "./html.ts";

/** What the words mean, a list a group. */
export function glossaryHtml(): Html {
  const groups = GLOSSARY.map(({ title, terms }) =>
    html`
      <div>
        <h3>${title}</h3>
        <dl>${terms.map(({ term, meaning }) =>
          html`
            <dt>${term}</dt>
            <dd>${meaning}</dd>
          `
        )}</dl>
      </div>
    `
  );
  return html`<div class="glossary">${groups}</div>`;
}
