//! How large a drawing is shown, and where: zoom at a point, move, show all, as a picture. Values in, values out.

import type { View } from "../graph/messages";

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

/** All of a thousand states, one below the other, fits into a window. */
const least = 0.005;
const most = 8;
const margin = 16;
/** Below that, names cannot be read. */
const legible = 0.5;

/** All of the drawing, in the middle; never larger than life. */
export function fit(drawing: Size, stage: Size): View {
  const scale = limited(
    Math.min(1, (stage.width - 2 * margin) / Math.max(drawing.width, 1), (stage.height - 2 * margin) / Math.max(drawing.height, 1)),
  );
  return {
    x: Math.max((stage.width - drawing.width * scale) / 2, margin),
    y: Math.max((stage.height - drawing.height * scale) / 2, margin),
    scale,
  };
}

/** What is shown at first: all, or where that could not be read, the part in which the drawing begins, at the top. */
export function begin(drawing: Size, first: Box, stage: Size): View {
  const whole = fit(drawing, stage);
  return whole.scale >= legible
    ? whole
    : { x: stage.width / 2 - (first.x + first.width / 2) * legible, y: margin - first.y * legible, scale: legible };
}

/** What is at that point of the window stays there. */
export function zoom(view: View, by: number, at: { x: number; y: number }): View {
  const scale = limited(view.scale * by);
  const grown = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
}

export function move(view: View, x: number, y: number): View {
  return { ...view, x: view.x + x, y: view.y + y };
}

/** Moves as little as is needed to bring a part of the drawing into the window. */
export function show(view: View, part: Box, stage: Size): View {
  const shift = (start: number, length: number, room: number) => {
    const free = Math.max(Math.min(margin, (room - length) / 2), 0);
    return start < free ? free - start : start + length > room - free ? Math.max(room - free - length, free) - start : 0;
  };
  return move(
    view,
    shift(view.x + part.x * view.scale, part.width * view.scale, stage.width),
    shift(view.y + part.y * view.scale, part.height * view.scale, stage.height),
  );
}

/** Twice the size of the drawing, as far as browsers draw that: neither too long nor too many pixels. */
export function sharpness({ width, height }: Size): number {
  return Math.min(2, 65_000 / Math.max(width, height, 1), Math.sqrt(100_000_000 / Math.max(width * height, 1)));
}

function limited(scale: number): number {
  return Math.min(most, Math.max(least, scale));
}
