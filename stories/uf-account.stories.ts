import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { adminWorld, demoWorld, longNamesWorld, memberWorld, mfaOnWorld, passkeysWorld, recoveryCodesWorld, rightToLeftWorld, ADA_PASSWORD, ADA_RECOVERY_CODES, type World } from '../src/adapters/memory/index.js';
import { SettingsClient } from '../src/client/index.js';
import { choose, chooseFile, comeBack, find, giveUpPasskeys, goOffline, press, see, type } from './support/person.js';
import { twoHalves } from './support/picture.js';
import { adasCode, backendOf, ownFrame, sameKeyEachTime, stopTime, withWorld, type WorldOptions, known } from './support/worlds.js';

interface Args {
  'heading-level': number;
  sections: string;
  credentials: 'shadow' | 'light';
}

const account = (args: Args): TemplateResult =>
  html`<uf-account heading-level=${args['heading-level']} sections=${args.sections || nothing} credentials=${args.credentials}></uf-account>`;
const inWorld = (world: () => World, options?: WorldOptions): ((args: Args) => TemplateResult) => withWorld(world, account, options);

/** Ada's account. `sections` chooses and orders the cards: profile, preferences, password, mfa, passkeys, sessions, activity, delete-account, sign-out. */
const meta: Meta<Args> = {
  title: 'Widgets/uf-account',
  component: 'uf-account',
  args: { 'heading-level': 2, sections: '', credentials: 'shadow' },
  argTypes: { 'heading-level': { control: { type: 'number', min: 1, max: 6 } }, sections: { control: 'text' }, credentials: { control: 'radio', options: ['shadow', 'light'] } },
  parameters: { controls: { include: ['heading-level', 'sections', 'credentials'] } },
  beforeEach: stopTime,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Your name');
  },
};
export default meta;
type Story = StoryObj<Args>;

/** Everything works, with a real authenticator app too: set up multi-factor authentication with your phone. */
export const Ready: Story = { render: inWorld(demoWorld, { clock: Date.now }) };

/** Headings, labels and buttons are there from the start. After 9 seconds without an answer the widget says so. */
export const Loading: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.hang('auth.context'); } }),
  parameters: ownFrame(900),
  play: () => undefined,
};

export const Failed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('auth.context', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load your account');
  },
};

/** What was typed stays, and saving says that nothing was sent. */
export const Offline: Story = {
  render: inWorld(demoWorld),
  args: { sections: 'profile' },
  parameters: ownFrame(520),
  beforeEach: comeBack,
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Your name', 'Augusta Ada King');
    goOffline();
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'Nothing was sent.');
  },
};

export const SignedOut: Story = {
  render: inWorld(demoWorld, { as: null }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'You’re signed out');
  },
};

/** An account is one's own, whatever the role. */
export const MembersView: Story = { render: inWorld(memberWorld) };

export const AdminsView: Story = { render: inWorld(adminWorld) };

export const LongNames: Story = { render: inWorld(longNamesWorld) };

/** A right-to-left name in a left-to-right page; the toolbar turns the page round. */
export const RightToLeftNames: Story = { render: inWorld(rightToLeftWorld) };

const details = { args: { sections: 'profile' }, render: inWorld(demoWorld) } satisfies Partial<Story>;

export const DetailsUnsaved: Story = {
  ...details,
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Your name', 'Augusta Ada King');
    await see(canvasElement, 'Unsaved changes');
  },
};

/** Said beside the button, until the next edit, and in the top corner. */
export const DetailsSaved: Story = {
  ...details,
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Your name', 'Augusta Ada King');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'Saved');
  },
};

export const DetailsNothingToSave: Story = {
  ...details,
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'textbox', 'Your name');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'No changes to save');
  },
};

export const DetailsWrong: Story = {
  ...details,
  parameters: ownFrame(480),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Your name', ' ');
    await type(canvasElement, 'Email address', 'ada at example');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'An address looks like');
  },
};

export const DetailsSaveFailed: Story = {
  ...details,
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('profile.update', 'unavailable'); } }),
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Your name', 'Augusta Ada King');
    await press(canvasElement, 'button', 'Save details');
    await see(canvasElement, 'The server did not answer');
  },
};

