// A lighthouse on a cliff after sunset.
vec3 sky(vec2 p) {
  vec3 light = mix(vec3(0.75, 0.3, 0.22), vec3(0.16, 0.2, 0.4), smoothstep(-0.45, 0.2, p.y));
  light = mix(light, vec3(0.025, 0.045, 0.12), smoothstep(0.0, 1.1, p.y));
  float cloud = fbm(vec2(p.x * 1.3 + take, p.y * 3.2) + 4.0, 7);
  light = mix(light, vec3(0.65, 0.22, 0.22) * smoothstep(0.7, -0.4, p.y) + vec3(0.05, 0.06, 0.11), smoothstep(0.46, 0.72, cloud) * 0.75);
  float h = hash(p * 130.0);
  if (h > 0.99 && p.y > 0.1) light += vec3(0.7) * smoothstep(0.4, 0.0, length(fract(p * 130.0) - 0.5)) * (p.y - 0.1) * (1.0 - smoothstep(0.4, 0.6, cloud));
  return light;
}

vec3 shot(vec2 p) {
  float horizon = -0.42;
  vec2 lamp = vec2(0.16, 0.315);
  vec3 light = sky(p);
  vec2 b = p - lamp;
  float a = abs(atan(b.y - 0.1 * b.x, abs(b.x)));
  light += vec3(1.6, 1.25, 0.75) * exp(-a * 30.0) * exp(-0.75 * length(b)) * 0.75 * (0.75 + 0.5 * fbm(p * 4.0, 4));
  if (p.y < horizon) {
    float away = 0.12 / (horizon - p.y + 0.01);
    vec2 w = vec2(p.x * away * 9.0, away * 22.0);
    float wave = fbm(w + take, 5);
    vec3 r = sky(vec2(p.x + 0.06 * (wave - 0.5), 2.0 * horizon - p.y + 0.7 * (wave - 0.35) * (horizon - p.y + 0.08)));
    light = r * 0.62 + vec3(0.004, 0.012, 0.02);
    light += vec3(1.3, 0.9, 0.5) * exp(-22.0 * abs(p.x - lamp.x + 0.1 * (wave - 0.5))) * smoothstep(0.4, 0.65, wave) * 0.55;
    nearness = clamp((horizon - p.y) * 1.3, 0.0, 1.0);
  }
  // The cliff: rock that falls to the left, grass on top.
  float top = -0.23 - 0.26 * smoothstep(0.08, -0.42, p.x) + 0.05 * fbm(vec2(p.x * 5.0, 2.0), 5) - 0.55 * smoothstep(-0.22, -0.5, p.x);
  if (p.y < top) {
    vec2 q = vec2(p.x * 3.0 + 0.6 * p.y, p.y * 2.4);
    float face = ridges(q, 8);
    vec3 rock = mix(vec3(0.012, 0.012, 0.02), vec3(0.16, 0.11, 0.12), face * (0.4 + 0.8 * smoothstep(0.3, -0.5, p.x)));
    float grass = smoothstep(0.08, 0.0, top - p.y + 0.05 * fbm(p * 14.0, 4));
    rock = mix(rock, vec3(0.05, 0.055, 0.035) * (0.6 + 0.8 * noise(p * vec2(90.0, 30.0))), grass);
    float foam = smoothstep(0.09, 0.0, p.y - (-0.86 + 0.09 * fbm(vec2(p.x * 6.0, take), 4))) * smoothstep(0.4, 0.62, fbm(p * vec2(12.0, 20.0), 5));
    light = mix(rock, vec3(0.42, 0.4, 0.48), foam * 0.7);
    nearness = 0.6;
  }
  vec2 q = p - vec2(lamp.x, -0.22);
  float wide = mix(0.085, 0.055, q.y / 0.46);
  if (q.y > -0.06 && q.y < 0.46 && abs(q.x) < wide) {
    float round_ = sqrt(1.0 - pow(q.x / wide, 2.0));
    vec3 paint = mod(floor(q.y / 0.1 + 0.3), 2.0) < 1.0 ? vec3(0.72, 0.7, 0.7) : vec3(0.45, 0.04, 0.035);
    light = paint * (vec3(0.16, 0.17, 0.26) * round_ + vec3(0.75, 0.32, 0.2) * pow(max(-q.x / wide, 0.0), 2.0) * 0.8);
    vec2 w = abs(q - vec2(0.0, 0.2));
    if (w.x < 0.012 && w.y < 0.022) light = vec3(2.6, 1.3, 0.4);
    nearness = 0.55;
  }
  vec2 g = p - lamp;
  if (abs(g.x) < 0.075 && abs(g.y + 0.062) < 0.012) light = vec3(0.02, 0.02, 0.028);
  if (abs(g.x) < 0.075 && abs(g.y + 0.035) < 0.018 && (fract(g.x * 60.0) < 0.25 || g.y > -0.024)) light = vec3(0.02, 0.02, 0.028);
  if (abs(g.x) < 0.042 && abs(g.y) < 0.05) light = fract(g.x * 36.0 + 0.5) < 0.12 ? vec3(0.1, 0.06, 0.04) : vec3(9.0, 6.5, 3.4);
  if (g.y > 0.05 && g.y < 0.1 && abs(g.x) < 0.056 * (1.0 - (g.y - 0.05) / 0.055)) light = vec3(0.3, 0.03, 0.03);
  light += vec3(2.0, 1.35, 0.7) * exp(-13.0 * length(g)) * 0.9;
  vec2 h = p - vec2(0.36, -0.21);
  if (abs(h.x) < 0.1 && h.y > -0.05 && h.y < 0.07) light = vec3(0.14, 0.13, 0.17) * (1.0 - h.x * 3.0);
  if (h.y > 0.06 && h.y < 0.13 && abs(h.x) < 0.125 - 0.09 * (h.y - 0.06) / 0.07) light = vec3(0.11, 0.03, 0.035);
  vec2 w = abs(vec2(abs(h.x) - 0.045, h.y - 0.015));
  if (w.x < 0.017 && w.y < 0.022) light = vec3(2.8, 1.3, 0.4);
  return light;
}
