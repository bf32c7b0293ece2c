import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReactiveControllerHost } from 'lit';
import { LocaleController } from '../../src/lit/locale-controller.js';
import { account, common, team } from '../../src/locales/en.js';

const make = (): LocaleController => new LocaleController({ addController: () => undefined, requestUpdate: () => undefined } as unknown as ReactiveControllerHost & Element);

describe('Texts', () => {
  it('put values in their places', () => {
    const t = make().texts('account', account);
    assert.equal(t('saved'), 'Your details are saved.');
    assert.equal(t('emailSent', { email: 'ada@example.com' }), 'We sent a link to ada@example.com.');
    assert.equal(t('emailSent', { email: '{email} $& <b>' }), 'We sent a link to {email} $& <b>.', 'a value is never read as a pattern');
  });

  it('choose the plural by the number, and write numbers as the language does', () => {
    const t = make().texts('team', team);
    assert.equal(t('people', { count: 1 }), '1 person');
    assert.equal(t('people', { count: 0 }), '0 people');
    assert.equal(t('people', { count: 10_000 }), '10,000 people');
  });

  it('come in pieces where something else than text stands in a place', () => {
    const bold = { bold: true };
    assert.deepEqual(make().texts('common', common).rich('couldNotLoad', { what: bold }), ['Could not load ', bold, '']);
  });
});

describe('Dates', () => {
  it('are days that cannot be misread', () => {
    assert.equal(make().date('2026-11-14T12:00:00Z'), '14 Nov 2026');
  });
});
