import * as en from './en.js';
import type { Messages } from './messages.js';

/** American English: British English with what is written differently. */
const messages: Messages = {
  ...en,
  common: { ...en.common, forbidden: 'You may not do this any more. Ask an owner of your organization.' },
  nowhere: { ...en.nowhere, title: 'You are in no organization' },
  company: {
    ...en.company,
    name: 'Organization name',
    nameMissing: 'Enter the name of your organization.',
  },
  auditLog: {
    ...en.auditLog,
    bodyPlain: 'Who did what in your organization, the newest first.',
    noneBody: 'What people do in your organization will appear here.',
  },
  auditExport: { ...en.auditExport, cancelled: 'The export is canceled.' },
  eventActions: {
    ...en.eventActions,
    'email.cancel': 'New email address canceled',
    'organisation.switch': 'Switch of organization',
    'organisation.leave': 'Departure from the organization',
    'organisation.delete': 'Deletion of the organization',
  },
  deleteAccount: {
    ...en.deleteAccount,
    goes: 'Your name, picture, password, authenticator and all sessions are deleted, and you leave your organizations. Their API keys and records stay with them.',
    blockedBody: 'Make somebody else an owner first, or delete the organization. Then you can delete your account.',
  },
  deleteOrganisation: {
    ...en.deleteOrganisation,
    confirm: 'Type the name of the organization to confirm',
    keep: 'Keep organization',
    proceed: 'Delete organization',
    ready: 'Ready. This deletes the organization at once.',
  },
  membership: {
    ...en.membership,
    body: 'Who owns this organization, and whether you are part of it.',
    leave: 'Leave organization',
    onlyOwnerOrDelete: 'You are its only owner. Transfer ownership first, or delete the organization.',
    remove: 'Delete organization',
  },
  picture: { ...en.picture, removeLogoBody: 'The initials of your organization are shown instead.' },
  pendingEmail: { ...en.pendingEmail, cancelled: 'The change of address is canceled.' },
  teamExport: { ...en.teamExport, cancelled: 'The export was canceled. No file was made.' },
  team: { ...en.team, bodyPlain: 'Everyone invited to your organization.' },
  apiKeys: {
    ...en.apiKeys,
    careBody: 'API keys open your organization’s data. Keep them on your servers. Never put them in client-side code or public repositories.',
    productBody: 'For syncing the product catalog and its schemas.',
  },
  keyExtras: { ...en.keyExtras, noneBody: 'Keys of your organization will appear here.' },
  keyCreate: {
    ...en.keyCreate,
    productRead: 'Reads the product catalog and its schemas. Changes nothing.',
    productWrite: 'Updates the product catalog and its schemas. Cannot read them back.',
    productBoth: 'Reads and updates the product catalog and its schemas.',
  },
  organisationSwitch: { ...en.organisationSwitch, title: 'Your organizations' },
  organisationMenu: { ...en.organisationMenu, label: 'Organization', none: 'No organization' },
};

export default messages;
