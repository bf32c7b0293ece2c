/** The icons that the first views of the lists draw: people and keys. */
export const dots = 'M3.5 8.25a.25.25 0 1 0 0-.5.25.25 0 0 0 0 .5ZM8 8.25a.25.25 0 1 0 0-.5.25.25 0 0 0 0 .5ZM12.5 8.25a.25.25 0 1 0 0-.5.25.25 0 0 0 0 .5Z';
export const filter = 'M2 4h12M4.5 8h7M6.75 12h2.5';
export const plus = 'M8 2.75v10.5M2.75 8h10.5';
export const search = 'M7 12.25a5.25 5.25 0 1 0 0-10.5 5.25 5.25 0 0 0 0 10.5ZM11 11l3.25 3.25';
export const warning = 'M8 2 1.75 13.25h12.5L8 2ZM8 6.25v3.5M8 11.4v.1';
export const arrowDown = 'M8 3v9.75M4 9l4 4 4-4';
export const arrowUp = 'M8 13V3.25M4 7l4-4 4 4';
export const clock = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM8 4.5V8l2.25 1.5';
export const mail = 'M1.75 3.75h12.5v8.5H1.75v-8.5ZM2 4.5l6 4.5 6-4.5';
export const circleCross = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM6 6l4 4M10 6l-4 4';
export const exportIcon = 'M8 2.5v7.25M4.75 6.75 8 10l3.25-3.25M2.75 13.25h10.5';
