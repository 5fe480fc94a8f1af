// Koi in a dark pond, seen from above.
const vec3 DEEP = vec3(0.008, 0.03, 0.03);

float web(vec2 p) {
  vec2 cell = floor(p), f = fract(p);
  float one = 9.0, two = 9.0;
  for (int x = -1; x <= 1; x++)
    for (int y = -1; y <= 1; y++) {
      vec2 g = vec2(x, y);
      vec2 r = g + 0.5 + 0.45 * sin(6.2832 * vec2(hash(cell + g), hash(cell + g + 40.0))) - f;
      float d = dot(r, r);
      if (d < one) { two = one; one = d; } else two = min(two, d);
    }
  return smoothstep(0.16, 0.0, sqrt(two) - sqrt(one));
}

/** A fish along x, its head at 1: colour and cover. */
vec4 fish(vec2 q, float own) {
  q.y += 0.16 * sin(q.x * 2.6 + own * 9.0) * smoothstep(1.0, -1.2, q.x);
  float along = clamp((q.x + 1.0) / 2.0, 0.0, 1.0);
  float wide = 0.3 * sqrt(max(1.0 - pow(abs(q.x - 0.28) / (q.x > 0.28 ? 0.74 : 1.5), 2.0), 0.0));
  float body = smoothstep(0.02, -0.02, abs(q.y) - wide) * step(0.001, wide);
  vec2 t = q - vec2(-1.12, 0.0);
  float tail = smoothstep(0.02, -0.02, max(abs(t.y) - 0.1 - 0.35 * max(-t.x, 0.0), abs(t.x + 0.22) - 0.36 + 0.2 * abs(t.y)));
  vec2 s = vec2(q.x - 0.42, abs(q.y) - 0.24);
  s = turn(0.7) * s;
  float fin = smoothstep(0.03, -0.03, length(s * vec2(1.0, 2.1) + vec2(0.16, -0.12)) - 0.24);
  float patch_ = smoothstep(0.46, 0.54, fbm(q * vec2(1.7, 2.4) + own * 51.0, 4));
  vec3 white = vec3(0.9, 0.84, 0.76), red = mix(vec3(0.85, 0.16, 0.03), vec3(0.95, 0.42, 0.06), hash(vec2(own * 99.0, 1.0)));
  vec3 c = own > 0.78 ? mix(vec3(0.95, 0.55, 0.12), vec3(0.8, 0.3, 0.03), patch_) : mix(white, red, patch_);
  c = mix(c, vec3(0.03), smoothstep(0.6, 0.66, fbm(q * 3.6 + own * 17.0, 3)) * step(own, 0.35));
  float round_ = sqrt(max(1.0 - pow(q.y / max(wide, 0.01), 2.0), 0.0));
  float scales = 0.85 + 0.3 * abs(sin(q.x * 30.0) * sin(q.y * 34.0));
  c *= (0.4 + 0.75 * round_) * scales;
  c *= 1.0 - smoothstep(0.02, 0.0, abs(q.y)) * 0.18 * smoothstep(0.6, 0.2, abs(q.x));
  if (length(vec2(q.x - 0.8, abs(q.y) - 0.13)) < 0.035) c = vec3(0.01);
  vec3 veil = mix(c, white, 0.4) * (0.4 + 0.3 * abs(sin(atan(t.y, t.x) * 20.0)));
  if (body < 0.5) c = veil;
  return vec4(c, max(body, max(tail, fin) * 0.72));
}

vec3 shot(vec2 p) {
  vec2 ripple = vec2(fbm(p * 3.0 + 4.0, 3), fbm(p * 3.0 + 9.0, 3)) - 0.5;
  vec2 rings = vec2(0.0);
  for (int at = 0; at < 3; at++) {
    vec2 from = p - vec2(1.5 * (hash(vec2(float(at), take)) - 0.5), 1.4 * (hash(vec2(float(at), take + 5.0)) - 0.5));
    float d = length(from);
    rings += normalize(from + 1e-4) * sin(d * 42.0) * exp(-6.0 * abs(d - 0.22 - 0.12 * float(at)));
  }
  vec2 q = p + ripple * 0.05 + rings * 0.006;
  float stones = fbm(q * 5.0, 5);
  vec3 light = mix(DEEP, vec3(0.05, 0.085, 0.06), smoothstep(0.35, 0.75, stones) * 0.8);
  light += vec3(0.05, 0.09, 0.06) * web(q * 3.2 + ripple * 2.0);
  for (int at = 0; at < 11; at++) {
    float own = hash(vec2(float(at) * 3.0 + take * 17.0, 8.0)), f = float(at) / 10.0;
    vec2 middle = vec2(2.5 * (hash(vec2(float(at), 21.0 + take)) - 0.5), 1.9 * (hash(vec2(float(at), 33.0 + take)) - 0.5));
    float angle = 0.6 + 2.1 * (own - 0.5) + float(at % 2) * 3.1416;
    float scale = mix(0.19, 0.3, own);
    vec2 e = turn(angle) * (q - middle) / scale;
    vec4 shadow = fish(e + turn(angle) * vec2(-0.22, 0.3), own);
    light *= 1.0 - 0.6 * shadow.a * smoothstep(0.0, 0.1, f);
    vec4 koi = fish(e, own);
    float under = mix(0.62, 0.06, f);
    vec3 c = mix(koi.rgb * (0.85 + 0.5 * web(q * 3.2 + ripple * 2.0)), DEEP, under);
    light = mix(light, c, koi.a);
    nearness = mix(nearness, 0.2 + 0.3 * f, koi.a);
  }
  for (int at = 0; at < 7; at++) {
    float own = hash(vec2(float(at), 71.0 + take));
    vec2 side = vec2(hash(vec2(float(at), 81.0)) < 0.5 ? -1.0 : 1.0, 0.0);
    vec2 middle = vec2(side.x * (0.72 + 0.5 * own), 1.9 * (hash(vec2(float(at), 91.0 + take)) - 0.5));
    vec2 e = turn(own * 6.0) * (p - middle) / (0.2 + 0.2 * own);
    float r = length(e) * (1.0 + 0.03 * sin(atan(e.y, e.x) * 9.0)), a = abs(atan(e.y, e.x));
    light *= 1.0 - 0.55 * smoothstep(1.15, 0.8, length(e + vec2(-0.14, 0.16)));
    if (r < 1.0 && a > 0.2) {
      float vein = smoothstep(0.05, 0.0, abs(fract(a * 3.2) - 0.5) * r) * 0.5;
      vec3 leaf = mix(vec3(0.05, 0.17, 0.035), vec3(0.16, 0.32, 0.06), r * 0.6 + 0.4 * fbm(e * 4.0, 4));
      light = leaf * (0.75 + 0.5 * vein) * (1.0 + 0.35 * (own - 0.5)) + vec3(0.1, 0.12, 0.13) * smoothstep(0.93, 1.0, r);
      nearness = 1.0;
    }
  }
  float gloss = smoothstep(0.52, 0.75, fbm(p * vec2(1.1, 1.6) + rings * 0.5 + ripple * 0.8 + 3.0, 5));
  return light * 1.5 + vec3(0.12, 0.16, 0.2) * gloss * 0.5;
}
