const held = new Set<object>();
const keepPage = (event: BeforeUnloadEvent): void => {
  event.preventDefault();
};

/** The browser asks before the page goes only while something would be lost: the listener alone costs the bfcache. @param owner of what would be lost */
export function holdPage(owner: object, hold: boolean): void {
  if (hold === held.has(owner)) return;
  if (hold) held.add(owner);
  else held.delete(owner);
  if (held.size > 0) addEventListener('beforeunload', keepPage);
  else removeEventListener('beforeunload', keepPage);
}
