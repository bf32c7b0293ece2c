/** The icons that no first view of `uf-settings` draws: in a file of their own, which its first download leaves out. */
export const copy = 'M6 5.75h7.25v7.5H6v-7.5ZM10 5.5V2.75H2.75v7.5H5.5';
export const check = 'm3 8.5 3.25 3.25L13 4.5';
export const cross = 'm3.75 3.75 8.5 8.5M12.25 3.75l-8.5 8.5';
export const chevronsUpDown = 'M5 6l3-3 3 3M5 10l3 3 3-3';
export const key = 'M5.25 13.25a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM7.6 7.9l5.4-5.15M10.5 5.25l2 2';
export const settings = 'M8 10.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM8 1.75v2M8 12.25v2M1.75 8h2M12.25 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4';
export const circleSlash = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5ZM3.6 12.4l8.8-8.8';
export const circle = 'M8 14.25A6.25 6.25 0 1 0 8 1.75a6.25 6.25 0 0 0 0 12.5Z';
export const shield = 'M8 1.75 3 3.5v4c0 3.25 2.1 5.6 5 6.75 2.9-1.15 5-3.5 5-6.75v-4L8 1.75Z';
export const eye = 'M1.5 8S3.75 3.75 8 3.75 14.5 8 14.5 8 12.25 12.25 8 12.25 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z';
export const eyeOff = `${eye}M2.5 2.5l11 11`;
export const people = 'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.75 13.5c.25-2.5 2-4 4.25-4s4 1.5 4.25 4M10.5 2.75a2.4 2.4 0 0 1 0 4.5M12 9.75c1.3.6 2.1 1.9 2.25 3.75';
