// What the camera makes of a finished scene: a slow move in which near things shift more, film's curve and grain.
#version 300 es
precision highp float;

uniform sampler2D scene;
uniform vec2 size;
/** From -0.5 at the first frame to 0.5 at the last. */
uniform float moment;
/** How far it goes in x, y (of the picture's width) and inwards. */
uniform vec3 travel;
uniform float frame;
uniform float exposure;
out vec4 result;

float grain(vec2 p) {
  uvec2 q = uvec2(ivec2(p)) * uvec2(1597334673u, 3812015801u);
  uint n = (q.x ^ q.y ^ (uint(frame) * 2654435769u)) * 1597334673u;
  n ^= n >> 15u;
  n *= 2246822519u;
  return float(n ^ (n >> 13u)) / 4294967295.0 - 0.5;
}

/** The shoulder and toe of film, after Narkowicz' fit of ACES. */
vec3 film(vec3 x) {
  return clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14), 0.0, 1.0);
}

void main() {
  vec2 at = gl_FragCoord.xy / size - 0.5;
  vec2 place = at;
  for (int again = 0; again < 2; again++) {
    float near = texture(scene, place + 0.5).a;
    float weight = 0.3 + 0.7 * near;
    place = at * (0.955 - travel.z * moment * weight) + travel.xy * moment * weight;
  }
  vec3 light = texture(scene, place + 0.5).rgb * exposure;
  light *= 1.0 - 0.32 * dot(at, at) * 2.0;
  vec3 colour = pow(film(light), vec3(1.0 / 2.2));
  colour = mix(colour, colour * colour * (3.0 - 2.0 * colour), 0.35);
  colour = mix(vec3(dot(colour, vec3(0.2126, 0.7152, 0.0722))), colour, 1.1);
  colour += grain(gl_FragCoord.xy) * 0.028 * (1.0 - 0.6 * colour.g);
  result = vec4(colour, 1.0);
}
