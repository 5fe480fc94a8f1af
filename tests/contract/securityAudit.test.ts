// What is known of the packages that ship, by answers as the registry gives them.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  advisoriesIn,
  importedPackages,
  lockComplaints,
  readAnswer,
  shippedPlaces,
  type Lock,
} from '../../scripts/audit.mjs';

const HASH = `sha512-${'a'.repeat(86)}==`;
const LOCK: Lock = {
  packages: {
    '': {},
    'node_modules/react': { integrity: HASH, dependencies: { scheduler: '1' } },
    'node_modules/scheduler': { integrity: HASH, dependencies: { ms: '2' } },
    'node_modules/scheduler/node_modules/ms': { integrity: HASH },
    'node_modules/ms': { integrity: HASH },
    'node_modules/vite': { integrity: HASH },
  },
};
const shipped = shippedPlaces(LOCK, ['react']);
const told = (severity: string) => [{ title: 'reads any file', url: 'https://a.b/1', severity }];

// Bug: a package that is bundled counts as a tool because it stands among the devDependencies, or one below it does.
test('what ships is what is imported, with all below it', () => {
  expect([...shipped].sort()).toEqual([
    'node_modules/react',
    'node_modules/scheduler',
    'node_modules/scheduler/node_modules/ms',
  ]);
});

test('the app ships its window and its native parts, and none of its tools', async () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as Lock;
  const names = await importedPackages();
  expect(names).toEqual(expect.arrayContaining(['@aws-sdk/client-s3', 'electron', 'keytar', 'react', 'zod']));
  const places = shippedPlaces(lock, names);
  expect(places.has('node_modules/scheduler')).toBe(true);
  for (const tool of ['vite', 'vitest', 'eslint', 'playwright-core', 's3rver', 'fast-check'])
    expect(places.has(`node_modules/${tool}`)).toBe(false);
  for (const name of names) expect(places.has(`node_modules/${name}`), name).toBe(true);
});

// Bug: a known hole is shipped, or a hole in a tool that stays here stops everybody's work.
test.each([
  ['ms', 'node_modules/scheduler/node_modules/ms', 'high', 1],
  ['scheduler', 'node_modules/scheduler', 'critical', 1],
  ['scheduler', 'node_modules/scheduler', 'moderate', 0],
  ['ms', 'node_modules/ms', 'critical', 0],
  ['vite', 'node_modules/vite', 'critical', 0],
])('%s at %s, %s', (name, place, severity, count) => {
  const answer = { vulnerabilities: { [name]: { nodes: [place], via: [...told(severity), 'another'] } } };
  const lines = advisoriesIn(answer, shipped);
  expect(lines).toHaveLength(count);
  if (count > 0) expect(lines[0]).toBe(`${name}: ${severity}: reads any file https://a.b/1`);
});

// Bug: a registry that does not answer reads as one that knows of nothing, or stops work without a network.
test('no answer is no answer', () => {
  expect(readAnswer('npm warn x\n{"vulnerabilities": {}, "metadata": {}}')).toMatchObject({
    vulnerabilities: {},
  });
  for (const output of [
    '',
    'getaddrinfo EAI_AGAIN',
    '{"message": "405", "error": {"summary": ""}}',
    '{}',
    '<html>',
  ])
    expect(readAnswer(output)).toBeNull();
});

// Bug: a package whose bytes nobody checks, one from a private mirror, or one that runs a program when it is installed.
test.each([
  [{ integrity: undefined }, 'no SHA-512'],
  [{ integrity: `sha1-${'a'.repeat(27)}=` }, 'no SHA-512'],
  [
    { integrity: HASH, resolved: 'https://mirror.example.com/ms.tgz' },
    'comes from https://mirror.example.com/ms.tgz',
  ],
  [{ integrity: HASH, hasInstallScript: true }, 'runs a script'],
])('the lock file with %j', (entry, complaint) => {
  const packages = { ...LOCK.packages, 'node_modules/ms': entry } as Lock['packages'];
  expect(lockComplaints(LOCK, {})).toEqual([]);
  expect(lockComplaints({ packages }, {})).toEqual([expect.stringContaining(complaint)]);
});

test('a script that was decided upon is no complaint', () => {
  const packages = { 'node_modules/@a/b': { integrity: HASH, hasInstallScript: true } };
  expect(lockComplaints({ packages }, { '@a/b': false })).toEqual([]);
});
