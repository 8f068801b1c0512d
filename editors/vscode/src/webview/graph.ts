//! The page: it shows the server's drawing, in the colours of the theme, and tells what the user does with it.

import type { FromPage, Memory, Place, ToPage, View } from "../graph/messages";
import { begin, fit, move, show, zoom } from "./camera";
import type { Box } from "./camera";
import { png } from "./png";
import { innermost, parse } from "./places";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Memory | undefined;
  setState(memory: Memory): void;
};

interface State {
  element: SVGGElement;
  start: Place;
  end: Place;
}

const vscode = acquireVsCodeApi();
const stage = element("stage");
const notice = element("notice");
const memory: Memory = vscode.getState() ?? (JSON.parse(document.body.dataset["memory"] ?? "{}") as Memory);
/** Undefined until the user moves it. */
let view: View | undefined = memory.view;
let source = "";
let drawing: SVGSVGElement | undefined;
let states: State[] = [];
let cursor: Place | undefined;
/** The state in which the cursor is. */
let current: State | undefined;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`the page has no ${id}`);
  }
  return found;
}

// ---- what the extension says ----

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case "draw":
      draw(data.svg, data.version);
      break;
    case "cursor":
      cursor = data.place;
      mark(true);
      break;
    case "nothing":
      clear(data.reason);
      break;
    case "export":
      void save(data.format);
      break;
  }
});

function draw(svg: string, version: number): void {
  const begun = performance.now();
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (!(parsed instanceof SVGSVGElement)) {
    clear("The drawing cannot be read.");
    return;
  }
  const focused = name(document.activeElement);
  // The colours are the theme's: the policy of this page refuses the drawing's own.
  parsed.querySelectorAll("style").forEach((style) => style.remove());
  const fresh = document.importNode(parsed, true);
  fresh.setAttribute("role", "group");
  states = [...fresh.querySelectorAll<SVGGElement>("g.node")].flatMap(prepare);
  stage.replaceChildren(fresh);
  source = svg;
  drawing = fresh;
  notice.textContent = "There is no state yet.";
  notice.hidden = fresh.querySelector("g.node") !== null;
  mark(false);
  place(standing());
  if (focused !== undefined) {
    states.find((state) => name(state.element) === focused)?.element.focus({ preventScroll: true });
  }
  vscode.postMessage({ type: "drawn", version, states: states.length, time: performance.now() - begun });
}

/** A state can be reached by keyboard, and says its name. */
function prepare(node: SVGGElement): State[] {
  const start = parse(node.dataset["start"]);
  const end = parse(node.dataset["end"]);
  if (start === undefined || end === undefined) {
    return [];
  }
  node.setAttribute("tabindex", "0");
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", node.querySelector(":scope > title")?.textContent ?? node.dataset["name"] ?? "state");
  return [{ element: node, start, end }];
}

function name(element: Element | null): string | undefined {
  return element instanceof SVGGElement ? element.dataset["name"] : undefined;
}

function clear(reason: string): void {
  stage.replaceChildren();
  drawing = undefined;
  states = [];
  current = undefined;
  notice.textContent = reason;
  notice.hidden = false;
}

/** Marks the state in which the cursor is, and brings it into view where it has just come to. */
function mark(bring: boolean): void {
  current = cursor && innermost(states, cursor);
  for (const state of states) {
    const is = state === current;
    state.element.classList.toggle("current", is);
    state.element.setAttribute("aria-current", String(is));
  }
  if (bring && current !== undefined && !stage.contains(document.activeElement)) {
    place(show(standing(), box(current.element), size()));
  }
}

