import { describe, expect, it } from 'vitest';
import { S3_PRESETS } from '@shared/domain/host';
import { endpointOf, isAddress, isExposed, placeOf, storeOf } from './hostPlace';

describe('endpointOf', () => {
  // Bug: the account stands empty in the host name, and every upload fails with a DNS error.
  it('is no address before all its parts are typed', () => {
    expect(endpointOf('r2', 'auto', '')).toBe('https://{account}.r2.cloudflarestorage.com');
    expect(isAddress(endpointOf('r2', 'auto', ''))).toBe(false);
    expect(isAddress(endpointOf('aws', ' ', ''))).toBe(false);
    expect(isAddress(endpointOf('r2', 'auto', ' 0123abc '))).toBe(true);
  });
});

describe('storeOf', () => {
  // Bug: an R2 bucket that is edited opens as Amazon S3, and saving it overwrites its endpoint.
  it('finds the store and the account again', () => {
    for (const { name, region, endpoint } of S3_PRESETS) {
      if (endpoint === '') continue;
      const account = endpoint.includes('{account}') ? '0123abc' : '';
      expect(storeOf(endpointOf(name, region, account), region)).toEqual({ store: name, account });
    }
  });
  it('takes an endpoint of its own for another store', () => {
    expect(storeOf('https://minio.example.com:9000', 'us-east-1')).toEqual({ store: 'other', account: '' });
  });
});

describe('isExposed', () => {
  // Bug: an address with a query is taken for none, and the secret goes out over plain http.
  it('looks past the query, and lets this computer be', () => {
    expect(isExposed('http://files.example.com/up?to=a')).toBe(true);
    expect(isExposed('http://127.0.0.1:9000')).toBe(false);
    expect(isExposed('https://files.example.com/up')).toBe(false);
  });
});

describe('placeOf', () => {
  const bucket = {
    kind: 's3',
    endpoint: 'https://s3.example.com',
    region: 'x',
    bucket: 'films',
    prefix: '',
    pathStyle: true,
    accessKeyId: 'AK',
  } as const;
  // Bug: a slash at the end or another folder asks for the secret again.
  it('is the same whatever the secret does not depend on', () => {
    expect(placeOf({ ...bucket, endpoint: 'https://s3.example.com/ ', prefix: 'a' })).toBe(placeOf(bucket));
    expect(placeOf({ ...bucket, bucket: 'other' })).not.toBe(placeOf(bucket));
  });
});
