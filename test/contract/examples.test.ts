import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { examples } from '../../src/contract/examples.js';
import { operationNames, rowOf } from '../../src/contract/operations.js';

describe('examples', () => {
  for (const operation of operationNames) {
    it(`${operation}: input and output are what the schemas make of them`, () => {
      const { input, output } = examples[operation];
      const row = rowOf(operation);
      // As it comes out of the schema: no field that is dropped, nothing that has to be cleaned first.
      assert.deepEqual(row.input.parse(input), input);
      assert.deepEqual(row.output.parse(output), output);
    });
  }

  it('names in the context only operations of the table', () => {
    const names: readonly string[] = operationNames;
    for (const { output } of [examples['auth.context'], examples['invitation.accept']]) {
      assert.deepEqual(output.operations.filter((name) => !names.includes(name)), []);
    }
    assert.deepEqual(examples['auth.context'].output.operations, names, 'the owner may call everything');
  });

  it('shows no secret that anybody could take for a real one', () => {
    const { secret } = examples['apiKeys.reveal'].output.secrets[0] ?? assert.fail('no secret');
    const [key] = examples['apiKeys.list'].output.items;
    assert.ok(key && secret.startsWith(key.prefix) && secret.endsWith(key.last4), 'the example of a secret fits the example of its key');
    assert.match(secret, /example/i);
    assert.match(examples['mfa.begin'].output.secret, /EXAMPLE/);
    assert.match(examples['invitation.get'].input.token, /example/);
  });

  it('is no part of what a page loads', () => {
    const root = new URL('../../src/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    assert.ok(files.length > 50);
    const importing = files.filter((file) => readFileSync(new URL(file, root), 'utf8').includes('/examples.js')).filter((file) => !file.startsWith('contract/conformance/'));
    assert.deepEqual(importing, []);
  });
});
