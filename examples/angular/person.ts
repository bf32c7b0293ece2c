import { Injectable, signal } from '@angular/core';

/** Who is signed in, for every part of the shop. */
@Injectable({ providedIn: 'root' })
export class Person {
  readonly name = signal('');
}
