import { readFileSync } from "node:fs";

import { type Plugin, defineConfig } from "vitest/config";

const BASE = /preload-helper|\/src\/(strategy\/owner|suggest|listing|lazy|catalog)\.ts$/;
const LISTED = /\.(name|description)$/;

/** Give of a language no more than every page needs: what the lists of cards and dashboards say. */
const listing: Plugin = {
  name: "listing",
  enforce: "pre",
  load(id) {
    if (!id.endsWith(".json?listing")) return null;
    const words = JSON.parse(readFileSync(id.replace(/\?.*$/, ""), "utf8")) as object;
    const listed = Object.entries(words).filter(([key]) => LISTED.test(key));
    const code = `export default ${JSON.stringify(Object.fromEntries(listed))}`;
    return { code, moduleType: "js" };
  },
};

/** Fetch a file by nothing but `import`: there are no styles to fetch with it. */
const plainImport: Plugin = {
  name: "plain-import",
  enforce: "pre",
  load: (id) =>
    id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : null,
};

const nameOf = ({ name, moduleIds = [] }: { name: string; moduleIds?: string[] }): string => {
  const [id = ""] = moduleIds;
  if (id.endsWith(".json?listing")) return "listing-[name]-[hash].js";
  return id.includes("/locales/") && name !== "en" ? "words-[name]-[hash].js" : "[name]-[hash].js";
};

export default defineConfig({
  plugins: [listing, plainImport],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2021",
    minify: true,
    sourcemap: false,
    modulePreload: false,
    rolldownOptions: {
      input: { shems: "src/index.ts" },
      // Every page loads the entry by its fixed name, and fetches the rest when it is shown; those
      // names change with what is in the files, so that a browser may keep them for good. None of
      // them imports the entry, whose address carries a version that they do not know.
      output: {
        format: "es",
        entryFileNames: "shems.js",
        chunkFileNames: nameOf,
        codeSplitting: { groups: [{ name: "base", test: BASE }] },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.ts"],
    // A busy machine takes long to load a module.
    testTimeout: 30_000,
  },
});
