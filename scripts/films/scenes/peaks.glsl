// Peaks above a sea of cloud at sunrise.
const vec3 SUN = normalize(vec3(-0.75, 0.2, 0.5));

float height(vec2 p, int octaves) {
  float open = smoothstep(5.0, 20.0, length(p - vec2(2.0, -4.0)));
  return -1.6 + open * (8.6 * ridges(p * 0.055 + vec2(11.0 + take * 4.0, 3.0), octaves) + 1.2 * fbm(p * 0.02, 2));
}

float cloudTop(vec2 p) {
  return 1.5 + 1.3 * fbm(p * 0.14 + take, 3) + 0.5 * fbm(p * 0.6, 5);
}

vec3 sky(vec3 d) {
  float toSun = max(dot(d, SUN), 0.0);
  vec3 light = mix(vec3(1.0, 0.55, 0.36), vec3(0.13, 0.24, 0.46), smoothstep(-0.05, 0.42, d.y));
  light += vec3(1.3, 0.62, 0.22) * pow(toSun, 7.0) + vec3(2.0, 1.4, 0.8) * pow(toSun, 200.0);
  float cirrus = fbm(d.xz / (max(d.y, 0.0) + 0.12) * vec2(0.6, 2.0), 7);
  return light + vec3(0.5, 0.26, 0.2) * smoothstep(0.5, 0.85, cirrus) * smoothstep(0.02, 0.25, d.y);
}

float march(vec3 o, vec3 d, float s, int steps) {
  for (int at = 0; at < steps; at++) {
    vec3 p = o + d * s;
    float gap = p.y - height(p.xz, 6);
    if (gap < 0.0015 * s) return s;
    s += max(gap * 0.45, 0.02);
    if (s > 150.0) break;
  }
  return -1.0;
}

vec3 shot(vec2 p) {
  vec3 o = vec3(0.0, 5.0, -6.0);
  vec3 d = normalize(vec3(p.x, p.y - 0.34, 2.2));
  float s = march(o, d, 1.0, 170);
  vec3 light = sky(d);
  float reach = s < 0.0 ? 150.0 : s;
  if (s > 0.0) {
    vec3 at = o + d * s;
    float e = 0.0012 * s;
    vec3 n = normalize(vec3(height(at.xz - vec2(e, 0), 10) - height(at.xz + vec2(e, 0), 10), 2.0 * e,
      height(at.xz - vec2(0, e), 10) - height(at.xz + vec2(0, e), 10)));
    float shade = march(at + n * 0.08, SUN, 0.2, 40) > 0.0 ? 0.0 : 1.0;
    vec3 rock = mix(vec3(0.1, 0.085, 0.08), vec3(0.24, 0.19, 0.16), fbm(at.xz * 3.0 + at.y * 2.0, 4));
    rock = mix(rock, vec3(0.82, 0.84, 0.9), smoothstep(2.3, 3.6, at.y + fbm(at.xz * 1.4, 4)) * smoothstep(0.4, 0.68, n.y));
    light = rock * (vec3(3.0, 1.55, 0.75) * max(dot(n, SUN), 0.0) * shade + vec3(0.2, 0.28, 0.46) * (0.5 + 0.5 * n.y));
    light = mix(light, sky(normalize(vec3(d.x, 0.05, d.z))), 1.0 - exp(-0.009 * s));
    nearness = clamp(1.0 - s / 30.0, 0.0, 1.0);
  }
  // Through the cloud, from the lens outwards.
  float clear = 1.0, step_ = 0.5, k = 2.0 + 0.5 * chance();
  vec3 sum = vec3(0.0);
  for (int at = 0; at < 70; at++) {
    vec3 q = o + d * k;
    float dense = smoothstep(0.0, 0.7, cloudTop(q.xz) - q.y);
    if (dense > 0.01) {
      float toLight = smoothstep(0.0, 0.8, cloudTop(q.xz + SUN.xz * 1.1) - q.y - SUN.y * 1.1);
      vec3 c = mix(vec3(1.5, 0.86, 0.52), vec3(0.17, 0.23, 0.4), toLight * 0.85);
      c = mix(c, sky(normalize(vec3(d.x, 0.05, d.z))), 1.0 - exp(-0.008 * k));
      float stop = 1.0 - exp(-dense * step_ * 0.9);
      sum += clear * stop * c * 0.8;
      clear *= 1.0 - stop;
    }
    step_ = 0.22 + 0.035 * k;
    k += step_;
    if (k > reach || clear < 0.02) break;
  }
  return light * clear + sum;
}