/** The new address waits for its owner; the old one works until then. */
export const EmailPending: Story = {
  ...details,
  parameters: ownFrame(560),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Email address', 'countess@example.com');
    await press(canvasElement, 'button', 'Save details');
    await find(canvasElement, 'button', 'Cancel change');
  },
};

const password = { args: { sections: 'password' }, render: inWorld(demoWorld), parameters: ownFrame(860) } satisfies Partial<Story>;

/** With three or more problems a summary leads to each. */
export const PasswordThreeProblems: Story = {
  ...password,
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Update password');
    await see(canvasElement, '3 things need your attention');
  },
};

/** `credentials="light"`: the form is a child of the element, in the page's own tree, for password managers that see no shadow roots. It looks and works the same. */
export const PasswordInLightDom: Story = {
  ...password,
  args: { sections: 'password', credentials: 'light' },
  play: async ({ canvasElement }) => {
    await known(canvasElement);
    await see(canvasElement, 'Confirm password');
  },
};

export const PasswordInLightDomThreeProblems: Story = {
  ...PasswordInLightDom,
  play: async ({ canvasElement }) => {
    await known(canvasElement);
    await press(canvasElement, 'button', 'Update password');
    await see(canvasElement, '3 things need your attention');
  },
};

export const PasswordTooShort: Story = {
  ...password,
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Current password', ADA_PASSWORD);
    await type(canvasElement, 'New password', 'engine');
    await type(canvasElement, 'Confirm password', 'engines');
    await press(canvasElement, 'button', 'Update password');
    await see(canvasElement, 'You have 6.');
  },
};

/** Only the backend knows the list of common passwords. */
export const PasswordCommon: Story = {
  ...password,
  play: async ({ canvasElement }) => {
    await known(canvasElement);
    await type(canvasElement, 'Current password', ADA_PASSWORD);
    await type(canvasElement, 'New password', 'passwordpassword');
    await type(canvasElement, 'Confirm password', 'passwordpassword');
    await press(canvasElement, 'button', 'Update password');
    await see(canvasElement, 'too easy to guess');
  },
};

/** Only the field that was wrong is cleared. */
export const PasswordWrong: Story = {
  ...password,
  play: async ({ canvasElement }) => {
    await known(canvasElement);
    await type(canvasElement, 'Current password', 'difference-engine-1822');
    await type(canvasElement, 'New password', 'bernoulli numbers by machine');
    await type(canvasElement, 'Confirm password', 'bernoulli numbers by machine');
    await press(canvasElement, 'button', 'Update password');
    await see(canvasElement, 'That is not your current password.');
  },
};

export const PasswordShown: Story = {
  ...password,
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'New password', 'bernoulli numbers by machine');
    await press(canvasElement, 'button', 'Show New password');
  },
};

const mfa = { args: { sections: 'mfa' }, parameters: ownFrame(320) } satisfies Partial<Story>;

export const MfaOff: Story = {
  ...mfa,
  render: inWorld(demoWorld, { clock: Date.now }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Not set up');
  },
};

const setUp: Story = {
  ...mfa,
  parameters: ownFrame(760),
  render: inWorld(demoWorld, {
    faults: (faults) => {
      sameKeyEachTime(faults);
      faults.fail('mfa.confirm', 'wrong-credential');
    },
  }),
};

const beginSetUp = async (canvas: HTMLElement): Promise<void> => {
  await press(canvas, 'button', 'Setup Multi-factor authentication');
  await find(canvas, 'textbox', 'Enter your one-time code here');
};

/** The same key each time, so that pictures can be compared: to walk through with a phone, take Ready. */
export const MfaSetUp: Story = {
  ...setUp,
  play: async ({ canvasElement }) => {
    await beginSetUp(canvasElement);
  },
};

export const MfaWrongCode: Story = {
  ...setUp,
  play: async ({ canvasElement }) => {
    await beginSetUp(canvasElement);
    await type(canvasElement, 'Enter your one-time code here', '000000');
    await press(canvasElement, 'button', 'Verify code');
    await see(canvasElement, 'That code did not match.');
  },
};

export const MfaSetUpExpired: Story = {
  ...mfa,
  parameters: ownFrame(560),
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('mfa.confirm', 'not-found'); } }),
  play: async ({ canvasElement }) => {
    await beginSetUp(canvasElement);
    await type(canvasElement, 'Enter your one-time code here', '000000');
    await press(canvasElement, 'button', 'Verify code');
    await see(canvasElement, 'This QR code has expired.');
  },
};

