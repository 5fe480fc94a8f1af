// A lake between mountains at dusk, with a jetty.
const vec3 SUN = normalize(vec3(0.42, 0.085, 0.9));

float height(vec2 p, int octaves) {
  float away = length(p * vec2(1.0, 0.8));
  float rise = smoothstep(13.0, 42.0, away) * (0.75 + 0.5 * smoothstep(4.0, 30.0, abs(p.x - 4.0)));
  return -0.5 + 9.5 * rise * ridges(p * 0.05 + vec2(3.1 + take, 7.7), octaves) + 0.5 * smoothstep(12.0, 16.0, away);
}

vec3 sky(vec3 d) {
  float toSun = max(dot(d, SUN), 0.0);
  float up = max(d.y, 0.0);
  vec3 light = mix(vec3(0.95, 0.42, 0.2), vec3(0.1, 0.15, 0.3), smoothstep(0.0, 0.42, up));
  light = mix(light, vec3(1.7, 0.78, 0.28), pow(toSun, 6.0) * (1.0 - smoothstep(0.0, 0.5, up)));
  light += vec3(2.6, 1.3, 0.5) * pow(toSun, 90.0);
  vec2 at = d.xz / (up + 0.07) * 0.85 + vec2(take * 3.0, 0.0);
  float cloud = smoothstep(0.46, 0.78, fbm(at * vec2(0.55, 1.15), 7));
  float thick = smoothstep(0.5, 0.85, fbm(at * vec2(0.55, 1.15) + vec2(-0.12, -0.2), 6));
  vec3 lit = mix(vec3(1.6, 0.62, 0.24), vec3(0.62, 0.3, 0.3), smoothstep(0.05, 0.5, up));
  lit = mix(lit * (0.6 + 1.3 * pow(toSun, 4.0)), vec3(0.13, 0.12, 0.19), thick * 0.85);
  return mix(light, lit, cloud * 0.9 * smoothstep(0.0, 0.06, up));
}

float march(vec3 o, vec3 d, float far) {
  float s = 8.0;
  for (int at = 0; at < 110; at++) {
    vec3 p = o + d * s;
    float gap = p.y - height(p.xz, 5);
    if (gap < 0.0025 * s) return s;
    s += max(gap * 0.5, 0.02);
    if (s > far || p.y > 11.0) break;
  }
  return -1.0;
}

vec3 land(vec3 o, vec3 d, float s) {
  vec3 p = o + d * s;
  float e = 0.0012 * s;
  vec3 n = normalize(vec3(
    height(p.xz - vec2(e, 0), 9) - height(p.xz + vec2(e, 0), 9), 2.0 * e,
    height(p.xz - vec2(0, e), 9) - height(p.xz + vec2(0, e), 9)));
  float trees = smoothstep(2.6, 1.2, p.y + 1.2 * noise(p.xz * 0.9)) * smoothstep(0.35, 0.7, n.y);
  vec3 rock = mix(vec3(0.16, 0.13, 0.125), vec3(0.27, 0.23, 0.21), noise(p.xz * 2.3));
  rock = mix(rock, vec3(0.02, 0.032, 0.022) * (0.5 + noise(p.xz * 14.0)), trees);
  float snow = smoothstep(3.4, 4.6, p.y + 1.3 * fbm(p.xz, 4)) * smoothstep(0.42, 0.62, n.y);
  rock = mix(rock, vec3(0.75, 0.78, 0.86), snow);
  vec3 light = vec3(2.6, 1.2, 0.55) * max(dot(n, SUN), 0.0) + vec3(0.24, 0.26, 0.42) * (0.6 + 0.4 * n.y);
  float haze = 1.0 - exp(-0.02 * s * exp(-0.16 * p.y));
  return mix(rock * light, sky(normalize(vec3(d.x, 0.03, d.z))) * 0.82, haze);
}

vec3 far(vec3 o, vec3 d) {
  float s = march(o, d, 120.0);
  return s > 0.0 ? land(o, d, s) : sky(d);
}

vec3 shot(vec2 p) {
  vec3 o = vec3(0.0, 1.05, -3.0);
  vec3 d = normalize(vec3(p.x + 0.1, p.y + 0.08, 1.75));
  float water = d.y < 0.0 ? -o.y / d.y : 1e9;
  float jetty = d.y < 0.0 ? (0.32 - o.y) / d.y : 1e9;
  vec3 at = o + d * jetty;
  float along = at.z + 3.0, across = at.x + 0.55;
  if (jetty < 1e8 && abs(across) < 0.62 && along < 9.0) {
    float plank = fract(along * 3.2), which = floor(along * 3.2);
    float grain = fbm(vec2(at.x * 9.0 + which * 7.0, along * 60.0), 4);
    vec3 wood = vec3(0.17, 0.12, 0.1) * (0.55 + 0.7 * hash(vec2(which, 3.0))) * (0.6 + 0.8 * grain);
    wood *= smoothstep(0.0, 0.07, plank) * smoothstep(1.0, 0.95, plank);
    nearness = clamp(1.6 - 0.16 * jetty, 0.25, 1.0);
    return wood * (sky(vec3(0.0, 0.45, 0.9)) * 1.4 + vec3(1.3, 0.6, 0.25) * 0.55);
  }
  for (int post = 0; post < 8; post++) {
    float z = 1.2 + 1.1 * float(post);
    for (float side = -1.0; side <= 1.0; side += 2.0) {
      vec3 q = o + d * (z / d.z);
      float top = post == 7 ? 0.62 : 0.36;
      if (abs(q.x + 0.55 - side * 0.63) < 0.045 && q.y < top && q.y > -top) {
        nearness = 0.5;
        vec3 wood = vec3(0.035, 0.026, 0.024) * (0.7 + 0.6 * noise(q.xy * 40.0));
        return q.y > 0.0 ? wood : mix(wood, sky(vec3(0, 0.3, 1)) * 0.3, 0.35);
      }
    }
  }
  float s = march(o, d, 120.0);
  if (s > 0.0 && s < water) {
    nearness = 0.1;
    return land(o, d, s);
  }
  if (water > 1e8) return sky(d);
  vec3 q = o + d * water;
  nearness = clamp(0.7 - 0.05 * water, 0.1, 0.6);
  float calm = 0.05 / (1.0 + 0.02 * water);
  vec2 w = q.xz * vec2(1.4, 3.4);
  vec2 slope = vec2(fbm(w, 4) - fbm(w + vec2(0.3, 0), 4), fbm(w, 4) - fbm(w + vec2(0, 0.3), 4));
  vec3 n = normalize(vec3(slope.x * calm * 1.6, 1.0, slope.y * calm * 3.2 + 0.012 * (chance() - 0.5)));
  vec3 r = reflect(d, n);
  r.y = abs(r.y) + 0.002;
  float glance = 0.04 + 0.96 * pow(1.0 - max(dot(n, -d), 0.0), 4.0);
  vec3 deep = vec3(0.012, 0.026, 0.038);
  vec3 light = mix(deep, far(q, normalize(r)), clamp(glance + 0.25, 0.0, 1.0));
  float under = smoothstep(0.9, 0.0, abs(q.x + 0.55)) * step(q.z, 6.2);
  return light * (1.0 - 0.45 * under);
}
