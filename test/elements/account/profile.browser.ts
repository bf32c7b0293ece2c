import { expect } from 'chai';
import { SettingsError } from '../../../src/contract/index.js';
import { keys, press, type, fill } from '../../support/keys.js';
import { afterThisTest, asksBeforeLeaving, conflictAnswer, doubledNames, goOffline, listen, mount, type Stage } from '../../support/mount.js';
import { all, descriptionOf, everything, field, find, findField, focusOn, get, gone, nameOf, reads, said, shown, toasts } from '../../support/query.js';
import { eventually, next, until } from '../../support/wait.js';

const SAVE = 'Save details, Your details';
const card = '<uf-account sections="profile"></uf-account>';

/** The name that the backend has, read by another session of the same person. */
async function savedName(stage: Stage): Promise<string> {
  return (await stage.backend.connect().adapter.call('auth.context', undefined)).user.name;
}

/** How often a write took effect: the version counts each change. */
async function timesChanged(stage: Stage): Promise<number> {
  return Number((await stage.backend.connect().adapter.call('auth.context', undefined)).user.version) - 1;
}

describe('Your details', () => {
  it('shows name and address of the person, and asks the browser for the right ones', async () => {
    await mount(card);
    expect(field('Your name').value).to.equal('Ada Lovelace');
    expect(field('Your name').autocomplete).to.equal('name');
    expect(field('Email address').value).to.equal('ada@example.com');
    expect(field('Email address').autocomplete).to.equal('email');
    expect(get('heading', 'Your details')).to.exist;
  });

  it('saves a new name: a toast at the top right, "Saved" beside the button, and the backend has it', async () => {
    const stage = await mount(card);
    await type(field('Your name'), 'Ada King');
    await reads('Unsaved changes');
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    await eventually(() => { expect(toasts()).to.deep.equal(['Your details are saved.']); });
    expect(await savedName(stage)).to.equal('Ada King');
    const toast = [...everything()].find((element) => element.getAttribute('part') === 'toast');
    const box = toast?.getBoundingClientRect();
    expect(box?.right).to.be.greaterThan(innerWidth - 40);
    expect(box?.top).to.be.lessThan(40);
    await eventually(() => { expect(said()).to.include('Your details are saved.'); });
  });

  it('forgets "Saved" at the next edit', async () => {
    const stage = await mount(card);
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await reads('Saved', stage.root);
    await type(field('Your name'), 'Ada Byron');
    await reads('Unsaved changes', stage.root);
    expect(shown(stage.root)).not.to.include('Saved');
  });

  it('takes any script, and drops spaces around and invisible characters inside', async () => {
    const stage = await mount(card);
    fill(field('Your name'), '  عدة\u202e لوفليس 🧮\u200b ');
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    expect(await savedName(stage)).to.equal('عدة لوفليس 🧮');
    await eventually(() => { expect(field('Your name').value).to.equal('عدة لوفليس 🧮'); });
  });

  it('answers "No changes to save" when nothing was changed, and sends nothing', async () => {
    const stage = await mount(card);
    const heard = listen(stage.root, 'uf-before-change', 'uf-change');
    await press(get('button', SAVE));
    await reads('No changes to save');
    expect(heard).to.be.empty;
    await eventually(() => { expect(said()).to.include('No changes to save'); });
  });

  it('treats a value typed back to what it was as no change', async () => {
    await mount(card);
    await type(field('Your name'), 'Ada');
    await reads('Unsaved changes');
    await type(field('Your name'), 'Ada Lovelace');
    await until(() => !shown().includes('Unsaved changes'), '"Unsaved changes" to go');
  });

  it('discards what was typed', async () => {
    await mount(card);
    await type(field('Your name'), 'Somebody Else');
    await press(await find('button', 'Discard, Your details'));
    await eventually(() => { expect(field('Your name').value).to.equal('Ada Lovelace'); });
    expect(shown()).not.to.include('Unsaved changes');
    expect(all('button', 'Discard, Your details').map(nameOf)).to.be.empty;
  });

  it('asks before the page is left only while something is unsaved', async () => {
    const stage = await mount(card);
    expect(asksBeforeLeaving()).to.be.false;
    await type(field('Your name'), 'Ada King');
    await reads('Unsaved changes');
    expect(asksBeforeLeaving()).to.be.true;
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    expect(asksBeforeLeaving()).to.be.false;
    await type(field('Your name'), 'Ada Byron');
    await reads('Unsaved changes');
    stage.root.remove();
    expect(asksBeforeLeaving()).to.be.false;
  });

  it('says that a name is missing, takes the focus there, and says nothing more once it is mended', async () => {
    await mount(card);
    await type(field('Your name'), ' ');
    await press(get('button', SAVE));
    await reads('Enter your name.');
    await focusOn('textbox', 'Your name');
    expect(field('Your name').getAttribute('aria-invalid')).to.equal('true');
    expect(descriptionOf(field('Your name'))).to.equal('Enter your name.');
    await type(field('Your name'), 'A');
    await until(() => !shown().includes('Enter your name.'), 'the message to go');
    expect(field('Your name').hasAttribute('aria-invalid')).to.be.false;
  });

  it('answers a name of 10 kB with its limit, and keeps it to be shortened', async () => {
    const stage = await mount(card);
    const long = 'Ada '.repeat(2560).trim();
    fill(field('Your name'), long);
    await press(get('button', SAVE));
    await reads('This is too long. Use at most 200 characters.');
    expect(field('Your name').value).to.equal(long);
    expect(await timesChanged(stage)).to.equal(0);
  });

  it('says why an address is refused that is one, but that this backend signs nobody in by', async () => {
    const stage = await mount(card);
    stage.backend.faults.fail('email.change', () => {
      throw new SettingsError('invalid', 'no', { fields: { email: 'invalid' } });
    });
    await type(field('Email address'), 'ada@bücher.example');
    await press(get('button', SAVE));
    await reads('Nobody can sign in here with this address. Use one of plain letters from a to z');
    expect(field('Email address').value).to.equal('ada@bücher.example');
    expect(field('Email address').getAttribute('aria-invalid')).to.equal('true');
  });

  for (const [what, address] of [['without a domain', 'ada@'], ['with spaces inside', 'ada lovelace@example.com'], ['without an @', 'ada.example.com'], ['without a dot in its domain', 'ada@example']] as const) {
    it(`answers an address ${what} with what one looks like`, async () => {
      const stage = await mount(card);
      await type(field('Email address'), address);
      await press(get('button', SAVE));
      await reads('An address looks like name@example.com.');
      await focusOn('textbox', 'Email address');
      expect(field('Email address').value).to.equal(address);
      expect(stage.mails()).to.be.empty;
    });
  }

  it('says both when name and address are wrong, and goes to the first', async () => {
    await mount(card);
    await type(field('Your name'), ' ');
    await type(field('Email address'), ' ');
    await press(get('button', SAVE));
    await reads('Enter your name.');
    await reads('Enter an email address.');
    await focusOn('textbox', 'Your name');
  });

  it('saves once when Enter is pressed again while it saves, and keeps the button its name and focus', async () => {
    const stage = await mount(card);
    const heard = listen(stage.root, 'uf-before-change');
    stage.backend.faults.hang('profile.update');
    await type(field('Your name'), 'Ada King');
    const save = get('button', SAVE);
    await press(save);
    await until(() => save.getAttribute('aria-disabled') === 'true', 'the button to be busy');
    await keys('Enter', 'Space', 'Enter');
    save.click();
    expect(get('button', SAVE)).to.equal(save);
    await focusOn('button', SAVE);
    stage.backend.faults.clear();
    await reads('Saved', stage.root);
    expect(heard).to.deep.equal([{ type: 'uf-before-change', detail: { operation: 'profile.update' } }]);
    expect(await timesChanged(stage)).to.equal(1);
    expect(save.hasAttribute('aria-disabled')).to.be.false;
  });

  it('keeps what is typed while a save is under way, as unsaved', async () => {
    const stage = await mount(card);
    stage.backend.faults.hang('profile.update');
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await until(() => get('button', SAVE).getAttribute('aria-disabled') === 'true', 'the button to be busy');
    await type(field('Your name'), 'Ada King-Noel');
    stage.backend.faults.clear();
    await reads('Unsaved changes', stage.root);
    expect(field('Your name').value).to.equal('Ada King-Noel');
    expect(await savedName(stage)).to.equal('Ada King');
  });

  for (const [kind, sentence] of [
    ['unavailable', 'The server did not answer. Nothing you typed is lost: try again.'],
    ['unexpected', 'Something went wrong on our side. Nothing you typed is lost: try again.'],
    ['forbidden', 'You may not do this any more. Ask an owner of your organisation.'],
    ['rate-limited', 'Too many tries. Try again in 30 seconds.'],
    ['conflict', 'This was changed at the same moment. Try again.'],
  ] as const) {
    it(`says at the card what a save that is ${kind} needs, shows no toast, and keeps what was typed`, async () => {
      const stage = await mount(card);
      const heard = listen(stage.root, 'uf-error', 'uf-change');
      stage.backend.faults.fail('profile.update', kind, { times: 1 });
      await type(field('Your name'), 'Ada King');
      await keys('Enter');
      await reads(sentence, stage.root);
      expect(toasts()).to.be.empty;
      expect(field('Your name').value).to.equal('Ada King');
      expect(heard).to.deep.equal([{ type: 'uf-error', detail: { operation: 'profile.update', kind } }]);
      await eventually(() => { expect(said()).to.include(sentence); });
      await press(get('button', SAVE));
      await reads('Saved', stage.root);
      expect(await savedName(stage)).to.equal('Ada King');
    });
  }

  it('has one effect when the answer of a save is lost and the person saves again', async () => {
    const stage = await mount(card);
    stage.backend.faults.fail('profile.update', 'unavailable', { times: 1, committed: true });
    await type(field('Your name'), 'Ada King');
    await press(get('button', SAVE));
    await reads('The server did not answer.', stage.root);
    expect(field('Your name').value).to.equal('Ada King');
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
    expect(await timesChanged(stage)).to.equal(1);
  });

  it('sends one mail when the answer to a change of address is lost and the person saves again', async () => {
    const stage = await mount(card);
    stage.backend.faults.fail('email.change', 'unavailable', { times: 1, committed: true });
    await type(field('Email address'), 'ada@lovelace.example');
    await press(get('button', SAVE));
    await reads('The server did not answer.', stage.root);
    await press(get('button', SAVE));
    await until(() => toasts().some((text) => text.includes('ada@lovelace.example')), 'the toast');
    expect(stage.mails('ada@lovelace.example')).to.have.length(1);
  });

  it('says at once that one is offline, keeps the fields editable, and sends nothing', async () => {
    const stage = await mount(card);
    const heard = listen(stage.root, 'uf-error');
    const back = goOffline();
    await reads('You’re offline You can keep editing.');
    await type(field('Your name'), 'Ada King');
    await press(get('button', SAVE));
    await reads('You’re offline. Nothing was sent.', stage.root);
    expect(heard).to.deep.equal([{ type: 'uf-error', detail: { operation: 'profile.update', kind: 'offline' } }]);
    expect(await timesChanged(stage)).to.equal(0);
    back();
    await until(() => !shown().includes('You can keep editing.'), 'the notice to go');
    expect(field('Your name').value).to.equal('Ada King');
    await press(get('button', SAVE));
    await reads('Saved', stage.root);
  });

  it('never overwrites a field that is being edited when the data is read anew', async () => {
    const stage = await mount(card);
    await type(field('Email address'), 'ada@new.example');
    await stage.backend.connect().adapter.call('profile.update', { name: 'Ada, Countess of Lovelace' });
    await eventually(() => { expect(field('Your name').value).to.equal('Ada, Countess of Lovelace'); });
    expect(field('Email address').value).to.equal('ada@new.example');
  });

  it('shows both names when another session saved first, and takes theirs on request', async () => {
    const stage = await mount(card);
    await type(field('Your name'), 'Ada Mine');
    await stage.backend.connect().adapter.call('profile.update', { name: 'Ada Theirs' });
    await press(get('button', SAVE));
    await reads('Somebody changed this while you were editing');
    await reads('Yours Your name Ada Mine');
    await reads('Theirs Your name Ada Theirs');
    expect(await savedName(stage)).to.equal('Ada Theirs');
    await press(await conflictAnswer('Take theirs'));
    await eventually(() => { expect(field('Your name').value).to.equal('Ada Theirs'); });
    expect(shown()).not.to.include('Somebody changed this');
  });

  it('keeps mine on request, over what the other session saved', async () => {
    const stage = await mount(card);
    await type(field('Your name'), 'Ada Mine');
    await stage.backend.connect().adapter.call('profile.update', { name: 'Ada Theirs' });
    await press(get('button', SAVE));
    await press(await conflictAnswer('Keep mine'));
    await reads('Saved', stage.root);
    expect(await savedName(stage)).to.equal('Ada Mine');
  });
});

