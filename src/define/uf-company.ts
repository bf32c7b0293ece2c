import { UfCompany } from '../elements/company/uf-company.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-company', UfCompany);

declare global {
  interface HTMLElementTagNameMap {
    'uf-company': UfCompany;
  }
}

export { UfCompany };
