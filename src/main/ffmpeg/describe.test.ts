import { expect, test } from 'vitest';
import { factsFromMessages } from './describe';

const INPUT = [
  "Input #0, avi, from 'file:/a.avi':",
  '  Duration: 01:02:03.50, start: 0.000000, bitrate: 100 kb/s',
  '  Stream #0:0: Video: mpeg4 (Simple Profile) (XVID / 0x44495658), yuv420p, 720x576 [SAR 16:15 DAR 4:3], 25 fps, 25 tbr',
  '  Stream #0:1: Audio: mp3 (U[0][0][0] / 0x0055), 44100 Hz, stereo, fltp, 128 kb/s',
];

// Bug: size is taken from the codec's tag, anamorphic video is squashed, hours are dropped.
test('reads an AVI with oblong pixels', () => {
  expect(factsFromMessages(INPUT)).toEqual({
    codec: 'mpeg4',
    width: 768,
    height: 576,
    fps: 25,
    seconds: 3723.5,
    hasSound: true,
    channels: 2,
    hdr: false,
  });
});

// Bug: the turn of a video is overlooked, or that of the output or another stream is taken.
test('applies a quarter turn of the input only', () => {
  const lines = [
    "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a.mp4':",
    '  Duration: 00:00:01.00, start: 0.000000, bitrate: 1 kb/s',
    '  Stream #0:0[0x1](und): Video: hevc (Main) (hvc1 / 0x31637668), yuv420p, 1920x1080, 1 kb/s, 29.97 fps, 30 tbr',
    '    Side data:',
    '      displaymatrix: rotation of -90.00 degrees',
    "Output #0, null, to 'pipe:':",
    '  Stream #0:1: Audio: aac, 44100 Hz',
  ];
  expect(factsFromMessages(lines)).toEqual({
    codec: 'hevc',
    width: 1080,
    height: 1920,
    fps: 29.97,
    seconds: 1,
    hasSound: false,
    hdr: false,
  });
});

// Bug: the cover of a song makes it a video.
test('a cover picture is no video', () => {
  const lines = [
    "Input #0, mp3, from 'file:/a.mp3':",
    '  Duration: 00:00:02.00, start: 0.0, bitrate: 1 kb/s',
    '  Stream #0:0: Audio: mp3, 44100 Hz, stereo',
    '  Stream #0:1: Video: png, rgb24(pc), 300x300, 90k tbr, 90k tbn (attached pic)',
  ];
  expect(factsFromMessages(lines)).toEqual({ seconds: 2, hasSound: true, channels: 2 });
});

// Bug: sound from a cinema is taken for stereo, and loses its voices; a film for bright screens comes out grey.
test.each([
  ['aac (LC), 48000 Hz, 5.1, fltp, 389 kb/s', 6],
  ['ac3, 48000 Hz, 5.1(side), fltp', 6],
  ['pcm_s16le, 8000 Hz, mono, s16', 1],
  ['pcm_s16le, 8000 Hz, 4 channels, s16', 4],
])('%s', (sound, channels) => {
  const lines = [
    "Input #0, mov, from 'file:/a':",
    '  Duration: 00:00:02.00',
    '  Stream #0:0: Video: hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67), 1920x1080, 30 fps',
    `  Stream #0:1: Audio: ${sound}`,
  ];
  expect(factsFromMessages(lines)).toMatchObject({ channels, hdr: true });
});

test('rubbish has no facts', () => {
  expect(factsFromMessages(['Invalid data found when processing input'])).toEqual({ hasSound: false });
});
