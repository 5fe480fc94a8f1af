// Finds the line by which the gateway says that it listens, or why it cannot.
import { z } from 'zod';

const readyLine = z.discriminatedUnion('ready', [
  z.object({
    ready: z.literal(true),
    port: z.int().min(1).max(65_535),
    baseUrl: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }),
  }),
  z.object({ ready: z.literal(false), error: z.string().max(2000) }),
]);
export type ReadyLine = z.infer<typeof readyLine>;

/** Beyond this without a line break it is not our gateway that speaks. */
const MOST_CHARACTERS = 64 * 1024;

/** Takes output in pieces as it comes; returns the ready line once it is complete, and null until then. */
export function createReadyReader(): (text: string) => ReadyLine | null {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(-MOST_CHARACTERS);
    for (const line of lines) {
      const ready = readLine(line);
      if (ready !== null) return ready;
    }
    return null;
  };
}

function readLine(line: string): ReadyLine | null {
  try {
    return readyLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
