import { Component, inject, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { provideRouter, RouterLink, RouterOutlet, withComponentInputBinding, type Routes } from '@angular/router';
import { Person } from './person';
import '../shop.css';

@Component({ selector: 'shop-home', template: '<h1>Welcome to the shop</h1>' })
class Home {}

const routes: Routes = [
  { path: '', component: Home },
  { path: 'settings', pathMatch: 'full', redirectTo: 'settings/account' },
  { path: 'settings/:tab', loadComponent: async () => (await import('./settings')).Settings },
];

@Component({
  selector: 'shop-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <header>
      <strong>Shop</strong>
      <nav><a routerLink="/">Home</a><a routerLink="/settings">Settings</a><a routerLink="/settings/team">Team</a></nav>
      <output>{{ person.name() }}</output>
    </header>
    <main><router-outlet /></main>
  `,
})
class Shop {
  readonly person = inject(Person);
}

await bootstrapApplication(Shop, { providers: [provideZonelessChangeDetection(), provideRouter(routes, withComponentInputBinding())] });
