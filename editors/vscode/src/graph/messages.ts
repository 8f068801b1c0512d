//! What the extension and the page of a graph tell each other.

/** A place in the document; lines and characters count from 0, characters in UTF-16 units. */
export interface Place {
  line: number;
  character: number;
}

export type Format = "svg" | "png";

export type ToPage =
  /** Draw this, which shows that version of the document. */
  | { type: "draw"; svg: string; version: number }
  /** The cursor is there now. */
  | { type: "cursor"; place: Place }
  /** There is nothing to draw, and why. */
  | { type: "nothing"; reason: string }
  /** Make a file of the drawing. */
  | { type: "export"; format: Format };

export type FromPage =
  | { type: "ready" }
  /** That version stands there, with so many states; the time is in milliseconds. */
  | { type: "drawn"; version: number; states: number; time: number }
  /** The user wants to see that place. */
  | { type: "reveal"; place: Place }
  /** The user wants a file. */
  | { type: "wish"; format: Format }
  /** The file that was asked for; a PNG in base 64. */
  | { type: "save"; format: Format; content: string }
  | { type: "failed"; reason: string };

/** What the page remembers, and gets back after a reload of the window. */
export interface Memory {
  uri: string;
  view?: View;
}

/** Where the drawing stands: its corner in pixels, and its scale. */
export interface View {
  x: number;
  y: number;
  scale: number;
}
