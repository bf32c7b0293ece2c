/** A form or whatever else holds what would be lost, as far as others mind. */
export interface UnsavedForm {
  readonly host: object;
  /** The client whose organisation it is about; undefined: about the person. */
  readonly ofOrganisation: object | undefined;
}

const dirtyForms = new Set<UnsavedForm>();
const keepPage = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
};

/** Whether something of the organisation that this client is in was typed on the page and is not saved. */
export function hasUnsaved(client: object | undefined): boolean {
  return [...dirtyForms].some(({ ofOrganisation }) => ofOrganisation !== undefined && ofOrganisation === client);
}

/** The same for one element. */
export function unsavedIn(host: object): boolean {
  return [...dirtyForms].some((form) => form.ofOrganisation !== undefined && form.host === host);
}

/** The browser asks before the page goes only while something is unsaved: the listener alone costs the bfcache. */
export function armBeforeUnload(form: UnsavedForm, dirty: boolean): void {
  if (dirty === dirtyForms.has(form)) return;
  if (dirty) dirtyForms.add(form);
  else dirtyForms.delete(form);
  if (dirtyForms.size > 0) addEventListener('beforeunload', keepPage);
  else removeEventListener('beforeunload', keepPage);
}
