// Takes the README's pictures from the real app, on the practice gateway. Run: npm run pictures
import { join } from 'node:path';
import { build } from './build.mjs';
import { isolate } from './isolate.mjs';
import { ROOT } from './root.mjs';
import { setUp } from './setUp.mjs';

await setUp();
console.log(await build());
process.exitCode = await isolate(
  ({ node, checkout, out }) => [node, join(checkout, 'scripts', 'pictureSteps.mjs'), out],
  { keep: join(ROOT, 'docs', 'pictures') },
);
