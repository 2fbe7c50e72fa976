/** Theme colours for the canvas, which knows no CSS variables. */

const NAMES = [
  "import",
  "export",
  "value",
  "load",
  "solar",
  "grid",
  "curtailed",
  "text",
  "grid-line",
  "zero-line",
] as const;

export type ColorName = (typeof NAMES)[number];
export type Palette = Record<ColorName, string> & { batteries: string[]; font: string };

export const BATTERY_COLORS = 4;

/** Give the colour's place among the batteries' colours. */
export const batteryColor = (index: number): string =>
  `--shems-battery-${(index % BATTERY_COLORS) + 1}`;

/** Read the palette as the theme resolves it for the element. */
export const readPalette = (element: Element): Palette => {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim() || "#888888";
  const palette = Object.fromEntries(NAMES.map((name) => [name, read(`--shems-${name}`)]));
  return {
    ...(palette as Record<ColorName, string>),
    batteries: Array.from({ length: BATTERY_COLORS }, (_, i) => read(batteryColor(i))),
    font: style.fontFamily || "sans-serif",
  };
};

let probe: CanvasRenderingContext2D | null | undefined;

/** Let the browser write any CSS colour as hex or rgba. */
const normalised = (color: string): string => {
  probe ??= document.createElement("canvas").getContext("2d");
  if (!probe) return color;
  probe.fillStyle = "#888888";
  probe.fillStyle = color;
  return probe.fillStyle;
};

/** Give the colour with the given opacity. */
export const faded = (color: string, opacity: number): string => {
  const text = normalised(color);
  const hex = /^#(..)(..)(..)$/.exec(text);
  const parts = hex
    ? hex.slice(1, 4).map((pair) => parseInt(pair, 16))
    : (text.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return parts.length === 3 ? `rgba(${parts.join(", ")}, ${opacity})` : color;
};
