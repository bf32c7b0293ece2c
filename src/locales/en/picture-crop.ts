export const pictureCrop = {
  avatarTitle: 'Choose what your picture shows',
  logoTitle: 'Choose what the logo shows',
  area: 'Part of the picture',
  help: 'Drag to move. With a keyboard: arrow keys move, + and - zoom.',
  moving: 'A moving picture stands still here: its first frame is used.',
  zoom: 'Zoom',
  percent: '{count} %',
  moved: 'The middle is {across} % across and {down} % down.',
  save: 'Save picture',
  avatarSaved: 'Your picture is saved.',
  logoSaved: 'The logo is saved.',
} as const;
