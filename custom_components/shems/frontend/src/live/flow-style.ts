import { css } from "lit";

export const flowStyle = css`
  svg.flow {
    display: block;
    width: 100%;
    max-width: 560px;
    height: auto;
    margin: 0 auto;
    direction: ltr;
  }
  .track,
  .dots {
    fill: none;
    stroke-linecap: round;
  }
  .track {
    stroke: color-mix(in srgb, var(--color) 28%, transparent);
    stroke-width: 2;
  }
  .still .track {
    stroke: var(--shems-grid-line);
  }
  .dots {
    stroke: var(--color);
    stroke-width: 5;
    stroke-dasharray: 0.1 22;
    animation: run 2.4s linear infinite;
  }
  .pace-2 .dots {
    animation-duration: 1.6s;
  }
  .pace-3 .dots {
    animation-duration: 1s;
  }
  .pace-4 .dots {
    animation-duration: 0.6s;
  }
  .away .dots {
    animation-direction: reverse;
  }
  @keyframes run {
    from {
      stroke-dashoffset: 44.2;
    }
    to {
      stroke-dashoffset: 0;
    }
  }
  .arrow {
    fill: var(--color);
    display: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .dots {
      display: none;
    }
    .arrow {
      display: block;
    }
    .track {
      stroke: color-mix(in srgb, var(--color) 70%, transparent);
    }
  }
  .disc {
    fill: var(--card-background-color, #fff);
    stroke: var(--color);
    stroke-width: 2;
  }
  .still .disc {
    stroke: var(--shems-zero-line);
  }
  .level {
    fill: none;
    stroke: var(--color);
    stroke-width: 5;
    stroke-linecap: round;
  }
  .glyph {
    fill: var(--color);
  }
  .still .glyph {
    fill: var(--secondary-text-color);
  }
  text {
    text-anchor: middle;
    font-size: 12px;
    fill: var(--primary-text-color);
    font-variant-numeric: tabular-nums;
    paint-order: stroke;
    stroke: var(--card-background-color, #fff);
    stroke-width: 3px;
  }
  .solar text {
    text-anchor: start;
  }
  text.value {
    font-weight: 500;
  }
  text.small {
    font-size: 11px;
    fill: var(--secondary-text-color);
  }
  .solar {
    --color: var(--shems-solar);
  }
  .grid {
    --color: var(--shems-import);
  }
  .grid.away {
    --color: var(--shems-export);
  }
  .battery {
    --color: var(--shems-battery-1);
  }
  .device {
    --color: var(--shems-mode-hold);
  }
  .device:not(.still) {
    --color: var(--shems-mode-charge);
  }
  .home {
    --color: var(--primary-text-color);
  }
`;
