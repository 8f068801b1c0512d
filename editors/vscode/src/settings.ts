//! The settings that the server is given.

/** The sections of `asl` that are the server's; the others are the extension's own. */
const ours = new Set(["server", "trace", "coexistence"]);

type Value = boolean | null | number | string | Value[] | { [key: string]: Value };

/** What the server gets of the section `asl`: without the extension's own settings, and without those that are unset. */
export function forServer(section: unknown): Record<string, Value> {
  const settings: Record<string, Value> = {};
  for (const [name, value] of Object.entries(plain(section))) {
    if (!ours.has(name)) {
      settings[name] = set(value);
    }
  }
  return settings;
}

function set(value: Value): Value {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).flatMap(([key, value]) => (value === null ? [] : [[key, set(value)]])));
}

/** A configuration of VS Code is a proxy with methods; only its data counts. */
function plain(section: unknown): Record<string, Value> {
  const text = JSON.stringify(section ?? {}) as string | undefined;
  const value = JSON.parse(text ?? "{}") as unknown;
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Record<string, Value>) : {};
}
