import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, fit, move, sharpness, show, zoom } from "../../src/webview/camera";
import { coloured } from "../../src/webview/colours";
import { innermost, parse } from "../../src/webview/places";

const stage = { width: 400, height: 300 };

void test("all of a drawing is shown in the middle, and no larger than life", () => {
  assert.deepEqual(fit({ width: 100, height: 100 }, stage), { x: 150, y: 100, scale: 1 });
  const large = fit({ width: 4000, height: 100 }, stage);
  assert.ok(large.scale < 0.1 && large.x === 16);
  const long = { width: 300, height: 82_000 };
  assert.ok(fit(long, { width: 400, height: 600 }).scale * long.height < 600);
});

void test("a drawing that is too large to be read as a whole is shown from its beginning", () => {
  const first = { x: 500, y: 20, width: 100, height: 40 };
  assert.deepEqual(begin({ width: 500, height: 400 }, first, stage), fit({ width: 500, height: 400 }, stage));
  assert.deepEqual(begin({ width: 1100, height: 9000 }, first, stage), { x: -75, y: 6, scale: 0.5 });
});

void test("what is below the pointer stays there", () => {
  const view = { x: 10, y: 20, scale: 1 };
  const at = { x: 110, y: 220 };
  const larger = zoom(view, 2, at);
  assert.deepEqual([(at.x - larger.x) / larger.scale, (at.y - larger.y) / larger.scale], [100, 200]);
  assert.deepEqual(zoom(larger, 0.5, at), view);
  assert.equal(zoom(view, 1000, at).scale, 8);
});

void test("a part is brought into view, and no further than needed", () => {
  const view = { x: 0, y: 0, scale: 1 };
  assert.deepEqual(show(view, { x: 100, y: 100, width: 50, height: 50 }, stage), view);
  assert.deepEqual(show(view, { x: 100, y: 500, width: 50, height: 50 }, stage), move(view, 0, -266));
  assert.deepEqual(show(view, { x: -100, y: 100, width: 50, height: 50 }, stage), move(view, 116, 0));
});

void test("the cursor is in the innermost state", () => {
  const at = (line: number, character: number) => ({ line, character });
  const outer = { start: at(1, 0), end: at(9, 0) };
  const inner = { start: at(3, 0), end: at(5, 0) };
  assert.equal(innermost([inner, outer], at(4, 2)), inner);
  assert.equal(innermost([inner, outer], at(7, 2)), outer);
  assert.equal(innermost([inner, outer], at(10, 0)), undefined);
  assert.deepEqual(parse("3:14"), at(3, 14));
  assert.equal(parse(undefined), undefined);
});

void test("a picture has one set of colours", () => {
  const svg = "<style>.a{} @media (prefers-color-scheme: dark) { .a{} }</style>";
  assert.ok(coloured(svg, true).includes("@media all {"));
  assert.ok(coloured(svg, false).includes("@media not all {"));
});

void test("a picture is no larger than what browsers draw", () => {
  assert.equal(sharpness({ width: 800, height: 600 }), 2);
  for (const drawing of [{ width: 300, height: 82_000 }, { width: 30_000, height: 30_000 }]) {
    const scale = sharpness(drawing);
    assert.ok(scale > 0.3 && drawing.height * scale < 65_536 && drawing.width * scale * drawing.height * scale < 2 ** 28);
  }
});
