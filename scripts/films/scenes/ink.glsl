// Ink falling through clear water.
float smoke(vec2 p, out vec2 bend) {
  vec2 a = vec2(fbm(p * 1.3 + take * 3.0, 5), fbm(p * 1.3 + vec2(5.2, 1.3) + take, 5));
  vec2 b = vec2(fbm(p * 1.5 + 3.4 * a + vec2(1.7, 9.2), 6), fbm(p * 1.5 + 3.4 * a + vec2(8.3, 2.8), 6));
  bend = b;
  return fbm(p * 1.3 + 3.2 * b, 8);
}

vec3 shot(vec2 p) {
  vec2 b;
  float f = smoke(p * 0.9, b);
  float column = smoothstep(1.05, 0.0, length(p * vec2(0.8, 0.62) + vec2(0.5 * (b.x - 0.5), -0.28 + 0.4 * (b.y - 0.5))));
  float thick = smoothstep(0.36, 0.66, f * 0.6 + column * 0.6) * smoothstep(0.0, 0.2, column);
  vec2 c;
  float lit = smoke(p * 0.9 + vec2(0.022, -0.02), c);
  float edge = clamp((f - lit) * 9.0, -1.0, 1.0);
  vec3 paper = mix(vec3(0.78, 0.82, 0.86), vec3(0.95, 0.93, 0.9), smoothstep(-1.0, 1.0, p.y));
  paper *= 1.0 - 0.18 * dot(p, p);
  vec3 blue = mix(vec3(0.008, 0.03, 0.16), vec3(0.03, 0.2, 0.5), smoothstep(0.35, 0.7, b.x));
  vec3 tint = mix(blue, vec3(0.65, 0.06, 0.2), smoothstep(0.47, 0.66, b.y));
  tint = mix(tint, vec3(0.95, 0.42, 0.1), smoothstep(0.62, 0.8, b.y) * 0.8);
  tint *= 0.85 + 0.55 * edge;
  nearness = thick;
  return mix(paper, max(tint, 0.0), thick * (0.75 + 0.25 * f));
}