export const MfaOn: Story = {
  ...mfa,
  render: inWorld(mfaOnWorld),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Turn off');
  },
};

export const MfaTurnOff: Story = {
  ...mfa,
  parameters: ownFrame(420),
  render: inWorld(mfaOnWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Turn off');
    await find(canvasElement, 'alertdialog', 'Turn off multi-factor authentication?');
  },
};

export const MfaTurnedOff: Story = {
  ...mfa,
  parameters: ownFrame(420),
  render: inWorld(mfaOnWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Turn off');
    await press(await find(canvasElement, 'alertdialog', 'Turn off multi-factor authentication?'), 'button', 'Turn off');
    await type(canvasElement, 'One-time code', await adasCode());
    await press(canvasElement, 'button', 'Verify');
    await see(canvasElement, 'Not set up');
  },
};

const recovery = (left: number): (() => World) => () => recoveryCodesWorld(left);

export const RecoveryCodesFew: Story = {
  ...mfa,
  render: inWorld(recovery(3)),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Make new ones before you run out.');
  },
};

export const RecoveryCodesNone: Story = {
  ...mfa,
  render: inWorld(recovery(0)),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Without your authenticator app');
  },
};

export const RecoveryCodesAsk: Story = {
  ...mfa,
  parameters: ownFrame(420),
  render: inWorld(mfaOnWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Make new codes');
    await find(canvasElement, 'alertdialog', 'Make new recovery codes?');
  },
};

const shown: Story = {
  ...mfa,
  parameters: ownFrame(620),
  render: inWorld(mfaOnWorld, { faults: (faults) => { faults.answer('recoveryCodes.regenerate', { recoveryCodes: [...ADA_RECOVERY_CODES] }); } }),
};

const showCodes = async (canvas: HTMLElement): Promise<HTMLElement> => {
  await press(canvas, 'button', 'Make new codes');
  await press(await find(canvas, 'alertdialog', 'Make new recovery codes?'), 'button', 'Make new codes');
  return find(canvas, 'dialog', 'Save your recovery codes');
};

export const RecoveryCodesShown: Story = {
  ...shown,
  play: async ({ canvasElement }) => {
    await showCodes(canvasElement);
  },
};

/** Esc, the close button and Done say what has to be done first. */
export const RecoveryCodesNotSaved: Story = {
  ...shown,
  play: async ({ canvasElement }) => {
    await press(await showCodes(canvasElement), 'button', 'Done');
    await see(canvasElement, 'Save the codes first');
  },
};

const proof: Story = {
  ...mfa,
  parameters: ownFrame(480),
  render: inWorld(mfaOnWorld),
};

const askForProof = async (canvas: HTMLElement): Promise<HTMLElement> => {
  await press(canvas, 'button', 'Turn off');
  await press(await find(canvas, 'alertdialog', 'Turn off multi-factor authentication?'), 'button', 'Turn off');
  return find(canvas, 'dialog', 'Complete MFA');
};

export const StepUpByRecoveryCode: Story = {
  ...proof,
  play: async ({ canvasElement }) => {
    await press(await askForProof(canvasElement), 'button', 'Use a recovery code');
    await find(canvasElement, 'textbox', 'Recovery code');
  },
};

export const StepUpWrongRecoveryCode: Story = {
  ...proof,
  play: async ({ canvasElement }) => {
    await press(await askForProof(canvasElement), 'button', 'Use a recovery code');
    await type(canvasElement, 'Recovery code', 'abcd efgh jkmn');
    await press(canvasElement, 'button', 'Verify');
    await see(canvasElement, 'did not match, or was used before');
  },
};

/** A fresh proof of presence: how long it goes on, and the way to end it. */
export const Unlocked: Story = {
  ...mfa,
  render: inWorld(mfaOnWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Make new codes');
    await press(await find(canvasElement, 'alertdialog', 'Make new recovery codes?'), 'button', 'Make new codes');
    await type(canvasElement, 'One-time code', await adasCode());
    await press(canvasElement, 'button', 'Verify');
    const dialog = await find(canvasElement, 'dialog', 'Save your recovery codes');
    await press(dialog, 'checkbox', 'I have saved them');
    await press(dialog, 'button', 'Done');
    await find(canvasElement, 'button', 'Lock now');
  },
};

