// Starts the practice gateway; arguments go to it. Run: npm run gateway
import { join } from 'node:path';
import { build } from './build.mjs';
import { run } from './child.mjs';
import { ROOT } from './root.mjs';

await build();
const { code } = await run(
  process.execPath,
  [join(ROOT, 'out', 'main', 'gateway.js'), ...process.argv.slice(2)],
  {
    aloud: true,
  },
);
process.exitCode = code;
