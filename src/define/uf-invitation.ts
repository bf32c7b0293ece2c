import { UfInvitation } from '../elements/invitation/uf-invitation.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-invitation', UfInvitation);

declare global {
  interface HTMLElementTagNameMap {
    'uf-invitation': UfInvitation;
  }
}

export { UfInvitation };
