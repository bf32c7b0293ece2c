import type { SettingsElement } from './settings-element.js';

/** One concern of a widget: own file, own state; the element it stands in redraws. */
export abstract class Section {
  readonly host: SettingsElement;

  constructor(host: SettingsElement) {
    this.host = host;
  }

  abstract render(): unknown;

  /** Dialogs stand at the end of the tree, so that no grid or card holds them. */
  renderDialogs(): unknown {
    return undefined;
  }

  /** Asked before its panel gives way to another one. true: it shows what would be lost, says so, and the panel stays. */
  stays(): boolean {
    return false;
  }

  /** Its panel is hidden; what was typed stays. */
  leave(): void {
    // Only sections that show secrets mind.
  }

  /** Secrets leave the screen and the memory: the panel is hidden, the page or the session ends. */
  conceal(): void {
    // Most sections show no secret.
  }

  /** Another person, or nobody: forget what was typed and shown. */
  reset(): void {
    // Most sections hold nothing but what their form controller forgets.
  }
}

export type SectionClass = new (host: SettingsElement) => Section;

/** The sections of a widget by the names of its `sections` attribute, in their usual order. */
export type SectionTable = Readonly<Record<string, SectionClass>>;
