// A street at night after rain: signs, lit windows, all of it again in the wet ground.
const float WIDE = 4.2;

vec3 neon(float which) {
  float h = hash(vec2(which, 31.0));
  return h < 0.25 ? vec3(4.6, 0.5, 1.3) : h < 0.5 ? vec3(0.35, 2.6, 4.6) : h < 0.75 ? vec3(4.8, 1.9, 0.35) : vec3(1.3, 0.9, 4.8);
}

/** A house front: x along the street, y up. */
vec3 front(vec2 at, float side) {
  float house = floor(at.x / 5.0);
  vec2 room = vec2(mod(at.x, 5.0), at.y);
  float own = hash(vec2(house + 7.0 * take, side * 5.0));
  vec2 cell = floor(room / vec2(1.0 + 0.25 * own, 1.5));
  vec2 f = fract(room / vec2(1.0 + 0.25 * own, 1.5));
  vec3 wall = mix(vec3(0.022, 0.022, 0.03), vec3(0.05, 0.038, 0.036), own) * (0.7 + 0.5 * fbm(at * 1.7, 4));
  float tall = 7.0 + 9.0 * own;
  if (at.y > tall) return vec3(0.0);
  float pane = step(0.18, f.x) * step(f.x, 0.82) * step(0.22, f.y) * step(f.y, 0.8);
  float lit = hash(cell + vec2(house * 13.0, side * 91.0 + take));
  vec3 glow = mix(vec3(1.5, 0.8, 0.32), vec3(0.75, 0.95, 1.2), step(0.8, hash(cell * 3.1 + house)));
  if (at.y > 2.4) wall = mix(wall, lit > 0.62 ? glow * (0.2 + lit * 0.9) * (0.55 + 0.6 * noise(f * 5.0 + cell)) : vec3(0.015, 0.02, 0.03), pane);
  // Shop windows, with dark figures of what stands in them.
  if (at.y < 2.3 && at.y > 0.25) {
    float shop = step(0.06, fract(room.x / 2.5)) * step(hash(vec2(house, side + 2.0)), 0.86);
    float goods = 0.2 + 0.8 * noise(vec2(room.x * 8.0, at.y * 5.0) + house * 9.0) * smoothstep(0.1, 0.16, fract(at.y * 1.7));
    vec3 tint = mix(vec3(1.0, 0.5, 0.19), vec3(0.22, 0.5, 0.62), step(0.72, hash(vec2(house, side + 12.0))));
    tint *= 0.12 + 0.88 * step(0.45, hash(vec2(house, side + 8.0)));
    wall = mix(wall, tint * goods * smoothstep(0.2, 0.7, at.y), shop * 0.9);
    if (at.y > 2.12) wall = neon(house * 3.0 + side) * 0.3 * step(0.35, hash(vec2(house, side + 4.0)));
  }
  return wall;
}

/** Bars across and down, as the signs of no particular language. */
float strokesAt(vec2 p, float which) {
  vec2 u = vec2(p.x * 0.5 + 0.5, fract(p.y * 0.52 + 0.5)), cell = vec2(which, floor(p.y * 0.52 + 0.5));
  vec2 bar = floor(u * vec2(4.0, 4.0)), off = abs(fract(u * 4.0) - 0.5);
  float down = step(off.y, 0.17) * step(0.3, hash(cell * 7.0 + bar.y)) * step(abs(u.x - 0.5), 0.36);
  float across = step(off.x, 0.16) * step(0.5, hash(cell * 3.0 + bar.x + 50.0)) * step(abs(u.y - 0.5), 0.4);
  float ink = max(down, across) * step(abs(u.x - 0.5), 0.4);
  return ink;
}

/** Signs that stand out from the fronts, nearest first. */
vec4 signs(vec3 o, vec3 d) {
  for (int at = 0; at < 22; at++) {
    float z = 2.5 + 1.9 * float(at);
    if (z < o.z + 0.3) continue;
    float s = (z - o.z) / d.z;
    if (s < 0.0) continue;
    vec3 q = o + d * s;
    for (float side = -1.0; side <= 1.0; side += 2.0) {
      float own = hash(vec2(float(at) + 40.0 * take, side * 3.0 + 11.0));
      if (own < 0.25) continue;
      vec2 middle = vec2(side * (WIDE - 0.5 - 0.3 * own), 2.6 + 3.4 * hash(vec2(float(at), side + 50.0)));
      vec2 half_ = vec2(0.26 + 0.16 * own, 0.55 + 0.9 * hash(vec2(float(at), side + 20.0)));
      vec2 r = (q.xy - middle) / half_;
      if (max(abs(r.x), abs(r.y)) < 1.0) {
        float strokes = strokesAt(vec2(r.x, r.y * half_.y / half_.x), float(at) + 30.0 * side);
        strokes *= step(abs(r.y), 1.0 - 0.3 * half_.x / half_.y);
        float rim = step(0.93, abs(r.x)) + step(1.0 - 0.07 * half_.x / half_.y, abs(r.y));
        vec3 c = neon(float(at) * 2.0 + side);
        float fog = exp(-0.03 * s);
        return vec4(mix(c * 0.07, c * 1.2, clamp(max(strokes, rim), 0.0, 1.0)) * fog, s);
      }
    }
  }
  return vec4(0.0, 0.0, 0.0, 1e9);
}

