import { Component, CUSTOM_ELEMENTS_SCHEMA, inject, input, signal } from '@angular/core';
import type { UfEventMap } from '@userflux/settings';
import { createMemoryAdapter, memberWorld } from '@userflux/settings/adapters/memory';
import type { SettingsAdapter } from '@userflux/settings/contract';
import '@userflux/settings/define/uf-settings';
import { Person } from './person';

@Component({
  selector: 'shop-settings',
  styles: ':host { display: block; }',
  // Angular has to know that tags with a hyphen may be none of its components.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button type="button" (click)="demo()">Demo backend</button>
    <p role="status">{{ said() }}</p>
    <uf-provider base-url="/api/settings" [adapter]="adapter()" (uf-auth-change)="signedIn($event)">
      <uf-settings [tab]="tab()" (uf-change)="changed($event)" (uf-tab-change)="opened($event)">
        <p slot="before">All about your account.</p>
      </uf-settings>
    </uf-provider>
  `,
})
export class Settings {
  readonly tab = input.required<string>();
  readonly adapter = signal<SettingsAdapter | undefined>(undefined);
  readonly said = signal('');
  readonly #person = inject(Person);

  demo(): void {
    this.adapter.set(createMemoryAdapter({ world: memberWorld() }));
  }

  signedIn({ detail }: UfEventMap['uf-auth-change']): void {
    this.#person.name.set(detail.auth?.user.name ?? '');
  }

  changed({ detail }: UfEventMap['uf-change']): void {
    this.said.set(`Changed: ${detail.operation}`);
  }

  opened({ detail }: UfEventMap['uf-tab-change']): void {
    this.said.set(`Tab: ${detail.tab}`);
  }
}
