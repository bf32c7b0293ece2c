import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { FormController, type FormOptions } from '../../src/lit/form-controller.js';
import { SettingsError } from '../../src/contract/index.js';
import { deferred, settled } from '../client/support.js';

type Values = Record<'name' | 'email', string>;
type Host = ReactiveControllerHost & HTMLElement & { renderRoot: HTMLElement | DocumentFragment };

interface Made {
  form: FormController<Values>;
  sent: { values: Values; version: string | undefined }[];
  saved: { values: Values | undefined; version: string };
  answer: (work: () => Promise<void>) => void;
}

/** A form on a host that only takes controllers: what a form knows needs no page. */
function make(options: Partial<FormOptions<Values>> = {}): Made {
  const controllers: ReactiveController[] = [];
  const host = { addController: (one: ReactiveController) => controllers.push(one), requestUpdate: () => undefined, isConnected: false } as unknown as Host;
  const saved: Made['saved'] = { values: { name: 'Ada', email: 'ada@example.com' }, version: '1' };
  const sent: Made['sent'] = [];
  let work = (): Promise<void> => Promise.resolve();
  const form = new FormController<Values>(host, {
    id: 'profile',
    saved: () => saved.values,
    version: () => saved.version,
    check: ({ name, email }) => ({ ...(name === '' && { name: 'required' as const }), ...(!email.includes('@') && { email: 'invalid' as const }) }),
    save: (values, version) => {
      sent.push({ values, version });
      return work();
    },
    ...options,
  });
  return {
    form,
    sent,
    saved,
    answer: (next) => {
      work = next;
    },
  };
}

let made: Made;
beforeEach(() => {
  made = make();
});