vec3 street(vec3 o, vec3 d, out float reach) {
  float s = (d.x > 0.0 ? WIDE - o.x : -WIDE - o.x) / d.x;
  vec3 q = o + d * s;
  vec3 light = front(vec2(q.z, q.y), sign(d.x));
  float haze = 1.0 - exp(-0.02 * s);
  vec3 air = mix(vec3(0.16, 0.08, 0.2), vec3(0.3, 0.17, 0.12), smoothstep(0.25, 0.0, abs(d.y)));
  light = mix(light, air * (0.8 + 0.4 * smoothstep(0.4, 0.0, d.y)), clamp(haze, 0.0, 1.0));
  vec4 sign_ = signs(o, d);
  if (sign_.w < s) { light = sign_.rgb; s = sign_.w; }
  // Lamps strung over the street.
  for (int at = 0; at < 9; at++) {
    float z = 6.0 + 4.5 * float(at);
    float k = (z - o.z) / d.z;
    if (k < 0.0) continue;
    vec3 r = o + d * k;
    for (int lamp = -3; lamp <= 3; lamp++) {
      vec2 hang = vec2(float(lamp) * 1.15, 5.4 + 0.07 * float(lamp * lamp));
      float away = length((r.xy - hang) * vec2(1.0, 0.8));
      light += vec3(2.4, 0.6, 0.22) * (step(away, 0.19) * 0.9 + 0.006 / (0.02 + away * away)) * exp(-0.05 * k) * step(k, s + 1.0);
    }
  }
  reach = s;
  return light;
}

/** Someone with an umbrella, in the middle distance. */
float figure(vec2 q) {
  float body = step(abs(q.x), 0.2 * (1.0 - 0.25 * q.y)) * step(0.75, q.y) * step(q.y, 1.5);
  float legs = step(abs(abs(q.x - 0.01) - 0.09), 0.065) * step(0.0, q.y) * step(q.y, 0.8);
  float head = step(length(q - vec2(0.0, 1.64)), 0.12);
  vec2 u = q - vec2(0.06, 1.78);
  float umbrella = step(length(u * vec2(0.78, 1.5)), 0.52) * step(0.0, u.y) + step(abs(u.x), 0.012) * step(abs(u.y + 0.2), 0.45);
  return clamp(body + legs + head + umbrella, 0.0, 1.0);
}

vec3 shot(vec2 p) {
  vec3 o = vec3(-0.4 + 0.5 * take, 1.5, 0.0);
  vec3 d = normalize(vec3(p.x * 0.9, p.y * 0.9 + 0.1, 1.55));
  float ground = d.y < 0.0 ? -o.y / d.y : 1e9;
  float wall = (d.x > 0.0 ? WIDE - o.x : -WIDE - o.x) / d.x;
  float reach;
  vec3 person = o + d * (9.0 / d.z);
  bool there = figure(person.xy - vec2(0.35, 0.0)) > 0.5;
  if (there && person.y > 0.0) {
    nearness = 0.5;
    vec2 e = person.xy - vec2(0.35, 0.0);
    float rim = 1.0 - figure(e * vec2(1.09, 1.0) + vec2(0.018, -0.02));
    return vec3(0.012, 0.012, 0.018) + vec3(1.5, 0.5, 0.5) * rim * 0.6;
  }
  if (ground > wall) {
    vec3 light = street(o, d, reach);
    nearness = clamp(1.2 - reach / 14.0, 0.0, 1.0);
    return light;
  }
  vec3 q = o + d * ground;
  float puddle = smoothstep(0.42, 0.6, fbm(q.xz * vec2(0.9, 0.7) + take, 4));
  float rough = mix(0.1, 0.012, puddle);
  vec2 w = q.xz * 7.0;
  vec2 slope = (vec2(noise(w), noise(w + 31.0)) - 0.5) * rough * 0.8;
  vec3 n = normalize(vec3(slope.x + rough * (chance() - 0.5), 1.0, slope.y + 2.2 * rough * (chance() - 0.5)));
  vec3 r = reflect(d, n);
  r.y = abs(r.y) + 0.003;
  vec3 seen = street(q, normalize(r), reach);
  vec3 mirrored = q + r * ((9.0 - q.z) / r.z);
  if (q.z < 9.0 && figure(mirrored.xy - vec2(0.35, 0.0)) > 0.5) seen = vec3(0.01);
  float glance = 0.06 + 0.94 * pow(1.0 - max(dot(n, -d), 0.0), 4.0);
  vec3 stone = vec3(0.02, 0.02, 0.026) * (0.6 + 0.8 * fbm(q.xz * 5.0, 3));
  nearness = clamp(1.2 - ground / 12.0, 0.0, 1.0);
  return stone + seen * mix(glance * 0.75, glance + 0.2, puddle);
}
