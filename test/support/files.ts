import { everything } from './query.js';

/** Chooses a file, as a person does in the browser's own dialog. @param within where the field is; the first of the page unless told */
export function chooseFile(file: File, within?: Node): void {
  const field = [...everything(within)].find((element): element is HTMLInputElement => element instanceof HTMLInputElement && element.type === 'file');
  if (!field) throw new Error('There is no field for a file.');
  const transfer = new DataTransfer();
  transfer.items.add(file);
  field.files = transfer.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