async function save(format: "svg" | "png"): Promise<void> {
  try {
    if (drawing === undefined) {
      throw new Error("there is no graph to export");
    }
    const dark = document.body.matches(".vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)");
    vscode.postMessage({ type: "save", format, content: format === "svg" ? source : await png(source, dark) });
  } catch (error) {
    vscode.postMessage({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  }
}

// ---- where the drawing stands ----

function size(): { width: number; height: number } {
  return { width: stage.clientWidth, height: stage.clientHeight };
}

function extent(): { width: number; height: number } {
  return { width: drawing?.width.baseVal.value ?? 0, height: drawing?.height.baseVal.value ?? 0 };
}

/** How it is shown: as long as the user has not moved it, from its beginning, or with the state of the cursor. */
function standing(): View {
  if (view !== undefined) {
    return view;
  }
  const boxes = [...(drawing?.querySelectorAll<SVGGElement>("g.node.start") ?? [])].map(box);
  const top = boxes.reduce((one, other) => (other.y < one.y ? other : one), boxes[0] ?? { x: 0, y: 0, width: 0, height: 0 });
  const start = begin(extent(), top, size());
  return current === undefined ? start : show(start, box(current.element), size());
}

function box(part: SVGGElement): Box {
  return (part.querySelector<SVGGraphicsElement>(":scope > .shape") ?? part).getBBox();
}

function place(to: View): void {
  if (drawing !== undefined) {
    drawing.style.transform = `translate(${to.x}px, ${to.y}px) scale(${to.scale})`;
  }
}

function turn(to: View): void {
  view = to;
  place(to);
  vscode.setState({ uri: memory.uri, view: to });
}

new ResizeObserver(() => view === undefined && place(standing())).observe(stage);

// ---- what the user does ----

function jump(target: EventTarget | null): boolean {
  const part = target instanceof Element ? target.closest<SVGGElement>("g[data-start]") : null;
  const to = parse(part?.dataset["start"]);
  if (to === undefined) {
    return false;
  }
  vscode.postMessage({ type: "reveal", place: to });
  return true;
}

const actions: Record<string, () => void> = {
  in: () => turn(zoom(standing(), 1.25, middle())),
  out: () => turn(zoom(standing(), 0.8, middle())),
  fit: () => turn(fit(extent(), size())),
  svg: () => vscode.postMessage({ type: "wish", format: "svg" }),
  png: () => vscode.postMessage({ type: "wish", format: "png" }),
};

function middle(): { x: number; y: number } {
  return { x: stage.clientWidth / 2, y: stage.clientHeight / 2 };
}

element("tools").addEventListener("click", ({ target }) => {
  const action = target instanceof HTMLElement ? target.dataset["action"] : undefined;
  if (action !== undefined) {
    actions[action]?.();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const step = event.shiftKey ? 200 : 50;
  const moves: Record<string, [number, number]> = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
  const by = moves[event.key];
  const zooms: Record<string, string> = { "+": "in", "=": "in", "-": "out", _: "out", "0": "fit", Home: "fit" };
  const action = zooms[event.key];
  if (by !== undefined) {
    turn(move(standing(), ...by));
  } else if (action !== undefined) {
    actions[action]?.();
  } else if (!((event.key === "Enter" || event.key === " ") && stage.contains(event.target as Node) && jump(event.target))) {
    return;
  }
  event.preventDefault();
});

stage.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const now = standing();
    if (event.shiftKey) {
      turn(move(now, -(event.deltaY || event.deltaX), 0));
    } else {
      const { left, top } = stage.getBoundingClientRect();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
      turn(zoom(now, Math.exp(-event.deltaY * lines * 0.0015), { x: event.clientX - left, y: event.clientY - top }));
    }
  },
  { passive: false },
);

let drag: { x: number; y: number; from: View; far: boolean } | undefined;
stage.addEventListener("pointerdown", (event) => {
  if (event.button === 0) {
    drag = { x: event.clientX, y: event.clientY, from: standing(), far: false };
  }
});
stage.addEventListener("pointermove", (event) => {
  if (drag === undefined || event.buttons === 0) {
    return;
  }
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  // A hand is not quite still when it clicks.
  if (!drag.far && Math.hypot(x, y) > 4) {
    drag.far = true;
    stage.setPointerCapture(event.pointerId);
    stage.classList.add("moving");
  }
  if (drag.far) {
    turn(move(drag.from, x, y));
  }
});
const release = () => {
  stage.classList.remove("moving");
};
stage.addEventListener("pointerup", release);
stage.addEventListener("pointercancel", release);
stage.addEventListener("click", (event) => {
  const moved = drag?.far ?? false;
  drag = undefined;
  if (!moved) {
    jump(event.target);
  }
});
stage.addEventListener("focusin", ({ target }) => {
  if (target instanceof SVGGElement && target.matches(":focus-visible")) {
    turn(show(standing(), box(target), size()));
  }
});
// The stage does not scroll by itself, also not where a browser would bring what has the focus into view.
stage.addEventListener("scroll", () => stage.scrollTo(0, 0));

vscode.setState(memory);
vscode.postMessage({ type: "ready" });
