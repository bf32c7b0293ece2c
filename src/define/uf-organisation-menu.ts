import { UfOrganisationMenu } from '../elements/organisation-menu/uf-organisation-menu.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-organisation-menu', UfOrganisationMenu);

declare global {
  interface HTMLElementTagNameMap {
    'uf-organisation-menu': UfOrganisationMenu;
  }
}

export { UfOrganisationMenu };
