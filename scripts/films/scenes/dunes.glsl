// Dunes in the last light, a caravan on the crest.
const vec3 SUN = normalize(vec3(-0.78, 0.24, 0.42));

float dune(vec2 p, float scale) {
  p = p / scale + vec2(0.6 * fbm(p * 0.5 / scale + take, 3), 0.0);
  p.x += 0.5 * sin(p.y * 0.7) + 0.25 * sin(p.y * 1.9 + 1.3);
  float f = fract(p.x);
  // Slow up the windward side, steep down the other.
  float rise = f < 0.72 ? f / 0.72 : (1.0 - f) / 0.28;
  rise = mix(rise, rise * rise * (3.0 - 2.0 * rise), 0.6);
  return rise * scale * (0.16 + 0.17 * noise(vec2(floor(p.x) * 3.7, p.y * 0.55)));
}

float height(vec2 p) {
  return dune(p, 14.0) + 0.45 * dune(turn(0.5) * p + 40.0, 5.0) + 1.5 * fbm(p * 0.03, 3);
}

float fine(vec2 p) {
  float wave = p.x * 7.0 + 2.4 * fbm(p * 0.9, 3);
  return height(p) + 0.009 * sin(wave * 2.2) * smoothstep(0.3, 0.6, noise(p * 0.35)) + 0.02 * fbm(p * 3.0, 3);
}

vec3 sky(vec3 d) {
  float toSun = max(dot(d, SUN), 0.0);
  vec3 light = mix(vec3(1.25, 0.66, 0.36), vec3(0.2, 0.3, 0.5), smoothstep(-0.02, 0.5, d.y));
  light += vec3(0.9, 0.42, 0.14) * pow(toSun, 5.0);
  float veil = fbm(d.xz / (d.y + 0.15) * vec2(0.5, 1.6) + take, 6);
  return light + vec3(0.55, 0.28, 0.18) * smoothstep(0.48, 0.9, veil) * smoothstep(0.0, 0.2, d.y);
}

float march(vec3 o, vec3 d, float s, int steps) {
  for (int at = 0; at < steps; at++) {
    vec3 p = o + d * s;
    float gap = p.y - height(p.xz);
    if (gap < 0.0012 * s) return s;
    s += max(gap * 0.42, 0.008);
    if (s > 260.0) break;
  }
  return -1.0;
}

vec3 shot(vec2 p) {
  vec3 o = vec3(2.0 + take, 0.0, -4.0);
  o.y = height(o.xz) + 3.2;
  vec3 d = normalize(vec3(p.x, p.y - 0.16, 2.3));
  float s = march(o, d, 0.5, 200);
  if (s < 0.0) return sky(d);
  vec3 at = o + d * s;
  float e = 0.0009 * s + 0.004;
  vec3 n = normalize(vec3(fine(at.xz - vec2(e, 0)) - fine(at.xz + vec2(e, 0)), 2.0 * e,
    fine(at.xz - vec2(0, e)) - fine(at.xz + vec2(0, e))));
  float shade = march(at + n * 0.06, SUN, 0.15, 60) > 0.0 ? 0.0 : 1.0;
  vec3 sand = mix(vec3(0.66, 0.37, 0.19), vec3(0.8, 0.52, 0.29), noise(at.xz * 0.8));
  sand *= 0.94 + 0.12 * hash(at.xz * 90.0);
  vec3 light = vec3(2.5, 1.5, 0.8) * max(dot(n, SUN), 0.0) * shade + vec3(0.2, 0.23, 0.36) * (0.45 + 0.55 * n.y);
  light += vec3(0.22, 0.11, 0.05) * max(-n.x, 0.0);
  nearness = clamp(1.0 - s / 40.0, 0.0, 1.0);
  float haze = 1.0 - exp(-0.011 * s);
  return mix(sand * light, sky(normalize(vec3(d.x, 0.04, d.z))), haze);
}
