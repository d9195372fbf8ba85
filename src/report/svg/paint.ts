import { type Theme, themeColour } from "../../figures/theme_colours.ts";

const ATTRIBUTE =
  /\b(fill|stroke|color|stop-color|flood-color)="(#[0-9a-fA-F]{3,8}|rgb\([^")]*\)|[a-z]{3,20})"/g;
/** Words in colour attributes that are no colours. */
const KEPT = new Set(["none", "inherit", "currentColor", "currentcolor", "transparent"]);

/**
 * An SVG in another theme: every colour attribute is replaced, everything else stays. "auto" writes both colours
 * as `light-dark()`, for a page whose `color-scheme` allows both.
 */
export function paintSvg(svg: string, theme: Theme): string {
  if (theme === "light") return svg;
  const known = new Map<string, string>();
  const painted = (colour: string) => {
    const found = known.get(colour) ?? colourIn(colour, theme);
    known.set(colour, found);
    return found;
  };
  return svg.replace(
    /<[^>]*>/g,
    (tag) =>
      tag.replace(
        ATTRIBUTE,
        (whole, name, colour) => KEPT.has(colour) ? whole : `${name}="${painted(colour)}"`,
      ),
  );
}

function colourIn(colour: string, theme: Exclude<Theme, "light">): string {
  if (theme !== "auto") return themeColour(colour, theme);
  return `light-dark(${themeColour(colour, "light")}, ${themeColour(colour, "dark")})`;
}
