// Reads what ffmpeg writes with `-progress pipe:1`. Pure.

export interface FfmpegProgress {
  /** Frames written so far; 0 where there is no picture. */
  readonly frames: number;
  /** Seconds of output so far; null until ffmpeg knows. */
  readonly seconds: number | null;
  readonly ended: boolean;
}

/** Collects `key=value` lines, which arrive cut anywhere, into one report per block. */
export class ProgressReader {
  private rest = '';
  private fields: Record<string, string> = {};

  /** The reports completed by this piece of text. A line that is none is passed over. */
  push(text: string): FfmpegProgress[] {
    const lines = (this.rest + text).split('\n');
    // A line never grows past this; what does is not ours to keep.
    this.rest = (lines.pop() ?? '').slice(-1000);
    const reports: FfmpegProgress[] = [];
    for (const line of lines) {
      const [, key, value] = /^(\w+)=(.*)$/.exec(line.trim()) ?? [];
      if (key === undefined || value === undefined) continue;
      if (key !== 'progress') {
        this.fields[key] = value.trim();
        continue;
      }
      reports.push(reportOf(this.fields, value === 'end'));
      this.fields = {};
    }
    return reports;
  }
}

function reportOf(fields: Readonly<Record<string, string>>, ended: boolean): FfmpegProgress {
  // `out_time_ms` holds microseconds too, by an old mistake; `out_time_us` says what it is.
  const micros = numberOf(fields.out_time_us) ?? numberOf(fields.out_time_ms);
  return {
    frames: numberOf(fields.frame) ?? 0,
    // Before the first frame ffmpeg 4 to 6 report the smallest integer.
    seconds: micros === null || micros < 0 ? null : micros / 1e6,
    ended,
  };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : null;
}