/** After signing out nothing of the person is left. */
export const SignedOutHere: Story = {
  render: inWorld(demoWorld),
  parameters: ownFrame(420),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Sign out of my account');
    await see(canvasElement, 'You’re signed out');
  },
};

/** Another session saved a name first: both values, and which one shall stand. */
export const DetailsConflict: Story = {
  ...details,
  parameters: ownFrame(620),
  play: async ({ canvasElement }) => {
    await type(canvasElement, 'Your name', 'Augusta Ada King');
    const elsewhere = SettingsClient.of(backendOf(canvasElement).connect().adapter);
    const { user } = await elsewhere.read('auth.context', undefined);
    await elsewhere.run('profile.update', { name: 'Ada Byron' }, { ifMatch: user.version });
    await press(canvasElement, 'button', 'Save details');
    await find(canvasElement, 'button', 'Keep mine');
  },
};

/** Where one is signed in: this device marked, browser and system in words. */
export const Sessions: Story = {
  render: inWorld(demoWorld),
  args: { sections: 'sessions' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Safari on iPhone');
  },
};

export const SessionsFailed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('sessions.list', 'unavailable'); } }),
  args: { sections: 'sessions' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load your sessions');
  },
};

export const EndOtherSessions: Story = {
  render: inWorld(demoWorld),
  args: { sections: 'sessions' },
  parameters: ownFrame(720),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'End all other sessions');
    await find(canvasElement, 'alertdialog', 'End all other sessions?');
  },
};

/** After a new password that left the other sessions open, ending them is offered. */
export const SessionsOffered: Story = {
  render: inWorld(demoWorld),
  args: { sections: 'password sessions' },
  parameters: ownFrame(1400),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Safari on iPhone');
    await type(canvasElement, 'Current password', ADA_PASSWORD);
    await type(canvasElement, 'New password', 'a heron stood on the far bank');
    await type(canvasElement, 'Confirm password', 'a heron stood on the far bank');
    await press(canvasElement, 'checkbox', 'Sign out other sessions');
    await press(canvasElement, 'button', 'Update password');
    await see(canvasElement, 'Sign out your other sessions?');
  },
};

/** What happened in the account: what was refused stands out. */
export const Activity: Story = {
  render: inWorld(demoWorld),
  args: { sections: 'activity' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Wrong password or code');
  },
};

export const ActivityFailed: Story = {
  render: inWorld(demoWorld, { faults: (faults) => { faults.fail('activity.list', 'unavailable'); } }),
  args: { sections: 'activity' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load your activity');
  },
};

const CROP = 'Choose what your picture shows';

/** What of it becomes the square: moved and zoomed with the pointer or the keyboard. */
export const PictureCrop: Story = {
  ...details,
  parameters: ownFrame(720),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Change picture');
    await chooseFile(canvasElement, await twoHalves(960, 640));
    await find(canvasElement, 'dialog', CROP);
  },
};

export const PictureSaved: Story = {
  ...details,
  parameters: ownFrame(480),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Change picture');
    await chooseFile(canvasElement, await twoHalves(960, 640));
    await press(await find(canvasElement, 'dialog', CROP), 'button', 'Save picture');
    await find(canvasElement, 'button', 'Remove');
  },
};

/** What is no picture is never sent, whatever it is called. */
export const PictureRefused: Story = {
  ...details,
  parameters: ownFrame(480),
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'button', 'Change picture');
    await chooseFile(canvasElement, new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'drawing.png', { type: 'image/png' }));
    await see(canvasElement, 'This is not a picture that we can read.');
  },
};

const preferences = { args: { sections: 'preferences' }, render: inWorld(demoWorld), parameters: ownFrame(440) } satisfies Partial<Story>;

/** As on the device and as on the page, until somebody chooses. */
export const Preferences: Story = {
  ...preferences,
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'combobox', 'Time zone');
  },
};

/** The hint says what time it is there, so that one sees that it is the right one. */
export const PreferencesUnsaved: Story = {
  ...preferences,
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'Time zone', 'Pacific/Kiritimati');
    await see(canvasElement, 'Unsaved changes');
  },
};

