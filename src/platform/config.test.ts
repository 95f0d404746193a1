import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { BadSettings, getSecret, readConfig } from './config.ts';

test('without any setting there is a sound default for each', () => {
  const config = readConfig({});
  assert.equal(config.port, 4400);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.publicUrl, 'http://localhost:4400');
  assert.equal(config.trustProxy, false);
  assert.deepEqual(config.allowAddresses, []);
  assert.equal(config.databaseUrl, undefined);
});

test('an empty variable counts as not set', () => {
  assert.equal(readConfig({ DATABASE_URL: '', PORT: ' ' }).port, 4400);
});

test('values are read into their types', () => {
  const config = readConfig({ PORT: '8080', ACCORD_URL: 'https://accord.example.com/', ACCORD_TRUST_PROXY: '10.0.0.0/8, ::1' });
  assert.equal(config.port, 8080);
  assert.equal(config.publicUrl, 'https://accord.example.com');
  assert.deepEqual(config.trustProxy, ['10.0.0.0/8', '::1']);
  assert.equal(readConfig({ ACCORD_TRUST_PROXY: 'yes' }).trustProxy, true);
});

test('every wrong setting is named at once, with what would be fine', () => {
  const wrong = { PORT: 'web', ACCORD_URL: 'https://example.com/accord', LOG_LEVEL: 'loud', ACCORD_TRUST_PROXY: '10.0.0.0/99' };
  assert.throws(
    () => readConfig(wrong),
    (error: Error) => {
      assert.ok(error instanceof BadSettings);
      assert.deepEqual(
        error.message.split('\n').map((line) => line.split(' ')[0]),
        Object.keys(wrong),
      );
      assert.match(error.message, /PORT \("web"\) is no port number\. Fine would be, for example: 8080/);
      return true;
    },
  );
});

test('a wrong secret setting is not repeated in the error', () => {
  assert.throws(
    () => readConfig({ DATABASE_URL: 'mysql://root:hunter2@db/accord', ACCORD_SECRET: 'short-hunter2' }),
    (error: Error) => !error.message.includes('hunter2') && error.message.includes('DATABASE_URL'),
  );
});

test('the secret is made once and kept closed', (t) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'accord-secret-'));
  t.after(() => rmSync(dataFolder, { recursive: true }));
  const secret = getSecret({ secret: undefined, dataFolder });
  assert.ok(secret.length >= 32);
  assert.equal(getSecret({ secret: undefined, dataFolder }), secret);
  assert.equal(statSync(join(dataFolder, 'secret')).mode & 0o777, 0o600);
});
