// Northern lights over a frozen shore.
float height(vec2 p, int octaves) {
  return -0.35 + 11.0 * smoothstep(9.0, 38.0, length(p)) * ridges(p * 0.058 + vec2(5.0 + take * 3.0, 1.0), octaves);
}

vec3 sky(vec3 d) {
  vec3 light = mix(vec3(0.02, 0.055, 0.075), vec3(0.004, 0.009, 0.026), smoothstep(0.0, 0.6, d.y));
  vec2 star = d.xy / (d.z + 0.2) * 150.0;
  float h = hash(star);
  if (h > 0.985) light += vec3(0.9, 0.95, 1.1) * smoothstep(0.3, 0.0, length(fract(star) - 0.5)) * pow((h - 0.985) * 66.0, 3.0);
  float up = max(d.y, 0.02);
  for (int at = 0; at < 34; at++) {
    float high = 0.75 + 0.028 * (float(at) + chance());
    vec2 q = d.xz / up * high;
    float band = q.y * 0.5 - 1.75 - 0.75 * sin(q.x * 0.55 + take) - 0.5 * fbm(q * 0.45 + take * 2.0, 3);
    float curtain = exp(-26.0 * band * band) + 0.55 * exp(-34.0 * pow(band - 0.85, 2.0));
    float rays = 0.25 + 0.95 * noise(vec2(q.x * 5.0 + 2.0 * band, 3.0)) * noise(vec2(q.x * 1.2, 8.0)) * 2.0;
    float f = float(at) / 33.0;
    vec3 tint = mix(vec3(0.12, 1.0, 0.42), vec3(0.5, 0.16, 0.85), smoothstep(0.25, 0.95, f));
    light += tint * curtain * rays * exp(-2.8 * f) * 0.17 * smoothstep(0.02, 0.16, d.y);
  }
  return light;
}

float march(vec3 o, vec3 d) {
  float s = 5.0;
  for (int at = 0; at < 100; at++) {
    vec3 p = o + d * s;
    float gap = p.y - height(p.xz, 5);
    if (gap < 0.002 * s) return s;
    s += max(gap * 0.5, 0.02);
    if (s > 90.0 || p.y > 8.0) break;
  }
  return -1.0;
}

vec3 land(vec3 o, vec3 d, float s) {
  vec3 q = o + d * s;
  float e = 0.0015 * s;
  vec3 n = normalize(vec3(height(q.xz - vec2(e, 0), 9) - height(q.xz + vec2(e, 0), 9), 2.0 * e,
    height(q.xz - vec2(0, e), 9) - height(q.xz + vec2(0, e), 9)));
  vec3 ground = mix(vec3(0.05, 0.05, 0.06), vec3(0.8, 0.86, 0.95), smoothstep(0.36, 0.62, n.y + 0.15 * fbm(q.xz * 2.0, 3)));
  vec3 light = vec3(0.028, 0.11, 0.08) * (0.35 + 0.65 * n.y) + vec3(0.06, 0.09, 0.17) * max(dot(n, normalize(vec3(-0.7, 0.5, -0.4))), 0.0) * 1.6;
  return mix(ground * light, vec3(0.018, 0.06, 0.06), 1.0 - exp(-0.014 * s));
}

vec3 shot(vec2 p) {
  vec3 o = vec3(0.0, 0.9, -2.0);
  vec3 d = normalize(vec3(p.x, p.y + 0.36, 1.55));
  float s = march(o, d);
  float water = d.y < 0.0 ? -o.y / d.y : 1e9;
  if (s > 0.0 && s < water) { nearness = 0.2; return land(o, d, s); }
  if (water > 1e8) return sky(d);
  vec3 q = o + d * water;
  nearness = clamp(1.0 - water / 9.0, 0.1, 1.0);
  float ice = smoothstep(0.5, 0.56, fbm(q.xz * vec2(0.9, 1.3) + take * 5.0, 6));
  float crack = smoothstep(0.03, 0.0, abs(fbm(q.xz * 0.9 + 7.0, 5) - 0.45)) * (1.0 - ice);
  vec3 n = normalize(vec3(0.02 * (noise(q.xz * 8.0) - 0.5) + 0.012 * (chance() - 0.5), 1.0, 0.05 * (chance() - 0.5)));
  vec3 r = reflect(d, n);
  r.y = abs(r.y) + 0.002;
  float k = march(q, r);
  vec3 seen = k > 0.0 ? land(q, r, k) : sky(r);
  vec3 light = vec3(0.004, 0.012, 0.018) + seen * (0.35 + 0.55 * pow(1.0 - max(-d.y, 0.0), 3.0)) + vec3(0.04, 0.1, 0.09) * crack;
  vec3 snow = vec3(0.04, 0.1, 0.1) * (0.55 + 0.6 * fbm(q.xz * 5.0, 4));
  return mix(light, snow, ice * 0.8);
}
