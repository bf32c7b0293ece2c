import { createMemoryAdapter, memberWorld } from '@userflux/settings/adapters/memory';
import type { SettingsAdapter } from '@userflux/settings/contract';
import '@userflux/settings/define/uf-settings';
import type {} from '@userflux/settings/solid';
import { createSignal } from 'solid-js';

export default function Settings(props: { tab: string; onPerson: (name: string) => void }) {
  const [adapter, setAdapter] = createSignal<SettingsAdapter>();
  const [said, setSaid] = createSignal('');
  return (
    <>
      <button type="button" onClick={() => setAdapter(createMemoryAdapter({ world: memberWorld() }))}>Demo backend</button>
      <p role="status">{said()}</p>
      <uf-provider attr:base-url="/api/settings" prop:adapter={adapter()} on:uf-auth-change={({ detail }) => props.onPerson(detail.auth?.user.name ?? '')}>
        <uf-settings prop:tab={props.tab} on:uf-change={({ detail }) => setSaid(`Changed: ${detail.operation}`)} on:uf-tab-change={({ detail }) => setSaid(`Tab: ${detail.tab}`)}>
          <p slot="before">All about your account.</p>
        </uf-settings>
      </uf-provider>
    </>
  );
}
