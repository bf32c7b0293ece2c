import { expect } from 'chai';
import { signInPage } from '../../../demo/pages/sign-in.js';
import { mfaOnWorld } from '../../../src/adapters/memory/index.js';
import { SettingsError } from '../../../src/contract/index.js';
import { keys, press, type, typeHere } from '../../support/keys.js';
import { mount, place, type Stage } from '../../support/mount.js';
import { everything, field, find, findField, focusOn, get, reads } from '../../support/query.js';
import { until } from '../../support/wait.js';

/** What a manager reads off a form, field by field. */
interface Told {
  autocomplete: string;
  type: string;
  value: string;
}

/** Forms in which something is asked for that a manager knows, and how they come to be. */
const FORMS: Readonly<Record<string, { show: () => Promise<Stage>; fields: readonly string[] }>> = {
  'the change of the password': { show: () => mount('<uf-account sections="password"></uf-account>'), fields: ['username', 'current-password', 'new-password', 'new-password'] },
  'the same in the light DOM': { show: () => mount('<uf-account sections="password" credentials="light"></uf-account>'), fields: ['username', 'current-password', 'new-password', 'new-password'] },
  'the question for the password': {
    show: async () => {
      const stage = await mount('<uf-account sections="mfa"></uf-account>');
      stage.clock.advance(3600);
      await press(get('button', 'Setup Multi-factor authentication'));
      await find('dialog', 'Confirm that it is you');
      return stage;
    },
    fields: ['username', 'current-password'],
  },
  'the question for a code': {
    show: async () => {
      const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
      await reads(/key ending \w{4}, hidden/);
      await press(get('button', 'View API Keys'));
      await find('dialog', 'Complete MFA');
      return stage;
    },
    fields: ['one-time-code'],
  },
  'the set-up of MFA': {
    show: async () => {
      const stage = await mount('<uf-account sections="mfa"></uf-account>');
      await press(get('button', 'Setup Multi-factor authentication'));
      await findField('Enter your one-time code here');
      return stage;
    },
    fields: ['one-time-code'],
  },
  'name and address': { show: () => mount('<uf-account sections="profile"></uf-account>'), fields: ['name', 'email'] },
  'the name of the organisation': { show: () => mount('<uf-company sections="company"></uf-company>'), fields: ['organization', 'country'] },
};

/** Of other people, of things: nothing that a manager may fill in. */
const NOT_THEIRS: Readonly<Record<string, () => Promise<Stage>>> = {
  'an invitation': async () => {
    const stage = await mount('<uf-team></uf-team>');
    await press(get('button', 'New Invitation'));
    await find('dialog', 'New Invitation');
    return stage;
  },
  'a new API key': async () => {
    const stage = await mount('<uf-api-keys></uf-api-keys>', { world: mfaOnWorld() });
    await press(await find('button', 'Create API key'));
    await find('dialog', 'Create API key');
    return stage;
  },
  'the address that deletes an account': async () => {
    const stage = await mount('<uf-account sections="delete-account"></uf-account>', { as: 'mary@example.com' });
    await press(await find('button', 'Delete my account'));
    await find('alertdialog', /^Delete the account/);
    return stage;
  },
};

const formsOn = (stage: Stage): HTMLFormElement[] => [...everything(stage.root)].filter((element): element is HTMLFormElement => element instanceof HTMLFormElement);
// The attribute: not each engine knows each of its words.
const told = (form: HTMLFormElement): Told[] =>
  [...form.elements].flatMap((element) =>
    (element instanceof HTMLInputElement && element.type !== 'checkbox') || element instanceof HTMLSelectElement ? [{ autocomplete: element.getAttribute('autocomplete') ?? '', type: element.type, value: element.value }] : [],
  );

