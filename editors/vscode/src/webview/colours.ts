//! The two sets of colours of the server's drawing.

/** A picture can't look different to different readers: one of the two sets of colours is chosen. */
export function coloured(svg: string, dark: boolean): string {
  const question = "@media (prefers-color-scheme: dark)";
  return svg.replaceAll(question, dark ? "@media all" : "@media not all");
}
