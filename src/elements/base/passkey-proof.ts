import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import { SettingsError, type StepUpProof } from '../../contract/index.js';
import { passkeyProof } from '../../locales/en/passkey-proof.js';
import { errorLine } from '../../ui/templates.js';
import { askPasskey } from './passkey-ceremony.js';
import type { Asked, ProofWay } from './proof-ways.js';
import { credentialText } from './credential-texts.js';

/** A passkey, asked for in a window of the browser's own. */
export class ByPasskey implements ProofWay {
  #asking: AbortController | undefined;
  #gaveUp = false;

  readonly words = ({ host, t, operation }: Asked): ReturnType<ProofWay['words']> => {
    const own = host.locale.texts('passkeyProof', passkeyProof);
    return {
      title: host.auth.data?.user.mfa.enabled ? t('mfaTitle') : t('passwordTitle'),
      body: operation === 'apiKeys.reveal' ? own('bodyKeys') : own('body'),
      verify: own('verify'),
    };
  };

  readonly content = ({ host }: Asked, _problem: unknown, error: SettingsError | undefined): unknown => {
    const t = host.locale.texts('passkeyProof', passkeyProof);
    if (this.#gaveUp) return html`<p class="muted small">${t('gaveUp')}</p>`;
    if (!error || error.kind === 'aborted') return nothing;
    return errorLine(error.kind === 'unsupported' ? t('unsupported') : credentialText(host, error, t('wrong')));
  };

  readonly proof = async (_typed: string, { host }: Asked): Promise<StepUpProof> => {
    const { client } = host;
    if (!client) throw new SettingsError('aborted');
    this.#gaveUp = false;
    const asking = (this.#asking = new AbortController());
    try {
      const options = await new Action('auth.passkeyOptions').run(client, undefined, { signal: asking.signal });
      return { method: 'passkey', assertion: await askPasskey(options, asking.signal) };
    } catch (thrown) {
      if (SettingsError.is(thrown) && thrown.kind === 'aborted' && !asking.signal.aborted) {
        this.#gaveUp = true;
        host.announce(host.locale.texts('passkeyProof', passkeyProof)('gaveUp'));
      }
      throw thrown;
    }
  };

  readonly stop = (): void => {
    this.#asking?.abort();
  };
}
