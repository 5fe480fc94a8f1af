// Paints the calm picture behind a prompt without images: drifting light in muted colours, from a seed. Pure.

type Colour = readonly [number, number, number];

interface Palette {
  readonly sky: Colour;
  readonly middle: Colour;
  readonly ground: Colour;
  readonly light: Colour;
}

const PALETTES: readonly Palette[] = [
  { sky: [38, 52, 74], middle: [134, 112, 122], ground: [44, 40, 52], light: [236, 190, 148] },
  { sky: [28, 56, 62], middle: [104, 138, 128], ground: [24, 38, 42], light: [226, 214, 172] },
  { sky: [58, 42, 62], middle: [166, 104, 92], ground: [44, 30, 40], light: [244, 196, 150] },
  { sky: [44, 56, 70], middle: [126, 140, 152], ground: [34, 42, 52], light: [226, 226, 214] },
  { sky: [40, 52, 44], middle: [132, 134, 96], ground: [30, 38, 34], light: [238, 214, 150] },
  { sky: [34, 40, 68], middle: [104, 98, 142], ground: [26, 28, 46], light: [214, 180, 206] },
];

/** A small, deterministic source of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The size in which a plate is painted for an output; ffmpeg enlarges it smoothly. */
export function plateSize(width: number, height: number): { width: number; height: number } {
  const scale = 96 / Math.max(width, height);
  return { width: Math.max(2, Math.round(width * scale)), height: Math.max(2, Math.round(height * scale)) };
}

/** Returns a painter of single frames, rgb48le. The same seed gives the same picture. */
export function platePainter(
  seed: number,
  width: number,
  height: number,
  frames: number,
): (n: number) => Buffer {
  const random = seededRandom(seed);
  const palette = PALETTES[Math.floor(random() * PALETTES.length)] ?? PALETTES[0];
  if (palette === undefined) throw new Error('no palette');
  const { sky, middle, ground, light } = palette;
  const horizon = 0.56 + 0.12 * random();
  const sunX = 0.25 + 0.5 * random();
  const clouds = Array.from({ length: 5 }, (_, index) => ({
    x: random(),
    y: 0.1 + 0.6 * random(),
    width: 0.14 + 0.2 * random(),
    height: 0.05 + 0.08 * random(),
    drift: (random() - 0.5) * 0.45,
    strength: index === 0 ? 0.34 : 0.12 + 0.12 * random(),
  }));
  const ridges = Array.from({ length: 3 }, (_, index) => ({
    level: horizon + 0.04 + index * 0.11,
    bumps: Array.from({ length: 4 }, (__, k) => ({
      f: (k + 1) * (1.2 + random()),
      p: random() * 7,
      a: 0.05 / (k + 1),
    })),
    drift: 0.03 + index * 0.05,
    depth: 0.35 + index * 0.27,
  }));
  const aspect = width / height;

  return (n) => {
    const time = frames > 1 ? n / (frames - 1) : 0;
    const frame = Buffer.alloc(width * height * 6);
    const sunY = horizon - 0.1 - 0.07 * time;
    const skylines = ridges.map(({ level, bumps, drift }) =>
      Float64Array.from({ length: width }, (_, px) => {
        const x = px / width + drift * time;
        return bumps.reduce((sum, { f, p, a }) => sum + a * Math.sin(f * x * 3 + p), level);
      }),
    );
    let offset = 0;
    for (let py = 0; py < height; py += 1) {
      const y = py / (height - 1);
      const up = Math.min(1, y / horizon);
      for (let px = 0; px < width; px += 1) {
        const x = px / (width - 1);
        const sunDistance = Math.hypot((x - sunX) * aspect, y - sunY);
        let glow =
          0.75 * Math.exp(-((sunDistance / 0.42) ** 2)) + 0.55 / (1 + Math.exp((sunDistance - 0.09) * 90));
        for (const cloud of clouds) {
          const dx = (x - cloud.x - cloud.drift * time) / cloud.width;
          const dy = (y - cloud.y) / cloud.height;
          glow += cloud.strength * Math.exp(-dx * dx - dy * dy) * up;
        }
        let shade = 0;
        for (let index = 0; index < ridges.length; index += 1) {
          const depth = ridges[index]?.depth ?? 0;
          const edge = ((skylines[index]?.[px] ?? 1) - y) * height * 0.7;
          shade = Math.max(shade, depth / (1 + Math.exp(edge * 1.6)));
        }
        const vignette = 1 - 0.38 * ((x - 0.5) ** 2 + (y - 0.5) ** 2) * 2;
        for (let c = 0; c < 3; c += 1) {
          const air = (sky[c] ?? 0) + ((middle[c] ?? 0) - (sky[c] ?? 0)) * up ** 1.6;
          const lit = air + ((light[c] ?? 0) - air) * Math.min(0.92, glow);
          const value = (lit + ((ground[c] ?? 0) - lit) * shade) * vignette;
          frame.writeUInt16LE(Math.max(0, Math.min(65535, Math.round(value * 257))), offset);
          offset += 2;
        }
      }
    }
    return frame;
  };
}
