import '@userflux/settings/define/uf-settings';
