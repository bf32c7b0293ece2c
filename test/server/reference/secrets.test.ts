import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { secretsOf } from '../../../server/src/reference/secrets.js';
import { temporaryFolder } from './support.js';

const none = { secret: undefined, encryptionKey: undefined };

describe('The secrets of the reference server', () => {
  it('are made once, 256 bit each, for their owner only, and one line says so', () => {
    const folder = join(temporaryFolder(), 'data');
    const lines: string[] = [];
    const made = secretsOf(none, folder, (line) => lines.push(line));
    assert.equal(Buffer.from(made.secret, 'base64url').length, 32);
    assert.equal(Buffer.from(made.encryptionKey, 'base64url').length, 32);
    assert.notEqual(made.secret, made.encryptionKey);
    assert.equal(statSync(join(folder, 'secrets.json')).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(folder), ['secrets.json']);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /BETTER_AUTH_SECRET and SETTINGS_ENCRYPTION_KEY/);
    assert.ok(!lines.join('').includes(made.secret));

    assert.deepEqual(secretsOf(none, folder, (line) => lines.push(line)), made);
    assert.equal(lines.length, 1, 'the second start says nothing');
  });

  it('come from the environment where it has them, and then nothing is written', () => {
    const folder = temporaryFolder();
    const given = { secret: 's'.repeat(32), encryptionKey: 'k'.repeat(32) };
    const lines: string[] = [];
    assert.deepEqual(secretsOf(given, folder, (line) => lines.push(line)), given);
    assert.deepEqual(lines, []);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('make up only for what is missing', () => {
    const folder = temporaryFolder();
    const { secret, encryptionKey } = secretsOf({ ...none, secret: 's'.repeat(32) }, folder, () => undefined);
    assert.equal(secret, 's'.repeat(32));
    assert.ok(readFileSync(join(folder, 'secrets.json'), 'utf8').includes(encryptionKey));
  });

  it('are closed to others again when somebody opened the file', { skip: process.platform === 'win32' }, () => {
    const folder = temporaryFolder();
    secretsOf(none, folder, () => undefined);
    chmodSync(join(folder, 'secrets.json'), 0o644);
    const lines: string[] = [];
    secretsOf(none, folder, (line) => lines.push(line));
    assert.equal(statSync(join(folder, 'secrets.json')).mode & 0o777, 0o600);
    assert.match(lines[0] ?? '', /could be read by other users/);
  });

  it('are never made anew over a file that is broken: what they lock would be lost', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'secrets.json'), '{"secret":"short"}', { mode: 0o600 });
    assert.throws(() => secretsOf(none, folder, () => undefined), /Bring it back from a backup/);
    assert.equal(readFileSync(join(folder, 'secrets.json'), 'utf8'), '{"secret":"short"}');
  });
});
