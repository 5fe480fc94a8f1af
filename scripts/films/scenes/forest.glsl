// A forest in the morning: trunks behind trunks, light that falls between them.
vec3 AIR = vec3(0.5, 0.66, 0.42);

float shafts(vec2 p) {
  vec2 from = p - vec2(0.5, 1.9);
  float a = atan(from.x, -from.y);
  return smoothstep(0.42, 0.85, noise(vec2(a * 13.0, take)) * 0.7 + noise(vec2(a * 37.0, 4.0)) * 0.45);
}

vec3 shot(vec2 p) {
  float up = smoothstep(-0.6, 1.0, p.y);
  vec3 glow = mix(vec3(0.34, 0.46, 0.25), vec3(1.25, 1.3, 0.8), smoothstep(1.3, 0.0, length(p - vec2(0.2, 0.42))));
  vec3 light = glow * (0.75 + 0.35 * up);
  light *= 0.75 + 0.5 * fbm(p * 3.0 + take, 5);
  // From far to near.
  for (int layer = 0; layer < 9; layer++) {
    float f = float(layer) / 8.0;
    float scale = mix(16.0, 1.7, pow(f, 0.75));
    float x = p.x * scale + 37.7 * float(layer) + take * 5.0;
    float which = floor(x), own = hash(vec2(which, float(layer)));
    float lean = (hash(vec2(which, 9.0)) - 0.5) * 0.16 * p.y * scale * 0.3;
    float middle = which + 0.3 + 0.4 * own;
    float wide = (0.045 + 0.075 * hash(vec2(which, 4.0))) * (1.0 + 0.5 * smoothstep(-0.4, -0.75, p.y)) * mix(1.0, 1.35, f);
    float edge = 0.12 * wide * (fbm(vec2(which * 7.0, p.y * scale * 1.5), 3) - 0.5);
    float off = (x - middle - lean) / (wide + edge);
    float ground = mix(-0.12, -0.75, pow(f, 1.3)) + 0.05 * noise(vec2(x * 0.5, float(layer)));
    vec3 fogged = mix(glow * 0.85, vec3(0.012, 0.02, 0.012), pow(f, 0.62));
    if (abs(off) < 1.0 && own > 0.22 && p.y > ground - 0.03) {
      float bark = fbm(vec2(x * 26.0 / wide * 0.05, p.y * scale * 2.2), 5);
      float round_ = 0.55 + 0.75 * smoothstep(-0.2, 1.0, off) * smoothstep(1.05, 0.7, off);
      light = fogged * (0.45 + 0.95 * bark) * round_;
      light += vec3(0.5, 0.42, 0.16) * smoothstep(0.55, 0.98, off) * (1.0 - f) * 0.5 + vec3(0.06, 0.05, 0.02) * smoothstep(0.5, 1.0, off) * bark;
      light += vec3(0.015, 0.035, 0.005) * smoothstep(0.45, 0.7, bark) * f;
      nearness = f * 0.9;
    }
    // Leaves of this depth, hanging in from above.
    float crown = fbm(vec2(x * 1.1, p.y * scale * 0.9 + float(layer) * 5.0), 6);
    float hang = smoothstep(0.47, 0.56, crown * smoothstep(-0.05 + 0.25 * f, 1.0, p.y) * 1.25);
    vec3 leaf = mix(fogged * 1.15, vec3(0.3, 0.42, 0.08) * mix(1.6, 0.35, f), 0.55) * (0.45 + 1.1 * noise(vec2(x, p.y * scale) * 9.0));
    if (hang > 0.0 && layer > 1) { light = mix(light, leaf, hang * 0.85); nearness = mix(nearness, f, hang); }
    // The floor that belongs to this depth: moss and fern.
    float fern = ground + 0.045 * fbm(vec2(x * 3.0, float(layer) * 3.0), 5) + 0.03 * f * noise(vec2(x * 15.0, 2.0));
    if (p.y < fern) {
      float tuft = fbm(vec2(x * 2.6, p.y * scale * 7.0), 5);
      vec3 moss = mix(vec3(0.05, 0.1, 0.02), vec3(0.2, 0.3, 0.05), tuft * tuft * 1.7);
      float path = smoothstep(0.16, 0.05, abs(p.x + 0.02 - 0.16 * sin(p.y * 5.0) - 0.06 * noise(p * 6.0)) / (0.35 - p.y));
      moss = mix(moss, vec3(0.17, 0.11, 0.06) * (0.5 + tuft), path);
      float sunny = smoothstep(0.45, 0.7, noise(vec2(p.x * 3.5 + p.y * 2.0, p.y * 9.0 + take)));
      moss *= 0.4 + 2.0 * sunny * smoothstep(-1.0, -0.2, p.y);
      light = mix(moss, glow * 0.75, exp(-f * 3.2) * 0.9);
      nearness = f;
    }
  }
  light += vec3(0.5, 0.46, 0.22) * shafts(p) * smoothstep(-0.75, 0.5, p.y) * 0.55;
  return light * 1.05;
}