describe('A new email address', () => {
  async function change(stage: Stage): Promise<void> {
    await type(field('Email address'), 'ada@lovelace.example');
    await press(get('button', SAVE));
    await reads('Confirm ada@lovelace.example', stage.root);
  }

  it('waits for its confirmation: the old one stays in use, and the toast says where the mail went', async () => {
    const stage = await mount(card);
    await change(stage);
    await reads('Until you follow it, ada@example.com stays in use.');
    await eventually(() => { expect(toasts()).to.deep.equal(['We sent a link to ada@lovelace.example.']); });
    expect(field('Email address').value).to.equal('ada@example.com');
    expect(stage.mails().map((mail) => mail.to)).to.deep.equal(['ada@example.com', 'ada@lovelace.example']);
  });

  it('takes effect in front of the person when the link is followed', async () => {
    const stage = await mount(card);
    await change(stage);
    const link = stage.mails('ada@lovelace.example')[0]?.link ?? '';
    await stage.backend.confirmEmail(link.split('=')[1] ?? '');
    await eventually(() => { expect(field('Email address').value).to.equal('ada@lovelace.example'); });
    expect(shown()).not.to.include('Confirm ada@lovelace.example');
  });

  it('is sent again by Resend', async () => {
    const stage = await mount(card);
    await change(stage);
    await press(get('button', /^Resend/));
    await until(() => toasts().includes('We sent the link to ada@lovelace.example again.'), 'the toast');
    expect(stage.mails('ada@lovelace.example')).to.have.length(2);
  });

  it('says at its notice when Resend fails, and offers it again', async () => {
    const stage = await mount(card);
    await change(stage);
    stage.backend.faults.fail('email.resend', 'unavailable', { times: 1 });
    await press(get('button', /^Resend/));
    await reads('The server did not answer.', stage.root);
    await press(get('button', /^Resend/));
    await until(() => toasts().includes('We sent the link to ada@lovelace.example again.'), 'the toast');
    expect(shown(stage.root)).not.to.include('The server did not answer.');
  });

  it('is called off by Cancel change, with the focus back at the address', async () => {
    const stage = await mount(card);
    await change(stage);
    await press(get('button', /^Cancel change/));
    await gone('button', /^Cancel change/);
    await focusOn('textbox', 'Email address');
    await eventually(() => { expect(toasts()).to.include('The change of address is cancelled.'); });
    expect((await stage.backend.connect().adapter.call('auth.context', undefined)).user.pendingEmail).to.be.null;
  });

  it('asks for the password first when the sign-in is not recent, and then goes on by itself', async () => {
    const stage = await mount(card);
    stage.clock.advance(3600);
    await type(field('Email address'), 'ada@lovelace.example');
    await press(get('button', SAVE));
    const dialog = await find('dialog', 'Confirm that it is you');
    await focusOn('textbox', 'Password');
    await type(await findField('Password', dialog), 'not-her-password');
    await press(get('button', 'Verify', dialog));
    await reads('That is not your password. 4 tries left.');
    await focusOn('textbox', 'Password');
    expect(field('Password', dialog).value).to.equal('');
    await type(field('Password', dialog), 'analytical-engine-1843');
    await keys('Enter');
    await gone('dialog');
    await reads('Confirm ada@lovelace.example', stage.root);
    expect(stage.mails('ada@lovelace.example')).to.have.length(1);
  });

  it('keeps the typed address, without an error, when the question is closed by Esc', async () => {
    const stage = await mount(card);
    stage.clock.advance(3600);
    const heard = listen(stage.root, 'uf-error', 'uf-change');
    await type(field('Email address'), 'ada@lovelace.example');
    await press(get('button', SAVE));
    await find('dialog', 'Confirm that it is you');
    await keys('Escape');
    await gone('dialog');
    await focusOn('button', SAVE);
    expect(field('Email address').value).to.equal('ada@lovelace.example');
    await reads('Unsaved changes', stage.root);
    expect(heard).to.be.empty;
    expect(stage.mails()).to.be.empty;
  });

  it('saves the name although the change of address fails, and says so', async () => {
    const stage = await mount(card);
    stage.backend.faults.fail('email.change', 'unavailable', { times: 1 });
    await type(field('Your name'), 'Ada King');
    await type(field('Email address'), 'ada@lovelace.example');
    await press(get('button', SAVE));
    await reads('The server did not answer.', stage.root);
    expect(await savedName(stage)).to.equal('Ada King');
    expect(field('Email address').value).to.equal('ada@lovelace.example');
    await press(get('button', SAVE));
    await reads('Confirm ada@lovelace.example', stage.root);
    expect(await timesChanged(stage)).to.equal(1);
  });
});

