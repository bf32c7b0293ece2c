export { UfAccount } from './uf-account.js';
export { UfApiKeys } from './uf-api-keys.js';
export { UfCompany } from './uf-company.js';
export { UfInvitation } from './uf-invitation.js';
export { UfOrganisationMenu } from './uf-organisation-menu.js';
export { UfProvider } from './uf-provider.js';
export { UfSettings } from './uf-settings.js';
export { UfTeam } from './uf-team.js';
