// Keeps what V8 compiled of main, so that the next start need not compile it again.
import module from 'node:module';
import { join } from 'node:path';

/** Node 22.8 and later have it; earlier ones compile at each start. */
interface CompileCache {
  enableCompileCache?: (folder: string) => unknown;
  flushCompileCache?: () => void;
}

const cache = module as CompileCache;

/** For what is imported from now on. */
export function keepCompiled(userData: string): void {
  cache.enableCompileCache?.(join(userData, 'compiled'));
}

/** Written at once: Electron ends without the step at which Node would write it. */
export function writeCompiled(): void {
  cache.flushCompileCache?.();
}
