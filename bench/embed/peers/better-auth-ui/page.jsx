import { AccountSettingsCards, AuthUIProvider } from '@daveyplate/better-auth-ui';
import { createAuthClient } from 'better-auth/react';
import { createRoot } from 'react-dom/client';
import './page.css';

const authClient = createAuthClient();

createRoot(document.querySelector('#root')).render(
  <AuthUIProvider authClient={authClient}>
    <AccountSettingsCards />
  </AuthUIProvider>,
);
