// Balloons over a valley in the morning mist.
vec3 SUN = normalize(vec3(-0.65, 0.32, -0.55));

vec3 cloth(float which, float a, float up) {
  float stripe = floor(a / 6.2832 * 16.0), band = floor(up * 6.0 + 0.35 * abs(fract(a / 6.2832 * 16.0) - 0.5) * 4.0);
  vec3 red = vec3(0.62, 0.07, 0.04), gold = vec3(0.85, 0.48, 0.06), blue = vec3(0.04, 0.12, 0.36), cream = vec3(0.78, 0.68, 0.5);
  if (which < 0.5) return mod(stripe + band, 3.0) < 1.0 ? gold : mod(stripe, 2.0) < 1.0 ? red : cream;
  if (which < 1.5) return abs(up - 0.08) < 0.2 ? cream : mod(stripe, 2.0) < 1.0 ? blue : vec3(0.05, 0.32, 0.38);
  if (which < 2.5) return mod(stripe, 4.0) < 1.0 ? cream : vec3(0.7, 0.16, 0.03);
  return mod(band, 2.0) < 1.0 ? vec3(0.42, 0.05, 0.2) : gold;
}

/** Colour and how much of the point it covers. */
vec4 balloon(vec2 p, vec2 middle, float r, float which, float haze, vec3 air) {
  vec2 q = (p - middle) / r;
  float taper = q.y < 0.0 ? 1.0 - 0.3 * q.y * q.y : 1.0;
  vec2 e = vec2(q.x / taper, q.y < 0.0 ? q.y / 1.28 : q.y);
  if (q.y < -0.3) e.x = q.x / mix(taper, 0.3, smoothstep(-0.3, -1.35, q.y));
  float out_ = dot(e, e);
  vec4 seen = vec4(0.0);
  if (out_ < 1.0 && q.y > -1.24) {
    vec3 n = vec3(e, -sqrt(1.0 - out_));
    float a = atan(n.x, -n.z) + which * 0.7 + 3.1416;
    vec3 c = cloth(which, a, n.y);
    float gore = abs(fract(a / 6.2832 * 16.0) - 0.5) * 2.0;
    n = normalize(n + vec3(0.22 * (fract(a / 6.2832 * 16.0) - 0.5), 0.0, 0.0));
    float lit = max(dot(n, SUN), 0.0);
    vec3 light = vec3(2.6, 1.75, 1.05) * lit + vec3(0.34, 0.42, 0.58) * (0.55 + 0.45 * n.y);
    light += vec3(0.9, 0.4, 0.12) * smoothstep(0.2, -1.0, q.y) * 0.5;
    c *= light * (1.0 - 0.3 * smoothstep(0.86, 1.0, gore));
    seen = vec4(mix(c, air, haze), smoothstep(1.0, 0.985, out_));
  }
  vec2 b = (q - vec2(0.0, -1.66)) / vec2(0.15, 0.12);
  if (max(abs(b.x), abs(b.y)) < 1.0) {
    float weave = 0.6 + 0.4 * step(0.5, fract(b.x * 5.0)) * step(0.5, fract(b.y * 3.5));
    seen = vec4(mix(vec3(0.2, 0.11, 0.05) * weave * (1.2 - b.x), air, haze), 1.0);
  }
  float rope = min(abs(q.x - mix(0.14, 0.26, (q.y + 1.54) / 0.34)), abs(q.x + mix(0.14, 0.26, (q.y + 1.54) / 0.34)));
  if (q.y > -1.54 && q.y < -1.2 && rope < 0.013) seen = vec4(mix(vec3(0.06), air, haze), 0.9);
  float flame = length((q - vec2(0.0, -1.36)) * vec2(9.0, 4.0));
  seen.rgb += vec3(4.0, 1.7, 0.4) * exp(-flame * flame * 3.0) * (which == 0.0 ? 1.0 : 0.3);
  return seen;
}

vec3 shot(vec2 p) {
  vec3 air = mix(vec3(1.0, 0.66, 0.45), vec3(0.75, 0.7, 0.72), smoothstep(-1.2, 1.2, p.x));
  vec3 light = mix(air, vec3(0.2, 0.36, 0.62), smoothstep(-0.35, 1.1, p.y));
  light += vec3(0.9, 0.5, 0.2) * exp(-2.2 * length((p - vec2(-1.1, -0.12)) * vec2(0.8, 1.6)));
  float wisp = fbm(vec2(p.x * 0.9 + take, p.y * 3.4), 7);
  light = mix(light, vec3(1.25, 0.95, 0.8), smoothstep(0.48, 0.85, wisp) * 0.5 * smoothstep(-0.2, 0.4, p.y));
  float scale = 1.0 + 0.1 * sin(take * 3.0);
  vec2 shift = vec2(0.3 * sin(take * 2.1), 0.12 * cos(take * 1.7));
  vec4 b;
  b = balloon(p, vec2(-0.75, 0.42) + shift, 0.085, 3.0, 0.55, air); light = mix(light, b.rgb, b.a);
  b = balloon(p, vec2(1.15, 0.08) - shift, 0.06, 2.0, 0.66, air); light = mix(light, b.rgb, b.a);
  b = balloon(p, vec2(0.12, 0.02) - shift * 0.5, 0.045, 0.0, 0.72, air); light = mix(light, b.rgb, b.a);
  for (int layer = 0; layer < 7; layer++) {
    float f = float(layer) / 6.0;
    float x = p.x * mix(1.6, 0.75, f) + float(layer) * 5.3 + take;
    float crest = mix(-0.06, -0.82, pow(f, 1.15)) + mix(0.14, 0.3, f) * (fbm(vec2(x * 1.5, float(layer)), 7) - 0.42);
    crest += 0.012 * f * noise(vec2(x * 60.0, 1.0)) + 0.02 * f * noise(vec2(x * 22.0, 7.0));
    if (p.y < crest) {
      float depth = crest - p.y;
      float tree = fbm(vec2(x * 16.0, p.y * 26.0 + float(layer)), 5);
      vec3 wood = mix(vec3(0.1, 0.11, 0.05), vec3(0.32, 0.24, 0.09), smoothstep(0.35, 0.7, tree)) * mix(0.8, 0.5, f);
      wood += vec3(0.5, 0.28, 0.1) * exp(-depth * 26.0) * 0.6 * tree;
      float mist = smoothstep(0.0, mix(0.1, 0.34, f), depth + 0.12 * (fbm(vec2(x * 2.2, p.y * 5.0), 5) - 0.5));
      float far = mix(0.82, 0.06, pow(f, 0.8));
      light = mix(wood, mix(air, vec3(0.95, 0.85, 0.8), 0.5), clamp(max(far, mist * mix(0.95, 0.6, f)), 0.0, 1.0));
      nearness = f * 0.8;
    }
    if (layer == 3) {
      b = balloon(p, vec2(0.86, 0.36) + shift, 0.2 * scale, 1.0, 0.2, air);
      light = mix(light, b.rgb, b.a); nearness = mix(nearness, 0.5, b.a);
    }
  }
  b = balloon(p, vec2(-0.28, 0.3) - shift * 0.6, 0.43 * scale, 0.0, 0.03, air);
  nearness = mix(nearness, 1.0, b.a);
  return mix(light, b.rgb, b.a);
}
