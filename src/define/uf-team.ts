import { UfTeam } from '../elements/team/uf-team.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-team', UfTeam);

declare global {
  interface HTMLElementTagNameMap {
    'uf-team': UfTeam;
  }
}

export { UfTeam };
