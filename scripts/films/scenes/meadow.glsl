// Poppies in long grass against the evening sun.
vec3 shot(vec2 p) {
  vec3 light = mix(vec3(1.5, 0.85, 0.35), vec3(0.5, 0.42, 0.42), smoothstep(-0.1, 1.1, p.y));
  light += vec3(2.4, 1.35, 0.5) * exp(-3.2 * length(p - vec2(0.55, 0.32)));
  for (int at = 0; at < 40; at++) {
    float f = float(at) + take * 50.0;
    vec2 middle = vec2(3.8 * (hash(vec2(f, 1.0)) - 0.5), 0.05 + 0.7 * (hash(vec2(f, 2.0)) - 0.4));
    light += vec3(0.8, 0.55, 0.2) * bokeh(p - middle, 0.05 + 0.12 * hash(vec2(f, 3.0))) * 0.2 * hash(vec2(f, 5.0));
  }
  float wood = 0.1 + 0.16 * fbm(vec2(p.x * 1.6 + take, 1.0), 5);
  light = mix(light, vec3(0.36, 0.24, 0.09) * (0.7 + 0.7 * fbm(p * 5.0, 4)), 0.75 * smoothstep(wood + 0.1, wood - 0.12, p.y));
  for (int layer = 0; layer < 12; layer++) {
    float f = float(layer) / 11.0;
    float soft = mix(0.5, 0.05, smoothstep(0.0, 0.55, f)) + smoothstep(0.85, 1.0, f) * 0.5;
    float top = mix(-0.02, -0.42, f), cells = mix(46.0, 7.5, f);
    for (int each = 0; each < 3; each++) {
      float bend = 0.2 * (noise(vec2(p.x * 1.5 + float(layer), 4.0)) - 0.4);
      float rise = max(p.y - top + 0.6, 0.0);
      float x = (p.x - bend * rise * rise * 1.3) * cells + float(layer) * 19.0 + float(each) * 7.3 + take;
      float which = floor(x), own = hash(vec2(which, float(layer * 3 + each)));
      float tip = top + mix(0.1, 0.5, f) * own * own + 0.05;
      float wide = mix(0.5, 0.12, smoothstep(tip - 0.5, tip, p.y)) * smoothstep(tip, tip - 0.06, p.y) * 0.45;
      float off = abs(fract(x) - 0.25 - 0.5 * own);
      float cover = smoothstep(wide + soft * 0.2, wide - soft * 0.2, off) * step(p.y, tip);
      vec3 grass = mix(vec3(0.75, 0.6, 0.16), vec3(0.07, 0.1, 0.02), smoothstep(0.0, 1.0, f) * 0.85 + 0.15 * own);
      grass *= 0.35 + 1.1 * smoothstep(top - 0.7, tip, p.y) * (0.6 + own);
      light = mix(light, grass, cover * 0.92);
      nearness = mix(nearness, f, cover);
    }
    // Poppies of this depth.
    float fc = mix(9.0, 1.15, pow(f, 0.8));
    float fx = p.x * fc + float(layer) * 5.7 + take * 2.0;
    float which = floor(fx), own = hash(vec2(which, float(layer) + 60.0));
    if (own > 0.4 && layer > 1) {
      float r = mix(0.035, 0.17, pow(f, 1.3)) * (0.8 + 0.4 * own);
      vec2 middle = vec2((which + 0.3 + 0.4 * own - float(layer) * 5.7 - take * 2.0) / fc, top + mix(0.12, 0.3, f) + 0.2 * (own - 0.5));
      vec2 e = (p - middle) / r;
      float stem = smoothstep(0.07 + soft * 0.1, 0.05 - soft * 0.05, abs(e.x - 0.12 * sin(e.y + own * 6.0))) * step(e.y, -0.3);
      light = mix(light, vec3(0.16, 0.2, 0.05), stem * 0.9);
      float a = atan(e.y + 0.25, e.x);
      float edge = (0.86 + 0.12 * sin(a * 4.0 + own * 20.0) + 0.06 * noise(vec2(a * 6.0, own * 9.0))) * (e.y < -0.2 ? 0.78 : 1.0);
      float d = length(e * vec2(0.92, 1.12)) / edge;
      float cover = smoothstep(1.0 + soft * 0.5, 1.0 - soft * 0.5, d);
      float fold = 0.7 + 0.4 * noise(vec2(a * 7.0 + own * 9.0, d * 2.0)) + 0.25 * sin(a * 22.0 + 2.0 * d);
      vec3 red = mix(vec3(0.62, 0.025, 0.012), vec3(2.0, 0.32, 0.06), smoothstep(-0.8, 1.0, e.y + 0.45 * e.x)) * fold;
      red = mix(red, vec3(0.03, 0.01, 0.015), smoothstep(0.34, 0.18, length(e - vec2(0.02, -0.12))) * 0.85);
      light = mix(light, red, cover * 0.96);
      nearness = mix(nearness, f, cover);
    }
  }
  return light * 0.9;
}
