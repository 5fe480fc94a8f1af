// What every scene is drawn with: chance, noise, and the sample it is asked for.
#version 300 es
precision highp float;
precision highp int;

uniform vec2 size;
uniform float time;
/** Another take of the same scene: another sky, another place of the camera. */
uniform float take;
uniform int pass;
uniform float weight;
out vec4 result;

/** 0 far away, 1 in front of the lens; decides how far the camera's move shifts a point. */
float nearness = 0.0;
uint dice;

vec3 shot(vec2 p);

/** Another number from 0 to 1 each time. */
float chance() {
  dice = dice * 747796405u + 2891336453u;
  uint word = ((dice >> ((dice >> 28u) + 4u)) ^ dice) * 277803737u;
  return float((word >> 22u) ^ word) / 4294967295.0;
}

/** From 0 to 1, always the same for the same whole place. */
float hash(vec2 p) {
  uvec2 q = uvec2(ivec2(floor(p))) * uvec2(1597334673u, 3812015801u);
  uint n = (q.x ^ q.y) * 1597334673u;
  n ^= n >> 15u;
  n *= 2246822519u;
  return float(n ^ (n >> 13u)) / 4294967295.0;
}

float noise(vec2 p) {
  vec2 f = fract(p);
  vec2 u = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  return mix(
    mix(hash(p), hash(p + vec2(1, 0)), u.x),
    mix(hash(p + vec2(0, 1)), hash(p + vec2(1, 1)), u.x),
    u.y
  );
}

const mat2 TWIST = mat2(1.6, 1.2, -1.2, 1.6);

/** Noise upon finer noise, from 0 to 1. */
float fbm(vec2 p, int octaves) {
  float sum = 0.0, part = 0.5;
  for (int at = 0; at < octaves; at++) {
    sum += part * noise(p);
    p = TWIST * p + 17.3;
    part *= 0.5;
  }
  return sum;
}

/** The same with sharp crests, as rock has. */
float ridges(vec2 p, int octaves) {
  float sum = 0.0, part = 0.55, carry = 1.0;
  for (int at = 0; at < octaves; at++) {
    float crest = 1.0 - abs(2.0 * noise(p) - 1.0);
    crest *= crest;
    sum += part * crest * carry;
    carry = clamp(crest * 1.6, 0.0, 1.0);
    p = TWIST * p + 9.1;
    part *= 0.5;
  }
  return sum;
}

mat2 turn(float angle) {
  return mat2(cos(angle), sin(angle), -sin(angle), cos(angle));
}

/** Any direction with the same likelihood. */
vec3 anyDirection() {
  float z = 2.0 * chance() - 1.0, a = 6.2832 * chance();
  return vec3(sqrt(1.0 - z * z) * vec2(cos(a), sin(a)), z);
}

/** A soft-edged disc, as a light far out of focus shows. */
float bokeh(vec2 p, float radius) {
  float d = length(p) / radius;
  return smoothstep(1.0, 0.86, d) * (0.62 + 0.38 * smoothstep(0.5, 0.95, d));
}

void main() {
  dice = uint(gl_FragCoord.x) * 1973u + uint(gl_FragCoord.y) * 9277u + uint(pass) * 26699u + 1u;
  chance();
  vec2 place = gl_FragCoord.xy + vec2(chance(), chance()) - 0.5;
  vec3 light = max(shot((2.0 * place - size) / size.y), 0.0);
  result = vec4(min(light, 40.0), nearness) * weight;
}
