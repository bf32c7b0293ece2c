/** The script of the hostile pages: a backend for the widgets, and what such hosts do by script. Runs in the page. */
import '../../../src/define/all.js';
import { createMemoryBackend, mfaOnWorld } from '../../../src/adapters/memory/index.js';
import { trapFocus } from './focus-trap.js';

const provider = document.createElement('uf-provider');
provider.append(...document.querySelectorAll('uf-organisation-menu, uf-settings'));

/** Where the widgets stand, by the name in the page's `data-host`. */
const places: Readonly<Record<string, (stage: HTMLElement) => void>> = {
  modal: (stage) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'host-modal';
    dialog.append(provider);
    stage.append(dialog);
    dialog.showModal();
  },
  trap: (stage) => {
    const modal = document.createElement('div');
    modal.className = 'host-modal';
    modal.role = 'dialog';
    modal.ariaModal = 'true';
    modal.ariaLabel = 'Settings';
    const [back, done] = ['Back', 'Done'].map((words) => Object.assign(document.createElement('button'), { textContent: words }));
    modal.append(back ?? '', provider, done ?? '');
    stage.append(modal);
    trapFocus(modal);
  },
  shadow: (stage) => {
    stage.attachShadow({ mode: 'open' }).append(provider);
  },
};

const backend = createMemoryBackend({ world: mfaOnWorld() });
provider.adapter = backend.connect().adapter;
const stage = document.querySelector<HTMLElement>('#stage') ?? document.body;
const place = places[document.documentElement.dataset['host'] ?? ''];
if (place) place(stage);
else stage.append(provider);
