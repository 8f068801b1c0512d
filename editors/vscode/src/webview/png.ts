//! The drawing as a picture. As SVG it is a file already, with colours for light and dark readers.

import { coloured } from "./colours";

/** A picture of the drawing, twice its size, with the colours of the page's theme; in base 64. */
export async function png(svg: string, dark: boolean): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(coloured(svg, dark))}`;
  await image.decode();
  // What browsers still draw.
  const scale = Math.min(2, 16_000 / Math.max(image.width, image.height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(image.width * scale));
  canvas.height = Math.max(1, Math.ceil(image.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) {
    throw new Error("this window has no canvas");
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}
