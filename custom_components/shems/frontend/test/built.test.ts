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
    const named = (begin: string) => files.filter(({ name }) => name.startsWith(begin));
    const [entry, base] = [named("shems.js"), named("base-")].flat();
    expect(entry!.code.length + base!.code.length).toBeLessThanOrEqual(5000);
    // What else they import at once would come with them.
    const imported = [entry, base].flatMap((file) => file!.code.match(/from"[^"]*"/g) ?? []);
    expect(imported).toEqual([`from"./${base!.name}"`]);
  });

  it("never asks for the entry by another address", () => {
    for (const { name, code } of files) expect(code, name).not.toContain("./shems.js");
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
