/**
 * Everything but the registrations: importing this defines no element. The tags come from `@userflux/settings/define/all`
 * or from one module a tag (`@userflux/settings/define/uf-account`).
 */
export { UfAccount } from './elements/account/uf-account.js';
export { UfApiKeys } from './elements/api-keys/uf-api-keys.js';
export { UfAuditLog } from './elements/audit-log/uf-audit-log.js';
export type { Snippet, SnippetFacts } from './elements/api-keys/key-snippets.js';
export { UfCompany } from './elements/company/uf-company.js';
export { UfInvitation } from './elements/invitation/uf-invitation.js';
export { UfOrganisationMenu } from './elements/organisation-menu/uf-organisation-menu.js';
export { UfProvider } from './elements/provider/uf-provider.js';
export { UfSettings } from './elements/settings/uf-settings.js';
export { UfTeam } from './elements/team/uf-team.js';
export { messagesContext, settingsContext } from './lit/context.js';
export { define } from './lit/define.js';
export type { UfEventMap } from './lit/events.js';
export type { MessageOverrides, Messages } from './locales/messages.js';
export { SettingsClient } from './client/index.js';
export { defineAdapter, SettingsError } from './contract/index.js';
export type { AdapterDefinition, AuthContext, SettingsAdapter } from './contract/index.js';
export { quoteForShell } from './ui/quote-for-shell.js';
export { version } from './version.js';
