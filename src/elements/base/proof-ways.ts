import type { FieldProblem, StepUpMethod, StepUpProof, SettingsError, WriteOperation } from '../../contract/index.js';
import type { FormController } from '../../lit/form-controller.js';
import type { Texts } from '../../lit/locale-controller.js';
import type { stepUp } from '../../locales/en/step-up.js';
import type { SettingsElement } from './settings-element.js';
import { byCode, byPassword } from './typed-proofs.js';

/** What is asked, and where it is drawn. */
export interface Asked {
  readonly host: SettingsElement;
  readonly t: Texts<typeof stepUp>;
  /** What goes on after the proof. */
  readonly operation: WriteOperation;
  /** One field, `proof`; a way in which nothing is typed leaves it alone. */
  readonly form: FormController<{ proof: string }>;
  /** Whether a secret that is typed is visible, and the other way round. */
  readonly shown: boolean;
  readonly show: () => void;
}

/** One way of proving that one is there, as the step-up dialog draws it. */
export interface ProofWay {
  /** The dialog's title, the sentence under it, and the button that proves. */
  words: (asked: Asked) => { title: string; body: string; verify: string };
  /** The field, or what stands in its place. `error` is what the proof failed with. */
  content: (asked: Asked, problem: FieldProblem | undefined, error: SettingsError | undefined) => unknown;
  /** What is wrong with what was typed, before it is sent. */
  check?: (typed: string) => FieldProblem | undefined;
  /** What was typed and refused leaves the field. */
  clears?: true;
  /** Rejects with `aborted` where the person gave up in a window of the browser's own: the dialog stays. */
  proof: (typed: string, asked: Asked) => StepUpProof | Promise<StepUpProof>;
}

interface Entry {
  /** The button that leads to it from another way. */
  offer: Extract<keyof typeof stepUp, `use${string}`>;
  /** Whether this browser can; where it is left out, each can. */
  usable?: () => boolean;
  /** A way with code of its own is a file of its own. */
  way: ProofWay | (() => Promise<ProofWay>);
}

/** How each method is drawn. Which ones do, and the best first, says the backend's challenge. */
export const proofWays: Readonly<Record<StepUpMethod, Entry>> = {
  totp: { offer: 'useCode', way: byCode },
  password: { offer: 'usePassword', way: byPassword },
};
