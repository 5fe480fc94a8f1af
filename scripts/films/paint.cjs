// Draws the ordered films one after the other: each scene once, in many samples, then frame by frame into ffmpeg.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { readFileSync } = require('node:fs');
const { basename, join } = require('node:path');

/** @typedef {{ scene: string, take: number, width: number, height: number, seconds: number, samples: number,
 *   travel: [number, number, number], exposure: number, out: string }} Film */

/** A slow move needs no more; the file says 24, as a take does. */
const DRAWN_FPS = 12;
/** Rows drawn at once: a driver may take one long call for a hung one. */
const ROWS = 64;
const CORNERS = `#version 300 es
in vec2 corner;
void main() { gl_Position = vec4(corner, 0.0, 1.0); }`;

const canvas = document.createElement('canvas');
const gl = /** @type {WebGL2RenderingContext} */ (
  canvas.getContext('webgl2', { preserveDrawingBuffer: true })
);
if (gl?.getExtension('EXT_color_buffer_float') == null || gl.getExtension('EXT_float_blend') === null)
  throw new Error('This Electron draws no floating-point pictures.');
gl.getExtension('OES_texture_float_linear');

/** @param {string} name */
const source = (name) => readFileSync(join(__dirname, name), 'utf8');
/** A first line may say the file's purpose; GLSL wants its version first. @param {string} text */
const versionFirst = (text) => text.replace(/^([^]*?)(#version .*\n)/, '$2$1');

/** @param {string} text */
function program(text) {
  const made = /** @type {WebGLProgram} */ (gl.createProgram());
  for (const [type, code] of /** @type {const} */ ([
    [gl.VERTEX_SHADER, CORNERS],
    [gl.FRAGMENT_SHADER, versionFirst(text)],
  ])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(type));
    gl.shaderSource(shader, code);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? '');
    gl.attachShader(made, shader);
  }
  gl.bindAttribLocation(made, 0, 'corner');
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) ?? '');
  return made;
}

/** @param {WebGLProgram} used @param {string} name */
const place = (used, name) => gl.getUniformLocation(used, name);

/** @param {Film} film @returns the scene's light as a texture */
function develop({ scene, take, width, height, samples }) {
  const light = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, light);
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, width, height);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, name, gl.LINEAR);
  for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
    gl.texParameteri(gl.TEXTURE_2D, name, gl.MIRRORED_REPEAT);
  const target = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, target);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, light, 0);
  const used = program(source('common.glsl') + source(`scenes/${scene}.glsl`));
  gl.useProgram(used);
  gl.viewport(0, 0, width, height);
  gl.uniform2f(place(used, 'size'), width, height);
  gl.uniform1f(place(used, 'take'), take);
  gl.uniform1f(place(used, 'weight'), 1 / samples);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE);
  gl.enable(gl.SCISSOR_TEST);
  for (let row = 0; row < height; row += ROWS) {
    gl.scissor(0, row, width, ROWS);
    for (let pass = 0; pass < samples; pass += 1) {
      gl.uniform1i(place(used, 'pass'), pass);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    }
    gl.finish();
  }
  gl.disable(gl.SCISSOR_TEST);
  gl.disable(gl.BLEND);
  gl.deleteFramebuffer(target);
  gl.deleteProgram(used);
  return light;
}

/** @param {Film} film @param {WebGLProgram} camera @param {string} ffmpeg */
async function shoot(film, camera, ffmpeg) {
  const { width, height, seconds, travel, exposure, out } = film;
  const light = develop(film);
  canvas.width = width;
  canvas.height = height;
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.viewport(0, 0, width, height);
  gl.useProgram(camera);
  gl.uniform2f(place(camera, 'size'), width, height);
  gl.uniform3f(place(camera, 'travel'), ...travel);
  gl.uniform1f(place(camera, 'exposure'), exposure);
  const recorder = spawn(
    ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgba', '-r', String(DRAWN_FPS)],
      ...['-s', `${width}x${height}`, '-i', '-', '-f', 'lavfi', '-i', 'anoisesrc=a=0.02:c=brown:r=48000'],
      ...[
        '-vf',
        'vflip,fps=24,format=yuv420p',
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-crf',
        '18',
        '-g',
        '48',
      ],
      ...['-c:a', 'aac', '-b:a', '64k', '-ac', '1', '-shortest', '-movflags', '+faststart', out],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(recorder, 'exit');
  const frames = Math.round(seconds * DRAWN_FPS);
  const pixels = Buffer.alloc(width * height * 4);
  for (let frame = 0; frame < frames; frame += 1) {
    gl.uniform1f(place(camera, 'moment'), frame / (frames - 1) - 0.5);
    gl.uniform1f(place(camera, 'frame'), frame);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    if (!recorder.stdin.write(Buffer.from(pixels))) await once(recorder.stdin, 'drain');
  }
  recorder.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code} over ${out}`);
  gl.deleteTexture(light);
}

async function paint() {
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  const path = new URLSearchParams(location.search).get('order') ?? '';
  /** @type {{ ffmpeg: string, films: Film[] }} */
  const { ffmpeg, films } = JSON.parse(readFileSync(path, 'utf8'));
  const camera = program(source('camera.glsl'));
  for (const film of films) {
    const begun = performance.now();
    await shoot(film, camera, ffmpeg);
    document.title = `${basename(film.out)}: ${((performance.now() - begun) / 1000).toFixed(1)} s`;
  }
}

paint().then(
  () => (document.title = 'done'),
  (error) => (document.title = `failed: ${String(error?.stack ?? error)}`),
);
