import { expect } from 'chai';
import { html } from 'lit';
import { lazySection } from '../../../src/elements/base/lazy-section.js';
import { Section, type SectionTable } from '../../../src/elements/base/section.js';
import { SettingsElement } from '../../../src/elements/base/settings-element.js';
import { press } from '../../support/keys.js';
import { drawn, mount } from '../../support/mount.js';
import { find, reads, shown } from '../../support/query.js';

/** What became of the section's file: each time it is asked for, the next. */
let arrivals: boolean[] = [];
let asked = 0;

class Late extends Section {
  override render(): unknown {
    return html`<p>It is here.</p>`;
  }
}

class LateWidget extends SettingsElement {
  protected override readonly table: SectionTable = {
    late: lazySection([], () => {
      asked++;
      return arrivals.shift() === true ? Promise.resolve(Late) : Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    }),
  };
}
customElements.define('late-widget', LateWidget);

describe('A section whose file does not arrive', () => {
  it('says so, is not asked for again by each drawing, and comes when the person tries again', async () => {
    [arrivals, asked] = [[false, false, true], 0];
    const stage = await mount('<late-widget></late-widget>', { ready: false });
    const widget = stage.root.querySelector('late-widget') as LateWidget;
    await reads('Could not load this part', stage.root);
    for (let drawing = 0; drawing < 3; drawing++) {
      widget.requestUpdate();
      await drawn(widget);
    }
    expect(asked).to.equal(1);
    await press(await find('button', 'Retry, this part'));
    await reads('Could not load this part', stage.root);
    expect(asked).to.equal(2);
    await press(await find('button', 'Retry, this part'));
    await reads('It is here.', stage.root);
    expect(shown(stage.root)).not.to.include('Could not load');
    expect(asked).to.equal(3);
  });
});
