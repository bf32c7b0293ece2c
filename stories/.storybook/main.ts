import type { StorybookConfig } from '@storybook/web-components-vite';

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../*.stories.ts', '../*.mdx'],
  addons: ['@storybook/addon-docs'],
  // Browsers that know light-dark() themselves: Vite's stand-in for older ones does not follow a color-scheme set at run time.
  viteFinal: (vite) => ({ ...vite, build: { ...vite.build, cssTarget: ['chrome123', 'firefox120', 'safari17.5'] } }),
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
};

export default config;
