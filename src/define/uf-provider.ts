import { UfProvider } from '../elements/provider/uf-provider.js';
import { define } from '../lit/define.js';


define('uf-provider', UfProvider);

declare global {
  interface HTMLElementTagNameMap {
    'uf-provider': UfProvider;
  }
}

export { UfProvider };
