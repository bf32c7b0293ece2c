import { html, nothing } from 'lit';
import { Action } from '../../client/index.js';
import type { ApiKey } from '../../contract/index.js';
import { name as nameSchema, problemOf } from '../../contract/schema.js';
import { DialogController } from '../../lit/dialog-controller.js';
import { FormController } from '../../lit/form-controller.js';
import { apiKeys } from '../../locales/en/api-keys.js';
import { keyCreate } from '../../locales/en/key-create.js';
import { choices } from '../../ui/choices.js';
import { dialogStyles } from '../../ui/dialog.js';
import { selectStyles } from '../../ui/select-styles.js';
import { selectField } from '../../ui/select-field.js';
import { button, errorLine, field } from '../../ui/templates.js';
import { Section } from '../base/section.js';
import { errorText } from '../base/texts.js';
import { AddressEditor, type Values } from './address-editor.js';
import type { ApiKeysSection } from './api-keys-section.js';
import { expiryFields, expiryOf, expiryProblem, momentOf, type ExpiryValues } from './expiry.js';
import { SecretOnce } from './secret-once.js';

type CreateValues = Values & ExpiryValues & { name: string; kind: string; environment: string; permission: string };

const KINDS = ['integration', 'data', 'product'] as const;
const ENVIRONMENTS = ['test', 'production'] as const;
const PERMISSIONS = ['read-only', 'write-only', 'read-write'] as const;
const LABELS = { 'read-only': 'readOnly', 'write-only': 'writeOnly', 'read-write': 'readWrite' } as const;
const CONSEQUENCES = { 'read-only': 'Read', 'write-only': 'Write', 'read-write': 'Both' } as const;
const BODIES = { integration: 'integrationBody', data: 'dataBody', product: 'productBody' } as const;

const known = <Value extends string>(all: readonly Value[], value: string): Value => all.find((one) => one === value) ?? (all[0] as Value);

