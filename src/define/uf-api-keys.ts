import { UfApiKeys } from '../elements/api-keys/uf-api-keys.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-api-keys', UfApiKeys);

declare global {
  interface HTMLElementTagNameMap {
    'uf-api-keys': UfApiKeys;
  }
}

export { UfApiKeys };
