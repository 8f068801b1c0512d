//! The drawing as a picture. As SVG it is a file already, with colours for light and dark readers.

import { sharpness } from "./camera";
import { coloured } from "./colours";

/** A picture of the drawing, with the colours of the page's theme; in base 64. */
export async function png(svg: string, dark: boolean): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(coloured(svg, dark))}`;
  await image.decode();
  const scale = sharpness(image);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(image.width * scale));
  canvas.height = Math.max(1, Math.ceil(image.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) {
    throw new Error("this window has no canvas");
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const [head, content] = canvas.toDataURL("image/png").split(",");
  if (!head?.startsWith("data:image/png") || content === undefined) {
    throw new Error("it is too large for a PNG; export it as SVG");
  }
  return content;
}
