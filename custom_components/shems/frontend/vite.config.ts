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
      // One module with a fixed name: Home Assistant loads it by its address.
      output: { format: "es", entryFileNames: "shems.js", codeSplitting: false },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.ts"],
  },
});
