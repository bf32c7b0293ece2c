import { expect } from 'chai';
import { ADA_PASSWORD, mfaOnWorld } from '../../../src/adapters/memory/index.js';
import { keys, press, type, fill } from '../../support/keys.js';
import { asksBeforeLeaving, listen, mount, type Stage } from '../../support/mount.js';
import { all, descriptionOf, everything, field, find, focused, focusOn, get, nameOf, reads, said, shown, toasts } from '../../support/query.js';
import { eventually, until } from '../../support/wait.js';

const NEW = 'the-mill-grinds-the-store';

async function enter(current: string, fresh: string, again = fresh): Promise<void> {
  await type(field('Current password'), current);
  await type(field('New password'), fresh);
  await type(field('Confirm password'), again);
  await press(get('button', 'Update password'));
}

/** Whether somebody can sign in with it. */
async function opens(stage: Stage, password: string): Promise<boolean> {
  return stage.backend.connect(null).signIn({ email: 'ada@example.com', password }).then(() => true, () => false);
}

for (const place of ['shadow', 'light'] as const) {
  describe(`Change password, in the ${place} DOM`, () => {
    const card = `<uf-account sections="password" credentials="${place}"></uf-account>`;

    it('changes the password, says so, empties the fields, and the old one opens nothing any more', async () => {
      const stage = await mount(card);
      await enter(ADA_PASSWORD, NEW);
      await reads('Saved', stage.root);
      await eventually(() => { expect(toasts()).to.deep.equal(['Your password is updated.']); });
      await eventually(() => {
        expect(['Current password', 'New password', 'Confirm password'].map((label) => field(label).value)).to.deep.equal(['', '', '']);
      });
      expect(await opens(stage, NEW)).to.be.true;
      expect(await opens(stage, ADA_PASSWORD)).to.be.false;
      expect(asksBeforeLeaving()).to.be.false;
    });

    it('gives password managers what they need: the right autocomplete, and the account they belong to', async () => {
      await mount(card);
      expect(field('Current password').autocomplete).to.equal('current-password');
      expect(field('New password').autocomplete).to.equal('new-password');
      expect(field('Confirm password').autocomplete).to.equal('new-password');
      const form = field('Current password').form;
      const user = form?.querySelector<HTMLInputElement>('input[autocomplete="username"]');
      expect(user?.value).to.equal('ada@example.com');
      expect(user?.type).to.equal('text');
      expect(getComputedStyle(user ?? document.body).clipPath, 'hidden from the eye').to.equal('inset(50%)');
      await press(field('Current password'));
      await keys('Tab');
      expect(nameOf(focused() ?? document.body), 'and not a stop on the way').to.equal('Show Current password');
    });

    it('says the rules and the tip before anything is typed', async () => {
      await mount(card);
      expect(shown()).to.include('At least 15 characters. Spaces are welcome.');
      expect(shown()).to.include('Not a common or leaked password');
      expect(shown()).to.include('unique to this account, complex and long. A password manager can make one');
    });

    it('asks for 8 characters only where a second factor stands behind them', async () => {
      const stage = await mount(card, { world: mfaOnWorld() });
      expect(shown()).to.include('At least 8 characters.');
      await enter(ADA_PASSWORD, 'mill+4gr');
      await reads('Saved', stage.root);
    });

    it('ticks the length off as one types, for the ear too', async () => {
      await mount(card);
      await type(field('New password'), 'fourteen-chars');
      expect(shown()).not.to.include('Met:');
      await type(field('New password'), 'fifteen-chars-x');
      await reads('Met: At least 15 characters.');
    });

    it('counts characters as people do: fifteen emoji are fifteen', async () => {
      const stage = await mount(card);
      const emoji = '🧮⚙️🎩📜🖋️🕯️🏛️🚂'.repeat(2);
      await type(field('Current password'), ADA_PASSWORD);
      fill(field('New password'), emoji);
      fill(field('Confirm password'), emoji);
      await press(get('button', 'Update password'));
      await reads('Saved', stage.root);
      expect(await opens(stage, emoji)).to.be.true;
    });

    it('takes a pass phrase of 64 characters and more, spaces at its ends included', async () => {
      const stage = await mount(card);
      const phrase = ` ${'we may say most aptly that the engine weaves '.repeat(2)}`;
      await enter(ADA_PASSWORD, phrase);
      await reads('Saved', stage.root);
      expect(await opens(stage, phrase)).to.be.true;
      expect(await opens(stage, phrase.trim())).to.be.false;
    });

    it('lists three problems in a summary whose links lead to the fields, and goes to the first', async () => {
      await mount(card);
      await press(get('button', 'Update password'));
      await reads('3 things need your attention');
      await focusOn('textbox', 'Current password');
      expect(descriptionOf(field('Current password'))).to.equal('Enter your current password.');
      expect(descriptionOf(field('New password'))).to.include('Enter a new password.');
      expect(descriptionOf(field('Confirm password'))).to.equal('Type the new password again.');
      await press(get('link', 'Confirm password'));
      await focusOn('textbox', 'Confirm password');
    });

    it('says how long it must be and how long it is', async () => {
      await mount(card);
      await enter(ADA_PASSWORD, 'mill and store');
      await reads('Use at least 15 characters. You have 14.');
      await focusOn('textbox', 'New password');
      await type(field('New password'), 'mill and sto');
      await reads('Use at least 15 characters. You have 12.');
    });

    for (const common of ['qwertyuiopasdfghjkl', 'password-password-1', 'correct horse battery staple', 'Ada Lovelace 1815']) {
      it(`refuses "${common}" with the reason, and keeps what was typed`, async () => {
        const stage = await mount(card);
        await enter(ADA_PASSWORD, common);
        await reads('This password is too easy to guess: it is on lists of common passwords. Choose another.');
        await focusOn('textbox', 'New password');
        expect(field('Current password').value).to.equal(ADA_PASSWORD);
        expect(field('New password').value).to.equal(common);
        expect(await opens(stage, ADA_PASSWORD)).to.be.true;
      });
    }

    it('refuses the current password as the new one', async () => {
      await mount(card);
      await enter(ADA_PASSWORD, ADA_PASSWORD);
      await reads('This is your current password. Choose another.');
      await focusOn('textbox', 'New password');
    });

    it('says that the two new ones differ, and takes it back once they do not', async () => {
      await mount(card);
      await enter(ADA_PASSWORD, NEW, 'the-mill-grinds-the-stare');
      await reads('Type the new password again. The two differ.');
      await focusOn('textbox', 'Confirm password');
      await type(field('Confirm password'), NEW);
      await until(() => !shown().includes('The two differ.'), 'the message to go');
    });

    it('clears and focuses only the current password when it is wrong, and says how many tries are left', async () => {
      const stage = await mount(card);
      const heard = listen(stage.root, 'uf-error');
      await enter('not-her-password', NEW);
      await reads('That is not your current password. 4 tries left.');
      await focusOn('textbox', 'Current password');
      expect(field('Current password').value).to.equal('');
      expect(field('Current password').getAttribute('aria-invalid')).to.equal('true');
      expect([field('New password').value, field('Confirm password').value]).to.deep.equal([NEW, NEW]);
      expect(heard).to.deep.equal([{ type: 'uf-error', detail: { operation: 'password.change', kind: 'wrong-credential' } }]);
      await type(field('Current password'), ADA_PASSWORD);
      await keys('Enter');
      await reads('Saved', stage.root);
    });

    it('says how long to wait after five wrong tries', async () => {
      const stage = await mount(card);
      await enter('wrong 1', NEW);
      for (const left of [4, 3, 2, 1]) {
        await reads(left === 1 ? '1 try left.' : `${left} tries left.`);
        await type(field('Current password'), `wrong ${left}`);
        await keys('Enter');
      }
      await until(() => shown(stage.root).includes('minutes') || shown(stage.root).includes('0 tries left'), 'the wait');
      await type(field('Current password'), ADA_PASSWORD);
      await keys('Enter');
      await reads('Too many tries. Try again in 15 minutes.', stage.root);
    });

    it('shows and hides each password by its own button', async () => {
      await mount(card);
      await type(field('New password'), NEW);
      const show = get('button', 'Show New password');
      expect(field('New password').type).to.equal('password');
      expect(show.getAttribute('aria-pressed')).to.equal('false');
      await press(show);
      await eventually(() => { expect(field('New password').type).to.equal('text'); });
      expect(show.getAttribute('aria-pressed')).to.equal('true');
      expect(field('Current password').type).to.equal('password');
      expect(field('New password').value).to.equal(NEW);
      await press(show);
      await eventually(() => { expect(field('New password').type).to.equal('password'); });
    });

    it('sends the fields as passwords, even when they were shown: managers recognise no other', async () => {
      const stage = await mount(card);
      await press(get('button', 'Show New password'));
      stage.backend.faults.hang('password.change');
      await enter(ADA_PASSWORD, NEW);
      await eventually(() => { expect(field('New password').type).to.equal('password'); });
      stage.backend.faults.clear();
      await reads('Saved', stage.root);
    });

    it('ends the other sessions when asked, as it is unless the person says no', async () => {
      const stage = await mount(card);
      const other = stage.backend.connect();
      await other.adapter.call('auth.context', undefined);
      await enter(ADA_PASSWORD, NEW);
      await reads('Saved', stage.root);
      const ended = await other.adapter.call('auth.context', undefined).then(() => false, () => true);
      expect(ended).to.be.true;
    });

    it('leaves the other sessions alone when the person says no', async () => {
      const stage = await mount(card);
      const other = stage.backend.connect();
      await other.adapter.call('auth.context', undefined);
      const box = get('checkbox', 'Sign out other sessions') as HTMLInputElement;
      expect(box.checked).to.be.true;
      await press(box);
      await enter(ADA_PASSWORD, NEW);
      await reads('Saved', stage.root);
      expect((await other.adapter.call('auth.context', undefined)).user.email).to.equal('ada@example.com');
    });

    it('keeps everything typed when the server does not answer, and changes once when it is tried again', async () => {
      const stage = await mount(card);
      stage.backend.faults.fail('password.change', 'unavailable', { times: 1, committed: true });
      await enter(ADA_PASSWORD, NEW);
      await reads('The server did not answer. Nothing you typed is lost: try again.', stage.root);
      await eventually(() => { expect(said()).to.include('The server did not answer.'); });
      expect(field('Current password').value).to.equal(ADA_PASSWORD);
      await press(get('button', 'Update password'));
      await reads('Saved', stage.root);
      expect(stage.mails().map((mail) => mail.subject), 'told once, so changed once').to.deep.equal(['Your account was changed']);
    });

    it('never blocks paste and sets no limit of length on the fields', async () => {
      await mount(card);
      for (const label of ['Current password', 'New password', 'Confirm password']) expect(field(label).maxLength).to.equal(-1);
      const paste = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
      field('New password').dispatchEvent(paste);
      expect(paste.defaultPrevented).to.be.false;
    });

    it('forgets typed passwords when the widget leaves the page', async () => {
      const stage = await mount(card);
      await type(field('Current password'), ADA_PASSWORD);
      const widget = stage.element('uf-account');
      const { provider } = stage;
      widget.remove();
      provider.append(widget);
      await find('button', 'Update password');
      await eventually(() => { expect(field('Current password').value).to.equal(''); });
    });

    it('empties the fields when the page goes: one that comes back out of the cache for "back" shows no password', async () => {
      await mount(card);
      await type(field('Current password'), ADA_PASSWORD);
      dispatchEvent(new Event('pagehide'));
      await eventually(() => { expect(field('Current password').value).to.equal(''); });
    });

    it('is not offered to somebody without a password', async () => {
      const stage = await mount(card, { ready: false });
      const context = await stage.session.adapter.call('auth.context', undefined);
      stage.backend.faults.answer('auth.context', { ...context, user: { ...context.user, hasPassword: false } });
      await stage.provider.refresh();
      await until(() => all('button', 'Update password').length === 0, 'the card to go');
      expect([...everything(stage.root)].some((element) => element instanceof HTMLInputElement)).to.be.false;
    });
  });
}
