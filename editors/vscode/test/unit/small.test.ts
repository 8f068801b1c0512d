import assert from "node:assert/strict";
import { test } from "node:test";
import { languageFor, leftAlone, selector } from "../../src/documents";
import { Crashes } from "../../src/server/crashes";
import { forServer } from "../../src/settings";

void test("a server that keeps ending is left alone, but may end again much later", () => {
  const crashes = new Crashes();
  assert.deepEqual([0, 1, 2, 3].map((time) => crashes.another(time)), [true, true, true, false]);
  assert.equal(crashes.another(4 * 60 * 1000), true);
  crashes.forget();
  assert.equal(crashes.another(4 * 60 * 1000), true);
});

void test("the server gets what is set and what it knows", () => {
  const section = {
    rules: { "unknown-field": "hint" },
    format: { indent: null },
    catalog: { models: null },
    machine: { type: "express" },
    server: { path: "/asl-lsp" },
    coexistence: { awsToolkit: "both" },
    trace: { server: "off" },
    has: () => true,
  };
  assert.deepEqual(forServer(section), {
    rules: { "unknown-field": "hint" },
    format: {},
    catalog: {},
    machine: { type: "express" },
  });
  assert.deepEqual(forServer(null), {});
});

void test("beside AWS Toolkit, the user's choice counts", () => {
  assert.equal(languageFor("asl", "asl-lsp", true), "states-language");
  assert.equal(languageFor("asl-yaml", "asl-lsp", true), "states-language-yaml");
  assert.equal(languageFor("json", "asl-lsp", true), undefined);
  assert.equal(languageFor("asl", "ask", true), undefined);
  assert.equal(languageFor("asl", "asl-lsp", false), undefined);
  // The choice is taken back.
  assert.equal(languageFor("states-language", "both", true), "asl");

  assert.deepEqual(leftAlone("aws-toolkit", true), ["asl", "asl-yaml"]);
  assert.deepEqual(leftAlone("aws-toolkit", false), []);
  const languages = selector(leftAlone("aws-toolkit", true)).map((filter) => filter.language);
  assert.ok(!languages.includes("asl") && !languages.includes("asl-yaml") && languages.includes("json"));
});
