import { createMemoryAdapter, memberWorld } from '@userflux/settings/adapters/memory';
import type { SettingsAdapter } from '@userflux/settings/contract';
import '@userflux/settings/define/uf-settings';
import type {} from '@userflux/settings/preact';
import { useState } from 'preact/hooks';

export default function Settings({ tab, onPerson }: { tab: string; onPerson: (name: string) => void }) {
  const [adapter, setAdapter] = useState<SettingsAdapter>();
  const [said, setSaid] = useState('');
  return (
    <>
      <button type="button" onClick={() => setAdapter(createMemoryAdapter({ world: memberWorld() }))}>Demo backend</button>
      <p role="status">{said}</p>
      <uf-provider baseUrl="/api/settings" adapter={adapter} onuf-auth-change={({ detail }) => onPerson(detail.auth?.user.name ?? '')}>
        <uf-settings tab={tab} onuf-change={({ detail }) => setSaid(`Changed: ${detail.operation}`)} onuf-tab-change={({ detail }) => setSaid(`Tab: ${detail.tab}`)}>
          <p slot="before">All about your account.</p>
        </uf-settings>
      </uf-provider>
    </>
  );
}
