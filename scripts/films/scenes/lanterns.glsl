// Paper lanterns rising over a lake at night.
vec3 lanterns(vec2 p, float mirrored) {
  vec3 light = vec3(0.0);
  for (int layer = 0; layer < 4; layer++) {
    float f = float(layer) / 3.0;
    float cells = mix(9.5, 1.6, f);
    vec2 q = p * cells + vec2(take * 7.0 + 13.0 * float(layer), 5.0);
    vec2 cell = floor(q);
    for (int x = -1; x <= 1; x++)
      for (int y = -1; y <= 1; y++) {
        vec2 own = cell + vec2(x, y);
        float h = hash(own + float(layer) * 31.0);
        if (h < mix(0.55, 0.62, f)) continue;
        vec2 middle = own + 0.5 + 0.6 * (vec2(hash(own + 3.0), hash(own + 9.0)) - 0.5);
        if (middle.y - 5.0 < mix(-0.2, -0.4, f) * cells) continue;
        float r = mix(0.17, 0.26, hash(own + 4.0));
        vec2 e = turn(0.25 * (h - 0.7)) * (q - middle) / r;
        float blur = f > 0.9 ? 0.34 : f < 0.4 ? 0.2 : 0.06;
        float taper = mix(0.66, 0.95, smoothstep(-1.0, 0.8, e.y));
        float body = smoothstep(1.0 + blur, 1.0 - blur, max(abs(e.x) / taper, abs(e.y) * 0.82 + 0.12 * e.x * e.x));
        float flame = exp(-1.6 * length((e - vec2(0.0, -0.7)) * vec2(1.0, 0.8)));
        vec3 paper = mix(vec3(1.1, 0.3, 0.06), vec3(3.6, 1.7, 0.5), flame) * (0.75 + 0.4 * noise(e * 3.0 + own));
        paper *= 1.0 - 0.25 * smoothstep(0.06, 0.0, abs(abs(e.x) - 0.42)) * (1.0 - blur * 2.0);
        light = mix(light, paper * mix(0.55, 1.0, f), body);
        light += vec3(0.7, 0.24, 0.06) * 0.09 * exp(-0.9 * length(e)) * (1.0 - body);
        if (body > 0.5 && mirrored < 0.5) nearness = f;
      }
  }
  return light;
}

vec3 shot(vec2 p) {
  float shore = -0.42;
  float q = p.y > shore ? p.y : 2.0 * shore - p.y;
  bool water = p.y < shore;
  vec2 at = vec2(p.x, q);
  if (water) {
    float near = shore - p.y;
    at.x += 0.02 * (fbm(vec2(p.x * 3.0, p.y * 46.0 / (0.4 + near)), 3) - 0.5);
    at.y += near * 0.5 * (fbm(vec2(p.x * 2.6, p.y * 38.0 / (0.35 + near)) + 7.0, 4) - 0.5);
  }
  vec3 light = mix(vec3(0.07, 0.07, 0.12), vec3(0.008, 0.014, 0.038), smoothstep(-0.5, 0.9, at.y));
  light += vec3(0.22, 0.09, 0.05) * exp(-4.5 * (at.y - shore));
  float hill = shore + 0.05 + 0.16 * fbm(vec2(at.x * 1.3 + take, 4.0), 6);
  if (at.y < hill) light = vec3(0.006, 0.007, 0.013) + vec3(0.03, 0.014, 0.008) * smoothstep(hill - 0.1, hill, at.y);
  vec2 house = vec2(at.x * 34.0, 1.0);
  if (abs(at.y - shore - 0.012) < 0.006 && hash(house) > 0.55 && abs(fract(house.x) - 0.5) < 0.22) light = vec3(1.8, 0.9, 0.3);
  light += lanterns(at, water ? 1.0 : 0.0) * (water ? 0.45 : 1.0);
  return water ? light * vec3(0.72, 0.76, 0.9) : light;
}
