/**
 * What every backend of ours computes the same way: the memory adapter in the page, the server behind the HTTP API. Pure functions
 * on the web's own platform, for Node and browsers; a backend of yours in TypeScript may take from them what it likes.
 */
export { assertAddresses } from './addresses.js';
export { apiKeyPrefix, isApiKeySecret, newApiKeySecret } from './api-key-format.js';
export { ATTEMPTS, waitAfter } from './attempts.js';
export { base32, base62, base64, base64Url, crc32, digest, fromBase32, fromBase64, fromBase64Url, pbkdf2, randomBase62, randomBytes, randomToken, sameText, sha256, utf8, type Bytes, type ByteSource } from './bytes.js';
export { canonical } from './canonical.js';
export { isAction, RECORDED_REFUSALS } from './events.js';
export { successorExpiry } from './key-expiry.js';
export { firstUsageDay, USAGE_DAYS, utcDay } from './key-usage.js';
export { isTimeZone, keptLocale, languageTag } from './locale.js';
export {
  accountDeletedMail, addressTakenMail, confirmationMail, formerOwnerMail, invitationMail, mfaRequiredMail, newOwnerMail, noticeMail, organisationDeletedMail, recoveryCodeMail, removedMail, roleChangedMail,
  type MailText,
} from './mails.js';
export { newPasskeyChallenge, passkeyCreation, passkeyRequest, PASSKEY_ALGORITHMS, PASSKEY_CHALLENGE_SECONDS, PASSKEYS_MAX, type Credential, type RelyingParty } from './passkeys.js';
export { isCommonPassword, passwordProblem, PASSWORD_MAX, PASSWORD_MIN, PASSWORD_MIN_WITH_MFA } from './passwords.js';
export { keptPicture, PICTURE_SIDE, type Picture } from './pictures.js';
export {
  assertDoor,
  EMAIL_CHANGE_SECONDS,
  ENROLMENT_SECONDS,
  EVENT_SECONDS,
  INVITABLE_ROLES,
  INVITATION_SECONDS,
  isShut,
  KEY_OVERLAPS,
  mayCall,
  needsSession,
  operationsOf,
  policy,
  policyTime,
  proofFor,
  roles,
  SESSION_SECONDS,
  STEP_UP_SECONDS,
  type Door,
  type Role,
} from './policy.js';
export { findRecoveryCode, hashRecoveryCodes, newRecoveryCodes, RECOVERY_CODES, type HashedRecoveryCodes } from './recovery-codes.js';
export { assertMayChange, mayChange, roleToGive, type Standing } from './team.js';
export { emailKey, folded } from './text.js';
export { acceptedStep, enrolmentOf, hotp, newTotpSecret, otpauthUri, timeStep, TOTP_DIGITS, TOTP_PERIOD } from './totp.js';
