import { UfAuditLog } from '../elements/audit-log/uf-audit-log.js';
import { define } from '../lit/define.js';
import './uf-provider.js';

define('uf-audit-log', UfAuditLog);

declare global {
  interface HTMLElementTagNameMap {
    'uf-audit-log': UfAuditLog;
  }
}

export { UfAuditLog };
