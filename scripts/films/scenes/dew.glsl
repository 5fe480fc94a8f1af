// Dew on a leaf, close.
vec3 leaf(vec2 p, float blur) {
  vec2 q = turn(-0.5) * p + vec2(0.0, 0.12);
  float side = abs(q.y);
  float rib = smoothstep(0.03 + blur * 0.05, 0.0, side);
  float v = q.x * 2.3 - side * 2.1 + step(0.0, q.y) * 0.5;
  float vein = smoothstep(0.07 + blur * 0.1, 0.0, abs(fract(v) - 0.5) * 0.9);
  float cells = fbm(q * 26.0 + 2.0 * fbm(q * 8.0, 3), 4);
  vec3 green = mix(vec3(0.035, 0.15, 0.012), vec3(0.2, 0.44, 0.035), 0.25 + 0.5 * fbm(q * 2.0 + take, 4) + 0.35 * cells * (1.0 - blur));
  green *= 0.7 + 0.5 * smoothstep(0.0, 0.35, abs(fract(v) - 0.5));
  green = mix(green, vec3(0.42, 0.6, 0.14), max(rib * 0.8, vein * 0.45));
  return green * (1.25 + 0.55 * p.x + 0.3 * p.y);
}

vec3 shot(vec2 p) {
  float edge = p.y - 0.36 - 0.34 * p.x - 0.1 * sin(p.x * 2.0 + take);
  float out_ = smoothstep(-0.03, 0.05, edge);
  vec3 back = mix(vec3(0.05, 0.12, 0.03), vec3(0.5, 0.52, 0.16), smoothstep(-1.5, 1.6, p.x + 0.6 * p.y));
  for (int at = 0; at < 26; at++) {
    float f = float(at) + take * 60.0;
    vec2 middle = vec2(4.0 * (hash(vec2(f, 1.0)) - 0.5), 0.75 + 1.1 * (hash(vec2(f, 2.0)) - 0.5));
    back += mix(vec3(0.75, 0.62, 0.2), vec3(0.3, 0.65, 0.2), hash(vec2(f, 4.0))) * bokeh(p - middle, 0.07 + 0.16 * hash(vec2(f, 3.0))) * 0.42 * hash(vec2(f, 5.0));
  }
  float focus = smoothstep(0.15, 0.95, abs(dot(p, normalize(vec2(-0.34, 1.0))) + 0.25));
  vec3 light = leaf(p, focus);
  nearness = 0.5;
  for (int layer = 0; layer < 3; layer++) {
    float cells = layer == 0 ? 2.1 : layer == 1 ? 5.0 : 13.0;
    vec2 q = p * cells + float(layer) * 9.7 + take * 3.0, cell = floor(q);
    for (int x = -1; x <= 1; x++)
      for (int y = -1; y <= 1; y++) {
        vec2 own = cell + vec2(x, y);
        float h = hash(own + float(layer) * 55.0);
        if (h < (layer == 0 ? 0.36 : 0.45)) continue;
        vec2 middle = own + 0.5 + 0.42 * (vec2(hash(own + 3.0), hash(own + 5.0)) - 0.5);
        float r = (layer == 2 ? 0.14 : 0.2) + 0.24 * h * hash(own + 7.0);
        vec2 e = (q - middle) / r;
        e *= 1.0 + 0.05 * sin(atan(e.y, e.x) * 3.0 + h * 20.0);
        float d = length(e), soft = 0.03 + 0.25 * focus;
        float cover = smoothstep(1.0 + soft, 1.0 - soft, d);
        light *= 1.0 - 0.55 * smoothstep(1.4, 0.75, length(e + vec2(-0.22, 0.26))) * (1.0 - cover);
        if (cover <= 0.0) continue;
        float z = sqrt(max(1.0 - d * d, 0.0));
        vec2 place = (middle - float(layer) * 9.7 - take * 3.0 + e * r * (0.35 + 0.5 * d * d)) / cells;
        vec3 water = leaf(place, focus) * (0.42 + 1.15 * smoothstep(0.5, -0.9, dot(e, normalize(vec2(-0.55, 0.8)))));
        water *= 1.0 - 0.4 * smoothstep(0.8, 1.0, d) * smoothstep(-0.6, 0.8, e.y - e.x);
        water += vec3(0.75, 0.85, 0.5) * smoothstep(0.62, 0.95, d) * smoothstep(0.2, -0.9, e.y - 0.4 * e.x) * 0.45;
        vec2 g = e - vec2(-0.36, 0.44);
        water += vec3(3.4, 3.3, 2.9) * smoothstep(0.26, 0.12, length(g * vec2(1.0, 1.35)) + 0.03 * noise(g * 20.0));
        water += vec3(1.2) * smoothstep(0.1, 0.04, length(e - vec2(0.42, -0.5)));
        light = mix(light, water * (0.85 + 0.15 * z), cover);
        nearness = mix(nearness, 1.0, cover);
      }
  }
  nearness *= 1.0 - out_;
  return mix(light, back, out_);
}
