import { UfAccount } from '../elements/account/uf-account.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-account', UfAccount);

declare global {
  interface HTMLElementTagNameMap {
    'uf-account': UfAccount;
  }
}

export { UfAccount };
