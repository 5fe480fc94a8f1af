// The night side of a planet, the sun about to rise over its edge.
vec3 shot(vec2 p) {
  const float R = 3.4;
  vec2 c = p - vec2(0.35 + 0.3 * take, -3.05);
  float d = length(c);
  vec2 sun = vec2(0.86 + 0.1 * take, 0.40);
  vec3 light = vec3(0.0);
  float h = hash(p * 210.0);
  if (h > 0.992) light += vec3(0.85, 0.9, 1.0) * pow((h - 0.992) * 125.0, 2.0) * smoothstep(0.5, 0.1, length(fract(p * 210.0) - 0.5));
  light += vec3(0.05, 0.035, 0.07) * smoothstep(0.45, 0.8, fbm(turn(0.6) * p * vec2(0.9, 2.2) + 3.0, 6));
  float toSun = length(p - sun);
  if (d < R) {
    float z = sqrt(R * R - d * d);
    vec3 n = vec3(c, z) / R;
    vec2 map = vec2(atan(n.x, n.z), n.y) * vec2(5.0, 9.0) + vec2(take * 9.0, -7.0);
    float land = smoothstep(0.48, 0.53, fbm(map * 0.8, 8));
    vec3 ground = mix(vec3(0.003, 0.007, 0.018), vec3(0.009, 0.009, 0.012), land);
    float town = pow(fbm(map * 3.0 + 5.0, 4), 3.0) * 5.0;
    float web = smoothstep(0.62, 0.9, ridges(map * 5.0, 5)) * town + step(0.94, hash(map * 46.0)) * town * 1.7;
    ground += vec3(2.3, 1.25, 0.5) * web * land * 0.55 * smoothstep(0.0, 0.12, n.z);
    float cloud = smoothstep(0.5, 0.8, fbm(turn(0.4) * map * vec2(1.1, 2.0) + 40.0, 7));
    float dawn = exp(-3.4 * toSun) * 2.2 + 0.05;
    ground = mix(ground, vec3(0.55, 0.34, 0.26) * dawn, cloud * 0.55);
    float edge = pow(d / R, 46.0);
    light = ground + vec3(0.06, 0.2, 0.5) * edge * (0.25 + 5.0 * exp(-1.9 * toSun)) + vec3(1.6, 0.6, 0.18) * pow(d / R, 190.0) * exp(-1.5 * toSun) * 3.0;
    nearness = 0.5;
  } else {
    float above = d - R;
    light += (vec3(0.1, 0.38, 1.0) * exp(-36.0 * above) + vec3(1.8, 0.75, 0.25) * exp(-95.0 * above)) * (0.12 + 4.2 * exp(-1.75 * toSun));
  }
  light += vec3(2.2, 1.7, 1.25) * exp(-15.0 * toSun) + vec3(18.0, 15.0, 12.0) * smoothstep(0.05, 0.02, toSun) * smoothstep(-0.03, 0.03, d - R);
  light += vec3(0.55, 0.45, 0.5) * exp(-120.0 * abs(p.y - sun.y)) * exp(-1.5 * abs(p.x - sun.x));
  return light;
}
