//! Which state the cursor is in: pure, over what the drawing says of its parts.

import type { Place } from "../graph/messages";

/** A place as the drawing writes it, such as `3:14`. */
export function parse(text: string | null | undefined): Place | undefined {
  const [line, character] = (text ?? "").split(":").map(Number);
  return line === undefined || character === undefined || Number.isNaN(line) || Number.isNaN(character) ? undefined : { line, character };
}

export function compare(one: Place, other: Place): number {
  return one.line - other.line || one.character - other.character;
}

/** The innermost part around a place: of all that hold it, the one that begins last. */
export function innermost<Part extends { start: Place; end: Place }>(parts: Part[], place: Place): Part | undefined {
  return parts
    .filter((part) => compare(part.start, place) <= 0 && compare(place, part.end) <= 0)
    .reduce<Part | undefined>((best, part) => (best === undefined || compare(best.start, part.start) < 0 ? part : best), undefined);
}
