import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

describe("what is built", () => {
  const folder = join(import.meta.dirname, "..", "dist");
  const files = readdirSync(folder).map((name) => ({
    name,
    code: readFileSync(join(folder, name), "utf8"),
  }));

  it("costs every page no more than five kilobytes", () => {
    const [entry, ...others] = files.filter(({ name }) => name.startsWith("shems-"));
    expect(others).toEqual([]);
    expect(entry!.code.length).toBeLessThanOrEqual(5000);
    // What it imports at once would come with it.
    expect(entry!.code).not.toMatch(/^import|;import[{"]/);
  });

  it("is no more than 250 kilobytes in all, in every language", () => {
    const packed = files.map(({ code }) => gzipSync(code, { level: 9 }).length);
    expect(packed.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(250_000);
  });

  it("asks no other host for anything", () => {
    for (const { name, code } of files) {
      const addresses = code.match(/https?:\/\/[\w.-]+/g) ?? [];
      // Links to the documentation, and names of namespaces; nothing is fetched from them.
      const known = /^https?:\/\/(github\.com|www\.w3\.org)$/;
      expect(addresses.filter((each) => !known.test(each)), name).toEqual([]);
    }
  });
});
