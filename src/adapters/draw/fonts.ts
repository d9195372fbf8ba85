/** The faces that files are drawn with: part of the project's packages, so that every machine draws the same. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Name of the family in its files. */
export const FONT_FAMILY = "DejaVu Sans";

const FACE_FILES = {
  normal: "DejaVuSans.ttf",
  bold: "DejaVuSans-Bold.ttf",
  italic: "DejaVuSans-Oblique.ttf",
} as const;
export type Face = keyof typeof FACE_FILES;
export const FACES = Object.keys(FACE_FILES) as readonly Face[];

/** Path of a face's TrueType file. */
export function facePath(face: Face): string {
  const folder = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  return join(folder, "ttf", FACE_FILES[face]);
}
