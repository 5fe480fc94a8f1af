// Rain on a window at night; the town outside is out of focus.
vec3 lamp(float which) {
  float h = hash(vec2(which, 77.0));
  return h < 0.45 ? vec3(2.2, 1.05, 0.32) : h < 0.62 ? vec3(2.4, 0.3, 0.2) : h < 0.8 ? vec3(0.4, 1.2, 2.2) : vec3(0.5, 1.9, 0.9);
}

vec3 town(vec2 p, float blur) {
  vec3 light = mix(vec3(0.03, 0.035, 0.06), vec3(0.012, 0.02, 0.045), smoothstep(-0.6, 0.9, p.y));
  light += vec3(0.16, 0.08, 0.035) * exp(-5.0 * abs(p.y + 0.28));
  for (int at = 0; at < 46; at++) {
    float f = float(at) + take * 100.0;
    vec2 middle = vec2(2.4 * (hash(vec2(f, 1.0)) - 0.5), -0.32 + 0.75 * (hash(vec2(f, 2.0)) - 0.42) * hash(vec2(f, 6.0)));
    float near = hash(vec2(f, 3.0));
    float r = (0.035 + 0.11 * near * near) * blur;
    light += lamp(f) * bokeh(p - middle, r) * (0.2 + 0.6 * hash(vec2(f, 4.0))) * (blur < 0.6 ? 2.4 : 1.0);
    light += lamp(f) * bokeh((p - vec2(middle.x, -0.85 - 0.3 * (middle.y + 0.32))) * vec2(1.0, 0.32), r) * 0.16;
  }
  return light;
}

/** Which way the water on the pane leans here; z is how much of it there is. */
vec3 drops(vec2 p, float scale, float seed) {
  vec2 q = p * scale;
  vec2 cell = floor(q);
  vec3 lean = vec3(0.0);
  for (int x = -1; x <= 1; x++)
    for (int y = -1; y <= 1; y++) {
      vec2 own = cell + vec2(x, y);
      float h = hash(own + seed);
      if (h < 0.52) continue;
      vec2 middle = own + 0.5 + 0.55 * (vec2(hash(own + seed + 3.0), hash(own + seed + 5.0)) - 0.5);
      float r = 0.12 + 0.26 * hash(own + seed + 8.0) * h;
      vec2 off = (q - middle) * vec2(1.0, 0.86);
      off += 0.25 * r * (vec2(noise(q * 3.0 + seed), noise(q * 3.0 + seed + 9.0)) - 0.5);
      float d = length(off) / r;
      if (d < 1.0) lean = vec3(off / r * pow(d, 1.4), 1.0);
    }
  return lean;
}

vec3 shot(vec2 p) {
  vec3 lean = drops(p, 4.2, 11.0 + take);
  if (lean.z == 0.0) lean = drops(p + 0.3, 8.5, 29.0);
  if (lean.z == 0.0) lean = drops(p, 21.0, 53.0);
  float fog = 0.5 + 0.5 * fbm(p * 2.0, 4);
  if (lean.z == 0.0) return town(p, 1.0) * 0.85 + vec3(0.02, 0.022, 0.03) * fog;
  nearness = 1.0;
  // A drop shows the town small, sharp and upside down.
  vec3 seen = town(vec2(-lean.x * 1.2 + p.x * 0.25, -lean.y * 0.8 - 0.2), 0.8) * 1.7 + vec3(0.03, 0.035, 0.05);
  float rim = smoothstep(0.7, 1.0, length(lean.xy));
  float shine = smoothstep(0.32, 0.1, length(lean.xy - vec2(-0.35, 0.5)));
  return seen * (1.0 - 0.75 * rim) + vec3(0.35, 0.38, 0.45) * shine * 0.35;
}