describe('For password managers', () => {
  for (const [name, { show, fields }] of Object.entries(FORMS)) {
    it(`${name} is one real form in one tree, with its button, and each field says what it is`, async () => {
      const stage = await show();
      const form = await until(() => formsOn(stage).find((one) => told(one).map(({ autocomplete }) => autocomplete).join() === fields.join()), `a form with ${fields.join(', ')}`);
      const root = form.getRootNode() as Document | ShadowRoot;
      const inputs = [...form.querySelectorAll('input, select')];
      // Nothing of it in a tree below, nothing outside of it.
      expect([...everything(form)].filter((element) => element.getRootNode() !== root)).to.be.empty;
      expect([...form.elements]).to.include.members(inputs);
      expect([...form.querySelectorAll('button')].filter(({ type }) => type === 'submit')).to.have.length(1);
      for (const input of inputs) {
        expect(input.getAttribute('name')).to.match(/^\w+$/);
        if (input.id !== '') expect(root.querySelectorAll(`#${input.id}`)).to.have.length(1);
      }
      const secret = /password|code/.test(fields.join());
      if (secret) expect(form.method, 'past its handlers, nothing of it in an address').to.equal('post');
      for (const { autocomplete, type } of told(form)) if (autocomplete.endsWith('-password')) expect(type).to.equal('password');
      if (fields.includes('current-password')) {
        expect(told(form)[0]).to.deep.equal({ autocomplete: 'username', type: 'text', value: 'ada@example.com' });
        const anchor = form.querySelector<HTMLInputElement>('[autocomplete=username]');
        expect(anchor?.checkVisibility({ visibilityProperty: true, opacityProperty: true }), 'in the page, if for nobody to see').to.be.true;
        expect([anchor?.tabIndex, anchor?.readOnly, anchor?.ariaHidden]).to.deep.equal([-1, true, 'true']);
      }
    });
  }

  for (const [name, show] of Object.entries(NOT_THEIRS)) {
    it(`${name} is none of theirs, and says so`, async () => {
      const stage = await show();
      const dialog = [...everything(stage.root)].find((element) => element instanceof HTMLDialogElement && element.open);
      const form = dialog?.querySelector('form');
      const typed = form ? told(form).filter(({ type }) => type === 'text' || type === 'email') : [];
      expect(typed.length).to.be.greaterThan(0);
      for (const { autocomplete } of typed) expect(autocomplete).to.equal('off');
    });
  }

  it('the sign-in of the demo is one form through both of its steps: what was typed first is still there when it is sent for good', async () => {
    const sent: unknown[] = [];
    const types: string[] = [];
    const { content } = signInPage({
      notice: null,
      people: [],
      signIn: (credentials) => {
        sent.push(credentials);
        types.push(form.querySelector<HTMLInputElement>('[name=password]')?.type ?? '');
        return credentials.code === undefined ? Promise.reject(new SettingsError('step-up-required')) : Promise.resolve();
      },
      signInByPasskey: () => Promise.resolve(),
    });
    const root = place();
    root.append(...content);
    const form = root.querySelector('form') ?? root;
    expect([...root.querySelectorAll('form')]).to.have.length(1);
    expect([...root.querySelectorAll('input')].map((input) => [input.getAttribute('autocomplete'), input.form === form])).to.deep.equal([['username', true], ['current-password', true], ['one-time-code', true], ['off', true]]);
    expect(form.getAttribute('method')).to.equal('post');
    await type(field('Email address', form), 'ada@example.com');
    await type(field('Password', form), 'analytical-engine');
    await press(get('button', 'Show password', form));
    await press(get('button', 'Sign in', form));
    await focusOn('textbox', 'Enter your one-time code here');
    expect([...form.querySelectorAll('input')].slice(0, 2).map(({ value }) => value)).to.deep.equal(['ada@example.com', 'analytical-engine']);
    await typeHere('123456');
    await keys('Enter');
    await until(() => sent.length === 2, 'the second step');
    expect(sent[1]).to.deep.equal({ email: 'ada@example.com', password: 'analytical-engine', code: '123456' });
    expect(form.querySelector<HTMLInputElement>('[autocomplete=current-password]')?.type).to.equal('password');
    expect(types[0], 'a password when it is sent').to.equal('password');
  });
});