describe('A form', () => {
  it('shows what is saved until something is typed, and then both', () => {
    const { form } = made;
    assert.deepEqual(form.values, { name: 'Ada', email: 'ada@example.com' });
    assert.equal(form.dirty, false);
    form.set('name', 'Ada King');
    assert.deepEqual(form.values, { name: 'Ada King', email: 'ada@example.com' });
    assert.equal(form.dirty, true);
  });

  it('has no values while they load, and drops what is typed too early', async () => {
    const { form, saved, sent } = made;
    saved.values = undefined;
    form.set('name', 'too early');
    assert.equal(form.values, undefined);
    assert.equal(form.dirty, false);
    await form.save();
    assert.deepEqual(sent, []);
  });

  it('never lets a reload overwrite a field that was changed', () => {
    const { form, saved } = made;
    form.set('name', 'Ada King');
    saved.values = { name: 'From elsewhere', email: 'new@example.com' };
    assert.deepEqual(form.values, { name: 'Ada King', email: 'new@example.com' });
  });

  it('sends the version that was read when editing began, whatever was read since', async () => {
    const { form, saved, sent } = made;
    form.set('name', 'Ada King');
    saved.version = '2';
    await form.save();
    assert.deepEqual(sent, [{ values: { name: 'Ada King', email: 'ada@example.com' }, version: '1' }]);
  });

  it('sends the newer version for the next edit', async () => {
    const { form, saved, sent } = made;
    form.set('name', 'Ada King');
    await form.save();
    saved.values = { name: 'Ada King', email: 'ada@example.com' };
    saved.version = '2';
    form.set('name', 'Ada Byron');
    await form.save();
    assert.equal(sent[1]?.version, '2');
  });

  it('says "unchanged" and sends nothing when nothing was changed', async () => {
    const { form, sent } = made;
    await form.save();
    assert.equal(form.status, 'unchanged');
    form.set('name', 'Ada King');
    form.set('name', 'Ada');
    await form.save();
    assert.equal(form.status, 'unchanged');
    assert.deepEqual(sent, []);
  });

  it('saves again after a lost answer, even when a reload shows by then that the save took effect', async () => {
    const { form, sent, saved, answer } = made;
    answer(() => Promise.reject(new SettingsError('unavailable')));
    form.set('name', 'Ada King');
    await form.save();
    assert.equal(form.status, 'failed');
    saved.values = { name: 'Ada King', email: 'ada@example.com' };
    saved.version = '2';
    answer(() => Promise.resolve());
    await form.save();
    assert.equal(form.status, 'saved');
    assert.deepEqual(sent.map(({ values, version }) => [values.name, version]), [['Ada King', '1'], ['Ada King', '1']], 'the same write, under the version that it was begun with');
    await form.save();
    assert.equal(form.status, 'unchanged');
  });

  it('checks first, sends nothing that is wrong, and then mends only what was called wrong', async () => {
    const { form, sent } = made;
    form.set('name', '');
    await form.save();
    assert.deepEqual(form.problems, { name: 'required' });
    assert.deepEqual(sent, []);
    form.set('email', 'not yet whole');
    assert.deepEqual(form.problems, { name: 'required' }, 'what is being filled in is not called wrong');
    form.set('name', 'A');
    assert.deepEqual(form.problems, {});
    await form.save();
    assert.deepEqual(form.problems, { email: 'invalid' });
  });

  it('saves once while it is busy', async () => {
    const { form, sent, answer } = made;
    const gate = deferred<undefined>();
    answer(() => gate.promise);
    form.set('name', 'Ada King');
    const saving = form.save();
    assert.equal(form.busy, true);
    await form.save();
    gate.resolve(undefined);
    await saving;
    assert.equal(sent.length, 1);
    assert.equal(form.status, 'saved');
  });

  it('keeps what was typed while it saved', async () => {
    const { form, saved, answer } = made;
    const gate = deferred<undefined>();
    answer(() => gate.promise);
    form.set('name', 'Ada King');
    const saving = form.save();
    form.set('email', 'king@example.com');
    saved.values = { name: 'Ada King', email: 'ada@example.com' };
    gate.resolve(undefined);
    await saving;
    assert.deepEqual(form.values, { name: 'Ada King', email: 'king@example.com' });
    assert.equal(form.dirty, true);
  });

  it('sends the newer version with what was typed while it saved', async () => {
    const { form, saved, sent, answer } = made;
    const gate = deferred<undefined>();
    answer(() => gate.promise);
    form.set('name', 'Ada King');
    const saving = form.save();
    form.set('name', 'Ada King-Noel');
    saved.values = { name: 'Ada King', email: 'ada@example.com' };
    saved.version = '2';
    gate.resolve(undefined);
    await saving;
    await form.save();
    assert.deepEqual(sent.map(({ version }) => version), ['1', '2']);
  });

  for (const kind of ['unavailable', 'forbidden', 'rate-limited', 'unexpected'] as const) {
    it(`keeps everything after "${kind}"`, async () => {
      const { form, answer } = made;
      answer(() => Promise.reject(new SettingsError(kind)));
      form.set('name', 'Ada King');
      await form.save();
      assert.equal(form.status, 'failed');
      assert.equal(form.error?.kind, kind);
      assert.equal(form.values?.name, 'Ada King');
    });
  }

  it('puts the problems that the backend found at their fields', async () => {
    const { form, answer } = made;
    answer(() => Promise.reject(new SettingsError('invalid', 'no', { fields: { email: 'duplicate', somewhere: 'invalid' } })));
    form.set('name', 'Ada King');
    await form.save();
    assert.deepEqual(form.problems, { email: 'duplicate' });
  });

  it('is quiet after what the person or the page called off', async () => {
    const { form, answer } = made;
    answer(() => Promise.reject(new SettingsError('aborted')));
    form.set('name', 'Ada King');
    await form.save();
    assert.equal(form.status, 'idle');
    assert.equal(form.dirty, true);
  });

  it('knows a conflict, and sends mine over theirs under their version when asked', async () => {
    const { form, saved, sent, answer } = made;
    form.set('name', 'Mine');
    answer(() => {
      saved.values = { name: 'Theirs', email: 'ada@example.com' };
      saved.version = '2';
      return Promise.reject(new SettingsError('stale'));
    });
    await form.save();
    assert.equal(form.conflict, true);
    assert.equal(form.values?.name, 'Mine');
    answer(() => Promise.resolve());
    void form.keepMine();
    await settled();
    assert.deepEqual(sent.map(({ version }) => version), ['1', '2']);
    assert.equal(form.status, 'saved');
  });

  it('is no conflict when theirs is what I typed', async () => {
    const { form, saved, answer } = made;
    form.set('name', 'Same');
    answer(() => {
      saved.values = { name: 'Same', email: 'ada@example.com' };
      return Promise.reject(new SettingsError('stale'));
    });
    await form.save();
    assert.equal(form.conflict, false);
    assert.equal(form.dirty, false);
  });

  it('discards to what is saved now', () => {
    const { form, saved } = made;
    form.set('name', 'Ada King');
    saved.values = { name: 'From elsewhere', email: 'ada@example.com' };
    form.discard();
    assert.equal(form.values?.name, 'From elsewhere');
    assert.equal(form.dirty, false);
  });

  it('forgets secrets and keeps the rest when its element leaves', () => {
    const { form } = make({ secrets: ['email'] });
    form.set('name', 'Ada King');
    form.set('email', 'secret@example.com');
    form.forgetSecrets();
    assert.deepEqual(form.values, { name: 'Ada King', email: 'ada@example.com' });
  });

  it('makes ids that a selector can hold', () => {
    assert.equal(made.form.fieldId('addresses.0.address'), 'profile-addresses-0-address');
  });
});