/** In a language of one's own, whatever that of the page is. */
export const PreferencesInArabic: Story = {
  ...preferences,
  args: { sections: 'preferences sessions' },
  parameters: ownFrame(900),
  render: inWorld(() => {
    const world = demoWorld();
    for (const person of world.people) if (person.email === 'ada@example.com') Object.assign(person, { timeZone: 'Asia/Riyadh', language: 'ar' });
    return world;
  }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'المنطقة الزمنية');
  },
};

const passkeys = { args: { sections: 'passkeys' }, render: inWorld(passkeysWorld), parameters: ownFrame(560) } satisfies Partial<Story>;

export const PasskeysNone: Story = {
  ...passkeys,
  render: inWorld(demoWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'No passkeys yet');
  },
};

export const Passkeys: Story = {
  ...passkeys,
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Security key on my ring');
  },
};

/** Names are people's own, as long as they like. */
export const PasskeysLongNames: Story = {
  ...passkeys,
  render: inWorld(() => {
    const world = passkeysWorld();
    for (const { passkeys: own = [] } of world.people) for (const [index, passkey] of own.entries()) passkey.name = index === 0 ? 'مفتاح مرور هاتف السيدة آدا في المكتب الثاني من اليسار' : `Schlüsselbundverwaltungsanwendung${'sbezeichnung'.repeat(index)}`;
    return world;
  }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Schlüsselbund');
  },
};

export const PasskeysFailed: Story = {
  ...passkeys,
  render: inWorld(passkeysWorld, { faults: (faults) => { faults.fail('passkeys.list', 'unavailable'); } }),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Could not load your passkeys');
  },
};

/** The name is suggested; the browser asks next. */
export const PasskeyAdd: Story = {
  ...passkeys,
  render: inWorld(demoWorld),
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Add a passkey');
    await find(canvasElement, 'dialog', 'Add a passkey');
  },
};

/** Whoever gives up in the browser's own prompt has met no error. */
export const PasskeyCancelled: Story = {
  ...passkeys,
  render: inWorld(demoWorld),
  beforeEach: giveUpPasskeys,
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Add a passkey');
    await press(await find(canvasElement, 'dialog', 'Add a passkey'), 'button', 'Continue');
    await see(canvasElement, 'No passkey was added.');
  },
};

export const PasskeyRename: Story = {
  ...passkeys,
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Rename, iPhone');
    await find(canvasElement, 'dialog', 'Rename passkey');
  },
};

export const PasskeyRemove: Story = {
  ...passkeys,
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Remove, iPhone');
    await find(canvasElement, 'alertdialog', 'Remove the passkey iPhone?');
  },
};

/** Instead of a code, where the person has one; the other ways stand under it. */
export const StepUpByPasskey: Story = {
  ...passkeys,
  args: { sections: 'mfa' },
  play: async ({ canvasElement }) => {
    await askForProof(canvasElement);
  },
};

export const StepUpPasskeyCancelled: Story = {
  ...passkeys,
  args: { sections: 'mfa' },
  beforeEach: giveUpPasskeys,
  play: async ({ canvasElement }) => {
    await press(await askForProof(canvasElement), 'button', 'Use a passkey');
    await see(canvasElement, 'Your passkey was not used.');
  },
};

const deleting = { args: { sections: 'delete-account' }, render: inWorld(memberWorld), parameters: ownFrame(560) } satisfies Partial<Story>;

/** Said before the click: what stands against it, and the way out. */
export const DeleteAccountBlocked: Story = {
  ...deleting,
  render: inWorld(demoWorld),
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'You are the only owner of');
  },
};

export const DeleteAccount: Story = {
  ...deleting,
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Delete my account');
    await see(canvasElement, 'Ready once the address is typed.');
  },
};

export const DeleteAccountMistyped: Story = {
  ...deleting,
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Delete my account');
    await type(canvasElement, 'Type your email address to confirm', 'mary@example.org');
    await press(canvasElement, 'button', 'Delete account');
    await see(canvasElement, 'This is not the address of your account.');
  },
};

export const DeleteAccountTyped: Story = {
  ...deleting,
  play: async ({ canvasElement }) => {
    await press(canvasElement, 'button', 'Delete my account');
    await type(canvasElement, 'Type your email address to confirm', 'mary@example.com');
    await see(canvasElement, 'Ready. This deletes your account at once.');
  },
};
