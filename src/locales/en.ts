/**
 * British English, built in. Each area is a module of its own, so that a widget carries only its own words and what loads
 * later brings its words along. This is the shape of every locale (messages.ts): placeholders stand in braces, plurals
 * are chosen by `{count}`.
 */
export { account } from './en/account.js';
export { activity } from './en/activity.js';
export { apiKeys } from './en/api-keys.js';
export { auditExport } from './en/audit-export.js';
export { auditLog } from './en/audit-log.js';
export { bulk } from './en/bulk.js';
export { common } from './en/common.js';
export { company } from './en/company.js';
export { conflict } from './en/conflict.js';
export { copying } from './en/copying.js';
export { devices } from './en/devices.js';
export { eventActions } from './en/event-actions.js';
export { events } from './en/events.js';
export { invite } from './en/invite.js';
export { inviteFile } from './en/invite-file.js';
export { inviteMany } from './en/invite-many.js';
export { inviteResults } from './en/invite-results.js';
export { invitation } from './en/invitation.js';
export { keyActions } from './en/key-actions.js';
export { keyCreate } from './en/key-create.js';
export { keyEdit } from './en/key-edit.js';
export { keyExpiry } from './en/key-expiry.js';
export { keyFacts } from './en/key-facts.js';
export { keyFilters } from './en/key-filters.js';
export { keyMfa } from './en/key-mfa.js';
export { keyReveal } from './en/key-reveal.js';
export { keyRevoke } from './en/key-revoke.js';
export { keyRoll } from './en/key-roll.js';
export { keySecret } from './en/key-secret.js';
export { keySelection } from './en/key-selection.js';
export { mfaEnrolment } from './en/mfa-enrolment.js';
export { mfaTurnOff } from './en/mfa-turn-off.js';
export { oneTimeCode } from './en/one-time-code.js';
export { organisationMenu } from './en/organisation-menu.js';
export { organisationSwitch } from './en/organisation-switch.js';
export { pendingEmail } from './en/pending-email.js';
export { problems } from './en/problems.js';
export { sessions } from './en/sessions.js';
export { roles } from './en/roles.js';
export { settings } from './en/settings.js';
export { sourceAddresses } from './en/source-addresses.js';
export { stepUp } from './en/step-up.js';
export { team } from './en/team.js';
export { teamActions } from './en/team-actions.js';
export { teamExport } from './en/team-export.js';
export { teamFilters } from './en/team-filters.js';
export { teamLink } from './en/team-link.js';
export { teamRole } from './en/team-role.js';
