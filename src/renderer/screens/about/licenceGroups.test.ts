import { expect, test } from 'vitest';
import { licenceGroups } from './licenceGroups';

const licence = (name: string, kind = 'MIT', version = '1.0.0') => ({
  name,
  version,
  licence: kind,
  text: '',
});

// Bug: a package is lost in its group, or two versions of one package become one.
test('groups by publisher and keeps every package', () => {
  const list = [
    licence('@aws-sdk/client-s3', 'Apache-2.0'),
    licence('@libsql/linux-x64-gnu'),
    licence('@aws-sdk/types', 'Apache-2.0'),
    licence('zod'),
    licence('zod', 'MIT', '3.0.0'),
  ];
  const groups = licenceGroups(list);
  expect(groups.map(({ name, packages }) => [name, packages.length])).toEqual([
    ['@aws-sdk', 2],
    ['@libsql/linux-x64-gnu', 1],
    ['zod', 1],
    ['zod', 1],
  ]);
  expect(groups[0]?.kinds).toEqual(['Apache-2.0']);
});
