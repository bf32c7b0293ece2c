import { accountHandlers } from './account.js';
import { activityHandlers } from './activity.js';
import { apiKeyHandlers } from './api-keys.js';
import { authHandlers } from './auth.js';
import type { Handlers } from './call.js';
import { companyHandlers } from './company.js';
import { mfaHandlers } from './mfa.js';
import { passkeyHandlers } from './passkeys.js';
import { organisationHandlers } from './organisation.js';
import { sessionHandlers } from './sessions.js';
import { teamHandlers } from './team.js';

/** Every operation of the table: one that is missing does not compile. */
export const handlers: Handlers = {
  ...authHandlers, ...accountHandlers, ...mfaHandlers, ...passkeyHandlers, ...sessionHandlers, ...companyHandlers, ...organisationHandlers, ...teamHandlers, ...apiKeyHandlers, ...activityHandlers,
};
