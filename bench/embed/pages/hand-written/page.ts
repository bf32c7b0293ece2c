/** What somebody writes who needs this one form and nothing else: no framework, no build step to speak of. */
const BASE = '/api/auth/settings';

interface User {
  name: string;
  email: string;
  version: string;
}
interface Problem {
  title?: string;
  fields?: Record<string, string>;
}

const find = <Found extends Element>(selector: string, type: new () => Found): Found => {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`The page has no ${selector}.`);
};
const form = find('form', HTMLFormElement);
const button = find('button', HTMLButtonElement);
const said = find('[role=status]', HTMLElement);
const fields = { name: find('#name', HTMLInputElement), email: find('#email', HTMLInputElement) };
type FieldName = keyof typeof fields;
const names: readonly FieldName[] = ['name', 'email'];

let user: User | undefined;

class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(code: number, problem: Problem) {
    super(problem.title ?? 'The server did not answer as expected.');
    this.status = code;
    this.problem = problem;
  }
}

async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(BASE + path, { ...init, cache: 'no-store', headers: { Accept: 'application/json, application/problem+json', ...(init.headers as Record<string, string> | undefined) } });
  const body: unknown = response.status === 204 ? undefined : await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body as Problem);
  return body;
}

const change = (method: string, path: string, body: object, version?: string): Promise<unknown> =>
  ask(path, {
    method,
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), ...(version !== undefined && { 'If-Match': `"${version}"` }) },
  });

function showProblem(name: FieldName, text: string): void {
  find(`#${name}-error`, HTMLElement).textContent = text;
  fields[name].setAttribute('aria-invalid', String(text !== ''));
}

function check(): boolean {
  showProblem('name', fields.name.value.trim() === '' ? 'Enter your name.' : '');
  showProblem('email', fields.email.validity.valid ? '' : 'Enter an email address, such as name@example.com.');
  const wrong = names.find((name) => fields[name].getAttribute('aria-invalid') === 'true');
  if (wrong) fields[wrong].focus();
  return wrong === undefined;
}

async function load(): Promise<void> {
  try {
    ({ user } = (await ask('/context')) as { user: User });
    for (const name of names) {
      fields[name].value = user[name];
      fields[name].disabled = false;
    }
    button.disabled = false;
  } catch (error) {
    said.textContent = error instanceof Refused && error.status === 401 ? 'You are signed out. Sign in and come back.' : 'Your details could not be loaded. Reload the page.';
  }
}

async function save(): Promise<void> {
  if (!user || button.disabled || !check()) return;
  button.disabled = true;
  said.textContent = 'Saving …';
  try {
    const { name, email } = fields;
    if (name.value !== user.name) user = (await change('PATCH', '/me', { name: name.value }, user.version)) as User;
    if (email.value !== user.email) {
      await change('POST', '/me/email-change', { email: email.value });
      said.textContent = `Saved. Follow the link in the message to ${email.value}.`;
    } else said.textContent = 'Saved.';
  } catch (error) {
    said.textContent =
      !(error instanceof Refused) ? 'No connection. What you typed is still here: try again.'
      : error.status === 412 ? 'Somebody changed your details meanwhile. Reload the page and try again.'
      : error.message;
    if (error instanceof Refused) for (const name of names) if (error.problem.fields?.[name]) showProblem(name, 'This cannot be used. Check it and try again.');
  } finally {
    button.disabled = false;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void save();
});
void load();

export {};
