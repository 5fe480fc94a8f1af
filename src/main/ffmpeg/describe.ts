// Reads the facts out of what ffmpeg says about an input. Pure.
import type { MediaFacts } from './probe';

/**
 * Facts from ffmpeg's messages, of the input only. The words have been the same since ffmpeg 2:
 * `Duration: 00:00:05.04`, `Stream #0:0(und): Video: h264 (High), yuv420p, 1280x720 [SAR 1:1 DAR 16:9], 24 fps`.
 */
export function factsFromMessages(lines: readonly string[]): MediaFacts {
  const from = lines.findIndex((line) => line.startsWith('Input #0'));
  const rest = from < 0 ? [] : lines.slice(from + 1);
  const to = rest.findIndex((line) => /^(Output #|Stream mapping:)/.test(line));
  const about = to < 0 ? rest : rest.slice(0, to);
  const video = about.findIndex(
    (line) => /^\s*Stream #0:\S+: Video: /.test(line) && !line.includes('(attached pic)'),
  );
  const audio = about.find((line) => /^\s*Stream #0:\S+: Audio: /.test(line));
  const hasSound = audio !== undefined;
  const seconds = secondsOf(about.find((line) => line.trim().startsWith('Duration:')));
  const picture = video < 0 ? {} : pictureFacts(about.slice(video));
  return { ...picture, seconds, hasSound, ...(hasSound ? { channels: channelsOf(audio) } : {}) };
}

/** `mono`, `stereo`, `5.1(side)`, `7.1`, `4 channels`. */
function channelsOf(line: string): number {
  if (/, mono\b/.test(line)) return 1;
  const [, front, low] = /, (\d)\.(\d)\b/.exec(line) ?? [];
  if (front !== undefined && low !== undefined) return Number(front) + Number(low);
  return Number(/, (\d+) channels/.exec(line)?.[1] ?? 2);
}

function secondsOf(line: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):(\d+(?:\.\d+)?)/.exec(line ?? '') ?? [];
  return seconds === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function pictureFacts([line = '', ...after]: readonly string[]): MediaFacts {
  const [, codec] = /Video: (\w+)/.exec(line) ?? [];
  const [, wide, high] = /, (\d+)x(\d+)/.exec(line) ?? [];
  const [, fps] = /, (\d+(?:\.\d+)?k?) fps/.exec(line) ?? [];
  const [, across = '1', down = '1'] = /SAR (\d+):(\d+)/.exec(line) ?? [];
  if (wide === undefined || high === undefined) return { codec };
  const nextStream = after.findIndex((text) => /^\s*Stream #/.test(text));
  const own = nextStream < 0 ? after : after.slice(0, nextStream);
  const [, turn] = /rotation of (-?\d+(?:\.\d+)?) degrees/.exec(own.join('\n')) ?? [];
  const size = { width: Math.round((Number(wide) * Number(across)) / Number(down)), height: Number(high) };
  const turned = turn !== undefined && Math.round(Math.abs(Number(turn)) / 90) % 2 === 1;
  return {
    width: turned ? size.height : size.width,
    height: turned ? size.width : size.height,
    fps: fps === undefined ? undefined : Number.parseFloat(fps) * (fps.endsWith('k') ? 1000 : 1),
    codec,
    hdr: /smpte2084|arib-std-b67/.test(line),
  };
}
