import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2021",
    minify: true,
    sourcemap: false,
    modulePreload: false,
    rolldownOptions: {
      input: "src/index.ts",
      // One module with a fixed name: Home Assistant loads it by its address. Beside it lies a
      // file for each language, whose name changes with its words.
      output: {
        format: "es",
        entryFileNames: "shems.js",
        chunkFileNames: "words-[name]-[hash].js",
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.ts"],
  },
});