describe('The host page and Your details', () => {
  it('may veto a save: nothing is sent, nothing is lost, no error is claimed', async () => {
    const stage = await mount(card);
    const heard = listen(stage.root, 'uf-change', 'uf-error');
    stage.root.addEventListener('uf-before-change', (event) => { event.preventDefault(); });
    await type(field('Your name'), 'Ada King');
    const asked = next(stage.root, 'uf-before-change');
    await press(get('button', SAVE));
    expect((await asked).detail).to.deep.equal({ operation: 'profile.update' });
    await until(() => !get('button', SAVE).hasAttribute('aria-disabled'), 'the button to be idle');
    expect(field('Your name').value).to.equal('Ada King');
    expect(shown(stage.root)).to.include('Unsaved changes');
    expect(heard).to.be.empty;
    expect(await savedName(stage)).to.equal('Ada Lovelace');
  });

  it('hears uf-change after the save', async () => {
    const stage = await mount(card);
    const changed = next(stage.root, 'uf-change');
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    const event = await changed;
    expect(event.detail).to.deep.equal({ operation: 'profile.update' });
    expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, false]);
  });

  it('saves by Enter and by click where a frame forbids forms (no submit event comes)', async () => {
    const stage = await mount(card);
    const stop = (event: Event): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // What a sandbox without allow-forms does: the submission is blocked before anybody hears of it.
    addEventListener('submit', stop, { capture: true });
    afterThisTest(() => { removeEventListener('submit', stop, { capture: true }); });
    const heard = listen(stage.root, 'uf-change');
    await type(field('Your name'), 'Ada King');
    await keys('Enter');
    await reads('Saved', stage.root);
    await type(field('Your name'), 'Ada Byron');
    await press(get('button', SAVE));
    await until(() => heard.length === 2, 'the second save');
    expect(await savedName(stage)).to.equal('Ada Byron');
  });

  it('has no two buttons of one name on a whole account page', async () => {
    await mount('<uf-account></uf-account><uf-company></uf-company>');
    await find('button', 'Save details, Company Details');
    expect(doubledNames()).to.be.empty;
  });
});
