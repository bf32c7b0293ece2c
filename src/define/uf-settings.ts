import { UfSettings } from '../elements/settings/uf-settings.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-settings', UfSettings);

declare global {
  interface HTMLElementTagNameMap {
    'uf-settings': UfSettings;
  }
}

export { UfSettings };
