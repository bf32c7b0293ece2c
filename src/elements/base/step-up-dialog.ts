import { css, html, nothing } from 'lit';
import type { StepUpRequest } from '../../client/index.js';
import { SettingsError, type StepUpMethod } from '../../contract/index.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { stepUp } from '../../locales/en/step-up.js';
import { codeStyles } from '../../ui/code-styles.js';
import { dialog, dialogStyles } from '../../ui/dialog.js';
import { button } from '../../ui/templates.js';
import { proofWays, type Asked, type ProofWay } from './proof-ways.js';
import { Section } from './section.js';
import type { SettingsElement } from './settings-element.js';

const styles = css`
  .other-ways { display: flex; flex-wrap: wrap; gap: var(--_u); margin-inline-start: calc(var(--_u) * -2.5); }
`;

/**
 * "Complete MFA": asks for proof in the widget whose write needs it; after proof that write goes on by itself. The best way is shown
 * first, the others stand under it.
 */
export class StepUpDialog extends Section {
  readonly #t = this.host.locale.texts('stepUp', stepUp);
  #request: StepUpRequest | undefined;
  #method: StepUpMethod | undefined;
  #way: ProofWay | undefined;
  #shown = false;
  /** Settles when the proof that is under way has ended, however. */
  #proving: Promise<void> | undefined;
  readonly #dialog = new DialogController(this.host, 'step-up', () => {
    this.#way?.stop?.();
    this.#request?.cancel();
    this.#request = undefined;
    this.#form.discard();
    this.#shown = false;
  });
  readonly #form = new FormController(this.host, {
    id: 'step-up',
    saved: () => ({ proof: '' }),
    always: true,
    secrets: ['proof'],
    check: ({ proof }) => {
      const problem = this.#way?.check?.(proof);
      return problem ? { proof: problem } : {};
    },
    save: ({ proof }) => this.#prove(proof),
    settled: (status, error) => {
      if (status === 'failed') this.#form.refuse('proof', this.#way?.clears);
      // Where something is typed, its field has the focus and the words; where nothing is, they have to be said.
      if (status === 'failed' && !this.#way?.check) this.host.failure(error);
    },
  });

  constructor(host: SettingsElement) {
    super(host);
    host.wear(codeStyles);
    host.wear(dialogStyles);
    host.wear(styles);
  }

  /** Draws the question; given to the client with each write. */
  readonly ask = (request: StepUpRequest): void => {
    this.#request?.cancel();
    this.#request = request;
    const [best] = this.#usable;
    // Nothing that the backend asks for can be done here: the write says so in its own place.
    if (best) void this.#open(request, best);
    else request.cancel(new SettingsError('step-up-required'));
  };

  override conceal(): void {
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    const asked = this.#asked;
    if (!this.#dialog.isOpen || !this.#way || !asked) return nothing;
    const { title, body, verify } = this.#way.words(asked);
    const { problems, error } = this.#form;
    const others = this.#usable.filter((method) => method !== this.#method);
    return dialog({
      id: this.#dialog.id,
      title,
      closeLabel: this.host.common('close'),
      close: this.#dialog.close,
      closed: this.#dialog.closed,
      content: html`<form method="post" novalidate @submit=${this.#form.submit} @input=${this.#form.input}>
        <div class="dialog-body">
          <p>${body}</p>
          ${this.#way.content(asked, problems.proof, error)}
          ${others.length > 0
            ? html`<div class="other-ways">${others.map((method) => button({ label: this.#t(proofWays[method].offer), look: 'quiet', little: true, press: () => void this.#change(method) }))}</div>`
            : nothing}
        </div>
        <div class="dialog-foot">
          ${button({ label: this.host.common('cancel'), look: 'quiet', press: this.#dialog.close })}
          ${button({ id: 'step-up-verify', label: verify, look: 'primary', submit: true, busy: this.#form.busy, press: this.#form.press })}
        </div>
      </form>`,
    });
  }

  /** What the backend takes and this browser can, the best first. */
  get #usable(): StepUpMethod[] {
    return (this.#request?.challenge.methods ?? []).filter((method) => proofWays[method].usable?.() !== false);
  }

  get #asked(): Asked | undefined {
    if (!this.#request) return undefined;
    const { operation } = this.#request;
    return {
      host: this.host,
      t: this.#t,
      operation,
      form: this.#form,
      shown: this.#shown,
      show: () => {
        this.#shown = !this.#shown;
        this.host.requestUpdate();
      },
    };
  }

  async #open(request: StepUpRequest, method: StepUpMethod): Promise<void> {
    try {
      await this.#take(method);
    } catch (thrown) {
      request.cancel(SettingsError.from(thrown, request.operation));
      return;
    }
    if (this.#request === request) this.#dialog.show();
  }

  /** Another way, in the same dialog. */
  async #change(method: StepUpMethod): Promise<void> {
    if (this.#form.busy && !this.#way?.stop) return;
    this.#way?.stop?.();
    // What was given up has to have ended before its form serves another way.
    await this.#proving;
    try {
      await this.#take(method);
    } catch (thrown) {
      this.host.failure(thrown);
      return;
    }
    await this.host.focusOn(this.#way?.check ? this.#form.fieldId('proof') : 'step-up-verify');
  }

  async #take(method: StepUpMethod): Promise<void> {
    const { way } = proofWays[method];
    this.#way = typeof way === 'function' ? await way().catch(() => Promise.reject(new SettingsError('unavailable'))) : way;
    this.#method = method;
    this.#shown = false;
    this.#form.discard();
    this.host.requestUpdate();
  }

  #prove(typed: string): Promise<void> {
    const proving = this.#proveOnce(typed);
    this.#proving = proving.then(
      () => undefined,
      () => undefined,
    );
    return proving;
  }

  async #proveOnce(typed: string): Promise<void> {
    const request = this.#request;
    const asked = this.#asked;
    if (!request || !asked || !this.#way) throw new SettingsError('aborted');
    const proof = await this.#way.proof(typed, asked);
    if (this.#request !== request) throw new SettingsError('aborted');
    await request.prove(proof);
    // Answered: closing the dialog must not cancel it.
    this.#request = undefined;
    this.#dialog.close();
  }
}
