// Jellyfish in deep water, lit from above.
vec3 jelly(vec2 p, vec2 middle, float r, float own, inout float near) {
  vec2 q = turn(0.35 * (own - 0.5)) * (p - middle) / r;
  vec3 light = vec3(0.0);
  vec3 tint = own < 0.4 ? vec3(0.9, 0.35, 0.6) : own < 0.75 ? vec3(0.95, 0.52, 0.24) : vec3(0.35, 0.55, 1.0);
  // The bell: thin where it faces us, bright along its rim.
  float flare = 1.0 + 0.16 * smoothstep(0.1, -0.35, q.y);
  vec2 e = vec2(q.x / flare, q.y > 0.0 ? q.y * 1.15 : q.y * 2.1);
  float d = length(e), hem = -0.3 + 0.05 * sin(q.x * 16.0 + own * 9.0) * (1.0 - q.x * q.x);
  if (d < 1.0 && q.y > hem - 0.06) {
    float shell = 1.0 / sqrt(max(1.0 - d * d, 0.02));
    float ribs = 0.6 + 0.4 * abs(sin(atan(e.x, e.y + 0.55) * 13.0));
    light += tint * (0.055 * shell + 0.1) * ribs * (0.75 + 0.5 * noise(q * 5.0 + own * 31.0));
    light += vec3(0.9, 0.95, 1.0) * 0.3 * smoothstep(0.55, 1.0, d) * smoothstep(-0.1, 0.9, q.y);
    vec2 core = (q - vec2(0.0, 0.18)) * vec2(1.0, 1.7);
    float clover = 0.36 + 0.09 * cos(atan(core.y, core.x) * 4.0 + own * 6.0);
    light += tint * 0.5 * smoothstep(0.12, 0.0, abs(length(core) - clover)) * (0.6 + 0.8 * noise(q * 14.0));
    light += tint * 0.35 * smoothstep(0.6, 0.0, length(core));
    light += tint * 0.8 * smoothstep(0.07, 0.0, abs(q.y - hem));
    near = max(near, r);
  }
  if (q.y < 0.05 && q.y > -4.5) {
    float down = -q.y;
    for (int arm = 0; arm < 5; arm++) {
      float f = (float(arm) - 2.0) * 0.13;
      float x = f + (0.1 + 0.06 * down) * sin(down * 2.1 + float(arm) * 1.3 + own * 20.0) + 0.05 * sin(down * 7.0 + float(arm));
      float frill = 0.085 * (0.5 + fbm(vec2(down * 5.0, float(arm) * 9.0 + own * 77.0), 4)) * exp(-0.42 * down);
      light += mix(tint, vec3(1.0, 0.85, 0.8), 0.45) * smoothstep(frill, 0.0, abs(q.x - x)) * 0.5 * exp(-0.75 * down) * (0.5 + noise(vec2(q.x * 30.0, down * 18.0)));
    }
    for (int thread = 0; thread < 12; thread++) {
      float f = (float(thread) - 5.5) / 6.2;
      float x = f * (1.0 + 0.05 * down) + 0.11 * down * sin(down * 1.2 + float(thread) * 2.4 + own * 9.0) * 0.5;
      light += tint * 0.42 * smoothstep(0.018, 0.0, abs(q.x - x)) * exp(-0.42 * down) * step(0.2, down);
    }
  }
  return light;
}

vec3 shot(vec2 p) {
  vec3 light = mix(vec3(0.002, 0.01, 0.035), vec3(0.015, 0.12, 0.26), smoothstep(-1.0, 1.1, p.y));
  vec2 from = p - vec2(0.1, 1.7);
  float a = atan(from.x, -from.y);
  light += vec3(0.06, 0.22, 0.34) * pow(noise(vec2(a * 16.0, take)), 2.0) * smoothstep(-0.8, 1.2, p.y);
  light += vec3(0.03, 0.05, 0.07) * fbm(p * 3.0, 5);
  for (int layer = 0; layer < 3; layer++) {
    vec2 q = p * (16.0 + 9.0 * float(layer)) + float(layer) * 7.0;
    float h = hash(floor(q));
    if (h > 0.86) light += vec3(0.2, 0.35, 0.45) * smoothstep(0.18, 0.0, length(fract(q) - 0.5)) * (h - 0.8);
  }
  float near = 0.0;
  for (int at = 0; at < 6; at++) {
    float f = float(at) / 5.0, own = hash(vec2(float(at) + take * 9.0, 3.0));
    float r = at == 5 ? 0.36 : mix(0.06, 0.2, f);
    vec2 middle = at == 5 ? vec2(-0.02, 0.32) : vec2(1.3 * (hash(vec2(float(at), 41.0 + take)) - 0.5), 1.7 * (hash(vec2(float(at), 47.0 + take)) - 0.42));
    light += jelly(p, middle, r, own, near) * mix(0.35, 1.5, f);
  }
  nearness = clamp(near * 2.6, 0.0, 1.0);
  return light;
}
