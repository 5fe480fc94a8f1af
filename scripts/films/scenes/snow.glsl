// A cabin between snowy firs in the blue hour.
/** Colour and cover of a fir whose foot is at 0 and top at 1. */
vec4 fir(vec2 q, float own, float haze, vec3 air) {
  if (q.y < -0.03 || q.y > 1.0 || abs(q.x) > 0.42) return vec4(0.0);
  float tier = fract((1.0 - q.y) * (6.0 + 3.0 * own) + 0.25 * noise(vec2(q.x * 8.0, own * 90.0)));
  float wide = (1.0 - q.y) * 0.3 * (0.5 + 0.6 * tier) + 0.012;
  wide *= 0.8 + 0.45 * noise(vec2(q.y * 22.0, own * 40.0 + sign(q.x) * 3.0));
  wide += 0.03 * (fbm(vec2(q.x * 30.0, q.y * 50.0) + own * 9.0, 3) - 0.5);
  float cover = smoothstep(0.008, -0.008, abs(q.x) - wide);
  if (q.y < 0.03) cover = max(cover, smoothstep(0.005, -0.005, abs(q.x) - 0.022));
  float snow = smoothstep(0.34, 0.62, (1.0 - tier) * 0.75 + 0.7 * (fbm(q * vec2(14.0, 22.0) + own * 7.0, 4) - 0.3) - 0.16 * q.x / max(wide, 0.02));
  vec3 c = mix(vec3(0.012, 0.026, 0.032), vec3(0.44, 0.55, 0.78), snow);
  c *= 0.75 + 0.5 * smoothstep(wide, -wide, q.x);
  return vec4(mix(c, air, haze), cover);
}

vec3 shot(vec2 p) {
  vec3 air = mix(vec3(0.33, 0.37, 0.55), vec3(0.12, 0.19, 0.36), smoothstep(-0.2, 1.0, p.y));
  vec3 light = air + vec3(0.36, 0.15, 0.12) * exp(-5.0 * abs(p.y + 0.05));
  light += vec3(0.1, 0.1, 0.13) * smoothstep(0.45, 0.8, fbm(vec2(p.x, p.y * 2.5) + take, 6));
  float ridge = 0.25 + 0.4 * ridges(vec2(p.x * 0.55 + 2.0 + take, 1.0), 7) - 0.2 * abs(p.x + 0.3);
  if (p.y < ridge) {
    float lean = ridges(vec2(p.x * 1.3 + 0.5 * p.y, p.y * 1.7), 7);
    light = mix(vec3(0.15, 0.18, 0.29), vec3(0.46, 0.5, 0.68), smoothstep(0.25, 0.6, lean) * smoothstep(-0.2, 0.3, p.y));
    light = mix(light, air + vec3(0.12, 0.07, 0.06), 0.35 + 0.4 * smoothstep(0.3, -0.1, p.y));
  }
  for (int layer = 0; layer < 7; layer++) {
    float f = float(layer) / 6.0;
    float ground = mix(-0.1, -0.78, pow(f, 1.2)) + mix(0.03, 0.12, f) * (noise(vec2(p.x * mix(3.0, 0.9, f) + float(layer) * 7.0, 3.0)) - 0.5);
    float cells = mix(11.0, 1.35, pow(f, 0.7));
    float x = p.x * cells + float(layer) * 13.7 + take * 3.0;
    for (int side = -1; side <= 1; side++) {
      float which = floor(x) + float(side), own = hash(vec2(which, float(layer) * 3.0));
      float keep = layer == 4 ? step(0.75, own) : step(0.2, own);
      float tall = mix(0.24, 1.55, pow(f, 1.15)) * (0.65 + 0.6 * own);
      float middle = which + 0.5 + 0.5 * (hash(vec2(which, 5.0)) - 0.5);
      if (layer >= 5 && abs((middle - float(layer) * 13.7 - take * 3.0) / cells - 0.12) < 0.42) keep = 0.0;
      vec4 tree = fir(vec2((x - middle) / cells / tall, (p.y - ground + 0.02) / tall), own, mix(0.75, 0.0, pow(f, 0.6)), air);
      light = mix(light, tree.rgb * (keep), tree.a * keep);
      nearness = mix(nearness, f, tree.a * keep);
    }
    if (p.y < ground) {
      float drift = fbm(vec2(p.x * 2.0, p.y * 7.0) + float(layer), 5);
      vec3 snow = mix(vec3(0.2, 0.28, 0.48), vec3(0.5, 0.58, 0.78), drift) * mix(0.95, 0.8, f);
      snow += vec3(1.5, 0.62, 0.16) * exp(-14.0 * length((p - vec2(0.12, -0.47)) * vec2(0.7, 1.6))) * step(2.5, float(layer));
      light = mix(snow, air, mix(0.6, 0.0, pow(f, 0.5)));
      nearness = f;
    }
    if (layer == 3) {
      vec2 q = (p - vec2(0.12, -0.43)) / 0.17;
      float roof = 0.62 - 0.62 * abs(q.x) + 0.5;
      if (abs(q.x) < 0.95 && q.y > -0.35 && q.y < min(roof, 0.5)) {
        float log_ = abs(fract(q.y * 7.0) - 0.5);
        light = vec3(0.06, 0.032, 0.02) * (0.6 + log_) * (0.8 + 0.4 * noise(q * vec2(2.0, 30.0)));
        vec2 w = abs(vec2(abs(q.x) - 0.45, q.y - 0.08)) / vec2(0.2, 0.2);
        if (max(w.x, w.y) < 1.0) light = vec3(5.5, 2.5, 0.65) * (0.6 + 0.6 * noise(q * 6.0)) * step(0.1, w.x) * step(0.1, w.y);
        if (abs(q.x) < 0.15 && q.y < 0.3) light = vec3(0.11, 0.045, 0.02);
      }
      if (q.y > 0.3 && q.y < roof + 0.13 && q.y > roof - 0.16 && abs(q.x) < 1.2) light = vec3(0.5, 0.6, 0.82) * (0.8 + 0.3 * noise(q * 9.0));
      if (abs(q.x - 0.5) < 0.09 && q.y > 0.6 && q.y < 1.12) light = vec3(0.07, 0.05, 0.05);
      float smoke = length((q - vec2(0.55 + 0.25 * (q.y - 1.1) + 0.2 * (fbm(q * 2.0, 3) - 0.5), 1.7)) * vec2(3.6 - q.y, 0.9));
      light = mix(light, vec3(0.42, 0.42, 0.54), 0.5 * smoothstep(1.0, 0.2, smoke) * step(1.1, q.y) * fbm(q * 4.0, 4) * 1.6);
      light += vec3(1.2, 0.5, 0.13) * 0.35 * exp(-3.2 * length(q * vec2(0.8, 1.2)));
      if (abs(q.x) < 1.0 && abs(q.y) < 0.6) nearness = 0.55;
    }
  }
  for (int layer = 0; layer < 4; layer++) {
    float cells = 26.0 - 6.0 * float(layer);
    vec2 q = turn(0.14) * p * cells + float(layer) * 17.0 + take;
    float h = hash(floor(q));
    if (h > 0.8) light += vec3(0.55, 0.6, 0.75) * smoothstep(0.12 + 0.14 * h, 0.0, length(fract(q) - 0.3 - 0.4 * vec2(hash(floor(q) + 3.0), hash(floor(q) + 7.0)))) * 0.75;
  }
  return light;
}
