// Open sea under a breaking storm, the sun low.
const vec3 SUN = normalize(vec3(0.25, 0.11, 1.0));

float swell(vec2 p, int octaves) {
  float sum = 0.0, size_ = 0.62, often = 0.1;
  vec2 q = p + take * 31.0;
  for (int at = 0; at < octaves; at++) {
    vec2 warp = q * often + 1.1 * noise(q * often * 0.7 + float(at));
    float wave = 1.0 - abs(sin(warp.x * 1.7 + warp.y)) * 0.8 - 0.25 * noise(warp * 2.0);
    sum += size_ * wave * wave;
    q = turn(1.1) * q + 5.0;
    size_ *= 0.4;
    often *= 1.9;
  }
  return sum;
}

vec3 sky(vec3 d) {
  float up = max(d.y, 0.0), toSun = max(dot(d, SUN), 0.0);
  vec3 light = mix(vec3(0.62, 0.42, 0.32), vec3(0.08, 0.16, 0.27), smoothstep(0.0, 0.35, up));
  light += vec3(2.2, 1.1, 0.4) * pow(toSun, 60.0) + vec3(0.55, 0.26, 0.1) * pow(toSun, 9.0);
  vec2 at = d.xz / (up + 0.06);
  float cloud = smoothstep(0.38, 0.68, fbm(at * 0.55 + take * 7.0, 7));
  float belly = fbm(at * 0.55 + vec2(0.0, -0.22) + take * 7.0, 6);
  vec3 grey = mix(vec3(0.2, 0.2, 0.23), vec3(0.055, 0.065, 0.085), smoothstep(0.4, 0.75, belly));
  grey += vec3(1.1, 0.52, 0.2) * pow(toSun, 5.0) * smoothstep(0.75, 0.4, belly);
  return mix(light, grey, cloud * smoothstep(0.0, 0.05, up) * 0.94);
}

vec3 shot(vec2 p) {
  vec3 o = vec3(0.0, 2.6, 0.0);
  vec3 d = normalize(vec3(p.x, p.y - 0.2, 2.0));
  if (d.y > -0.001) return sky(d);
  float s = (1.2 - o.y) / d.y * 0.6;
  for (int at = 0; at < 60; at++) {
    vec3 q = o + d * s;
    float gap = q.y - swell(q.xz, 5);
    if (gap < 0.0015 * s || s > 500.0) break;
    s += gap * 0.7;
  }
  vec3 q = o + d * s;
  float e = 0.01 + 0.003 * s;
  vec3 n = normalize(vec3(swell(q.xz - vec2(e, 0), 8) - swell(q.xz + vec2(e, 0), 8), 2.0 * e,
    swell(q.xz - vec2(0, e), 8) - swell(q.xz + vec2(0, e), 8)));
  n = normalize(mix(n, vec3(0, 1, 0), smoothstep(20.0, 260.0, s) * 0.8));
  vec3 r = reflect(d, n);
  r.y = abs(r.y);
  float glance = 0.03 + 0.97 * pow(1.0 - max(dot(n, -d), 0.0), 5.0);
  float crest = smoothstep(0.55, 1.1, q.y);
  vec3 deep = vec3(0.006, 0.03, 0.042) + vec3(0.05, 0.22, 0.19) * crest * (0.35 + 0.9 * pow(max(dot(d, SUN), 0.0), 3.0));
  vec3 light = mix(deep, sky(r), glance);
  light += vec3(3.2, 1.7, 0.7) * pow(max(dot(r, SUN), 0.0), 140.0);
  float foam = smoothstep(0.9, 1.15, q.y + 0.35 * fbm(q.xz * 1.6, 4)) * smoothstep(0.42, 0.65, fbm(q.xz * vec2(5.0, 2.4), 5));
  light = mix(light, vec3(0.55, 0.5, 0.47), foam * 0.85);
  nearness = clamp(1.0 - s / 18.0, 0.0, 1.0);
  return mix(light, sky(normalize(vec3(d.x, 0.02, d.z))) * 0.8, 1.0 - exp(-0.006 * s));
}