/** "Create API key": what it is for and what it may do; then the secret, once. */
export class CreateDialog extends Section {
  readonly #list: ApiKeysSection;
  readonly #t = this.host.locale.texts('keyCreate', keyCreate);
  readonly #keys = this.host.locale.texts('apiKeys', apiKeys);
  readonly #create = new Action('apiKeys.create');
  readonly #dialog = new DialogController(this.host, 'keys-create', () => {
    const made = this.#secret.key;
    this.#secret.forget();
    this.#form.discard();
    if (made) void this.#list.goTo(made);
  });
  readonly #secret = new SecretOnce(this.host, this.#dialog);
  /** What the fields begin with; rows of addresses come and go over it. */
  #base: CreateValues | undefined;
  readonly #editor: AddressEditor = new AddressEditor(this.host, {
    form: () => this.#form,
    fold: (values) => {
      this.#base = values as CreateValues;
      this.#create.reset();
    },
    legend: () => this.#t('from'),
  });
  readonly #form: FormController<CreateValues> = new FormController<CreateValues>(this.host, {
    id: 'keys-create',
    saved: () => ({ ...(this.#base ?? this.#fresh()), ...this.#editor.saved() }),
    always: true,
    check: (values) => ({ ...problemOf(nameSchema, 'name', values.name), ...expiryProblem(values, this.host.locale.timeZone), ...this.#editor.check(values) }),
    edited: () => {
      this.#create.reset();
    },
    save: (values) => this.#save(values),
    settled: this.host.sayStatus,
  });

  constructor(list: ApiKeysSection) {
    super(list.host);
    this.#list = list;
    this.host.wear(dialogStyles);
    this.host.wear(selectStyles);
  }

  open(): void {
    this.#base = this.#fresh();
    this.#editor.begin([]);
    this.#form.discard();
    this.#create.reset();
    this.#dialog.show();
  }

  override stays(): boolean {
    return this.#secret.guard.stays();
  }

  override conceal(): void {
    this.#secret.conceal();
  }

  override reset(): void {
    this.#secret.forget();
    this.#dialog.close();
  }

  override render(): unknown {
    return nothing;
  }

  override renderDialogs(): unknown {
    if (!this.#dialog.isOpen) return nothing;
    return this.#secret.renderDialog({ asked: this.#t('title'), made: this.#t('secretTitle') }, () => this.#fields());
  }

  #fresh(): CreateValues {
    const { kinds } = this.#policy();
    const { filters } = this.#list;
    return { name: '', kind: filters.kind ?? known(kinds, ''), environment: filters.environment ?? 'test', permission: filters.permission ?? 'read-only', ...expiryOf(null, this.host.locale.timeZone) };
  }

  /** What this backend has, in our order. */
  #policy(): { kinds: readonly ApiKey['kind'][]; environments: readonly ApiKey['environment'][]; permissions: readonly ApiKey['permission'][] } {
    const policy = this.host.auth.data?.policy.apiKeys;
    const some = <Value extends string>(all: readonly Value[], had: readonly string[] | undefined): readonly Value[] => {
      const found = all.filter((one) => had?.includes(one) ?? true);
      return found.length > 0 ? found : all;
    };
    return { kinds: some(KINDS, policy?.kinds), environments: some(ENVIRONMENTS, policy?.environments), permissions: some(PERMISSIONS, policy?.permissions) };
  }

  #fields(): unknown {
    const t = this.#t;
    const { common } = this.host;
    const form = this.#form;
    const { error, busy, problems } = form;
    const values = form.values ?? this.#fresh();
    const { kinds, environments, permissions } = this.#policy();
    const kind = known(kinds, values.kind);
    const permission = known(permissions, values.permission);
    return html`<form novalidate @submit=${form.submit} @input=${form.input}>
      <div class="dialog-body">
        ${field({ id: form.fieldId('name'), name: 'name', label: t('name'), value: values.name, error: problems.name && (problems.name === 'too-long' ? common('tooLong', { count: 200 }) : t('nameMissing')), hint: t('nameHint'), autocomplete: 'off', autofocus: true })}
        ${choices({ id: form.fieldId('kind'), name: 'kind', legend: t('kind'), value: kind, options: kinds.map((one) => [one, t(one), this.#keys(BODIES[one])]) })}
        ${choices({ id: form.fieldId('environment'), name: 'environment', legend: t('environment'), value: known(environments, values.environment), options: environments.map((one) => [one, t(one), t(`${one}Body`)]) })}
        ${selectField({ id: form.fieldId('permission'), name: 'permission', label: t('permission'), value: permission, options: permissions.map((one) => [one, this.#keys(LABELS[one])]), autocomplete: 'off', hint: t(`${kind}${CONSEQUENCES[permission]}`) })}
        ${expiryFields(this.host, form)}
        ${this.#editor.render()}
        ${error && error.kind !== 'aborted' && Object.keys(problems).length === 0 ? errorLine(errorText(common, error, true)) : nothing}
      </div>
      <div class="dialog-foot">
        ${button({ label: common('cancel'), look: 'quiet', press: this.#dialog.close })}
        ${button({ label: t('submit'), look: 'primary', submit: true, busy, press: form.press })}
      </div>
    </form>`;
  }

  async #save(values: CreateValues): Promise<void> {
    const { kinds, environments, permissions } = this.#policy();
    const { key, secret } = await this.host.act(this.#create, {
      name: values.name,
      kind: known(kinds, values.kind),
      environment: known(environments, values.environment),
      permission: known(permissions, values.permission),
      expiresAt: momentOf(values, this.host.locale.timeZone),
      addresses: this.#editor.addressesOf(values),
    });
    // Gone meanwhile: nobody is there to see it, and nothing keeps it.
    if (!this.#dialog.isOpen) return;
    this.#secret.show(key, secret);
    this.host.announce(this.#t('created'));
  }
}
